"""The application of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import ClassVar

from django.apps import AppConfig
from django.core.signals import request_finished, request_started
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alliage.hub.people.periodic import Periodic


class ProgrammesConfig(AppConfig):
    """Programmes, their revisions and their pages."""

    name = "alliage.hub.programmes"
    verbose_name = _("Programmes")
    label = "programmes"
    default_auto_field = "django.db.models.BigAutoField"
    team_pages = (
        ("programmes:proposals", _("Propositions")),
        ("programmes:add", _("Ajouter une fiche")),
        ("programmes:conflicts", _("Conflits et fiches retirées")),
    )
    officer_pages = (
        ("programmes:proposals", _("Les propositions de mon organisme")),
        ("programmes:add", _("Proposer une nouvelle fiche")),
    )
    whys: ClassVar[Mapping[str, Promise]] = {
        "history": _("Historique d’une fiche"),
        "proposals": _("Propositions"),
        "proposal": _("Proposition"),
    }
    periodic = (
        Periodic("programmes.publish_due", "alliage.hub.programmes.tasks.publish_due", every=timedelta(hours=1)),
    )

    @staticmethod
    def waits() -> Mapping[str, int]:
        """How much waits for the team behind its pages: one query for each."""
        from alliage.hub.programmes.queries.proposals import waiting  # noqa: PLC0415 - as below

        return waiting()

    def ready(self) -> None:
        """A request sees one catalogue, and asks once which it is."""
        from alliage.hub.programmes.queries import stored  # noqa: PLC0415 - tables exist once applications are ready

        request_started.connect(stored.begin_page, dispatch_uid="programmes.begin_page")
        request_finished.connect(stored.end_page, dispatch_uid="programmes.end_page")
