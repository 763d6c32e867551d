"""``check_links``: looks now at the pages that programmes cite, and are due, even where the watch is off."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from alliage.hub.programmes.freshness.actions import watching
from alliage.hub.ui import day as days


class Command(BaseCommand):
    """Looks at pages of other sites."""

    help = "Looks now at the pages that programmes cite and that are due. It asks other sites."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """``--most``: how many addresses at most."""
        parser.add_argument("--most", type=int, default=watching.A_NIGHT)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Says how many pages were looked at, and how many reviews were opened."""
        done = watching.watch(at=days.now(), most=max(0, options["most"]))
        self.stdout.write(f"{done['looked']} looked at, {done['opened']} reviews opened")
