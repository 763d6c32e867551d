"""What `alliage ask` says."""

WORDS = {
    "ask.welcome": (
        "Quelques questions pour trouver les programmes qui conviennent. Rien n'est envoyé nulle part.",
        "A few questions to find the programmes that fit. Nothing is sent anywhere.",
    ),
    "ask.how": (
        "Entrée : je ne sais pas · ? : aide · retour : question précédente · fin : arrêter",
        "Enter: I don't know · ?: help · back: previous question · end: stop",
    ),
    "ask.why.one": ("Tranche {n} programme{aid}.", "Settles {n} programme{aid}."),
    "ask.why.many": ("Tranche jusqu'à {n} programmes{aid}.", "Settles up to {n} programmes{aid}."),
    "ask.why.needs": (
        "Pour trier les programmes, jamais pour vous exclure.",
        "To sort programmes, never to rule you out.",
    ),
    "ask.why.place": ("Beaucoup de programmes dépendent du lieu.", "Many programmes depend on the place."),
    "ask.why.plan": (
        "Pour savoir ce que le plan de financement peut compter comme sûr.",
        "To know what the financing plan can count as sure.",
    ),
    "ask.why.closer": ("Votre réponse est un peu large. {why}", "Your answer is a little wide. {why}"),
    "ask.now": ("Réponse actuelle : {answer}", "Present answer: {answer}"),
    "ask.suggest": ("= : comme « {label} » ({answer})", '=: as "{label}" ({answer})'),
    "ask.understood": ("Compris : {answer}", "Understood: {answer}"),
    "ask.kept": (
        "D'accord. On garde ce que vous aviez dit : {answer}",
        "All right. We keep what you had said: {answer}",
    ),
    "ask.unchanged": (
        "Aucune réponse nouvelle : {path} reste tel quel.",
        "No new answer: {path} stays as it is.",
    ),
    "ask.comments": (
        "Les commentaires ne sont pas recopiés. L'ancien fichier est gardé : {path}",
        "Comments are not copied. The former file is kept: {path}",
    ),
    "ask.skipped": ("D'accord, on continue sans.", "All right, we go on without it."),
    "ask.back": ("On revient en arrière.", "Going back."),
    "ask.back.first": ("C'est la première question.", "This is the first question."),
    "ask.changed": (
        "Admissibles : {eligible} · à vérifier : {possible} · non admissibles : {ineligible}",
        "Eligible: {eligible} · to check: {possible} · not eligible: {ineligible}",
    ),
    "ask.from-to": ("{before} → {after}", "{before} → {after}"),
    "ask.done": ("Aucune autre réponse ne changerait les résultats.", "No other answer would change the results."),
    "ask.stopped": ("On s'arrête ici.", "We stop here."),
    "ask.best": ("Les premiers programmes", "The first programmes"),
    "ask.none": ("Aucun programme ouvert ne convient encore.", "No open programme fits yet."),
    "ask.save?": (
        "Enregistrer vos réponses? Nom du fichier, ou Entrée pour ne rien garder :",
        "Save your answers? File name, or Enter to keep nothing:",
    ),
    "ask.saved": ("Réponses enregistrées : {path}", "Answers saved: {path}"),
    "ask.again": ("Voir tous les résultats : alliage match {path}", "See all results: alliage match {path}"),
    "ask.keep": (
        "Pour garder vos réponses : alliage ask --save FICHIER.yaml",
        "To keep your answers: alliage ask --save FILE.yaml",
    ),
    "ask.file.head": ("Profil écrit par « alliage ask » le {day}.", 'Profile written by "alliage ask" on {day}.'),
    "ask.choose": ("Plusieurs réponses possibles. Donnez un numéro :", "Several answers are possible. Give a number:"),
    "ask.contradiction": (
        "Cette réponse contredit une autre : {label}. La première est gardée; « retour » pour la corriger.",
        'This answer contradicts another: {label}. The first is kept; "back" to correct it.',
    ),
    # ----------------------------------------------------------------------------- how to answer each type
    "ask.form.flag": ("oui ou non", "yes or no"),
    "ask.form.count": ("un nombre, ou « 50 à 249 »", 'a number, or "50 to 249"'),
    "ask.form.money": (
        "un montant : 800 000 $, 1,2 M$, ou « 50 000 à 80 000 »",
        'an amount: $800,000, $1.2M, or "50,000 to 80,000"',
    ),
    "ask.form.share": ("un pourcentage : 30 %, ou « 20 à 40 % »", 'a percentage: 30%, or "20 to 40%"'),
    "ask.form.date": ("une date : 2026-11-26 ou 26 novembre 2026", "a date: 2026-11-26 or November 26, 2026"),
    "ask.form.choice": ("un numéro ou un nom", "a number or a name"),
    "ask.form.choices": (
        "un ou plusieurs numéros, séparés par des virgules; « aucun » s'il n'y en a pas",
        'one or more numbers, separated by commas; "none" if there is none',
    ),
    "ask.form.postal": (
        "un code, par exemple {example}, ou le nom d'une municipalité",
        "a code, for example {example}, or the name of a municipality",
    ),
    "ask.form.code": ("un code, par exemple {example}", "a code, for example {example}"),
    "ask.form.code.words": ("un code, ou des mots de son titre", "a code, or words of its title"),
    "ask.form.place": ("le nom d'une municipalité ou d'une région", "the name of a municipality or of a region"),
    "ask.form.place.code": (
        "le nom d'une municipalité ou d'une région, ou un code comme {example}",
        "the name of a municipality or of a region, or a code such as {example}",
    ),
    "ask.not-understood": (
        "Je n'ai pas compris « {text} ». Répondez par {form}.",
        'I did not understand "{text}". Answer with {form}.',
    ),
}
