"""What the catalogue does by itself, again and again: see ``periodic`` of the application."""

from __future__ import annotations

from django_tasks import task

from alliage.hub.programmes import actions
from alliage.hub.ui import day as days


@task()
def publish_due() -> dict[str, int]:
    """Publish the proposals whose day has come."""
    done = actions.publish_due(on=days.today(), at=days.now())
    return {"written": len(done.written), "opened_again": len(done.opened_again)}
