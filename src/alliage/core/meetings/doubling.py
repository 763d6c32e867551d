"""Which officer to double next time: what one more adviser beside each would add.

The duals of the first stage, with fractions allowed, say what one more meeting of each officer would be worth. Those
with the highest are then tried: the first stage is solved again, whole, with twice the meetings of that officer.
"""

from __future__ import annotations

from dataclasses import dataclass

from alliage.core.allowance import Allowance, Seconds, allowed
from alliage.core.meetings.failures import worded
from alliage.core.meetings.grid import Grid
from alliage.core.meetings.problem import Problem
from alliage.core.meetings.refusals import refuse_bad
from alliage.core.meetings.solver import prices
from alliage.core.meetings.timetable import Worth
from alliage.core.meetings.who import Choice, Limits, WhoModel, choose

MOST_TRIED = 5


@dataclass(frozen=True, slots=True)
class Doubling:
    """One more adviser beside an officer, free when the officer is: so many more meetings of the day, more worth."""

    officer: str
    meetings: int
    worth: Worth


def officer_prices(problem: Problem) -> dict[str, float]:
    """What one more meeting of each officer would be worth, fractions allowed; 0 if the officer is not full.

    Raises:
        AlliageError: ``meetings-…``, as :func:`.solving.solve`.
    """
    refuse_bad(problem)
    with worded():
        asked = WhoModel(Grid(problem), Limits())
        found = prices(asked.model)
    return {officer: round(found[row] / asked.scale, 3) for officer, row in asked.officer_rows.items()}


def doublings(
    problem: Problem, *, seed: int = 0, most: int = MOST_TRIED, seconds: Seconds = None
) -> tuple[Doubling, ...]:
    """The officers worth doubling, each solved again, the one that adds most first; not those that add nothing.

    ``seconds`` for all of it: an officer whose answer is not proved by then is left out.

    Raises:
        AlliageError: ``meetings-…``, as :func:`.solving.solve`.
    """
    priced = officer_prices(problem)
    grid, allowance = Grid(problem), Allowance(allowed(seconds))
    dearest = sorted((officer for officer in priced if priced[officer] > 0), key=lambda one: (-priced[one], one))
    with worded():
        now = choose(grid, seed=seed, allowance=allowance)
        tried = [(officer, _doubled(grid, officer, seed, allowance)) for officer in dearest[:most]]
    found = [
        Doubling(officer, len(best.pairs) - len(now.pairs), best.worth - now.worth)
        for officer, best in tried
        if now.complete and best.complete and best.worth > now.worth
    ]
    return tuple(sorted(found, key=lambda one: (-one.worth, -one.meetings, one.officer)))


def _doubled(grid: Grid, officer: str, seed: int, allowance: Allowance) -> Choice:
    limits = Limits(caps={officer: 2 * grid.most_of_officer(officer)})
    return choose(grid, limits=limits, seed=seed, allowance=allowance)
