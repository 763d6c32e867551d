"""The best plan of a problem at one end of what is not known.

Settle, model, solve, refine, round to whole cents, and have the independent checker read the result: a plan that breaks
a rule is a mistake of ours and is never returned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor, isfinite

from alliage.core.allowance import Allowance, Seconds
from alliage.core.financing.checker import broken
from alliage.core.financing.ends import Settled, settle
from alliage.core.financing.failures import worded
from alliage.core.financing.greedy import Greedy
from alliage.core.financing.model import THOUSAND, Model, build
from alliage.core.financing.plan import Amount, End, Plan, Proof, Rule, RuleKind
from alliage.core.financing.problem import Cents, Problem
from alliage.core.financing.refusals import refuse_bad
from alliage.core.financing.search import Best, Searcher, best
from alliage.core.financing.solver import SolverFailed, Status


def solve(problem: Problem, *, end: End, seconds: Seconds = None) -> Plan:
    """The plan worth most at one end, proved, or the best found within ``seconds``.

    Pinned offers that no plan can hold are in ``unfit``: as many as possible are kept, and the plan is the best with
    those. If the time is over first, the plan is worth at least what is found without a solver (:mod:`.greedy`), and
    says its gap. If that does not hold the pins, the plan is empty, its proof not complete, and no pin is said unfit.
    A problem without any offer that may enter gives an empty plan.

    Raises:
        AlliageError: the problem makes no sense (``plan-…``), and every mistake is told; or ``plan-failed``: the
            solver failed, or the checker refused what it found. That is a mistake of ours, never of what was given.
    """
    return solve_within(problem, end=end, allowance=Allowance.of(seconds))


def solve_within(problem: Problem, *, end: End, allowance: Allowance) -> Plan:
    """The same, within what is left of some seconds that others share."""
    refuse_bad(problem)
    with worded():
        return _solved(problem, end, allowance)


@dataclass(frozen=True, slots=True)
class Trial:
    """The best plan that also uses one more offer; without one, ``impossible`` if there is none, else no time."""

    plan: Plan | None
    impossible: bool
    seconds: float


class Newcomers:
    """A plan that was found, and each time the best one that also uses one more offer. Pins it could not hold stay out.

    The problem is the one that was solved: it is not checked again.
    """

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self._problem, self._plan = problem, plan
        self._settled = settle(problem, end=plan.end)
        self.kept = problem.preferences.pinned - frozenset(plan.unfit)
        self._model = build(self._settled, pinned=sorted(self.kept))
        self._searcher = Searcher(self._model)

    def with_one(self, offer: str, *, seconds: float | None = None) -> Trial:
        """The best plan with one more offer of the problem.

        Raises:
            AlliageError: ``plan-failed``, as :func:`solve`.
        """
        with worded():
            found = self._searcher.best(using=[offer], seconds=seconds)
            if not found.values:
                return Trial(None, impossible=found.status is Status.IMPOSSIBLE, seconds=found.seconds)
            plan = _plan(self._settled, self._model, found, unfit=frozenset(self._plan.unfit))
            _check(self._problem, plan)
            return Trial(plan, impossible=False, seconds=found.seconds)


def _solved(problem: Problem, end: End, allowance: Allowance) -> Plan:
    settled = settle(problem, end=end)
    here = {offer.id for offer in settled.offers}
    pinned = sorted(problem.preferences.pinned & here)
    model, found = _search(settled, pinned, allowance)
    if pinned and found.status is Status.IMPOSSIBLE:
        most = _most_pins(settled, pinned, allowance)
        if most is not None:
            pinned = most
            model, found = _search(settled, pinned, allowance)
    if found.status is Status.IMPOSSIBLE and not pinned:
        raise SolverFailed("no plan at all, though an empty one breaks no rule")
    if found.status is Status.TIME_OVER:
        found = _at_least(found, settled, model, pinned)
    plan = _plan(settled, model, found, unfit=problem.preferences.pinned - frozenset(pinned))
    _check(problem, plan, waiting=not found.cents and bool(pinned))  # no time to find a plan that holds the pins
    return plan


def _at_least(found: Best, settled: Settled, model: Model, pinned: Sequence[str]) -> Best:
    """What was found in time, or what is found without a solver if that is worth more: no more is known of the best."""
    greedy = Greedy(settled, cells=model.cells)
    cents = greedy.by_level(pinned=pinned)
    if not cents or (found.cents and greedy.worth(found.cents) >= greedy.worth(cents)):
        return found
    return replace(found, cents=cents)


def _check(problem: Problem, plan: Plan, *, waiting: bool = False) -> None:
    """Let no plan pass that breaks a rule; one that is still ``waiting`` for its pins may be without them."""
    if rules := [rule for rule in broken(problem, plan) if not (waiting and rule.kind is RuleKind.PINNED)]:
        raise SolverFailed(f"a plan that breaks {'; '.join(_named(rule) for rule in rules)}")


def _named(rule: Rule) -> str:
    """A rule by its kind and whom it is about."""
    return " ".join(part for part in (rule.kind.value, rule.offer, rule.part, rule.line, rule.other) if part)


def _search(settled: Settled, pinned: Sequence[str], allowance: Allowance) -> tuple[Model, Best]:
    model = build(settled, pinned=pinned)
    return model, _best(model, allowance)


def _best(model: Model, allowance: Allowance) -> Best:
    found = best(model, seconds=allowance.left)
    allowance.spend(found.seconds)
    return found


def _most_pins(settled: Settled, pinned: Sequence[str], allowance: Allowance) -> list[str] | None:
    """As many of the pinned offers as one lawful plan can hold, the first by id; ``None``: none was found in time."""
    model = build(settled)
    model.worth = [0.0] * len(model.worth)
    for place, offer in enumerate(pinned):
        model.worth[model.used[offer]] = 1.0 - place / (100 * len(pinned) ** 2)
    found = _best(model, allowance)
    if not found.values:
        return None
    return [offer for offer in pinned if found.values[model.used[offer]] > 0.5]


def _plan(settled: Settled, model: Model, found: Best, *, unfit: frozenset[str]) -> Plan:
    cents: Sequence[Cents] = found.cents or [0] * len(model.cells.all)
    amounts = tuple(
        Amount(
            offer=cell.offer,
            part=cell.part,
            line=cell.line,
            instrument=cell.instrument,
            cents=cents[number],
            pays=cell.pays,
        )
        for number, cell in enumerate(model.cells.all)
        if cents[number]
    )
    used = tuple(sorted({amount.offer for amount in amounts}))
    worth = worth_of(settled.problem, amounts, used)
    return Plan(
        end=settled.end,
        amounts=amounts,
        used=used,
        worth=worth,
        proof=_proof(worth, found, model, amounts=len(amounts)),
        unfit=tuple(sorted(unfit)),
    )


def worth_of(problem: Problem, amounts: Sequence[Amount], used: Sequence[str]) -> Cents:
    """The grant equivalent of some amounts, applications deducted, rounded down."""
    preferences = problem.preferences
    money = sum((preferences.worth[amount.instrument] * amount.cents for amount in amounts), Fraction(0))
    return floor(money) - sum(map(preferences.application, used))


def _proof(worth: Cents, found: Best, model: Model, *, amounts: int) -> Proof:
    """What the solver's bound says of a worth in cents; what rounding may have cost is not a gap."""
    ties = len(model.used)  # each application costs a cent more in the model than in a worth
    limit = found.bound * THOUSAND if isfinite(found.bound) else _trivial_bound(model)
    bound = max(worth, ceil(limit) + ties)
    complete = found.status is Status.PROVED
    rounding = 2 * amounts + 2 * ties + 1
    proved = complete and bound - worth <= rounding
    gap = 0.0 if proved else (bound - worth) / max(1, bound)
    return Proof(worth=worth, bound=worth if proved else bound, gap=gap, complete=complete)


def _trivial_bound(model: Model) -> float:
    """What all the money would be worth if nothing but rates and lines bound it."""
    cells = model.cells
    lines = cells.settled.lines
    return sum(max((model.worth[n] for n in cells.of_line[line.id]), default=0.0) * line.cost for line in lines)
