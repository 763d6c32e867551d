"""Why a day cannot be organised so, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from alliage.hub.days.actions.organising import NotPossible
from alliage.hub.days.queries import plan

_WHY = {
    "over": gettext_lazy("Cette journée a déjà eu lieu, ou elle est annulée."),
    "past": gettext_lazy("Cette journée est passée."),
    "no-session": gettext_lazy("Écrivez d’abord une partie du programme."),
    "not-to-come": gettext_lazy("Une journée annoncée ne se déplace qu’à un moment à venir."),
    "outside": gettext_lazy("Cette partie sort des heures de la journée."),
    "no-hour": gettext_lazy("Cette heure n’existe pas cette nuit-là : les horloges avancent d’une heure."),
    "room-taken": gettext_lazy("Cette salle est déjà prise à cette heure-là."),
}
_WHICH = {
    "outside": gettext_lazy("Ces parties n’entrent pas dans les heures de la journée : %(parts)s."),
    "no-hour": gettext_lazy(
        "Ces parties tombent sur une heure qui n’existe pas cette nuit-là, car les horloges avancent : %(parts)s."
    ),
}


def words_of(refused: NotPossible) -> str:
    """What prevents it, and which parts of the day do."""
    if not refused.parts:
        return str(_WHY[refused.why])
    return str(_WHICH[refused.why]) % {"parts": plan.parts_named(refused.parts)}
