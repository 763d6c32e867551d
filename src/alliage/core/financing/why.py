"""Why a plan is as it is: what binds it, what keeps each other offer out, what confirming would add.

Each answer is a plan solved again with one thing changed, never a guess from the first: what a limit costs, what an
offer would displace and what a confirmation is worth are differences between two plans, both proved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from alliage.core.financing.conflicts import conflict
from alliage.core.financing.ends import Absence, is_settled, lifted, settle
from alliage.core.financing.limits import Cells, Limit, limits
from alliage.core.financing.loosening import loosened
from alliage.core.financing.obstacles import obstacles
from alliage.core.financing.plan import End, Plan, Rule, RuleKind
from alliage.core.financing.problem import Cents, Problem
from alliage.core.financing.solving import solve


@dataclass(frozen=True, slots=True)
class Loosening:
    """What a limit a little wider would add. ``by``: cents (``int``) or a share (``Fraction``)."""

    by: Cents | Fraction
    worth: Cents


@dataclass(frozen=True, slots=True)
class Binding:
    """A rule without room left in a plan. ``loosening`` is ``None`` where the rule has no figure to widen."""

    rule: Rule
    loosening: Loosening | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An offer that a plan does not use, and why.

    ``absence``: it is not in the problem at this end. Else ``with_it`` is the best plan that uses it, and ``rules`` are
    those that leave it no room in the plan as it is (none: there is room, it is not worth its application). If no plan
    at all can use it, ``with_it`` is ``None`` and ``rules`` are in conflict. If the time was over before a plan that
    uses it was found, ``no_time`` is true: nothing is known of it.
    """

    offer: str
    absence: Absence | None = None
    rules: tuple[Rule, ...] = ()
    with_it: Plan | None = None
    no_time: bool = False


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What settling the doubts about one offer would add to a safe plan: grant equivalent, and money.

    ``with_it`` is the safe plan once they are settled: the difference with it is what confirming would add.
    """

    offer: str
    worth: Cents
    money: Cents
    to_confirm: tuple[str, ...]
    with_it: Plan


def binding(problem: Problem, plan: Plan, *, seconds: float | None = None) -> tuple[Binding, ...]:
    """The rules that leave no room in a plan, those worth most to loosen first.

    The rates of a part count as one rule for all its lines. ``seconds`` is for each plan that is solved again.
    """
    found = []
    for rule in dict.fromkeys(_without_room(problem, plan)):
        wider = loosened(problem, rule=rule, end=plan.end)
        if wider is None:
            found.append(Binding(rule, None))
            continue
        other, by = wider
        more = solve(other, end=plan.end, seconds=seconds).worth - plan.worth
        found.append(Binding(rule, Loosening(by, max(0, more))))
    return tuple(sorted(found, key=lambda one: -one.loosening.worth if one.loosening else 0))


def left_out(
    problem: Problem, plan: Plan, *, offers: Iterable[str] | None = None, seconds: float | None = None
) -> tuple[LeftOut, ...]:
    """For each offer that a plan does not use (or some of them), why. In order of id."""
    settled = settle(problem, end=plan.end)
    asked = {offer.id for offer in problem.offers} if offers is None else set(offers)
    found = []
    for id_ in sorted(asked - set(plan.used)):
        if id_ in settled.absent:
            found.append(LeftOut(id_, absence=settled.absent[id_]))
            continue
        kept = problem.preferences.pinned - set(plan.unfit)
        with_it = solve(_pinned(problem, kept | {id_}), end=plan.end, seconds=seconds)
        if with_it.unfit:
            rules = conflict(problem, end=plan.end, together=kept | {id_}, seconds=seconds)
            found.append(LeftOut(id_, rules=rules))
        elif id_ not in with_it.used:
            found.append(LeftOut(id_, no_time=True))
        else:
            found.append(
                LeftOut(id_, rules=obstacles(settled, plan, offer=id_), with_it=replace(with_it, unfit=plan.unfit))
            )
    return tuple(found)


def unfit(problem: Problem, plan: Plan, *, seconds: float | None = None) -> tuple[LeftOut, ...]:
    """For each pinned offer that a plan could not hold, why: it is absent at this end, or rules are in conflict."""
    absent = settle(problem, end=plan.end).absent
    kept = problem.preferences.pinned - set(plan.unfit)
    return tuple(
        LeftOut(id_, absence=absent[id_])
        if id_ in absent
        else LeftOut(id_, rules=conflict(problem, end=plan.end, together=kept | {id_}, seconds=seconds))
        for id_ in plan.unfit
    )


def confirmations(
    problem: Problem, *, safe: Plan, reachable: Plan, stated: Problem | None = None, seconds: float | None = None
) -> tuple[Confirmation, ...]:
    """The offers of a reachable plan that are in doubt, by what lifting the doubts of each alone adds to the safe plan.

    Those that add nothing alone come last: they count only together with others. ``stated`` holds the offers as they
    were read, where the problem of the safe plan relies on less: a ceiling that is stated is confirmed as it is stated.
    """
    doubtful = [one for one in problem.offers if one.id in reachable.used and not is_settled(one, problem)]
    found = []
    for offer in doubtful:
        plan = solve(lifted(problem, offer=offer.id, stated=stated), end=End.SAFE, seconds=seconds)
        more, money = max(0, plan.worth - safe.worth), plan.total - safe.total
        found.append(Confirmation(offer.id, more, money if more else 0, offer.to_confirm, plan))
    return tuple(sorted(found, key=lambda one: (-one.worth, one.offer)))


def _pinned(problem: Problem, pinned: frozenset[str]) -> Problem:
    return replace(problem, preferences=replace(problem.preferences, pinned=pinned))


def _without_room(problem: Problem, plan: Plan) -> Iterator[Rule]:
    """The rules of the offers in use under which no amount could be a cent higher."""
    cells = Cells(settle(problem, end=plan.end))
    paid = {(amount.offer, amount.part, amount.line): amount.cents for amount in plan.amounts}
    cents = [paid.get((cell.offer, cell.part, cell.line), 0) for cell in cells.all]
    for limit in limits(cells):
        sum_ = sum(weight * cents[number] for number, weight in limit.terms.items())
        if sum_ and limit.room - sum_ < max(limit.terms.values()) and _binds(limit, plan):
            yield replace(limit.rule, line=None) if limit.rule.kind is RuleKind.RATE else limit.rule
        elif limit.rule.kind is RuleKind.CEILING_UNKNOWN and limit.terms and _binds(limit, plan):
            yield limit.rule


def _binds(limit: Limit, plan: Plan) -> bool:
    parts = {(amount.offer, amount.part) for amount in plan.amounts}
    used = limit.offer is None or limit.offer in plan.used
    return used and (limit.part is None or (limit.offer, limit.part) in parts)
