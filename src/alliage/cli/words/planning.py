"""What `alliage plan` says."""

WORDS = {
    "plan.title": ("Plan de financement au {day}", "Financing plan on {day}"),
    "plan.title.of": ("Plan de financement de {name} au {day}", "Financing plan of {name} on {day}"),
    "plan.fill.lines": (
        "dans le profil, chaque dépense : project: {lines: [{category: equipment, amount: 620000}]}",
        "in the profile, each expense: project: {lines: [{category: equipment, amount: 620000}]}",
    ),
    "plan.fill.cost": (
        "ou le coût seul : project: {cost: 800000}",
        "or the cost alone: project: {cost: 800000}",
    ),
    "plan.fill.need": (
        "ou le besoin : project: {needs: [equipment]}",
        "or the need: project: {needs: [equipment]}",
    ),
    "plan.sum": (
        "Le plan sûr pourrait couvrir jusqu'à {aid} sur {cost} ({share})",
        "The safe plan could cover up to {aid} of {cost} ({share})",
    ),
    "plan.sum.none": (
        "Aucun programme n'entre dans un plan sûr aujourd'hui.",
        "No programme is in a safe plan today.",
    ),
    "plan.sum.no-plan": (
        "Il n'y a pas encore de plan à apporter à la banque.",
        "There is no plan to bring to the bank yet.",
    ),
    "plan.sum.first": (
        "À confirmer d'abord : {name} (demander à : {provider}).",
        "To confirm first: {name} (ask: {provider}).",
    ),
    "plan.sum.no-money": (
        "Le plan sûr n'apporte aucune somme aujourd'hui, seulement une garantie.",
        "The safe plan brings no money today, only a guarantee.",
    ),
    "plan.sum.guaranteed": (
        "garanti, sans être reçu : {guaranteed}",
        "guaranteed, not received: {guaranteed}",
    ),
    "plan.sum.guaranteed-in-part": (
        "garanti, sans être reçu : {guaranteed}, de {loan} de prêt",
        "guaranteed, not received: {guaranteed}, of {loan} lent",
    ),
    "plan.unfit.never": (
        "{name} : vous y tenez, mais aucun plan ne peut le contenir.",
        "{name}: you keep it, but no plan can hold it.",
    ),
    "plan.unfit.later": (
        "{name} : vous y tenez, mais le plan sûr ne peut pas le contenir.",
        "{name}: you keep it, but the safe plan cannot hold it.",
    ),
    "plan.sum.own": ("mise de fonds : {own}", "own funds: {own}"),
    "plan.sum.kind": ("en nature : {kind}", "in kind: {kind}"),
    "plan.sum.bridge": ("financement relais : {bridge}, en {month}", "bridge: {bridge}, in {month}"),
    "plan.sum.to-find": (
        "à trouver ou à avancer : {bridge}, en {month}",
        "to find or to advance: {bridge}, in {month}",
    ),
    "plan.sum.in-hand": (", avec {in_hand} en main", ", with {in_hand} in hand"),
    "plan.sum.no-bridge": ("aucun financement relais prévu", "no bridge expected"),
    "plan.reachable": (
        "Plan atteignable, si toutes les réponses étaient favorables : jusqu'à {aid} ({share}).",
        "Reachable plan, if every answer were favourable: up to {aid} ({share}).",
    ),
    "plan.no-ceiling.one": (
        "Aucun plafond de cumul n'a été supposé pour {n} programme : ce qui est permis peut être moindre.",
        "No stacking ceiling was supposed for {n} programme: what is allowed may be less.",
    ),
    "plan.no-ceiling.many": (
        "Aucun plafond de cumul n'a été supposé pour {n} programmes : ce qui est permis peut être moindre.",
        "No stacking ceiling was supposed for {n} programmes: what is allowed may be less.",
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
    "plan.part.unpaid": ("{note} ({lines})", "{note} ({lines})"),
    "plan.part.no-rate": ("{kind}, sur : {lines}", "{kind}, on: {lines}"),
    "plan.part.working": ("calcul : {working}", "worked out: {working}"),
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
    "plan.confirm.more": ("une aide qui vaut plus", "aid that is worth more"),
    "plan.point": ("{n} point de pourcentage", "{n} percentage point"),
    "plan.points": ("{n} points de pourcentage", "{n} percentage points"),
    "plan.confirm.no-time": ("non calculé dans le temps donné", "not computed in the time given"),
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
    "plan.cannot": ("Ne peuvent pas entrer dans un plan", "Cannot enter a plan"),
    "plan.cannot.one": ("{reason} ({n} programme)", "{reason} ({n} programme)"),
    "plan.cannot.many": ("{reason} ({n} programmes)", "{reason} ({n} programmes)"),
    "plan.what-if": ("Et si", "What if"),
    "plan.what-if.safe": ("plan sûr : {change}", "safe plan: {change}"),
    "plan.what-if.reachable": ("plan atteignable : {change}", "reachable plan: {change}"),
    "plan.what-if.no-time": (
        "le temps de calcul est écoulé avant que ce soit sûr",
        "the time for computing was over before it was sure",
    ),
    "plan.what-if.more": ("jusqu'à {money} de plus", "up to {money} more"),
    "plan.what-if.less": ("{money} de moins", "{money} less"),
    "plan.what-if.same": ("la même somme", "the same amount"),
    "plan.what-if.worth-up": ("il vaut {worth} de plus", "worth {worth} more"),
    "plan.what-if.worth-down": ("il vaut {worth} de moins", "worth {worth} less"),
    "plan.what-if.enter": ("entre : {names}", "enters: {names}"),
    "plan.what-if.leave": ("sort : {names}", "leaves: {names}"),
    "plan.what-if.begun": (
        "Les dépenses datées avant ce jour comptent comme déjà faites, et le projet comme commencé : "
        "changez leurs dates si elles attendent aussi.",
        "Expenses dated before that day count as made already, and the project as begun: "
        "change their dates if they wait too.",
    ),
    "plan.dates": ("Prochaines étapes", "Next steps"),
    "plan.dates.none": ("Aucune date connue.", "No known date."),
    "plan.dates.no-day": ("date non connue", "day not known"),
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
