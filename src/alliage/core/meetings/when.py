"""The second stage: when the chosen pairs meet.

``x[company, officer, slot]`` on the slots in which both are free. Nobody is in two places at once, officers have their
breaks, rooms their tables, and a company has the time to walk. What cannot be placed is left out, least weight first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from alliage.core.allowance import Allowance
from alliage.core.meetings.grid import Grid
from alliage.core.meetings.model import Model
from alliage.core.meetings.problem import Pair
from alliage.core.meetings.solver import maximise
from alliage.core.meetings.timetable import Meeting, in_order


@dataclass(frozen=True, slots=True)
class Placed:
    """Meetings in their slots; ``complete`` if it is proved that no more weight can be placed."""

    meetings: tuple[Meeting, ...]
    complete: bool


class WhenModel:
    """The model of some pairs with the slots that each may take, and the worth of each place."""

    def __init__(self, grid: Grid, free: Mapping[Pair, Iterable[int]], worth: Callable[[Pair, int], int]) -> None:
        self.grid, self.model = grid, Model()
        self.columns: dict[Meeting, int] = {}
        for (company, officer), slots in sorted(free.items()):
            for slot in slots:
                meeting = Meeting(company, officer, slot)
                self.columns[meeting] = self.model.choice(worth((company, officer), slot))
        self._one_each()
        self._breaks()
        self._tables()
        if grid.walks:
            self._walks()

    def meetings(self, chosen: Iterable[int]) -> tuple[Meeting, ...]:
        """The meetings of some columns."""
        columns = set(chosen)
        return in_order(meeting for meeting, column in self.columns.items() if column in columns)

    def _one_each(self) -> None:
        """A pair meets once; nobody is in two places at once."""
        groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for meeting, column in self.columns.items():
            groups["pair", *meeting.pair].append(column)
            groups["company", meeting.company, meeting.slot].append(column)
            groups["officer", meeting.officer, meeting.slot].append(column)
        for columns in groups.values():
            if len(columns) > 1:
                self.model.at_most(columns, 1)

    def _breaks(self) -> None:
        most = self.grid.problem.settings.in_a_row
        of_officer: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for meeting, column in self.columns.items():
            of_officer[meeting.officer][meeting.slot].append(column)
        for slots in of_officer.values():
            for window in self.grid.windows:
                if all(slot in slots for slot in window):  # else one of them is a break anyway
                    self.model.at_most([column for slot in window for column in slots[slot]], most)

    def _tables(self) -> None:
        limited = {id_: tables for id_, tables in self.grid.rooms.items() if tables is not None}
        used: dict[tuple[str, int], list[int]] = defaultdict(list)
        for meeting, column in self.columns.items():
            room = self.grid.officers[meeting.officer].room
            if room in limited:
                used[room, meeting.slot].append(column)
        for (room, _), columns in used.items():
            if len(columns) > limited[room]:
                self.model.at_most(columns, limited[room])

    def _walks(self) -> None:
        """After a meeting in one room, none in a room that is too far for the slots that follow."""
        places: dict[str, dict[tuple[str | None, int], list[int]]] = defaultdict(lambda: defaultdict(list))
        for meeting, column in self.columns.items():
            room = self.grid.officers[meeting.officer].room
            places[meeting.company][room, meeting.slot].append(column)
        for found in places.values():
            later: dict[tuple[str | None, int, int], list[int]] = defaultdict(list)
            for room, slot in found:
                for (other, after), columns in found.items():
                    if after > slot and self.grid.too_far(room, slot, other, after):
                        later[room, slot, after].extend(columns)
            for (room, slot, _), columns in later.items():
                self.model.at_most([*found[room, slot], *columns], 1)


def place(grid: Grid, pairs: Iterable[Pair], *, allowance: Allowance | None = None) -> Placed:
    """Slots for some pairs, as much of their weight as can be placed; or as was found in the time that is left."""
    allowance = allowance or Allowance()
    model = WhenModel(grid, {pair: grid.free[pair] for pair in pairs}, lambda pair, _: grid.weight(pair))
    found = maximise(model.model, seconds=allowance.left)
    allowance.spend(found.seconds)
    return Placed(model.meetings(found.chosen), complete=found.proved)
