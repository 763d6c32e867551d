"""What questions do by themselves: every few minutes, since a letter to an officer or to who asked waits for it."""

from __future__ import annotations

from django_tasks import task

from alliage.hub.questions.actions import digests, ticking
from alliage.hub.ui import day as days


@task()
def tick() -> dict[str, int]:
    """Do what the clock of questions says, and send the weekly digests."""
    now = days.now()
    return {**ticking.tick(now=now), "digests": digests.digest(now=now)}
