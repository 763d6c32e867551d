"""What `alliage plan` says."""

WORDS = {
    "plan.title": ("Plan de financement au {day}", "Financing plan on {day}"),
    "plan.title.of": ("Plan de financement de {name} au {day}", "Financing plan of {name} on {day}"),
    "plan.sum": (
        "Le plan sûr pourrait couvrir jusqu'à {aid} sur {cost} ({share})",
        "The safe plan could cover up to {aid} of {cost} ({share})",
    ),
    "plan.sum.none": (
        "Aucun programme ne peut entrer dans un plan sûr aujourd'hui.",
        "No programme can enter a safe plan today.",
    ),
    "plan.sum.own": ("mise de fonds : {own}", "own funds: {own}"),
    "plan.sum.kind": ("en nature : {kind}", "in kind: {kind}"),
    "plan.sum.bridge": ("financement relais : {bridge}, en {month}", "bridge: {bridge}, in {month}"),
    "plan.sum.no-bridge": ("aucun financement relais prévu", "no bridge expected"),
    "plan.reachable": (
        "Plan atteignable, si toutes les réponses étaient favorables : jusqu'à {aid} ({share}).",
        "Reachable plan, if every answer were favourable: up to {aid} ({share}).",
    ),
    "plan.proved": (
        "Preuve : aucun autre partage permis par les règles lues ne vaut plus (écart nul).",
        "Proof: no other split that the rules read allow is worth more (gap: 0).",
    ),
    "plan.gap": (
        "Meilleur plan trouvé dans le temps donné : au plus {share} de valeur de plus reste possible.",
        "Best plan found in the time given: at most {share} more in worth may be left.",
    ),
    "plan.worth": (
        "Le plan vaut {worth} en équivalent de subvention, démarches déduites.",
        "The plan is worth {worth} as a grant equivalent, applications deducted.",
    ),
    # ------------------------------------------------------------------------------------- the sections
    "plan.safe": ("Plan sûr", "Safe plan"),
    "plan.safe.means": (
        "Il tient quelle que soit la réponse aux points non connus.",
        "It holds whatever the answer to what is not known.",
    ),
    "plan.table.amount": ("jusqu'à", "up to"),
    "plan.table.worth": ("vaut", "worth"),
    "plan.table.programme": ("programme", "programme"),
    "plan.part": ("{kind}, {rate} de : {lines}", "{kind}, {rate} of: {lines}"),
    "plan.part.no-rate": ("{kind}, sur : {lines}", "{kind}, on: {lines}"),
    "plan.funds": ("Sources et emplois", "Sources and uses"),
    "plan.sources": ("Sources", "Sources"),
    "plan.uses": ("Emplois", "Uses"),
    "plan.uses.aid": ("dont aide : {aid}", "aid: {aid}"),
    "plan.total": ("Total", "Total"),
    "plan.binding": ("Ce qui limite ce plan", "What limits this plan"),
    "plan.loosening": (
        "Avec {by} de plus, le plan vaudrait {worth} de plus.",
        "With {by} more, the plan would be worth {worth} more.",
    ),
    "plan.confirm": ("Ce qu'une confirmation ajouterait", "What confirming would add"),
    "plan.confirm.worth": ("jusqu'à {worth} de plus", "up to {worth} more"),
    "plan.confirm.together": ("seulement avec d'autres réponses", "only together with other answers"),
    "plan.confirm.ask": ("demander à : {provider}", "ask: {provider}"),
    "plan.left-out": ("Laissés de côté", "Left out"),
    "plan.left-out.less": (
        "avec lui, le plan vaudrait {worth} de moins",
        "with it, the plan would be worth {worth} less",
    ),
    "plan.left-out.same": ("avec lui, le plan vaudrait autant", "with it, the plan would be worth as much"),
    "plan.more.one": ("Et {n} autre. « --json » le donne.", 'And {n} more. "--json" gives it.'),
    "plan.more.many": ("Et {n} autres. « --json » les donne.", 'And {n} more. "--json" gives them.'),
    "plan.cannot.one": (
        "{n} programme ne peut pas entrer dans un plan : {reason}.",
        "{n} programme cannot enter a plan: {reason}.",
    ),
    "plan.cannot.many": (
        "{n} programmes ne peuvent pas entrer dans un plan : {reason}.",
        "{n} programmes cannot enter a plan: {reason}.",
    ),
    "plan.dates": ("Prochaines étapes", "Next steps"),
    "plan.dates.none": ("Aucune date connue.", "No known date."),
    "plan.dates.no-day": ("date non connue", "day not known"),
    "plan.dates.uncertain": ("{text} (à vérifier)", "{text} (to check)"),
    "plan.assumed": ("Ce que nous avons supposé", "What we assumed"),
    "plan.assumed.lines": (
        "Le budget n'a pas été donné dépense par dépense : sa répartition est supposée.",
        "The budget was not given expense by expense: how it is split is assumed.",
    ),
    "plan.written": ("Écrit : {path}", "Written: {path}"),
    "plan.papers": (
        "Pour la banque : alliage plan {profile} --pdf plan.pdf",
        "For the bank: alliage plan {profile} --pdf plan.pdf",
    ),
}
