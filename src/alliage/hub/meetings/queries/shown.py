"""What several pages of meetings show, as plain data in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from alliage.hub.meetings import words
from alliage.hub.meetings.models import Desk, Guest, Meeting, MeetingPlan
from alliage.hub.ui import words as ui

Plain = dict[str, Any]
Absent = Mapping[int, datetime]  # desks whose agency does not come any more, and since when


def held_rows(plan: MeetingPlan) -> list[Meeting]:
    """All the meetings that are held, in order of time."""
    rows = Meeting.objects.filter(guest__plan=plan, state=Meeting.State.HELD)
    return list(rows.select_related("slot", "desk__organisation", "desk__room", "guest__registration"))


def times(rows: Iterable[Meeting], *, side: str, absent: Absent = MappingProxyType({})) -> list[Plain]:
    """Meetings as a company, or a desk, reads them. ``absent``: desks whose agency does not come any more."""
    return [
        {
            "at": words.at(row.slot.starts),
            "name": words.desk_name(row.desk) if side == "guest" else words.guest_name(row.guest),
            "room": ui.typeset(row.desk.room.name, lang="fr") if side == "guest" and row.desk.room else "",
            "absent": is_lost(row, absent),
        }
        for row in rows
    ]


def is_lost(row: Meeting, absent: Absent) -> bool:
    """Whether a meeting that is still in the timetable has nobody to meet. What was held before was held."""
    return row.desk_id in absent and row.slot.ends > absent[row.desk_id]


def misses(guest: Guest, desks: dict[int, Desk], absent: Absent) -> list[Plain]:
    """The wishes of a guest that were not met, and why."""
    return [
        {
            "name": words.desk_name(desks[miss["desk"]]),
            "rank": miss["rank"] + 1,
            "why": words.reason(miss, shut=shut(desks[miss["desk"]], absent), starts=guest.plan.day_starts),
        }
        for miss in guest.misses
        if miss["desk"] in desks
    ]


def shut(desk: Desk, absent: Absent) -> datetime | None:
    """From when on a desk is not there, whoever said so."""
    return absent.get(desk.pk, desk.off_since)


def proved(plan: MeetingPlan) -> bool:
    """Whether no timetable meets wishes better: it was proved, and nothing has changed since."""
    return bool(plan.proof) and plan.proof["complete"] and plan.proof["bound"] <= plan.proof["worth"]
