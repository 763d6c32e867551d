"""``run_tasks``: asks for what is due, does all that was asked, and ends. For cron, every few minutes."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from alliage.hub.people.tasks import enqueue_due, work
from alliage.hub.ui import day as days


class Command(BaseCommand):
    """Does what is due and what was asked, then ends. Two at once are safe."""

    help = "Does what is due and what was asked (letters, checks, cleaning), then ends. For cron, every few minutes."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Says what was due."""
        due = enqueue_due(now=days.now())
        work()
        self.stdout.write(" ".join(["due:", *due]) if due else "nothing due")
