"""What a steward's phone keeps for an hour without a network: names, companies, codes, who is in."""

from __future__ import annotations

from typing import Any

from alliage.hub.days.models import Day, Registration

Plain = dict[str, Any]
State = Registration.State


def door_list(day: Day) -> list[Plain]:
    """Everyone who may come in, by name; who only waits is there too, and says so."""
    rows = day.registrations.exclude(state=State.CANCELLED).exclude(name="")
    people = [
        {
            "id": row.pk,
            "name": row.name,
            "company": row.company,
            "code": row.code,
            "state": row.state,
            "came": row.came.isoformat() if row.came else "",
        }
        for row in rows
    ]
    return sorted(people, key=lambda one: one["name"].casefold())


def counts(day: Day) -> Plain:
    """How many are in, of how many expected."""
    came = day.registrations.filter(state=State.CAME).count()
    expected = day.registrations.filter(state__in=(State.CONFIRMED, State.OFFERED)).count()
    return {"came": came, "expected": came + expected}
