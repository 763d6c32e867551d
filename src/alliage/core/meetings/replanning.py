"""On the day: an officer cancels, a company does not come or is late, slots are lost. What to change, and no more.

A meeting that can still be held is never lost, and what starts too soon stays as it is. A meeting that cannot be held
is moved, or lost. Another one is moved out of its way only if that saves more weight than the price of a move.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from alliage.core.allowance import Allowance, Seconds, allowed
from alliage.core.meetings.checker import breaks, broken
from alliage.core.meetings.failures import refuse_broken, worded
from alliage.core.meetings.grid import Grid
from alliage.core.meetings.problem import Minutes, Pair, Problem
from alliage.core.meetings.refusals import refuse_bad
from alliage.core.meetings.solver import maximise
from alliage.core.meetings.timetable import Meeting, in_order
from alliage.core.meetings.when import WhenModel

NOTICE: Minutes = 30
MOVE_PRICE = 3  # in weight: the fifth wish (2) of a company is let go rather than move another company's meeting


@dataclass(frozen=True, slots=True)
class Move:
    """A meeting that takes another slot."""

    meeting: Meeting
    to: int


@dataclass(frozen=True, slots=True)
class Replan:
    """The meetings as they would now be held, what changes, and whether it is proved that fewer changes save less."""

    meetings: tuple[Meeting, ...]
    moved: tuple[Move, ...]
    lost: tuple[Meeting, ...]
    complete: bool

    @property
    def changes(self) -> int:
        """How many meetings of the printed schedules are not held as printed."""
        return len(self.moved) + len(self.lost)


def replan(
    problem: Problem,
    meetings: Iterable[Meeting],
    *,
    now: Minutes,
    notice: Minutes = NOTICE,
    seconds: Seconds = None,
) -> Replan:
    """What becomes of some meetings, planned before, in the day as it now is.

    What starts before ``now`` plus ``notice`` keeps its slot, and no meeting is put there.

    Raises:
        AlliageError: ``meetings-…``, as :func:`.solving.solve`.
    """
    refuse_bad(problem)
    grid, planned = Grid(problem), in_order(meetings)
    with worded():
        return _Replanning(grid, planned, now + notice).best(Allowance(allowed(seconds)))


class _Replanning:
    """The steps of :func:`replan`: what each meeting may take, and what each place is worth."""

    def __init__(self, grid: Grid, planned: tuple[Meeting, ...], movable: Minutes) -> None:
        self.grid = grid
        self.planned = {meeting.pair: meeting for meeting in planned if meeting.pair in grid.rank}
        self.all = planned
        slots = grid.problem.slots
        self.later = frozenset(number for number, slot in enumerate(slots) if slot.starts >= movable)
        self.stands = {pair for pair, one in self.planned.items() if one.slot in grid.free.get(pair, ())}
        self.scale = 1 + len(planned)  # a move counts for less than any weight

    def best(self, allowance: Allowance) -> Replan:
        """Most weight saved, then the fewest moves, then the shortest ones."""
        model = WhenModel(self.grid, {pair: self._slots(pair) for pair in self.planned}, self._worth)
        self._keep(model)
        found = maximise(model.model, seconds=allowance.left)
        allowance.spend(found.seconds)
        chosen, complete = found.chosen, found.proved
        if complete:
            near = model.model.then([-self._far(one) for one in model.columns], reached=found.worth)
            nearest = maximise(near, seconds=allowance.left)
            chosen = nearest.chosen if nearest.found else chosen
        if not found.found:
            standing = self._standing()
            chosen = frozenset(column for one, column in model.columns.items() if one in standing)
        return self._replan(model.meetings(chosen), complete=complete)

    def _keep(self, model: WhenModel) -> None:
        """Meetings that can still be held are, unless a limit was lowered under what all of them take."""
        if not broken(self.grid.problem, self._standing()):
            for pair in sorted(self.stands):
                model.model.at_least([column for one, column in model.columns.items() if one.pair == pair], 1)

    def _standing(self) -> list[Meeting]:
        return [self.planned[pair] for pair in sorted(self.stands)]

    def _slots(self, pair: Pair) -> tuple[int, ...]:
        planned, free = self.planned[pair].slot, self.grid.free.get(pair, ())
        if pair in self.stands and planned not in self.later:
            return (planned,)
        return tuple(slot for slot in free if slot == planned or slot in self.later)

    def _worth(self, pair: Pair, slot: int) -> int:
        worth = self.grid.weight(pair) * self.scale
        if pair not in self.stands:
            return worth
        return worth + 1 if slot == self.planned[pair].slot else worth - MOVE_PRICE * self.scale

    def _far(self, meeting: Meeting) -> int:
        return abs(meeting.slot - self.planned[meeting.pair].slot)

    def _replan(self, meetings: tuple[Meeting, ...], *, complete: bool) -> Replan:
        refuse_broken(self.grid.problem, meetings)
        held = {meeting.pair: meeting for meeting in meetings}
        moved = tuple(
            Move(one, held[one.pair].slot) for one in self.all if one.pair in held and held[one.pair].slot != one.slot
        )
        lost = tuple(one for one in self.all if one.pair not in held)
        return Replan(meetings, moved, lost, complete)


class Turn(IntEnum):
    """Who is asked first."""

    NOTHING = 0  # has no meeting of the day: nobody should leave with nothing while another gets one more
    THERE = 1  # has met somebody before the slot
    LATER = 2  # meets somebody later alone, and may not have come yet


@dataclass(frozen=True, slots=True)
class Candidate:
    """A company that could take a slot of an officer: its turn, rank of the wish, minutes to walk and slots to wait."""

    company: str
    turn: Turn
    rank: int
    walk: Minutes = 0
    wait: int = 0


def candidates(problem: Problem, meetings: Iterable[Meeting], *, officer: str, slot: int) -> tuple[Candidate, ...]:
    """The companies that wished an officer, have not met, and could take a slot without any change.

    Those without any meeting come first; then the nearest: the shortest walk from the meeting just before, then the
    fewest slots between the two; then those whose meetings are all later. Among equals, the dearest wish first.
    """
    grid, held = Grid(problem), in_order(meetings)
    met = {one.pair for one in held}
    found = [
        _candidate(grid, held, Meeting(company, officer, slot))
        for company in grid.companies
        if slot in grid.free.get((company, officer), ())
        and (company, officer) not in met
        and not breaks(problem, held, Meeting(company, officer, slot))
    ]
    return tuple(sorted(found, key=lambda one: (one.turn, one.walk, one.wait, one.rank, one.company)))


def _candidate(grid: Grid, held: tuple[Meeting, ...], offered: Meeting) -> Candidate:
    own = [one for one in held if one.company == offered.company]
    before = [one for one in own if one.slot < offered.slot]
    rank = grid.rank[offered.pair]
    if not before:
        return Candidate(offered.company, Turn.LATER if own else Turn.NOTHING, rank)
    last = max(before, key=lambda one: one.slot)
    walk = grid.walk(grid.officers[last.officer].room, grid.officers[offered.officer].room)
    return Candidate(offered.company, Turn.THERE, rank, walk, wait=offered.slot - last.slot - 1)
