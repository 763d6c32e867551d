"""What a day allows, read once from its problem: who is free when, how many meetings each can hold, who is too far."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from alliage.core.meetings.problem import Company, Officer, Pair, Problem


class Grid:
    """Facts of a problem that the models need, by id. Nothing is chosen here."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.companies = {one.id: one for one in sorted(problem.companies, key=lambda one: one.id)}
        self.officers = {one.id: one for one in sorted(problem.officers, key=lambda one: one.id)}
        self.free: dict[Pair, tuple[int, ...]] = {}  # wishes that have a common free slot, and these slots
        self.rank: dict[Pair, int] = {}  # of all wishes, from 0
        self.of_company = {id_: self._free(one) for id_, one in self.companies.items()}
        self.of_officer = {id_: self._free(one) for id_, one in self.officers.items()}
        for company in self.companies.values():
            for rank, officer in enumerate(company.wishes):
                self.rank[company.id, officer] = rank
                common = tuple(t for t in self.of_company[company.id] if t in self.of_officer[officer])
                if common:
                    self.free[company.id, officer] = common
        self.windows = tuple(self._windows())
        self.rooms = {room.id: room.tables for room in problem.rooms}
        self._walks = {frozenset(walk.between): walk.minutes for walk in problem.walks}
        # Whether some rooms are too far from each other to take the next slot.
        self.walks = any(minutes > self._shortest_gap() for minutes in self._walks.values())

    def weight(self, pair: Pair) -> int:
        """What a wish is worth, by its rank."""
        weights = self.problem.settings.weights
        return weights[min(self.rank[pair], len(weights) - 1)]

    def most_of_company(self, company: str) -> int:
        """The most meetings that a company can have."""
        return _least(self.companies[company].at_most, len(self.of_company[company]))

    def most_of_officer(self, officer: str) -> int:
        """The most meetings that an officer can have: of the free slots, those that leave the breaks."""
        return _least(self.officers[officer].at_most, self._with_breaks(self.of_officer[officer]))

    def best_wishes(self, company: str) -> tuple[Pair, ...]:
        """Those of a company's first wishes that have a common free slot."""
        first = self.companies[company].wishes[: self.problem.settings.best]
        return tuple((company, officer) for officer in first if (company, officer) in self.free)

    def fair_share(self, company: str) -> int:
        """How many of its best wishes a company should meet: fewer if it wished, or can have, fewer."""
        return min(len(self.problem.settings.prices), len(self.best_wishes(company)), self.most_of_company(company))

    def too_far(self, room: str | None, slot: int, other: str | None, later: int) -> bool:
        """Whether a company cannot walk from a room, after a slot, to another room in time for a later slot."""
        slots = self.problem.slots
        return slots[later].starts - slots[slot].ends < self.walk(room, other)

    def walk(self, room: str | None, other: str | None) -> int:
        """The minutes from one room to another."""
        return 0 if room is None or other is None or room == other else self._walks.get(frozenset((room, other)), 0)

    def _shortest_gap(self) -> int:
        slots = self.problem.slots
        return min((after.starts - one.ends for one, after in pairwise(slots)), default=0)

    def _free(self, person: Officer | Company) -> tuple[int, ...]:
        return tuple(
            number
            for number, slot in enumerate(self.problem.slots)
            if number not in person.away
            and number not in self.problem.closed
            and (person.arrives is None or slot.starts >= person.arrives)
            and (person.leaves is None or slot.ends <= person.leaves)
        )

    def _follows(self, slot: int) -> bool:
        """Whether a slot follows the one before it without a break."""
        slots = self.problem.slots
        return slot > 0 and slots[slot].starts - slots[slot - 1].ends < self.problem.settings.rest

    def _windows(self) -> Iterable[tuple[int, ...]]:
        """Slots in a row, one more than an officer may take."""
        size = self.problem.settings.in_a_row + 1
        for first in range(len(self.problem.slots) - size + 1):
            if all(self._follows(slot) for slot in range(first + 1, first + size)):
                yield tuple(range(first, first + size))

    def _with_breaks(self, free: tuple[int, ...]) -> int:
        """The most of these slots that leave the breaks. Taking each slot as soon as it may be is best."""
        taken = row = 0
        for slot in range(len(self.problem.slots)):
            row = row if self._follows(slot) else 0
            if slot in free and row < self.problem.settings.in_a_row:
                taken, row = taken + 1, row + 1
            else:
                row = 0
        return taken


def _least(limit: int | None, number: int) -> int:
    return number if limit is None else min(limit, number)
