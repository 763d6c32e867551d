"""Many threads on a real database file, as on a site: prints what came of each deed. ``test_at_once.py`` runs it.

The tests' own database is in memory, where SQLite locks tables and waits for nobody.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import django
from django.core.management import call_command
from django.db import connections

AT_ONCE = 8


def all_at_once(deeds: list[Callable[[], object]]) -> list[str]:
    """What came of each: ``done``, or why not."""
    from alliage.hub.meetings.actions.preparing import NotPossible

    start = Barrier(len(deeds))

    def one(deed: Callable[[], object]) -> str:
        start.wait()
        try:
            deed()
        except NotPossible as refused:
            return refused.why
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(one, deeds))


def run() -> dict[str, object]:
    """One desk and one meeting, that everybody else waits for."""
    from alliage.hub.meetings.actions import changing, preparing
    from alliage.hub.meetings.actions.changing import Happened
    from alliage.hub.meetings.actions.preparing import When
    from alliage.hub.meetings.models import Meeting
    from alliage.hub.ui import day as days
    from tests.hub.conftest import NOW
    from tests.hub.meetings.conftest import make_world, moment

    days.now = lambda: NOW
    world = make_world(companies=AT_ONCE + 1)
    desk = world.desks["iq"].pk
    preparing.can(desk, when=When(at_most=1))
    world.wish(**dict.fromkeys(world.guests, "iq"))
    world.publish()
    ((name, _, _),) = world.held()
    gone = world.guests[name].pk
    change = changing.propose(world.plan.pk, Happened("guest-off", moment(9), guest=gone), by=None, at=NOW)
    accepted = all_at_once([partial(changing.accept, change.pk, by=None, at=NOW)] * AT_ONCE)
    free = Meeting.objects.get(state="off")
    give = partial(changing.give, world.plan.pk, desk=desk, slot=free.slot_id, by=None, at=NOW)
    given = all_at_once([partial(give, guest=guest.pk) for guest in world.guests.values() if guest.pk != gone])
    return {"accepted": accepted, "sequence": free.sequence, "given": given, "held": len(world.held())}


if __name__ == "__main__":
    django.setup()
    call_command("migrate", verbosity=0)
    sys.stdout.write(json.dumps(run()))
