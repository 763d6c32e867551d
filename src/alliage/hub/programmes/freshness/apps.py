"""The application of freshness, a part of the catalogue with tables of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import ClassVar

from django.apps import AppConfig
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alliage.hub.people.periodic import Periodic

_DAY = timedelta(days=1)


class FreshnessConfig(AppConfig):
    """Confirmations, reviews, the worklist and corrections.

    A room above says who depends on a programme in its own ``AppConfig``: ``dependents``, what gives programme id → how
    many (people, dossiers). The worklist adds them up.
    """

    name = "alliage.hub.programmes.freshness"
    verbose_name = _("Programmes")
    label = "freshness"
    team_pages = (("freshness:worklist", _("Fiches à vérifier")), ("freshness:corrections", _("Corrections reçues")))
    acts: ClassVar[Mapping[str, Promise]] = {
        "confirmation-asked": _("Confirmation demandée"),
        "confirmation-revoked": _("Demande de confirmation retirée"),
        "correction-not-answered": _("Réponse à une correction non partie"),
        "correction-settled": _("Correction traitée"),
        "programme-gone": _("Programme dit terminé"),
        "programme-right": _("Programme confirmé"),
        "programme-verified": _("Programme vérifié"),
        "programme-wrong": _("Programme à corriger"),
        "review-closed": _("Revue fermée"),
    }
    whys: ClassVar[Mapping[str, Promise]] = {
        "check": _("Vérification d’un programme"),
        "correction": _("Correction reçue"),
    }
    default_auto_field = "django.db.models.BigAutoField"
    periodic = (
        Periodic("freshness.confirmations", "alliage.hub.programmes.freshness.tasks.confirmations", every=_DAY),
        Periodic("freshness.links", "alliage.hub.programmes.freshness.tasks.links", every=_DAY),
    )

    @staticmethod
    def waits() -> Mapping[str, int]:
        """How much waits for the team behind its pages: one query for each."""
        from alliage.hub.programmes.freshness.queries.pages import waiting  # noqa: PLC0415 - as below

        return waiting()

    def ready(self) -> None:
        """What names a person is kept for a time only, and goes with their account."""
        from alliage.hub.programmes.freshness import overlay, signals  # noqa: F401, PLC0415 - tables exist once apps are ready
        from alliage.hub.programmes.freshness.actions import answering, forgetting  # noqa: PLC0415 - as above

        self.forgets = forgetting.FORGETS
        self.overlay = overlay.Confirmations()
        self.origins = {answering.KIND: answering.Corrections()}
