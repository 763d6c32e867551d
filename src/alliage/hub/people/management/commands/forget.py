"""``forget``: deletes what is kept for a time only. ``run_tasks`` does it each day; this is to do it now."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from alliage.hub.people.actions.forgetting import forget
from alliage.hub.ui import day as days


class Command(BaseCommand):
    """Deletes what is kept no longer."""

    help = "Deletes what is kept no longer, in every room."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Says how much of each was deleted."""
        done = forget(now=days.now())
        self.stdout.write("\n".join(f"{count} {purpose}" for purpose, count in done.items()))
