"""What is found: meetings with their slots, and how sure it is that no better timetable exists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from alliage.core.meetings.problem import Pair

Worth: TypeAlias = int


@dataclass(frozen=True, slots=True, order=True)
class Meeting:
    """A company with an officer, in a slot."""

    company: str
    officer: str
    slot: int

    @property
    def pair(self) -> Pair:
        """Who meets."""
        return self.company, self.officer


@dataclass(frozen=True, slots=True)
class Proof:
    """What a timetable is worth, and what none can be worth more than.

    ``complete`` is false if the time was over before the search was; then the bound may be far above.
    """

    worth: Worth
    bound: Worth
    complete: bool

    @property
    def gap(self) -> Worth:
        """By how much a better timetable could be better; 0 is a proof."""
        return max(0, self.bound - self.worth)


@dataclass(frozen=True, slots=True)
class Timetable:
    """The meetings of a day, in order of company, and the proof that they are the best."""

    meetings: tuple[Meeting, ...]
    proof: Proof

    @property
    def pairs(self) -> frozenset[Pair]:
        """Who meets whom."""
        return frozenset(meeting.pair for meeting in self.meetings)


def in_order(meetings: Iterable[Meeting]) -> tuple[Meeting, ...]:
    """Meetings by company, then by slot."""
    return tuple(sorted(meetings, key=lambda meeting: (meeting.company, meeting.slot, meeting.officer)))
