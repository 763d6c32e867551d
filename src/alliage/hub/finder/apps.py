"""The finder as a Django app."""

from __future__ import annotations

from datetime import timedelta

from django.apps import AppConfig

from alliage.hub.people.periodic import Periodic


class FinderConfig(AppConfig):
    """Questionnaire, results, receipts, comparison, saved files, shared links, project files."""

    name = "alliage.hub.finder"
    label = "finder"
    default_auto_field = "django.db.models.BigAutoField"
    periodic = (
        Periodic("finder.look", "alliage.hub.finder.tasks.look", every=timedelta(hours=1)),
        Periodic("finder.write", "alliage.hub.finder.tasks.write", every=timedelta(hours=1)),
    )

    def ready(self) -> None:
        """Shared answers and project files are kept for a time only. Followers and files depend on programmes."""
        from alliage.hub.finder.actions.following import forget_old  # noqa: PLC0415 - as below
        from alliage.hub.finder.actions.project_files import forget_unvisited  # noqa: PLC0415 - as below
        from alliage.hub.finder.actions.sharing import forget_expired  # noqa: PLC0415 - tables exist once apps are ready
        from alliage.hub.finder.queries.dependents import dependents  # noqa: PLC0415 - as above

        self.forgets = {"shared": forget_expired, "project_files": forget_unvisited, "alerts": forget_old}
        self.dependents = dependents
