"""The best plan of a problem at one end of what is not known.

Settle, model, solve, refine, round to whole cents, and have the independent checker read the result: a plan that breaks
a rule is a mistake of ours and is never returned.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor, isfinite

from alliage.core.financing.checker import broken
from alliage.core.financing.ends import Settled, settle
from alliage.core.financing.model import THOUSAND, Model, build
from alliage.core.financing.plan import Amount, End, Plan, Proof, RuleKind
from alliage.core.financing.problem import Cents, Problem
from alliage.core.financing.problems import refuse_bad
from alliage.core.financing.rounding import whole_cents
from alliage.core.financing.search import best
from alliage.core.financing.solver import Solution, SolverFailed, Status, refined


class PlanBroken(RuntimeError):
    """A plan that was made breaks a rule: a mistake of ours, never of what was given."""


def solve(problem: Problem, *, end: End, seconds: float | None = None) -> Plan:
    """The plan worth most at one end, proved, or the best found within ``seconds``.

    Pinned offers that no plan can hold are in ``unfit``: as many as possible are kept, and the plan is the best with
    those. If the time is over before any plan that holds the pins is found, the plan is empty, its proof is not
    complete, and no pin is said unfit. A problem without any offer that may enter gives an empty plan.

    Raises:
        AlliageError: the problem makes no sense (``plan-…``); every mistake is told.
        PlanBroken: the plan found breaks a rule.
        SolverFailed: the solver gave no answer, or one that cannot be.
    """
    refuse_bad(problem)
    settled = settle(problem, end=end)
    here = {offer.id for offer in settled.offers}
    pinned = sorted(problem.preferences.pinned & here)
    model, found = _search(settled, pinned, seconds)
    if pinned and found.status is Status.IMPOSSIBLE:
        most = _most_pins(settled, pinned, seconds)
        if most is not None:
            pinned = most
            model, found = _search(settled, pinned, seconds)
    if found.status is Status.IMPOSSIBLE and not pinned:
        raise SolverFailed("no plan at all, though an empty one breaks no rule")
    plan = _plan(settled, model, found, unfit=problem.preferences.pinned - frozenset(pinned))
    waiting = not found.values and bool(pinned)  # no time to find a plan that holds the pins
    if rules := [rule for rule in broken(problem, plan) if not (waiting and rule.kind is RuleKind.PINNED)]:
        raise PlanBroken(repr(rules))
    return plan


def _search(settled: Settled, pinned: Sequence[str], seconds: float | None) -> tuple[Model, Solution]:
    model = build(settled, pinned=pinned)
    return model, best(model, seconds=seconds)


def _most_pins(settled: Settled, pinned: Sequence[str], seconds: float | None) -> list[str] | None:
    """As many of the pinned offers as one lawful plan can hold, the first by id; ``None``: none was found in time."""
    model = build(settled)
    model.worth = [0.0] * len(model.worth)
    for place, offer in enumerate(pinned):
        model.worth[model.used[offer]] = 1.0 - place / (100 * len(pinned) ** 2)
    found = best(model, seconds=seconds)
    if not found.values:
        return None
    return [offer for offer in pinned if found.values[model.used[offer]] > 0.5]


def _plan(settled: Settled, model: Model, found: Solution, *, unfit: frozenset[str]) -> Plan:
    cents: Sequence[Cents] = [0] * len(model.cells.all)
    if found.values:
        cents = whole_cents(model, refined(model, found.values))
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
    return floor(money) - sum(preferences.effort.get(offer, preferences.per_application) for offer in used)


def _proof(worth: Cents, found: Solution, model: Model, *, amounts: int) -> Proof:
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
    paid = [
        max((model.worth[n] for n in cells.paying(line.id)), default=0.0) * line.cost for line in cells.settled.lines
    ]
    rest = [model.worth[number] * cell.at_most for number, cell in enumerate(cells.all) if not cell.pays]
    return sum(paid) + sum(rest)
