"""The words of the codes of meetings, in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alliage.hub.days.words import hour
from alliage.hub.meetings.models import Desk, Guest
from alliage.hub.ui import words
from alliage.hub.ui.day import HERE

WHY_NOT: Mapping[str, Promise] = {
    "published": gettext_lazy("L’horaire est publié. L’équipe seule peut encore le changer."),
    "not-published": gettext_lazy("Publiez d’abord l’horaire."),
    "not-worked-out": gettext_lazy("Calculez d’abord l’horaire : des souhaits ont changé depuis."),
    "no-slot": gettext_lazy("Aucune rencontre n’entre dans ces heures. Raccourcissez-les, ou changez le programme."),
    "no-desk": gettext_lazy("Aucun organisme n’est au programme. Ajoutez-en un d’abord."),
    "wishes": gettext_lazy("Ces choix ne conviennent pas. Choisissez au plus dix bureaux de cette journée."),
    "no-hours": gettext_lazy("Aucune rencontre n’entre dans vos heures. Laissez-les vides, ou élargissez-les."),
    "too-late": gettext_lazy("Trop tard : une de ces cases commence dans moins de 30 minutes. Rien n’a changé."),
    "failed": gettext_lazy("Le calcul a échoué, par notre faute. Rien n’a changé. Réessayez, ou écrivez-nous."),
    "meetings-too-many": gettext_lazy("Il y a trop de cases, de bureaux ou d’entreprises pour un seul calcul."),
    "meetings-hours": gettext_lazy("Une case n’est pas dans les heures de la journée. Refaites les cases."),
    "meetings-slots": gettext_lazy("Des cases se chevauchent. Refaites les cases."),
    "meetings-no-slot": gettext_lazy("Il n’y a aucune case. Refaites les cases."),
    "hours": gettext_lazy("Ces heures ne se suivent pas : le début vient avant la fin."),
    "who": gettext_lazy("Choisissez quelqu’un de cette journée."),
    "decided": gettext_lazy("C’est déjà décidé."),
    "stale": gettext_lazy("L’horaire a changé entre-temps. Refaites la proposition."),
    "day-off": gettext_lazy("La journée est annulée"),
    "not-wished": gettext_lazy("Cette entreprise n’a pas demandé ce bureau. Rien n’a changé."),
    "taken": gettext_lazy("Cette case n’est plus libre pour les deux. Rien n’a changé."),
}
KINDS: Mapping[str, Promise] = {
    "desk-off": gettext_lazy("Un bureau ferme"),
    "guest-off": gettext_lazy("Une entreprise ne vient pas"),
    "guest-late": gettext_lazy("Une entreprise est en retard"),
    "slot-lost": gettext_lazy("Une case est perdue pour tous"),
    "agenda": gettext_lazy("Le programme de la journée a changé"),
}


def desk_name(desk: Desk) -> str:
    """« Investissement Québec, bureau de Chicoutimi »."""
    name = words.text(desk.organisation.name) if desk.organisation else ""
    label = words.typeset(desk.label, lang="fr") if not desk.label.isdigit() else ""
    return ", ".join(filter(None, (name, label))) or _("Un organisme")


def guest_name(guest: Guest) -> str:
    """The company, or who registered; nothing once it was forgotten."""
    row = guest.registration
    return row.company or row.name or _("Une entreprise")


def at(moment: datetime) -> str:
    """A time of the day, always with its minutes, so that a column lines up."""
    local = moment.astimezone(HERE)
    if words.language() == "fr":
        return f"{local.hour}{words.NO_BREAK}h{words.NO_BREAK}{local.minute:02}"
    return hour(moment)


def wishes_go(count: int) -> str:
    """What making the desks again would erase."""
    return ngettext(
        "%(n)s choix d’entreprise serait effacé : son bureau n’est plus au programme. Rien n’a changé.",
        "%(n)s choix d’entreprises seraient effacés : leurs bureaux ne sont plus au programme. Rien n’a changé.",
        count,
    ) % {"n": count}


def why_failed(code: str) -> str:
    """Why the timetable could not be worked out, and what to do."""
    return str(WHY_NOT.get(code, WHY_NOT["failed"])) if code else ""


def closed(since: datetime | None, starts: datetime) -> str:
    """That a desk is closed: from when on, if it is not for the whole day that begins at ``starts``."""
    if since is None:
        return ""
    return _("fermé") if since <= starts else _("fermé à partir de %(at)s") % {"at": at(since)}


def reason(miss: Mapping[str, Any], *, shut: datetime | None, starts: datetime) -> str:
    """Why a wish was not met. ``shut``: from when on the desk is not there, on a day that begins at ``starts``."""
    if shut is not None and (shut <= starts or miss["reason"] == "officer-absent"):
        return _("Ce bureau ne vient pas.")
    if shut is not None and miss["reason"] in ("no-common-slot", "no-place-left"):
        return _("Ce bureau est fermé à partir de %(at)s.") % {"at": at(shut)}
    return _reason(miss)


def _reason(miss: Mapping[str, Any]) -> str:
    said = {"taken": miss["taken"], "most": miss["most"], "less": miss["less"]}
    first = {
        "officer-absent": _("Ce bureau n’a aucune case libre."),
        "company-absent": _("Vous n’aviez aucune case libre."),
        "no-common-slot": _("Vous n’étiez jamais libres en même temps."),
        "officer-full": _("Complet : %(taken)s rencontres sur %(most)s, avec des entreprises qui y tenaient "
                          "autant.") % said,
        "gave-way": _("Complet : %(taken)s rencontres sur %(most)s, dont %(less)s avec des entreprises qui y tenaient "
                      "moins.") % said,
        "own-limit": _("Vous avez déjà %(taken)s rencontres, votre maximum.") % said,
        "room-full": _("Aucune table n’était libre dans la salle."),
        "no-place-left": _("Aucune case ne convenait aux deux, avec les pauses et les trajets."),
    }[miss["reason"]]  # fmt: skip
    if not miss["fair"]:
        return first
    more = ngettext(
        "Sans cela, %(n)s de ces entreprises aurait eu moins de deux de ses trois premiers choix.",
        "Sans cela, %(n)s de ces entreprises auraient eu moins de deux de leurs trois premiers choix.",
        miss["fair"],
    )
    return f"{first} {more % {'n': miss['fair']}}"
