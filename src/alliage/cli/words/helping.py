"""What `alliage --help` says."""

WORDS = {
    "help.usage": ("Utilisation : ", "Usage: "),
    "help.arguments": ("Ce qu'il faut donner", "What to give"),
    "help.options": ("Options", "Options"),
    "help.commands": ("Commandes", "Commands"),
    "help.section": ("{title} :", "{title}:"),
    "help.option.any": ("[OPTIONS]", "[OPTIONS]"),
    "help.command.any": ("COMMANDE…", "COMMAND…"),
    "meta.PROFILE": ("PROFIL", "PROFILE"),
    "meta.FILE": ("FICHIER", "FILE"),
    "meta.DAY": ("JOUR", "DAY"),
    "meta.FOLDER": ("DOSSIER", "FOLDER"),
    "meta.WHAT": ("QUOI", "WHAT"),
    "meta.TEXT": ("TEXTE", "TEXT"),
    "meta.NEED": ("BESOIN", "NEED"),
    "meta.ID": ("ID", "ID"),
    "meta.N": ("N", "N"),
    "meta.DATE": ("DATE", "DATE"),
    "meta.PACK": ("PAQUET", "PACK"),
    "meta.PACK|FILE": ("PAQUET|FICHIER", "PACK|FILE"),
    "meta.WORDS…": ("MOTS…", "WORDS…"),
    "meta.BEFORE": ("AVANT", "BEFORE"),
    "meta.AFTER": ("APRÈS", "AFTER"),
    "completion.installed": ("Complétion installée pour {shell} : {path}", "Completion installed for {shell}: {path}"),
    "completion.restart": (
        "Elle marchera dès que vous rouvrirez le terminal.",
        "It will work once you open the terminal again.",
    ),
    "help.option.help": ("Cette page.", "This page."),
    "help.option.version": ("La version d'Alliage.", "The version of Alliage."),
    "help.option.install-completion": (
        "Installer la complétion dans votre terminal.",
        "Install completion in your shell.",
    ),
    "help.option.show-completion": ("Montrer le script de complétion.", "Show the completion script."),
    "help.option.lang": (
        "Langue : fr ou en. Sinon ALLIAGE_LANG, sinon le français.",
        "Language: fr or en. Else ALLIAGE_LANG, else French.",
    ),
    "help.option.json": ("Donner du JSON plutôt qu'une page.", "Give JSON rather than a page."),
    "help.option.pack": (
        "Le catalogue : le nom d'un paquet fourni, ou un dossier.",
        "The catalogue: the name of a pack that comes with Alliage, or a folder.",
    ),
    "help.option.on": (
        "Le jour dont on parle, AAAA-MM-JJ. Sinon aujourd'hui.",
        "The day in question, YYYY-MM-DD. Else today.",
    ),
    "help.alliage": (
        "Alliage relie une entreprise et son projet aux programmes d'aide, et dit pourquoi.",
        "Alliage links a company and its project to aid programmes, and says why.",
    ),
    "help.meetings": (
        "L'horaire des rendez-vous d'une journée, prouvé, et pourquoi un souhait n'est pas comblé.",
        "The timetable of a day's meetings, proved, and why a wish is not met.",
    ),
    "help.meetings.day": (
        "La journée, un fichier YAML ou JSON ; « - » lit l'entrée standard.",
        'The day, a YAML or JSON file; "-" reads standard input.',
    ),
    "help.meetings.seed": (
        "Le tirage qui départage les égalités, 1 à 1 000 000. Le même donne le même horaire.",
        "The draw that settles ties, 1 to 1,000,000. The same one gives the same timetable.",
    ),
    "help.meetings.seconds": (
        "Le temps de calcul, 1 à 3600 secondes. Sinon, autant qu'il faut.",
        "The time to compute, 1 to 3600 seconds. Else, as long as it takes.",
    ),
    "help.meetings.ics": (
        "Un dossier où écrire le calendrier de chaque personne.",
        "A folder in which to write the calendar of each person.",
    ),
    "help.match": (
        "Quels programmes conviennent à cette entreprise, et pourquoi.",
        "Which programmes fit this company, and why.",
    ),
    "help.match.profile": (
        "Le profil de l'entreprise, un fichier YAML ou JSON; « - » lit l'entrée standard.",
        'The company\'s profile, a YAML or JSON file; "-" reads standard input.',
    ),
    "help.match.need": (
        "Un besoin du projet; à répéter. Il remplace ceux du profil.",
        "A need of the project; may be repeated. It replaces those of the profile.",
    ),
    "help.match.why": (
        "Tout expliquer d'un seul programme, condition par condition.",
        "Explain one programme whole, condition by condition.",
    ),
    "help.match.all": (
        "Tous les programmes : les autres besoins, les fermés, les longues listes.",
        "Every programme: other needs, closed ones, long lists.",
    ),
    "help.match.limit": (
        "Combien de programmes détailler par section (8 sinon).",
        "How many programmes to detail in each section (else 8).",
    ),
    "help.plan": (
        "Le meilleur cumul d'aides permis pour ce projet, prouvé et expliqué.",
        "The best lawful stack of aid for this project, proved and explained.",
    ),
    "help.plan.profile": (
        "Le profil de l'entreprise, un fichier YAML ou JSON; « - » lit l'entrée standard.",
        'The company\'s profile, a YAML or JSON file; "-" reads standard input.',
    ),
    "help.plan.pin": (
        "Un programme à garder dans le plan; à répéter.",
        "A programme to keep in the plan; may be repeated.",
    ),
    "help.plan.ban": (
        "Un programme à écarter du plan; à répéter.",
        "A programme to keep out of the plan; may be repeated.",
    ),
    "help.plan.what-if": (
        "Et si : cost+10, on=2027-04-01, ou une réponse (project.started=true); à répéter.",
        "What if: cost+10, on=2027-04-01, or an answer (project.started=true); may be repeated.",
    ),
    "help.plan.seconds": (
        "Le temps pour chercher, en secondes, sans lire le catalogue : le meilleur plan trouvé, et ce qui manque.",
        "The time to search, in seconds, reading the catalogue apart: the best plan found, and what may be missing.",
    ),
    "help.plan.pdf": ("Écrire la page pour la banque, en PDF.", "Write the page for the bank, as PDF."),
    "help.plan.xlsx": ("Écrire le tableur, avec ses formules.", "Write the spreadsheet, with its formulas."),
    "help.plan.ics": ("Écrire les dates, pour un calendrier.", "Write the dates, for a calendar."),
    "help.plan.name": ("Le nom de l'entreprise, à imprimer.", "The company's name, to be printed."),
    "help.plan.title": ("Le titre du projet, à imprimer.", "The project's title, to be printed."),
    "help.ask": (
        "Répondre à quelques questions, la plus utile d'abord.",
        "Answer a few questions, the most useful first.",
    ),
    "help.ask.profile": ("Un profil à compléter.", "A profile to complete."),
    "help.ask.save": ("Où enregistrer vos réponses (YAML).", "Where to save your answers (YAML)."),
    "help.show": (
        "Un programme en mots : argent, conditions, dates, sources.",
        "One programme in words: money, conditions, dates, sources.",
    ),
    "help.show.programme": ("L'identifiant du programme.", "The programme's id."),
    "help.search": ("Chercher des mots dans le catalogue.", "Search for words in the catalogue."),
    "help.search.words": (
        "Les mots à chercher, en français ou en anglais.",
        "The words to look for, in French or in English.",
    ),
    "help.search.limit": ("Combien de programmes montrer (10 sinon).", "How many programmes to show (else 10)."),
    "help.check": (
        "Trouver toutes les erreurs d'un paquet ou d'une fiche de programme.",
        "Find every mistake in a pack or in a programme's file.",
    ),
    "help.check.target": (
        "Un paquet (nom ou dossier) ou un fichier de programme. Sinon le paquet fourni.",
        "A pack (name or folder) or a programme's file. Else the pack that comes with Alliage.",
    ),
    "help.check.warnings": ("Lister chaque avertissement.", "List every warning."),
    "help.pack": ("Ce que contient un paquet.", "What a pack holds."),
    "help.pack.stats": (
        "Compter les programmes par niveau, forme d'aide, besoin, ouverture et fraîcheur.",
        "Count the programmes by level, kind of money, need, intake and freshness.",
    ),
    "help.pack.stats.pack": ("Un paquet, nom ou dossier.", "A pack, name or folder."),
    "help.diff": (
        "Ce qui change d'un catalogue à l'autre, en mots.",
        "What changes from one catalogue to another, in words.",
    ),
    "help.diff.before": (
        "Un paquet (dossier) ou un fichier de programme, avant.",
        "A pack (folder) or a programme's file, before.",
    ),
    "help.diff.after": ("Le même, après.", "The same, after."),
}
