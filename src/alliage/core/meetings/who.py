"""The first stage: who meets whom. Slots are only counted; :mod:`.when` places the meetings.

``y[company, officer]``, they meet; ``b[company, n]``, the company has ``n`` fewer of its best wishes than its fair
share. Most weight, less the prices of what is missing; then most first wishes; then a draw by the ids and the seed, so
that the answer is one, on every machine, and no name goes first. The equations are in
``docs/explanation/meetings.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from alliage.core.allowance import Allowance
from alliage.core.meetings.grid import Grid
from alliage.core.meetings.model import Model
from alliage.core.meetings.problem import Pair
from alliage.core.meetings.solver import Solution, maximise
from alliage.core.meetings.timetable import Worth

DRAW = 100_000  # numbers that are drawn from


@dataclass(frozen=True, slots=True)
class Limits:
    """What the second stage found out: caps of officers in place of theirs, and pairs that never fit together."""

    caps: Mapping[str, int] = field(default_factory=dict)
    never: tuple[frozenset[Pair], ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """Who meets whom, what it is worth, what no choice is worth more than; ``complete`` if the search was."""

    pairs: frozenset[Pair]
    worth: Worth
    bound: Worth
    complete: bool


class WhoModel:
    """The model of a grid, and where the pairs and the officers are in it."""

    def __init__(self, grid: Grid, limits: Limits) -> None:
        self.grid = grid
        self.model = Model()
        # A first wish counts a little more: all of them together, less than one unit of weight.
        self.scale = 1 + sum(grid.rank[pair] == 0 for pair in grid.free)
        self.columns = {
            pair: self.model.choice(self.scale * grid.weight(pair) + (grid.rank[pair] == 0)) for pair in grid.free
        }
        self.officer_rows: dict[str, int] = {}
        for company in grid.companies:
            self._company(company)
        for officer in grid.officers:
            most = limits.caps.get(officer, grid.most_of_officer(officer))
            columns = [column for pair, column in self.columns.items() if pair[1] == officer]
            self.officer_rows[officer] = self.model.at_most(columns, most)
        for room, tables in grid.rooms.items():
            self._room(room, tables)
        for pairs in limits.never:
            self.model.at_most([self.columns[pair] for pair in pairs], len(pairs) - 1)

    def _company(self, company: str) -> None:
        grid = self.grid
        own = [column for pair, column in self.columns.items() if pair[0] == company]
        self.model.at_most(own, grid.most_of_company(company))
        share = grid.fair_share(company)
        if share:
            missing = [self.model.choice(-self.scale * price) for price in grid.problem.settings.prices[:share]]
            met = [self.columns[pair] for pair in grid.best_wishes(company)]
            self.model.at_least([*met, *missing], share)

    def _room(self, room: str, tables: int | None) -> None:
        """All the meetings of a room have a table at some time: true of any timetable, so nothing is lost."""
        if tables is not None:
            inside = {officer.id for officer in self.grid.officers.values() if officer.room == room}
            columns = [column for pair, column in self.columns.items() if pair[1] in inside]
            self.model.at_most(columns, tables * (len(self.grid.problem.slots) - len(self.grid.problem.closed)))

    def pairs(self, solution: Solution) -> frozenset[Pair]:
        """Who meets whom in a solution."""
        return frozenset(pair for pair, column in self.columns.items() if column in solution.chosen)


def choose(grid: Grid, *, limits: Limits | None = None, seed: int = 0, allowance: Allowance | None = None) -> Choice:
    """The best choice under some limits, one among its equals; or the best found in the time that is left."""
    limits, allowance = limits or Limits(), allowance or Allowance()
    asked = WhoModel(grid, limits)
    best = maximise(asked.model, seconds=allowance.left)
    allowance.spend(best.seconds)
    pairs = asked.pairs(best)
    if best.proved:
        tied = asked.model.then([*_draws(asked, seed), *_rest(asked)], reached=best.worth)
        one = maximise(tied, seconds=allowance.left)
        allowance.spend(one.seconds)
        pairs = asked.pairs(one) if one.found else pairs
    worth = worth_of(grid, pairs)
    bound = worth if best.proved else best.bound // asked.scale
    return Choice(pairs, worth, bound, complete=best.proved)


def worth_of(grid: Grid, pairs: frozenset[Pair]) -> Worth:
    """The weight of some meetings, less the prices of the best wishes that are missing."""
    prices = grid.problem.settings.prices
    worth = sum(grid.weight(pair) for pair in pairs)
    for company in grid.companies:
        missing = grid.fair_share(company) - sum(pair in pairs for pair in grid.best_wishes(company))
        worth -= sum(prices[: max(0, missing)])
    return worth


def _draws(asked: WhoModel, seed: int) -> list[int]:
    """A number for each pair, by its ids and the seed alone."""
    return [
        int.from_bytes(sha256(f"{seed}\0{company}\0{officer}".encode()).digest()[:8]) % DRAW
        for company, officer in asked.columns
    ]


def _rest(asked: WhoModel) -> list[int]:
    return [0] * (len(asked.model.worth) - len(asked.columns))
