"""What the pages of questions share: who asks, and what comes of a form."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from alliage.hub.people.access import who
from alliage.hub.questions.actions import records
from alliage.hub.questions.actions.records import By
from alliage.hub.ui import day as days

FORM = ["GET", "HEAD", "POST"]
# What is said of what could not be done.
REFUSED = {
    "ended": _("Cette question est déjà close : rien n’a été changé."),
    "moved": _("Quelqu’un d’autre vient de la prendre. Rien n’a été changé."),
    "empty": _("Il manque quelques mots."),
    "day": _("Cette date ne convient pas."),
    "unknown": _("Ce à quoi cela se rapporte n’existe plus."),
    "too-long": _("C’est trop long."),
    "stopped": _("Cette adresse a demandé de ne plus recevoir de courriel d’ici."),
}


def by_asker(request: HttpRequest) -> By:
    """What is done by who asked a question; the account is noted if there is one."""
    return records.asker(days.now(), who(request).person)


def one(sent: Any, name: str, *, most: int = 200) -> str:
    """A short value that was sent, on one line and no longer than it may be."""
    return "".join(sign for sign in sent.get(name, "") if sign.isprintable())[:most].strip()
