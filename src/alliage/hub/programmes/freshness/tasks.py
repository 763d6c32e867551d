"""What freshness does each night."""

from __future__ import annotations

from django.conf import settings
from django_tasks import task

from alliage.hub.programmes.freshness.actions import asking, watching
from alliage.hub.programmes.freshness.actions.nightly import ask_due
from alliage.hub.ui import day as days


@task()
def confirmations() -> dict[str, int]:
    """Remind who has not answered, and ask about what is most worth asking."""
    now = days.now()
    return {"reminded": asking.remind(at=now), "asked": ask_due(at=now)}


@task()
def links() -> dict[str, int]:
    """Look at the pages that programmes cite; nothing where the watch is off."""
    return watching.watch(at=days.now()) if settings.LINK_WATCH else {}
