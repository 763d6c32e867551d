"""``demo_meetings``: wishes and a timetable for the invented day, to look at in a browser."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from alliage.hub.meetings.actions.demonstrating import NoDemo, make_demo
from alliage.hub.ui import day as days


class Command(BaseCommand):
    """Makes the meetings of the day that ``demo_day`` made; every page of it says that it is invented."""

    help = "Makes the meetings of the invented information day."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Make them, and say where they are."""
        try:
            plan = make_demo(at=days.now())
        except NoDemo:
            raise CommandError("Make a day to come first: demo_day, without --played") from None
        self.stdout.write(f"{settings.SITE_URL}/equipe/journees/{plan.day.slug}/rencontres/")
