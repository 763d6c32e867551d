"""The answer of ``alliage meetings`` as plain data: the timetable, then whom to double."""

from __future__ import annotations

from time import monotonic
from typing import Any

from alliage.core.allowance import Countdown
from alliage.core.meetings.answer import meetings_as_dict
from alliage.core.meetings.doubling import doublings
from alliage.core.meetings.reading import MeetingDay
from alliage.core.meetings.solving import solve


def timetabled(day: MeetingDay, *, seed: int, seconds: int | None) -> dict[str, Any]:
    """All that is said of a day; within ``seconds``, if so many are given for all of it.

    Raises:
        AlliageError: ``meetings-failed``.
    """
    time = Countdown(seconds, clock=monotonic) if seconds else None
    timetable = solve(day.problem, seed=seed, seconds=time)
    doubled = doublings(day.problem, seed=seed, seconds=time)
    return meetings_as_dict(day, timetable, doubled=doubled, seed=seed)
