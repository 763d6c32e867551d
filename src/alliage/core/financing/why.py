"""Why a plan is as it is: what binds it, what keeps each other offer out, what confirming would add.

Each answer is a plan solved again with one thing changed, never a guess from the first: what a limit costs, what an
offer would displace and what a confirmation is worth are differences between two plans, both proved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from alliage.core.allowance import Allowance, Seconds
from alliage.core.financing.conflicts import against, conflict
from alliage.core.financing.ends import Absence, is_settled, lifted, settle
from alliage.core.financing.limits import Cells
from alliage.core.financing.loosening import loosened
from alliage.core.financing.obstacles import obstacles
from alliage.core.financing.plan import End, Plan, Rule, RuleKind
from alliage.core.financing.problem import Cents, Problem
from alliage.core.financing.solving import Newcomers, solve_within


@dataclass(frozen=True, slots=True)
class Loosening:
    """What a limit a little wider would add. ``by``: cents (``int``) or a share (``Fraction``)."""

    by: Cents | Fraction
    worth: Cents


@dataclass(frozen=True, slots=True)
class Binding:
    """A rule without room left in a plan.

    ``loosening`` is ``None`` where the rule has no figure to widen; or where the time was over before it was worth
    something, and ``no_time`` is true.
    """

    rule: Rule
    loosening: Loosening | None
    no_time: bool = False


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An offer that a plan does not use, and why.

    ``absence``: it is not in the problem at this end. Else ``with_it`` is the best plan that uses it, and ``rules`` are
    those that leave it no room in the plan as it is (none: there is room, it is not worth its application). If no plan
    at all can use it, ``with_it`` is ``None`` and ``rules`` are in conflict. If the time was over before a plan that
    uses it or a conflict was found, ``no_time`` is true: why it is left out is not known. Of a pin, ``against`` names
    the other pins each of which, let go alone, would let it in.
    """

    offer: str
    absence: Absence | None = None
    rules: tuple[Rule, ...] = ()
    with_it: Plan | None = None
    no_time: bool = False
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What settling the doubts about one offer would add to a safe plan: grant equivalent, and money.

    ``with_it`` is the safe plan once they are settled: the difference with it is what confirming would add. These are
    ``None`` if the time was over before that was known.
    """

    offer: str
    worth: Cents | None
    money: Cents | None
    to_confirm: tuple[str, ...]
    with_it: Plan | None


def binding(problem: Problem, plan: Plan, *, seconds: Seconds = None) -> tuple[Binding, ...]:
    """The rules that leave no room in a plan, those worth most to loosen first.

    The rates of a part count as one rule for all its lines. ``seconds`` of solving are for the whole call.
    """
    rules, allowance = tuple(dict.fromkeys(_without_room(problem, plan))), Allowance.of(seconds)
    found = []
    for place, rule in enumerate(rules):
        with allowance.part(len(rules) - place) as own:
            found.append(_bound(problem, plan, rule, own))
    return tuple(sorted(found, key=lambda one: -one.loosening.worth if one.loosening else 0))


def _bound(problem: Problem, plan: Plan, rule: Rule, allowance: Allowance) -> Binding:
    wider = loosened(problem, rule=rule, end=plan.end)
    if wider is None:
        return Binding(rule, None)
    if allowance.over:
        return Binding(rule, None, no_time=True)
    other, by = wider
    made = solve_within(other, end=plan.end, allowance=allowance)
    more = _gain(plan, made)
    return Binding(rule, None, no_time=True) if more is None else Binding(rule, Loosening(by, more))


def _gain(before: Plan, after: Plan) -> Cents | None:
    """What a plan is surely worth more than another. ``None``: not both are proved, and the difference may be nothing.

    A plan that was stopped by time may be worth all of its bound, and the difference is then with its bound.
    """
    more = after.worth - (before.worth if before.proof.complete else before.proof.bound)
    return max(0, more) if more > 0 or (before.proof.complete and after.proof.complete) else None


def left_out(
    problem: Problem, plan: Plan, *, offers: Iterable[str] | None = None, seconds: Seconds = None
) -> tuple[LeftOut, ...]:
    """For each offer that a plan does not use (or some of them), why. In order of id.

    ``seconds`` of solving are for the whole call, in fair shares: what an offer does not need goes to the next ones.
    """
    settled = settle(problem, end=plan.end)
    asked = {offer.id for offer in problem.offers} if offers is None else set(offers)
    out = sorted(asked - set(plan.used))
    present = [id_ for id_ in out if id_ not in settled.absent]
    allowance, newcomers, cells = Allowance.of(seconds), Newcomers(problem, plan), Cells(settled)
    found: dict[str, LeftOut] = {}
    for place, id_ in enumerate(present):
        trial = newcomers.with_one(id_, seconds=allowance.share(len(present) - place))
        allowance.spend(trial.seconds)
        if trial.plan:
            found[id_] = LeftOut(id_, rules=obstacles(cells, plan, offer=id_), with_it=trial.plan)
        elif trial.impossible:
            together = newcomers.kept | {id_}
            found[id_] = _in_conflict(problem, plan, id_, together=together, allowance=allowance)
        else:
            found[id_] = LeftOut(id_, no_time=True)
    return tuple(found.get(id_) or LeftOut(id_, absence=settled.absent[id_]) for id_ in out)


def unfit(problem: Problem, plan: Plan, *, seconds: Seconds = None) -> tuple[LeftOut, ...]:
    """For each pinned offer that a plan could not hold, why: it is absent at this end, or rules are in conflict.

    ``seconds`` of solving are for the whole call; an offer that they were too short to explain has ``no_time``.
    """
    allowance = Allowance.of(seconds)
    absent = settle(problem, end=plan.end).absent
    kept = problem.preferences.pinned - set(plan.unfit)
    return tuple(
        LeftOut(id_, absence=absent[id_]) if id_ in absent else _unfit(problem, plan, id_, kept, allowance)
        for id_ in plan.unfit
    )


def _unfit(problem: Problem, plan: Plan, offer: str, kept: frozenset[str], allowance: Allowance) -> LeftOut:
    found = _in_conflict(problem, plan, offer, together=kept | {offer}, allowance=allowance)
    others = against(problem, end=plan.end, offer=offer, together=kept, allowance=allowance)
    return replace(found, against=others)


def _in_conflict(problem: Problem, plan: Plan, offer: str, *, together: Iterable[str], allowance: Allowance) -> LeftOut:
    rules = conflict(problem, end=plan.end, together=together, allowance=allowance)
    return LeftOut(offer, rules=rules or (), no_time=rules is None)


def confirmations(
    problem: Problem, *, safe: Plan, reachable: Plan, stated: Problem | None = None, seconds: Seconds = None
) -> tuple[Confirmation, ...]:
    """The offers of a reachable plan that are in doubt, by what lifting the doubts of each alone adds to the safe plan.

    Those that add nothing alone come last: they count only together with others; before them, those that the time was
    too short for. ``stated`` holds the offers as they
    were read, where the problem of the safe plan relies on less: a ceiling that is stated is confirmed as it is stated.
    ``seconds`` of solving are for the whole call.
    """
    allowance = Allowance.of(seconds)
    doubtful = [one for one in problem.offers if one.id in reachable.used and not is_settled(one, problem)]
    found = []
    for place, offer in enumerate(doubtful):
        if allowance.over:
            found.append(Confirmation(offer.id, None, None, offer.to_confirm, None))
            continue
        with allowance.part(len(doubtful) - place) as own:
            plan = solve_within(lifted(problem, offer=offer.id, stated=stated), end=End.SAFE, allowance=own)
        more = _gain(safe, plan)
        money = plan.total - safe.total if more else more
        found.append(Confirmation(offer.id, more, money, offer.to_confirm, plan))
    return tuple(sorted(found, key=lambda one: (-(one.worth or 0), one.worth is not None, one.offer)))


def _without_room(problem: Problem, plan: Plan) -> Iterator[Rule]:
    """The rules of the offers in use under which no amount could be a cent higher."""
    cells = Cells(settle(problem, end=plan.end))
    cents, parts = cells.cents(plan), plan.parts
    for limit in cells.limits:
        if not limit.binds(used=plan.used, parts=parts):
            continue
        left = limit.left(cents)
        if left < limit.room and left < max(limit.terms.values()):
            yield replace(limit.rule, line=None) if limit.rule.kind is RuleKind.RATE else limit.rule
        elif limit.rule.kind is RuleKind.CEILING_UNKNOWN and limit.terms:
            yield limit.rule
