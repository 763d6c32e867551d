"""The application of the days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from django.apps import AppConfig
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alliage.hub.people.periodic import Periodic

if TYPE_CHECKING:
    from alliage.hub.questions.queries.places import Place


class DaysConfig(AppConfig):
    """Tours, days, registrations, check-in, live questions, and what follows a day."""

    name = "alliage.hub.days"
    verbose_name = _("Questions et journées")
    label = "days"
    default_auto_field = "django.db.models.BigAutoField"
    team_pages = (("days:team", _("Journées d’information")),)
    account_pages = (("days:days", _("Journées d’information")),)
    acts: ClassVar[Mapping[str, Promise]] = {
        "check-in-undone": _("Présence retirée"),
        "day-cancelled": _("Journée annulée"),
        "day-changed": _("Journée modifiée"),
        "day-closed": _("Journée terminée"),
        "day-created": _("Journée créée"),
        "day-invited": _("Invitations à une journée"),
        "day-moved": _("Journée déplacée"),
        "day-opened": _("Journée ouverte aux inscriptions"),
        "day-shut": _("Inscriptions d’une journée fermées"),
        "door-made": _("Lien d’accueil créé"),
        "door-revoked": _("Lien d’accueil retiré"),
        "live-merged": _("Questions de la salle jointes"),
        "live-moderated": _("Question de la salle modérée"),
        "live-off": _("Questions de la salle fermées"),
        "live-on": _("Questions de la salle ouvertes"),
        "session-cancelled": _("Partie d’une journée annulée"),
        "session-removed": _("Partie d’une journée retirée"),
        "session-saved": _("Partie d’une journée enregistrée"),
        "tour-created": _("Tournée créée"),
    }
    whys: ClassVar[Mapping[str, Promise]] = {"day": _("Inscrits d’une journée")}
    periodic = (
        Periodic("days.seats", "alliage.hub.days.tasks.seats", every=timedelta(minutes=5)),
        Periodic("days.letters", "alliage.hub.days.tasks.letters", every=timedelta(hours=1)),
    )

    def ready(self) -> None:
        """What names people is kept for a time only, and goes with their account."""
        from alliage.hub.days import signals  # noqa: F401, PLC0415 - imported for what it registers
        from alliage.hub.days.actions.forgetting import FORGETS  # noqa: PLC0415 - tables exist once apps are ready

        self.forgets = FORGETS

    def invented(self) -> list[str]:
        """How questions name the days of invented companies."""
        from alliage.hub.days.queries.asked import invented  # noqa: PLC0415 - tables exist once apps are ready

        return invented()

    def asked_at(self, about: str) -> Place | None:
        """The day that a question names."""
        from alliage.hub.days.queries.asked import place_of  # noqa: PLC0415 - tables exist once apps are ready

        return place_of(about)
