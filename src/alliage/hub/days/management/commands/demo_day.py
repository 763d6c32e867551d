"""``demo_day``: an information day with real agencies and invented companies, to try everything in a browser."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from alliage.hub.days.actions.demonstrating import NoCatalogue, make_demo, play_demo
from alliage.hub.ui import day as days


class Command(BaseCommand):
    """Makes the day of the pack's ``demo_day.yaml``; every page of it says that it is invented."""

    help = "Makes an invented information day with the real agencies of the pack."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether the day has taken place."""
        parser.add_argument(
            "--played", action="store_true", help="as it is 100 days after: people came, asked, answered"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make it, and say where it is."""
        try:
            day = make_demo(pack=settings.ALLIAGE_PACK, at=days.now(), days=-100 if options["played"] else 45)
        except NoCatalogue as error:
            raise CommandError(str(error)) from None
        if options["played"]:
            play_demo(day.pk, pack=settings.ALLIAGE_PACK)
        # the paths alone: the site may be served at another port than this command knows
        self.stdout.write(f"/journees/{day.slug}/")
        self.stdout.write(f"/equipe/journees/{day.slug}/")
