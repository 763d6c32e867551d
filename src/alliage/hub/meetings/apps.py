"""The application of the meetings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import ClassVar

from django.apps import AppConfig
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alliage.hub.people.periodic import Periodic


class MeetingsConfig(AppConfig):
    """Wishes, timetables, receipts, and changes on the day."""

    name = "alliage.hub.meetings"
    label = "meetings"
    default_auto_field = "django.db.models.BigAutoField"
    acts: ClassVar[Mapping[str, Promise]] = {
        "meetings-asked": _("Souhaits de rencontres demandés"),
        "meetings-changed": _("Horaire de rencontres changé"),
        "meetings-given": _("Rencontre donnée à une entreprise"),
        "meetings-published": _("Horaire de rencontres publié"),
        "meetings-started": _("Rencontres préparées"),
    }
    whys: ClassVar[Mapping[str, Promise]] = {"meetings": _("Rencontres d’une journée")}
    periodic = (Periodic("meetings.letters", "alliage.hub.meetings.tasks.letters", every=timedelta(minutes=5)),)
