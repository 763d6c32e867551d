"""What days are called, and the words of their codes, in the language of the page."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alliage.hub.days.models import Day
from alliage.hub.ui import words
from alliage.hub.ui.day import HERE

NO_BREAK = words.NO_BREAK

STATES = {
    "offered": gettext_lazy("place offerte"),
    "confirmed": gettext_lazy("place confirmée"),
    "waiting": gettext_lazy("en attente"),
    "cancelled": gettext_lazy("désinscription"),
    "came": gettext_lazy("présence notée"),
}
STATUSES = {
    "draft": gettext_lazy("en préparation"),
    "open": gettext_lazy("inscriptions ouvertes"),
    "closed": gettext_lazy("inscriptions fermées"),
    "done": gettext_lazy("a eu lieu"),
    "cancelled": gettext_lazy("annulée"),
}
KINDS = {
    "agency": gettext_lazy("Un organisme présente ses programmes"),
    "talk": gettext_lazy("Exposé ou table ronde"),
    "meetings": gettext_lazy("Rencontres individuelles"),
    "break": gettext_lazy("Pause"),
}
LANGUAGES = {
    "fr": gettext_lazy("En français"),
    "en": gettext_lazy("En anglais"),
    "both": gettext_lazy("En français et en anglais"),
}
SIZES = {
    "1-9": gettext_lazy("De 1 à 9 personnes"),
    "10-49": gettext_lazy("De 10 à 49 personnes"),
    "50-249": gettext_lazy("De 50 à 249 personnes"),
    "250+": gettext_lazy("250 personnes ou plus"),
}
STAGES = {
    "idea": gettext_lazy("Une idée"),
    "ready": gettext_lazy("Un projet prêt à commencer"),
    "started": gettext_lazy("Un projet déjà commencé"),
}
LIVE = {
    "new": gettext_lazy("à lire"),
    "shown": gettext_lazy("affichée"),
    "on-floor": gettext_lazy("on y répond maintenant"),
    "answered": gettext_lazy("répondue dans la salle"),
    "refused": gettext_lazy("non retenue"),
    "merged": gettext_lazy("jointe à une autre"),
}
FOLLOWED = {
    "applied": gettext_lazy("J’ai déposé une demande"),
    "obtained": gettext_lazy("J’ai obtenu une aide"),
    "preparing": gettext_lazy("Je prépare une demande"),
    "nothing": gettext_lazy("Rien pour l’instant"),
    "help": gettext_lazy("J’aimerais qu’on m’aide"),
}


def title_of(day: Day) -> str:
    """What a day is called: its tour and its town."""
    said = {"tour": words.text(day.tour.name), "town": words.typeset(day.town, lang="fr")}
    return one_line(_("%(tour)s, %(town)s") % said)


def one_line(typed: str) -> str:
    """A text on one line, without the signs that nobody sees."""
    kept = "".join(sign if sign.isprintable() or sign == NO_BREAK else " " for sign in typed)
    return " ".join(part for part in kept.split(" ") if part)


def hour(moment: datetime) -> str:
    """A time of day, where the companies are."""
    return words.clock(moment.astimezone(HERE).time())


def day_words(moment: datetime) -> str:
    """A day with its name: « le jeudi 11 février 2027 », « Thursday, February 11, 2027 »."""
    local = moment.astimezone(HERE).date()
    names = (
        _("lundi"), _("mardi"), _("mercredi"), _("jeudi"), _("vendredi"), _("samedi"), _("dimanche"),
    )  # fmt: skip
    day = words.speak().day(local).replace(" ", NO_BREAK)
    return _("%(weekday)s %(day)s") % {"weekday": names[local.weekday()], "day": day}


def hours(day: Day) -> str:
    """From when to when: « de 9 h à 16 h »."""
    return _("de %(from)s à %(to)s") % {"from": hour(day.starts), "to": hour(day.ends)}


def when(day: Day) -> str:
    """The day and its hours in words."""
    said = {"day": day_words(day.starts), "from": hour(day.starts), "to": hour(day.ends)}
    return _("%(day)s, de %(from)s à %(to)s") % said
