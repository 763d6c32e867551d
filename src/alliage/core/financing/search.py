"""The best solution of a model, searched in the order in which a person would: which ceiling, then how many programmes.

A general solver branches on one offer after the other, and the fractions that it may take in between mix the levels of
a ceiling: its bound stays far above anything lawful. Here the choices of level that bind the most offers are taken
first, where that says more, then the number of offers used; each branch that is left, small and tight, goes to the
solver. The most promising comes first, and one that cannot be worth more than what was found is never solved: the proof
is whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from math import ceil, floor, inf
from typing import TypeAlias

from alliage.core.financing.model import Model
from alliage.core.financing.solver import Branch, Relaxation, Solution, Status, maximise

SPLIT = 2  # choices of level that are taken first; with more, branches multiply faster than they shrink
GAIN = 0.002  # of a bound: a choice of level that lowers it by less is left to the solver
FEW = 40  # offers: with fewer, the solver alone is quicker
SAME = 1e-7  # thousands of dollars
WHOLE = 1e-6
Node: TypeAlias = tuple[float, int, Branch, Solution]  # what it can be worth at most, negative; when it was met


def best(model: Model, *, seconds: float | None = None) -> Solution:
    """The values worth most, proved; or, if ``seconds`` are over first, the best of all that was found."""
    if not model.worth:  # nothing to choose
        return Solution(Status.PROVED, (), 0.0, 0.0, 0.0)
    if len(model.used) < FEW:
        return maximise(model, seconds=seconds)
    return by_levels(model, seconds=seconds)


def by_levels(model: Model, *, seconds: float | None = None) -> Solution:
    """The same, whatever the size: by choice of level, then by number of offers used."""
    return _Search(model, seconds).run()


@dataclass(slots=True)
class _Found:
    values: tuple[float, ...] = ()
    worth: float = -inf


class _Search:
    """Branches still open, and the best solution so far."""

    def __init__(self, model: Model, seconds: float | None) -> None:
        self.model, self.left = model, seconds
        self.relaxation = Relaxation(model)
        self.open: list[Node] = []
        self.met = 0
        self.found = _Found()

    def run(self) -> Solution:
        self._meet(Branch())
        bound = -inf  # of the branches that the time left unproved
        while self.open and -self.open[0][0] > self.found.worth + SAME:
            if self.left is not None and self.left <= 0:
                return self._ended(Status.TIME_OVER, max(bound, -self.open[0][0]))
            _, _, branch, relaxed = heappop(self.open)
            if not self._parted(branch, relaxed):
                bound = max(bound, self._solve(branch))
        if bound > self.found.worth + SAME:
            return self._ended(Status.TIME_OVER, bound)
        return self._ended(Status.PROVED if self.found.values else Status.IMPOSSIBLE, self.found.worth)

    def _parted(self, branch: Branch, relaxed: Solution) -> bool:
        """Open the smaller branches of a branch in its place, if that says more: by level, then by number of offers."""
        for levels in self.model.levels[:SPLIT]:
            if not branch.fixed.keys() & set(levels):
                parts = [replace(branch, fixed={**branch.fixed, level: 1.0}) for level in levels]
                if self._opened(parts, below=relaxed.bound * (1 - GAIN)):
                    return True
        if not relaxed.values or branch.fewest or branch.most < inf:
            return False
        used = sum(relaxed.values[column] for column in self.model.used.values())
        if abs(used - round(used)) < WHOLE:
            return False
        parts = [replace(branch, most=float(floor(used))), replace(branch, fewest=float(ceil(used)))]
        return self._opened(parts, below=inf)

    def _opened(self, parts: Sequence[Branch], *, below: float) -> bool:
        """Open some branches, if none of them can be worth more than a bound."""
        found = [(part, self.relaxation.best(part)) for part in parts]
        for _, relaxed in found:
            self._spend(relaxed)
        if any(relaxed.bound > below for _, relaxed in found):
            return False
        for part, relaxed in found:
            self._open(part, relaxed)
        return True

    def _meet(self, branch: Branch) -> None:
        relaxed = self.relaxation.best(branch)
        self._spend(relaxed)
        self._open(branch, relaxed)

    def _open(self, branch: Branch, relaxed: Solution) -> None:
        if relaxed.status is not Status.IMPOSSIBLE:
            self.met += 1
            heappush(self.open, (-relaxed.bound, self.met, branch, relaxed))

    def _solve(self, branch: Branch) -> float:
        """Let the solver find the best of a branch; what is left unproved of it."""
        branch = replace(branch, above=self.found.worth)
        solution = maximise(self.model, branch, seconds=self.left)
        self._spend(solution)
        if solution.values and solution.worth > self.found.worth:
            self.found = _Found(solution.values, solution.worth)
        return solution.bound if solution.status is Status.TIME_OVER else -inf

    def _spend(self, solution: Solution) -> None:
        if self.left is not None:
            self.left -= solution.seconds

    def _ended(self, status: Status, bound: float) -> Solution:
        return Solution(status, self.found.values, self.found.worth, max(bound, self.found.worth), 0.0)
