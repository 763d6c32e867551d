"""The best solution of a model, searched in the order in which a person would: which ceiling, then how many programmes.

A general solver branches on one programme after the other, and the fractions that it may take in between mix the levels
of a ceiling: its bound stays far above anything lawful. Here the choice of level that binds the most offers is taken
first, then the number of offers used; each branch that is left, small and tight, goes to the solver. Branches are taken
from the most promising, and those that cannot be worth more than what was found are never opened: the proof is whole.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from heapq import heappop, heappush
from math import ceil, floor, inf
from typing import TypeAlias

from alliage.core.financing.model import Model
from alliage.core.financing.solver import Branch, Relaxation, Solution, Status, maximise

SPLIT = 2  # choices of level that are taken first; with more, branches multiply faster than they shrink
SAME = 1e-7  # thousands of dollars
WHOLE = 1e-6
Node: TypeAlias = tuple[float, int, Branch, Solution]  # what it can be worth at most, negative; when it was met


def best(model: Model, *, seconds: float | None = None) -> Solution:
    """The values worth most, proved; or, if ``seconds`` are over first, the best of all that was found."""
    if not model.worth:  # nothing to choose
        return Solution(Status.PROVED, (), 0.0, 0.0, 0.0)
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
            parts = self._parts(branch, relaxed)
            for part in parts:
                self._meet(part)
            if not parts:
                bound = max(bound, self._solve(branch))
        if bound > self.found.worth + SAME:
            return self._ended(Status.TIME_OVER, bound)
        return self._ended(Status.PROVED if self.found.values else Status.IMPOSSIBLE, self.found.worth)

    def _meet(self, branch: Branch) -> None:
        relaxed = self.relaxation.best(branch)
        self._spend(relaxed)
        if relaxed.status is not Status.IMPOSSIBLE:
            self.met += 1
            heappush(self.open, (-relaxed.bound, self.met, branch, relaxed))

    def _parts(self, branch: Branch, relaxed: Solution) -> list[Branch]:
        """A branch in smaller ones: by level, then by the number of offers; none if it is for the solver."""
        for levels in self.model.levels[:SPLIT]:
            if not branch.fixed.keys() & set(levels):
                return [replace(branch, fixed={**branch.fixed, level: 1.0}) for level in levels]
        if not relaxed.values:
            return []
        used = sum(relaxed.values[column] for column in self.model.used.values())
        if branch.fewest or branch.most < inf or abs(used - round(used)) < WHOLE:
            return []
        return [replace(branch, most=float(floor(used))), replace(branch, fewest=float(ceil(used)))]

    def _solve(self, branch: Branch) -> float:
        """Let the solver find the best of a branch; what is left unproved of it."""
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
