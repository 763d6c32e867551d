"""What freshness does each night."""

from __future__ import annotations

from django_tasks import task

from alliage.hub.programmes.freshness.actions import asking
from alliage.hub.programmes.freshness.actions.nightly import ask_due
from alliage.hub.ui import day as days


@task()
def confirmations() -> dict[str, int]:
    """Remind who has not answered, and ask about what is most worth asking."""
    now = days.now()
    return {"reminded": asking.remind(at=now), "asked": ask_due(at=now)}
