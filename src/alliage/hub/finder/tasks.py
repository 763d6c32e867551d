"""Tasks of the finder, which ``run_tasks`` asks for every hour: alerts are made, then letters leave."""

from __future__ import annotations

from django_tasks import task

from alliage.hub.finder.actions import alerting, writing
from alliage.hub.ui import day as days


@task()
def look() -> int:
    """Make the alerts of what changed and of what closes soon."""
    return alerting.look(on=days.today(), at=days.now())


@task()
def write() -> int:
    """Send the letters that are due."""
    return writing.write(now=days.now())
