"""Why some offers cannot be used together: a smallest set of rules in conflict, by name.

A deletion filter (Chinneck, *Feasibility and Infeasibility in Optimization*, 2008): each rule in turn is left out; if
the offers still cannot be used together, the rule was not needed for the conflict. What remains cannot lose any rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from alliage.core.allowance import Allowance
from alliage.core.financing.ends import Settled, settle
from alliage.core.financing.failures import worded
from alliage.core.financing.model import Model, build
from alliage.core.financing.plan import End, Rule, RuleKind
from alliage.core.financing.problem import Problem
from alliage.core.financing.search import possible
from alliage.core.financing.solver import Status

# The first are left out first, so that the last are those that get named when there is a choice.
_ORDER = (
    RuleKind.RATE,
    RuleKind.LINE,
    RuleKind.CREDIT_BASE,
    RuleKind.CAP,
    RuleKind.SHARED_CAP,
    RuleKind.PART_AT_MOST,
    RuleKind.PART_AT_LEAST,
    RuleKind.PRIVATE_SHARE,
    RuleKind.CEILING_UNKNOWN,
    RuleKind.CEILING,
)


def conflict(
    problem: Problem, *, end: End, together: Iterable[str], allowance: Allowance | None = None
) -> tuple[Rule, ...] | None:
    """The rules that keep some offers from being used together, none of which could be left out; empty if nothing does.

    The trials share the ``allowance``: a rule that the time leaves unsettled is named, though it might be left out.
    ``None``: the time was over before it was known whether they can be used together.
    Offers that are not in the problem at this end are none of its business: ``settle`` says why they are absent.

    Raises:
        AlliageError: ``plan-failed``, as :func:`.solve`.
    """
    wanted = _with_required(problem, set(together))
    with worded():
        return _smallest(settle(_only(problem, wanted), end=end), allowance or Allowance())


def against(
    problem: Problem, *, end: End, offer: str, together: Iterable[str], allowance: Allowance | None = None
) -> tuple[str, ...]:
    """Those of some offers each of which, let go alone, would let an offer be used with all the others.

    None: the offer cannot be used even alone, or two of them at least must be let go, or there was no time to know.

    Raises:
        AlliageError: ``plan-failed``, as :func:`.solve`.
    """
    allowance, others = allowance or Allowance(), sorted(set(together) - {offer})
    found = []
    for place, other in enumerate(others):
        wanted = _with_required(problem, {offer, *others} - {other})
        with worded(), allowance.part(len(others) - place) as own:
            settled = settle(_only(problem, wanted), end=end)
            pinned = sorted(one.id for one in settled.offers)
            if offer in pinned and _tried(settled, pinned, frozenset(), own, trials=1) is Status.PROVED:
                found.append(other)
    return tuple(found)


def _smallest(settled: Settled, allowance: Allowance) -> tuple[Rule, ...] | None:
    pinned = sorted(offer.id for offer in settled.offers)
    rules = _rules(settled)
    whole = _tried(settled, pinned, frozenset(), allowance, trials=len(rules) + 1)
    if whole is not Status.IMPOSSIBLE:
        return None if whole is Status.TIME_OVER else ()
    left_out: frozenset[Rule] = frozenset()
    for place, rule in enumerate(rules):
        found = _tried(settled, pinned, left_out | {rule}, allowance, trials=len(rules) - place)
        if found is Status.IMPOSSIBLE:
            left_out |= {rule}
    kept = tuple(rule for rule in reversed(rules) if rule not in left_out)
    return tuple(rule for rule in kept if not _of_any_application(rule)) or kept


def _of_any_application(rule: Rule) -> bool:
    """Whether a rule only says that what is used gives something: it keeps nothing apart by itself."""
    return rule.kind is RuleKind.PART_AT_LEAST and rule.part is None


def _with_required(problem: Problem, wanted: set[str]) -> set[str]:
    """Some offers and all that they need: the only ones that must be used."""
    known = {offer.id: offer for offer in problem.offers}
    while more := {other for id_ in wanted if id_ in known for other in known[id_].requires} - wanted:
        wanted = wanted | more
    return wanted


def _only(problem: Problem, wanted: set[str]) -> Problem:
    preferences = replace(problem.preferences, pinned=frozenset())
    offers = tuple(offer for offer in problem.offers if offer.id in wanted)
    return replace(problem, offers=offers, preferences=preferences)


def _tried(
    settled: Settled, pinned: Iterable[str], without: frozenset[Rule], allowance: Allowance, *, trials: int
) -> Status:
    """Whether the offers can be used together without some rules: ``PROVED``, ``IMPOSSIBLE``, or no time to know."""
    model = build(settled, pinned=pinned, without=without)
    found = possible(model, seconds=allowance.share(trials))
    allowance.spend(found.seconds)
    return Status.PROVED if found.values else found.status


def _rules(settled: Settled) -> list[Rule]:
    model: Model = build(settled)
    found = {limit.rule for limit in model.cells.limits} | {row.rule for row in model.rows if row.rule}
    rates = {Rule(RuleKind.RATE, offer=cell.offer, part=cell.part, line=cell.line) for cell in model.cells.all}
    named = {(rule.kind, rule.offer, rule.part, rule.line) for rule in found}
    found |= {rule for rule in rates if (rule.kind, rule.offer, rule.part, rule.line) not in named}
    return sorted(found, key=_rank)


def _rank(rule: Rule) -> tuple[object, ...]:
    place = _ORDER.index(rule.kind) if rule.kind in _ORDER else len(_ORDER)
    return place, rule.kind.value, rule.offer or "", rule.part or "", rule.line or "", rule.other or "", rule.index
