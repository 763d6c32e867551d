"""What `alliage meetings` says."""

WORDS = {
    "meet.clock": ("{hours}\u00a0h\u00a0{minutes}", "{hours}:{minutes}"),
    "meet.sum.one": ("{n} rendez-vous pour {wishes} souhaits", "{n} meeting for {wishes} wishes"),
    "meet.sum.many": ("{n} rendez-vous pour {wishes} souhaits", "{n} meetings for {wishes} wishes"),
    "meet.firsts": (
        "Premiers souhaits comblés : {firsts} sur {companies}.",
        "First wishes met: {firsts} of {companies}.",
    ),
    "meet.all": ("Aucune entreprise n'est laissée de côté.", "No company is left out."),
    "meet.without.one": ("{n} entreprise n'a aucun rendez-vous.", "{n} company has no meeting."),
    "meet.without.many": ("{n} entreprises n'ont aucun rendez-vous.", "{n} companies have no meeting."),
    "meet.short.one": (
        "{n} entreprise a moins de deux de ses trois premiers souhaits : il manque des intervenants.",
        "{n} company has fewer than two of its three first wishes: officers are scarce.",
    ),
    "meet.short.many": (
        "{n} entreprises ont moins de deux de leurs trois premiers souhaits : il manque des intervenants.",
        "{n} companies have fewer than two of their three first wishes: officers are scarce.",
    ),
    "meet.waiting": (
        "Attente entre deux rendez-vous : {minutes} minutes en tout. Le dernier finit à {last}.",
        "Waiting between meetings: {minutes} minutes in all. The last one ends at {last}.",
    ),
    "meet.no-wait": (
        "Personne n'attend entre deux rendez-vous. Le dernier finit à {last}.",
        "Nobody waits between two meetings. The last one ends at {last}.",
    ),
    "meet.proof": (
        "Aucun autre horaire ne comble mieux les souhaits : c'est prouvé.",
        "No other timetable meets the wishes better: this is proved.",
    ),
    "meet.proof.gap": (
        "Un autre horaire pourrait valoir jusqu'à {gap} points de plus.",
        "Another timetable could be worth up to {gap} more points.",
    ),
    "meet.proof.time": (
        "Le temps était écoulé : c'est le meilleur horaire trouvé, sans preuve.",
        "The time was over: this is the best timetable found, without proof.",
    ),
    "meet.doubling": ("À doubler la prochaine fois", "To double next time"),
    "meet.double.one": ("une personne de plus ici : {n} rendez-vous de plus", "one more person here: {n} more meeting"),
    "meet.double.many": (
        "une personne de plus ici : {n} rendez-vous de plus",
        "one more person here: {n} more meetings",
    ),
    "meet.double.better": (
        "une personne de plus ici : des souhaits plus importants comblés",
        "one more person here: more important wishes met",
    ),
    "meet.officers": ("Par intervenant", "By officer"),
    "meet.companies": ("Par entreprise", "By company"),
    "meet.full": ("{taken} sur {most}", "{taken} of {most}"),
    "meet.missed.one": ("{n} souhait non comblé ici", "{n} wish not met here"),
    "meet.missed.many": ("{n} souhaits non comblés ici", "{n} wishes not met here"),
    "meet.rank": ("souhait {rank}", "wish {rank}"),
    "meet.miss": ("{name} ({rank}) :", "{name} ({rank}):"),
    "meet.nothing": ("aucun souhait", "no wish"),
    "meet.miss.officer-absent": ("cette personne n'est pas là.", "this person is not there."),
    "meet.miss.company-absent": ("l'entreprise n'est pas là.", "the company is not there."),
    "meet.miss.no-common-slot": (
        "jamais libres en même temps.",
        "never free at the same time.",
    ),
    "meet.miss.officer-full": (
        "complet ({taken} sur {most}). Tous y tenaient autant ou plus.",
        "full ({taken} of {most}). All wished it as much or more.",
    ),
    "meet.miss.gave-way": (
        "complet ({taken} sur {most}), dont {less} avec des entreprises qui y tenaient moins.",
        "full ({taken} of {most}), {less} of them with companies that wished it less.",
    ),
    "meet.fair.one": (
        "Sans cela, {n} aurait moins que sa juste part.",
        "Without it, {n} would have less than its fair share.",
    ),
    "meet.fair.many": (
        "Sans cela, {n} auraient moins que leur juste part.",
        "Without it, {n} would have less than their fair share.",
    ),
    "meet.miss.own-limit": (
        "l'entreprise a déjà {taken} rendez-vous, son maximum.",
        "the company has {taken} meetings already, its most.",
    ),
    "meet.miss.room-full": ("aucune table libre dans la salle.", "no table is free in the room."),
    "meet.miss.no-place-left": (
        "aucune case ne convient aux deux, avec les trajets et les pauses.",
        "no slot suits both, with walks and breaks.",
    ),
    "meet.with": ("Rendez-vous avec {name}", "Meeting with {name}"),
    "meet.calendar": ("{title} · {name}", "{title} · {name}"),
    "meet.written.one": ("{n} calendrier dans {folder}", "{n} calendar in {folder}"),
    "meet.written.many": ("{n} calendriers dans {folder}", "{n} calendars in {folder}"),
}
