"""The timetable of a day: who, then when, then less waiting; checked before it is given.

If the second stage cannot place all that the first chose, the first is asked again with what was learned: pairs of one
company, or of one officer, that never fit together, or else a lower cap for the officers of the meetings lost. Each of
these forbids the choice that failed, and there are finitely many choices, of which the empty one can always be placed:
so it ends. It stops after some rounds anyway, with the best timetable of all; what that may cost is its gap.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from alliage.core.allowance import Allowance, Seconds, allowed
from alliage.core.meetings.failures import refuse_broken, worded
from alliage.core.meetings.grid import Grid
from alliage.core.meetings.problem import Pair, Problem
from alliage.core.meetings.refusals import refuse_bad
from alliage.core.meetings.squeeze import TRIES, squeeze
from alliage.core.meetings.timetable import Proof, Timetable
from alliage.core.meetings.when import place
from alliage.core.meetings.who import Limits, choose, worth_of

MOST_ROUNDS = 20


def solve(problem: Problem, *, seed: int = 0, seconds: Seconds = None, tries: int = TRIES) -> Timetable:
    """The timetable worth most, proved; or the best found within ``seconds``, which the solver counts.

    ``seed`` settles ties; ``tries`` is how long waiting is squeezed, 0 for not at all. The same arguments give the
    same timetable.

    Raises:
        AlliageError: the problem makes no sense (``meetings-…``), and every mistake is told; or ``meetings-failed``:
            the solver failed, or the checker refused what it found. That is a mistake of ours.
    """
    refuse_bad(problem)
    grid = Grid(problem)
    with worded():
        found = _best(grid, seed, Allowance(allowed(seconds)))
        meetings = squeeze(grid, found.meetings, seed=seed, tries=tries)
        refuse_broken(problem, meetings)
    return replace(found, meetings=meetings)


def _best(grid: Grid, seed: int, allowance: Allowance) -> Timetable:
    """The best of the rounds, with a bound that holds for all timetables."""
    limits, best, bound, complete = Limits(), Timetable((), Proof(0, 0, complete=False)), 0, False
    for number in range(MOST_ROUNDS):
        choice = choose(grid, limits=limits, seed=seed, allowance=allowance)
        if not limits.caps:  # what was learned so far forbids nothing that could be placed
            bound = choice.bound
        placed = place(grid, choice.pairs, allowance=allowance)
        worth = worth_of(grid, frozenset(one.pair for one in placed.meetings))
        if number == 0 or worth > best.proof.worth:
            best = Timetable(placed.meetings, Proof(worth, worth, complete=True))
        lost = choice.pairs - {one.pair for one in placed.meetings}
        complete = choice.complete and placed.complete
        if not lost or not complete:
            break
        limits = _learned(grid, choice.pairs, lost, limits, allowance)
    proof = Proof(best.proof.worth, max(bound, best.proof.worth), complete=complete)
    return replace(best, proof=proof)


def _learned(grid: Grid, pairs: frozenset[Pair], lost: frozenset[Pair], limits: Limits, allowance: Allowance) -> Limits:
    """Limits that forbid a choice which could not be placed: no more than is surely impossible, if that is known."""
    if never := tuple(_impossible(grid, pairs, lost, allowance)):
        return replace(limits, never=(*limits.never, *never))
    counted = {officer: sum(pair[1] == officer for pair in pairs) for _, officer in sorted(lost)}
    return replace(limits, caps={**limits.caps, **{officer: count - 1 for officer, count in counted.items()}})


def _impossible(
    grid: Grid, pairs: frozenset[Pair], lost: frozenset[Pair], allowance: Allowance
) -> Iterator[frozenset[Pair]]:
    """The pairs of one company or of one officer that cannot all be placed, even with nobody else there."""
    for side in (0, 1):
        for who in sorted({pair[side] for pair in lost}):
            own = frozenset(pair for pair in pairs if pair[side] == who)
            alone = place(grid, own, allowance=allowance)
            if alone.complete and len(alone.meetings) < len(own):
                yield own
