"""``forget_shared``: deletes the shared answers that have expired. To be run each night."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from alliage.hub.finder.actions.sharing import forget_expired
from alliage.hub.ui import day as days


class Command(BaseCommand):
    """Deletes the shared answers that have expired."""

    help = "Deletes the shared answers that have expired."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Says how many were deleted."""
        self.stdout.write(f"{forget_expired(now=days.now())} deleted")
