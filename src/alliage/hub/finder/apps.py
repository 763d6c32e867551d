"""The finder as a Django app."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import ClassVar

from django.apps import AppConfig
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alliage.hub.people.periodic import Periodic


class FinderConfig(AppConfig):
    """Questionnaire, results, receipts, comparison, saved files, shared links, project files."""

    name = "alliage.hub.finder"
    label = "finder"
    default_auto_field = "django.db.models.BigAutoField"
    account_pages = (("finder:project-files", _("Mes dossiers")), ("finder:alerts", _("Mes alertes")))
    erased_pages = (("finder:forget", _("Recommencer")),)
    acts: ClassVar[Mapping[str, Promise]] = {
        "file-created": _("Dossier enregistré"),
        "file-saved": _("Dossier modifié"),
        "file-deleted": _("Dossier supprimé"),
    }
    periodic = (
        Periodic("finder.look", "alliage.hub.finder.tasks.look", every=timedelta(hours=1)),
        Periodic("finder.write", "alliage.hub.finder.tasks.write", every=timedelta(hours=1)),
    )

    def ready(self) -> None:
        """Shared answers and project files are kept for a time only. Followers and files depend on programmes."""
        from alliage.hub.finder.actions.following import forget_old  # noqa: PLC0415 - as below
        from alliage.hub.finder.actions.project_files import (  # noqa: PLC0415 - as below
            files_of,
            forget_unvisited,
            own_files_of,
        )
        from alliage.hub.finder.actions.sharing import forget_expired  # noqa: PLC0415 - tables exist once apps are ready
        from alliage.hub.finder.queries.dependents import dependents  # noqa: PLC0415 - as above

        self.files_of, self.own_files_of = files_of, own_files_of
        self.forgets = {"shared": forget_expired, "project_files": forget_unvisited, "alerts": forget_old}
        self.dependents = dependents
