"""What `alliage match` says."""

WORDS = {
    # ---------------------------------------------------------------------------------------- the head
    "head.catalogue.one": (
        "{name} · {n} programme · révision {revision}",
        "{name} · {n} programme · revision {revision}",
    ),
    "head.catalogue.many": (
        "{name} · {n} programmes · révision {revision}",
        "{name} · {n} programmes · revision {revision}",
    ),
    "head.on": ("Programmes d'aide au {day}", "Aid programmes on {day}"),
    "head.company": ("Votre entreprise", "Your company"),
    "head.project": ("Votre projet", "Your project"),
    "head.yes": ("oui ({labels})", "yes ({labels})"),
    "head.no": ("non ({labels})", "no ({labels})"),
    "head.derived": ("On en déduit", "It follows"),
    "head.unknown": ("Vous ne savez pas", "You do not know"),
    "head.nothing": ("Le profil ne dit encore rien.", "The profile says nothing yet."),
    "head.lines.one": ("{n} dépense au budget", "{n} budget line"),
    "head.lines.many": ("{n} dépenses au budget", "{n} budget lines"),
    "fact": ("{label} : {answer}", "{label}: {answer}"),
    # ------------------------------------------------------------------------------------ the summary
    "sum.eligible.one": ("{n} programme admissible", "{n} eligible programme"),
    "sum.eligible.many": ("{n} programmes admissibles", "{n} eligible programmes"),
    "sum.possible.one": ("{n} à vérifier", "{n} to check"),
    "sum.possible.many": ("{n} à vérifier", "{n} to check"),
    "sum.ineligible.one": ("{n} non admissible", "{n} not eligible"),
    "sum.ineligible.many": ("{n} non admissibles", "{n} not eligible"),
    "sum.closed.one": ("{n} fermé", "{n} closed"),
    "sum.closed.many": ("{n} fermés", "{n} closed"),
    "hidden.one": (
        "{n} programme répond à d'autres besoins : il est masqué, pas jugé. « --all » le montre.",
        '{n} programme serves other needs: it is hidden, not judged. "--all" shows it.',
    ),
    "hidden.many": (
        "{n} programmes répondent à d'autres besoins : ils sont masqués, pas jugés. « --all » les montre.",
        '{n} programmes serve other needs: they are hidden, not judged. "--all" shows them.',
    ),
    # ------------------------------------------------------------------------------------- the sections
    "section.eligible": ("Admissible", "Eligible"),
    "section.eligible.means": (
        "Toutes les conditions lues sont remplies. Les points à confirmer restent à voir avec l'organisme.",
        "Every condition that was read is met. Points to confirm remain to be seen with the provider.",
    ),
    "section.possible": ("À vérifier", "To check"),
    "section.possible.means": (
        "Rien ne vous exclut, mais il manque une réponse.",
        "Nothing rules you out, but an answer is missing.",
    ),
    "section.opening": ("Ouvre bientôt", "Opening soon"),
    "section.closed": ("Fermés ou suspendus", "Closed or suspended"),
    "section.ineligible": ("Non admissible", "Not eligible"),
    "section.near": ("À votre portée", "Within reach"),
    "section.near.means": (
        "Un changement honnête du projet lèverait ces refus.",
        "An honest change to the project would lift these refusals.",
    ),
    "section.next": ("Prochaine question", "Next question"),
    "section.nothing": ("Que faire maintenant", "What to do now"),
    "more.one": ("Et {n} autre. « --all » le montre.", 'And {n} more. "--all" shows it.'),
    "more.many": ("Et {n} autres. « --all » les montre.", 'And {n} more. "--all" shows them.'),
    "entry.missing": ("Il manque : {labels}", "Missing: {labels}"),
    "entry.imprecise": ("À préciser : {labels}", "To be made more precise: {labels}"),
    "entry.unsettled": ("À demander à l'organisme : {labels}", "To ask the provider: {labels}"),
    "entry.confirm.one": ("{n} point à confirmer", "{n} point to confirm"),
    "entry.confirm.many": ("{n} points à confirmer", "{n} points to confirm"),
    "entry.why": ("Pourquoi : alliage match {profile} --why {id}", "Why: alliage match {profile} --why {id}"),
    "closed.one": (
        "{n} programme qui pourrait convenir est fermé ou suspendu. « --all » le montre.",
        '{n} programme that could fit is closed or suspended. "--all" shows it.',
    ),
    "closed.many": (
        "{n} programmes qui pourraient convenir sont fermés ou suspendus. « --all » les montre.",
        '{n} programmes that could fit are closed or suspended. "--all" shows them.',
    ),
    "ineligible.reasons": (
        "Ce qui vous exclut, et de combien de programmes (un programme peut avoir plusieurs raisons) :",
        "What rules you out, and of how many programmes (a programme may have several reasons):",
    ),
    "ineligible.reason.one": ("{reason} · {n} programme", "{reason} · {n} programme"),
    "ineligible.reason.many": ("{reason} · {n} programmes", "{reason} · {n} programmes"),
    "ineligible.more.one": ("et {n} autre raison", "and {n} other reason"),
    "ineligible.more.many": ("et {n} autres raisons", "and {n} other reasons"),
    "near.and.one": ("{names} et {n} autre", "{names} and {n} other"),
    "near.and.many": ("{names} et {n} autres", "{names} and {n} others"),
    "near.then": ("{how} ({label} : {answer})", "{how} ({label}: {answer})"),
    "order": (
        "Ordre : ouvert d'abord, puis ce que l'aide vaut ici (un prêt compte peu), la certitude, la fraîcheur.",
        "Order: open first, then what the aid is worth to this project (a loan counts little), certainty, freshness.",
    ),
    # --------------------------------------------------------------------------------- never a bare zero
    "nothing.found": (
        "Aucun programme ouvert ne convient à ce profil aujourd'hui. Ce n'est pas la fin :",
        "No open programme fits this profile today. It is not the end:",
    ),
    "nothing.near": ("Voyez « À votre portée », plus haut.", 'See "Within reach", above.'),
    "nothing.hidden": (
        "Regardez les programmes d'autres besoins : alliage match {profile} --all",
        "Look at the programmes of other needs: alliage match {profile} --all",
    ),
    "nothing.closed": (
        "Un programme fermé peut rouvrir : alliage match {profile} --all",
        "A closed programme may open again: alliage match {profile} --all",
    ),
    "nothing.check": (
        "Relisez les réponses qui excluent le plus : {labels}.",
        "Read again the answers that rule out the most: {labels}.",
    ),
    "nothing.call": ("Appelez {provider} : {contact}.", "Call {provider}: {contact}."),
    "nothing.call-page": ("Écrivez à {provider} : {contact}", "Write to {provider}: {contact}"),
    # -------------------------------------------------------------------------------- the next question
    "next.settles.one": ("Elle règle jusqu'à {n} programme{aid}.", "It settles up to {n} programme{aid}."),
    "next.settles.many": ("Elle règle jusqu'à {n} programmes{aid}.", "It settles up to {n} programmes{aid}."),
    "next.aid": (", jusqu'à {money} d'avantage estimé", ", up to {money} of estimated advantage"),
    "next.closer": ("Une réponse plus précise est utile.", "A more precise answer is useful."),
    "next.answer": (
        "Ajoutez au profil « {scope}: {{{name}: {example}}} », ou lancez : alliage ask {profile}",
        'Add to the profile "{scope}: {{{name}: {example}}}", or run: alliage ask {profile}',
    ),
    "next.none": (
        "Aucune autre réponse ne changerait ces résultats.",
        "No other answer would change these results.",
    ),
    # ----------------------------------------------------------------------------------------- receipts
    "why.you": ("Votre réponse : {answer}", "Your answer: {answer}"),
    "why.derived": ("{answer} (déduit : {label})", "{answer} (follows from: {label})"),
    "why.source": ("Source {number} : {title}", "Source {number}: {title}"),
    "why.conditions": ("Conditions", "Conditions"),
    "why.conditions.count": (
        "{met} remplies · {failed} non remplies · {missing} à préciser",
        "{met} met · {failed} failed · {missing} missing",
    ),
    "why.none": ("aucune", "none"),
    "why.near": ("Ce qui changerait la réponse", "What would change the answer"),
    "why.near.then": ("alors : {verdict}", "then: {verdict}"),
    "why.near.or": ("Ou bien :", "Or:"),
    "why.near.none": (
        "Aucun changement honnête du projet ne lève ce refus.",
        "No honest change to the project lifts this refusal.",
    ),
}
