"""Why: what each company got, the binding reason of each wish that was not met, and how full each officer is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from alliage.core.meetings.grid import Grid
from alliage.core.meetings.problem import Minutes, Problem
from alliage.core.meetings.timetable import Meeting, Timetable


class Reason(Enum):
    """Why a wish was not met: the first of these that is true."""

    OFFICER_ABSENT = "officer-absent"  # the officer has no free slot at all
    COMPANY_ABSENT = "company-absent"  # nor has the company
    NO_COMMON_SLOT = "no-common-slot"
    OFFICER_FULL = "officer-full"  # every meeting of the officer is with a company that wished it as much, or more
    GAVE_WAY = "gave-way"  # the officer is full, some with companies that wished it less: see Miss
    OWN_LIMIT = "own-limit"  # the company has as many meetings as it can have, or wants
    ROOM_FULL = "room-full"  # no table is left in the officer's room
    NO_PLACE_LEFT = "no-place-left"  # neither is full, and no lawful slot could be found for both


@dataclass(frozen=True, slots=True)
class Miss:
    """A wish that was not met: its rank from 0, and why.

    ``taken`` of ``most`` meetings fill the officer, or the company for ``OWN_LIMIT``. Of the officer's, ``less`` are
    with companies that wished it less; ``fair`` of these would else have less than their fair share of best wishes.
    """

    officer: str
    rank: int
    reason: Reason
    taken: int = 0
    most: int = 0
    less: int = 0
    fair: int = 0


@dataclass(frozen=True, slots=True)
class CompanyReceipt:
    """The meetings of a company in order of time, and its misses in order of rank.

    ``short``: how many of its best wishes are missing from its fair share. ``waiting``: the minutes of the slots
    without a meeting between its first one and its last.
    """

    company: str
    meetings: tuple[Meeting, ...]
    misses: tuple[Miss, ...]
    short: int
    waiting: Minutes


@dataclass(frozen=True, slots=True)
class OfficerReceipt:
    """The meetings of an officer in order of time, the most there can be, and how many companies asked."""

    officer: str
    meetings: tuple[Meeting, ...]
    most: int
    asked: int

    @property
    def missed(self) -> int:
        """The companies that asked and got no meeting."""
        return self.asked - len(self.meetings)


class Receipts:
    """The receipts of one timetable."""

    def __init__(self, problem: Problem, timetable: Timetable) -> None:
        self._grid, self._timetable = Grid(problem), timetable

    def companies(self) -> tuple[CompanyReceipt, ...]:
        """Of each company, in order of id."""
        return tuple(self.company(id_) for id_ in self._grid.companies)

    def officers(self) -> tuple[OfficerReceipt, ...]:
        """Of each officer, in order of id."""
        return tuple(self.officer(id_) for id_ in self._grid.officers)

    def company(self, id_: str) -> CompanyReceipt:
        """What one company got, and why not the rest."""
        met = {pair for pair in self._timetable.pairs if pair[0] == id_}
        best = sum(pair in met for pair in self._grid.best_wishes(id_))
        misses = (self._miss(id_, officer) for officer in self._grid.companies[id_].wishes if (id_, officer) not in met)
        short = max(0, self._grid.fair_share(id_) - best)
        own = self._of(company=id_)
        return CompanyReceipt(id_, own, tuple(misses), short, self._waiting(own))

    def officer(self, id_: str) -> OfficerReceipt:
        """How full one officer is."""
        asked = sum(officer == id_ for _, officer in self._grid.rank)
        return OfficerReceipt(id_, self._of(officer=id_), self._grid.most_of_officer(id_), asked)

    def _of(self, *, company: str | None = None, officer: str | None = None) -> tuple[Meeting, ...]:
        found = (
            one for one in self._timetable.meetings if company in (None, one.company) and officer in (None, one.officer)
        )
        return tuple(sorted(found, key=lambda one: one.slot))

    def _waiting(self, meetings: tuple[Meeting, ...]) -> Minutes:
        held, slots = [one.slot for one in meetings], self._grid.problem.slots
        between = set(range(min(held), max(held))) - set(held) if held else set[int]()
        return sum(slots[slot].ends - slots[slot].starts for slot in between)

    def _miss(self, company: str, officer: str) -> Miss:
        grid, rank = self._grid, self._grid.rank[company, officer]
        if not grid.of_officer[officer]:
            return Miss(officer, rank, Reason.OFFICER_ABSENT)
        if not grid.of_company[company]:
            return Miss(officer, rank, Reason.COMPANY_ABSENT)
        if (company, officer) not in grid.free:
            return Miss(officer, rank, Reason.NO_COMMON_SLOT)
        theirs, most = self._of(officer=officer), grid.most_of_officer(officer)
        if len(theirs) >= most:
            less = [one for one in theirs if grid.weight(one.pair) < grid.weight((company, officer))]
            reason = Reason.GAVE_WAY if less else Reason.OFFICER_FULL
            fair = sum(self._needs(one) for one in less)
            return Miss(officer, rank, reason, len(theirs), most, len(less), fair)
        own, own_most = len(self._of(company=company)), grid.most_of_company(company)
        if own >= own_most:
            return Miss(officer, rank, Reason.OWN_LIMIT, own, own_most)
        if self._room_full(officer):
            return Miss(officer, rank, Reason.ROOM_FULL)
        return Miss(officer, rank, Reason.NO_PLACE_LEFT)

    def _needs(self, meeting: Meeting) -> bool:
        """Whether a company would have less than its fair share without a meeting."""
        best = self._grid.best_wishes(meeting.company)
        return meeting.pair in best and sum(pair in self._timetable.pairs for pair in best) <= self._grid.fair_share(
            meeting.company
        )

    def _room_full(self, officer: str) -> bool:
        """Whether no table is left in the officer's room in all the slots in which the officer could still meet."""
        room = self._grid.officers[officer].room
        tables = None if room is None else self._grid.rooms[room]
        if tables is None:
            return False
        busy = {one.slot for one in self._of(officer=officer)}
        return all(self._used(room, slot) >= tables for slot in self._grid.of_officer[officer] if slot not in busy)

    def _used(self, room: str | None, slot: int) -> int:
        return sum(
            self._grid.officers[one.officer].room == room for one in self._timetable.meetings if one.slot == slot
        )
