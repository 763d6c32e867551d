"""The interpreter: whether a condition holds, and why. It is the truth that every faster form is checked against."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from alliage.core.rules.condition import All, AnyOf, Condition, Leaf, NoneOf
from alliage.core.vocabulary.answers import Answer, Answers, Includes, Listed, Possible, Span
from alliage.core.vocabulary.places import Places
from alliage.core.vocabulary.truth import Cause, Truth, agreed, every, opposite, some

Outcome: TypeAlias = tuple[Truth, Cause | None]

_TRUE: Outcome = (Truth.TRUE, None)
_FALSE: Outcome = (Truth.FALSE, None)
_MISSING: Outcome = (Truth.UNKNOWN, Cause.MISSING)
_IMPRECISE: Outcome = (Truth.UNKNOWN, Cause.IMPRECISE)
_UNSETTLED: Outcome = (Truth.UNKNOWN, Cause.UNSETTLED)


class Finding(NamedTuple):
    """What was found of a condition, with what was found of its parts. ``cause`` is set when not known.

    A tuple rather than a dataclass: one is made for every condition of every programme, at each answer.
    """

    condition: Condition
    truth: Truth
    cause: Cause | None
    parts: tuple[Finding, ...] = ()


def evaluate(condition: Condition, *, answers: Answers, places: Places, on: date) -> Finding:
    """Whether a condition holds for these answers on this day, and why."""
    if isinstance(condition, Leaf):
        truth, cause = leaf_outcome(condition, answer=answers.get(condition.attribute), places=places, on=on)
        return Finding(condition, truth, cause)
    parts = tuple(evaluate(part, answers=answers, places=places, on=on) for part in condition.conditions)
    truth = combine(condition, tuple(part.truth for part in parts))
    return Finding(condition, truth, group_cause(truth, parts), parts)


def combine(condition: Condition, truths: tuple[Truth, ...]) -> Truth:
    """The truth of a group from the truths of its parts."""
    if isinstance(condition, All):
        return every(truths)
    if isinstance(condition, AnyOf):
        return some(truths)
    if isinstance(condition, NoneOf):
        return opposite(some(truths))
    return agreed(truths)


def group_cause(truth: Truth, parts: tuple[Finding, ...]) -> Cause | None:
    """Why a group is not known: what an answer could settle first, else the rule itself."""
    if truth is not Truth.UNKNOWN:
        return None
    if _disagree(part.truth for part in parts):
        return Cause.UNSETTLED
    causes = {part.cause for part in parts if part.truth is Truth.UNKNOWN}
    if Cause.MISSING in causes:
        return Cause.MISSING
    return Cause.IMPRECISE if Cause.IMPRECISE in causes else Cause.UNSETTLED


def leaf_outcome(leaf: Leaf, *, answer: Answer | None, places: Places, on: date) -> Outcome:
    """Whether one attribute satisfies one operator; the truth holds in every world that the answer allows."""
    if leaf.holds is not None and not leaf.holds.covers(on):
        return _UNSETTLED
    if answer is None:
        return _MISSING
    if isinstance(answer, Span):
        return _span_outcome(leaf, answer)
    if isinstance(answer, Listed):
        return _listed_outcome(leaf, answer, places)
    if isinstance(answer, Includes):
        return _includes_outcome(leaf, answer)
    return _all_worlds(leaf, answer)


def _all_worlds(leaf: Leaf, answer: Possible) -> Outcome:
    test = _VALUE_TESTS[leaf.operator]
    held = {test(value, leaf.operand) for value in answer.values}
    if len(held) > 1:
        return _IMPRECISE
    return _TRUE if held.pop() else _FALSE


def _one_of(value: Any, operand: tuple[str, ...]) -> bool:
    return not value.isdisjoint(operand) if isinstance(value, frozenset) else value in operand


_VALUE_TESTS: Mapping[str, Callable[[Any, Any], bool]] = {
    "is": lambda value, operand: value is operand,
    "one_of": _one_of,
    "any_of": _one_of,
    "none_of": lambda value, operand: not _one_of(value, operand),
    "all_of": lambda value, operand: value.issuperset(operand),
    "at_least": lambda value, limit: value >= limit,
    "at_most": lambda value, limit: value <= limit,
    "more_than": lambda value, limit: value > limit,
    "below": lambda value, limit: value < limit,
}


def _span_outcome(leaf: Leaf, span: Span) -> Outcome:
    """A limit splits the line in two: the span lies on one side, on the other, or across."""
    test = _VALUE_TESTS[leaf.operator]
    low, high = span.low, span.high
    upward = leaf.operator in ("at_least", "more_than")
    worst, best = (low, high) if upward else (high, low)
    if worst is not None and test(worst, leaf.operand):
        return _TRUE
    if best is not None and not test(best, leaf.operand):
        return _FALSE
    return _IMPRECISE


def _includes_outcome(leaf: Leaf, answer: Includes) -> Outcome:
    """A choice that surely has some values and perhaps others."""
    if leaf.operator == "all_of":
        return _TRUE if answer.values.issuperset(leaf.operand) else _IMPRECISE
    if answer.values.isdisjoint(leaf.operand):
        return _IMPRECISE
    return _TRUE if leaf.operator == "any_of" else _FALSE


def _listed_outcome(leaf: Leaf, answer: Listed, places: Places) -> Outcome:
    """``within`` and ``starts_with`` need one item; their ``not_`` forms want none, and are false if all are inside."""
    relation = _place_relation if leaf.operator.endswith("within") else _code_relation
    found = [_possible_item(item, leaf.operand, places, relation) for item in answer.items]
    if not leaf.operator.startswith("not_"):
        return _with_cause(some(truth for truth, _ in found), found)
    inside = agreed(truth for truth, _ in found) if found else Truth.FALSE
    if _disagree(truth for truth, _ in found):
        return _UNSETTLED
    return _with_cause(opposite(inside), found)


def _with_cause(truth: Truth, found: list[Outcome]) -> Outcome:
    if truth is not Truth.UNKNOWN:
        return truth, None
    causes = {cause for item, cause in found if item is Truth.UNKNOWN}
    return _UNSETTLED if causes == {Cause.UNSETTLED} else _IMPRECISE


Relation: TypeAlias = Callable[[str, tuple[str, ...], Places], Outcome]


def _possible_item(item: frozenset[str], areas: tuple[str, ...], places: Places, relation: Relation) -> Outcome:
    """One item of a list: decided only if all its possibilities agree; not settled only if none of them is."""
    found = {relation(code, areas, places) for code in item}
    return found.pop() if len(found) == 1 else _IMPRECISE


def _place_relation(code: str, areas: tuple[str, ...], places: Places) -> Outcome:
    return places.relation(code, areas)


def _code_relation(code: str, prefixes: tuple[str, ...], _: Places) -> Outcome:
    """A code under a prefix; a shorter code than the prefix is not precise enough."""
    if code.startswith(prefixes):
        return _TRUE
    return _IMPRECISE if any(prefix.startswith(code) for prefix in prefixes) else _FALSE


def named(finding: Finding, truth: Truth) -> Iterator[str]:
    """Attributes of the leaves that make a condition what it is, as seen under its ``not`` groups.

    ``named(finding, Truth.FALSE)`` gives what fails, ``named(finding, Truth.UNKNOWN)`` what is missing.
    """
    for leaf in responsible(finding, truth):
        yield leaf.attribute


def responsible(finding: Finding, truth: Truth) -> Iterator[Leaf]:
    """The leaves that make a condition true, false or unknown; a ``not`` turns true and false around."""
    for item in responsible_findings(finding, truth):
        assert isinstance(item.condition, Leaf)
        yield item.condition


def responsible_findings(finding: Finding, truth: Truth) -> Iterator[Finding]:
    """As :func:`responsible`, with what was found of each leaf."""
    condition = finding.condition
    if isinstance(condition, Leaf):
        if finding.truth is truth:
            yield finding
        return
    if truth is finding.truth is Truth.UNKNOWN and _disagree(part.truth for part in finding.parts):
        for part in finding.parts:  # the rule is in doubt on what fails in some of its readings
            yield from responsible_findings(part, Truth.FALSE)
        return
    wanted = opposite(truth) if isinstance(condition, NoneOf) else truth
    for part in finding.parts:
        yield from responsible_findings(part, wanted)


class Reach(NamedTuple):
    """Whether better answers could make a condition true, and whether they could make it false."""

    true: bool
    false: bool


ANYWHERE = Reach(true=True, false=True)
ONLY_FALSE = Reach(true=False, false=True)


def askable(finding: Finding, *, wanted: Reach = ANYWHERE) -> Iterator[Finding]:
    """The leaves whose answer could turn a condition that is not known to what is wanted of it.

    A leaf beside one that already decides their group is left out, and so is one that could only help to make a part
    true where its group can only become false, or the other way round.
    """
    if finding.truth is not Truth.UNKNOWN:
        return
    reached = reach(finding)
    could = Reach(true=reached.true and wanted.true, false=reached.false and wanted.false)
    if not any(could):
        return
    if isinstance(finding.condition, Leaf):
        yield finding
    turned = Reach(true=could.false, false=could.true) if isinstance(finding.condition, NoneOf) else could
    for part in finding.parts:
        yield from askable(part, wanted=turned)


def askable_names(finding: Finding, *, wanted: Reach = ANYWHERE) -> Iterator[str]:
    """The attributes of :func:`askable`."""
    for leaf in askable(finding, wanted=wanted):
        assert isinstance(leaf.condition, Leaf)
        yield leaf.condition.attribute


def reach(finding: Finding) -> Reach:
    """What better answers could make of a condition."""
    condition = finding.condition
    if isinstance(condition, Leaf):
        open_ = finding.truth is Truth.UNKNOWN and finding.cause is not Cause.UNSETTLED
        return Reach(open_ or finding.truth is Truth.TRUE, open_ or finding.truth is Truth.FALSE)
    parts = [reach(part) for part in finding.parts]
    trues, falses = [part.true for part in parts], [part.false for part in parts]
    if isinstance(condition, All):
        return Reach(all(trues), any(falses))
    if isinstance(condition, AnyOf):
        return Reach(any(trues), all(falses))
    if isinstance(condition, NoneOf):
        return Reach(all(falses), any(trues))
    return Reach(all(trues), all(falses))


def _disagree(truths: Iterable[Truth]) -> bool:
    """Readings, or establishments, some of which say yes and some no: the rule, not the answer, is in doubt."""
    seen = set(truths)
    return Truth.TRUE in seen and Truth.FALSE in seen
