"""The application of the meetings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from django.apps import AppConfig
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alliage.hub.people.links import Purpose
from alliage.hub.people.periodic import Periodic

if TYPE_CHECKING:
    from alliage.hub.days.models import Day, Registration
    from alliage.hub.days.queries.above import Section

GUEST = Purpose("alliage.days.meetings")  # of the link of a guest, which is signed from their registration


class MeetingsConfig(AppConfig):
    """Wishes, timetables, receipts, and changes on the day."""

    name = "alliage.hub.meetings"
    label = "meetings"
    default_auto_field = "django.db.models.BigAutoField"
    account_pages = (("meetings:account", _("Rencontres individuelles")),)
    day_pages = (("meetings:board", _("Rencontres individuelles")),)
    seat_pages = (("meetings:guest", _("Choisir qui rencontrer, ou voir mon horaire"), GUEST),)
    acts: ClassVar[Mapping[str, Promise]] = {
        "meetings-asked": _("Souhaits de rencontres demandés"),
        "meetings-changed": _("Horaire de rencontres changé"),
        "meetings-given": _("Rencontre donnée à une entreprise"),
        "meetings-published": _("Horaire de rencontres publié"),
        "meetings-started": _("Rencontres préparées"),
    }
    whys: ClassVar[Mapping[str, Promise]] = {"meetings": _("Rencontres d’une journée")}
    periodic = (Periodic("meetings.letters", "alliage.hub.meetings.tasks.letters", every=timedelta(minutes=5)),)

    def ready(self) -> None:
        """Meetings follow the day that is moved."""
        from alliage.hub.meetings import signals  # noqa: F401, PLC0415 - imported for what it registers

    def day_report(self, day: Day, *, now: datetime, lang: str) -> list[Section]:  # noqa: ARG002 - as the door is asked
        """The sections of meetings in the report of a day."""
        from alliage.hub.meetings.queries.figures import day_report  # noqa: PLC0415 - tables exist once apps are ready

        return day_report(day, now=now)

    def has_page_for(self, registration: Registration) -> bool:
        """Whether somebody who registered has meetings to choose or to read."""
        from alliage.hub.meetings.queries.records import waits_for  # noqa: PLC0415 - tables exist once apps are ready

        return waits_for(registration)
