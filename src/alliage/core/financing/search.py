"""The best solution of a model, searched in the order in which a person would: which ceiling, then how many programmes.

A general solver branches on one offer after the other, and the fractions that it may take in between mix the levels of
a ceiling: its bound stays far above anything lawful. Here the choices of level that bind the most offers are taken
first, where that says more, then the number of offers used; each branch that is left, small and tight, goes to the
solver. The most promising comes first, and one that cannot be worth more than what was found is never solved: the proof
is whole.

A solver takes for a *no* what is a no to a millionth, and a millionth of ten billion dollars is money. So each answer
is solved again with its yes and no taken exactly, and put in whole cents under every limit. What is then worth less
than the solver said was no answer: its branch is split at the yes or no that was furthest from whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from math import ceil, floor, inf
from typing import TypeAlias

from alliage.core.financing.model import THOUSAND, Model
from alliage.core.financing.problem import Cents
from alliage.core.financing.rounding import whole_cents
from alliage.core.financing.solver import Branch, Relaxation, Solution, Status, maximise, refined

SPLIT = 2  # choices of level that are taken first; with more, branches multiply faster than they shrink
GAIN = 0.002  # of a bound: a choice of level of which no side lowers it by more is left to the solver
FEW = 40  # offers: with fewer, the solver alone is quicker
SAME = 1e-7  # thousands of dollars
A_CENT = 1 / THOUSAND
WHOLE = 1e-6
MOST_SPLITS = 200  # answers that were none; then the best found is given, with its gap
Node: TypeAlias = tuple[float, int, Branch, Solution | None]  # at most worth, negative; when met; relaxed, if it was


@dataclass(frozen=True, slots=True)
class Best:
    """The best values found (none if nothing was), in cents for each cell, and what no values are worth more than."""

    status: Status
    values: tuple[float, ...] = ()
    cents: tuple[Cents, ...] = ()
    worth: float = -inf
    bound: float = -inf
    seconds: float = 0.0  # that the solver took


def best(model: Model, *, seconds: float | None = None) -> Best:
    """The values worth most, proved; or, if ``seconds`` are over first, the best of all that was found."""
    return Searcher(model).best(seconds=seconds)


class Searcher:
    """One model, searched several times, each time with other offers that must be used: what was built serves again.

    With fewer offers than ``few``, the solver alone is asked.
    """

    def __init__(self, model: Model, *, few: int = FEW) -> None:
        self._model = model
        self._relaxation = Relaxation(model) if len(model.used) >= few else None

    def best(self, *, using: Iterable[str] = (), seconds: float | None = None) -> Best:
        """The values worth most that use some offers; or the best that was found in time."""
        if not self._model.worth:  # nothing to choose
            return Best(Status.PROVED, worth=0.0, bound=0.0)
        whole = Branch({self._model.used[offer]: 1.0 for offer in using})
        return _Search(self._model, seconds, relaxation=self._relaxation, whole=whole).run()


def possible(model: Model, *, seconds: float | None = None) -> Best:
    """Any values that keep the rows of a model, in fractions of a cent; ``IMPOSSIBLE`` if there are none."""
    return _Search(replace(model, worth=[0.0] * len(model.worth)), seconds, rounded=False).run()


class _Search:
    """Branches still open, and the best solution so far."""

    def __init__(
        self,
        model: Model,
        seconds: float | None,
        *,
        relaxation: Relaxation | None = None,
        whole: Branch | None = None,
        rounded: bool = True,
    ) -> None:
        self.model, self.seconds, self.rounded = model, seconds, rounded
        self.relaxation = relaxation  # without one, nothing is parted: the solver alone
        self.whole = whole or Branch()
        self.open: list[Node] = []
        self.met = self.splits = 0
        self.spent = 0.0
        self.found = Best(Status.IMPOSSIBLE)

    def run(self) -> Best:
        if self._left() == 0:
            return self._ended(Status.TIME_OVER, inf)
        self._meet(self.whole)
        bound = -inf  # of the branches that were left unproved
        while self.open and -self.open[0][0] > self.found.worth + SAME:
            if self._left() == 0 or self.splits > MOST_SPLITS:
                return self._ended(Status.TIME_OVER, max(bound, -self.open[0][0]))
            _, _, branch, relaxed = heappop(self.open)
            if relaxed is None or not self._parted(branch, relaxed):
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
        """Open some branches, if one of them at least cannot be worth more than a bound: the others are smaller too."""
        found = [(part, self._relaxed(part)) for part in parts]
        if all(relaxed.bound > below for _, relaxed in found):
            return False
        for part, relaxed in found:
            self._open(part, relaxed)
        return True

    def _meet(self, branch: Branch) -> None:
        if self.relaxation is None:
            self._put(branch, inf, None)
        else:
            self._open(branch, self._relaxed(branch))

    def _relaxed(self, branch: Branch) -> Solution:
        assert self.relaxation is not None
        relaxed = self.relaxation.best(branch, seconds=self._left())
        self.spent += relaxed.seconds
        return relaxed

    def _open(self, branch: Branch, relaxed: Solution) -> None:
        if relaxed.status is not Status.IMPOSSIBLE:
            self._put(branch, relaxed.bound, relaxed)

    def _put(self, branch: Branch, bound: float, relaxed: Solution | None) -> None:
        self.met += 1
        heappush(self.open, (-bound, self.met, branch, relaxed))

    def _solve(self, branch: Branch) -> float:
        """Let the solver find the best of a branch; what is left unproved of it."""
        solution = maximise(self.model, replace(branch, above=self.found.worth), seconds=self._left())
        self.spent += solution.seconds
        exact = self._keep(solution) if solution.values else -inf
        if solution.status is Status.TIME_OVER:
            return solution.bound
        if not solution.values or exact > solution.worth - A_CENT:
            return -inf
        return self._split(branch, solution)

    def _keep(self, solution: Solution) -> float:
        """Take an answer in whole cents, if it is the best; what it is worth once every yes and no is exact."""
        exact = refined(self.model, solution.values)
        self.spent += exact.seconds
        if not exact.values:
            return -inf
        cents = whole_cents(self.model, exact.values) if self.rounded else ()
        if cents is None:
            return -inf
        if exact.worth > self.found.worth:
            self.found = Best(Status.PROVED, exact.values, cents, exact.worth)
        return exact.worth

    def _split(self, branch: Branch, solution: Solution) -> float:
        """Open both sides of the yes or no that is furthest from whole; the bound, if all are taken already."""
        self.splits += 1
        free = [column for column, whole in enumerate(self.model.whole) if whole and column not in branch.fixed]
        if not free:
            return solution.bound
        column = max(free, key=lambda column: abs(solution.values[column] - round(solution.values[column])))
        for value in (0.0, 1.0):
            if self.model.lower[column] <= value:
                self._put(replace(branch, fixed={**branch.fixed, column: value}), solution.bound, None)
        return -inf

    def _left(self) -> float | None:
        return None if self.seconds is None else max(0.0, self.seconds - self.spent)

    def _ended(self, status: Status, bound: float) -> Best:
        return replace(self.found, status=status, bound=max(bound, self.found.worth), seconds=self.spent)
