"""What follows from an answer: data of the pack, applied until nothing changes; a contradiction is an error.

Derivations are monotone: they only narrow what is known, so a better answer never undoes a decided verdict.
One exception, by choice: a postal code counts as the only establishment until others are listed, which is a new answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from alliage.core.rules.condition import Condition, Leaf, build_condition, leaves
from alliage.core.rules.evaluate import evaluate, leaf_outcome
from alliage.core.rules.narrowing import narrowed
from alliage.core.vocabulary.answers import Answer, Answers, Includes, Listed, Possible, Span, plain
from alliage.core.vocabulary.attributes import Attribute, number
from alliage.core.vocabulary.errors import AlliageError, Problem, shown
from alliage.core.vocabulary.profile import Profile, read_answer
from alliage.core.vocabulary.truth import Truth
from alliage.core.vocabulary.vocabulary import Vocabulary

MOST_ROUNDS = 20


@dataclass(frozen=True, slots=True)
class Implication:
    """If the condition surely holds, the attribute has this answer."""

    condition: Condition
    attribute: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Bound:
    """One attribute is never above another."""

    lower: str
    upper: str


@dataclass(frozen=True, slots=True)
class Table:
    """A code gives a place by its longest known prefix; several places are possibilities."""

    given: str
    attribute: str
    rows: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Derivations:
    """All that a pack derives, ready to apply."""

    implications: tuple[Implication, ...]
    closures: tuple[Implication, ...]  # choices that bring other choices of the same question
    bounds: tuple[Bound, ...]
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known of a company and its project: what was answered, and what follows from it, with its origin."""

    answers: Answers
    derived_from: Mapping[str, str]


def build_derivations(vocabulary: Vocabulary) -> Derivations:
    """The derivations of a vocabulary, with conditions and answers built."""
    raw = vocabulary.derivations
    written = [i for item in raw.get("implications") or () for i in _implications(item, vocabulary)]
    return Derivations(
        implications=tuple(i for i in written if not _is_closure(i)),
        closures=tuple(i for i in written if _is_closure(i)),
        bounds=tuple(Bound(item["lower"], item["upper"]) for item in raw.get("bounds") or ()),
        tables=tuple(Table(t["from"], t["to"], _rows(t["rows"])) for t in raw.get("tables") or ()),
    )


def _is_closure(implication: Implication) -> bool:
    condition = implication.condition
    return isinstance(condition, Leaf) and condition.attribute == implication.attribute


def _rows(rows: Any) -> dict[str, tuple[str, ...]]:
    return {row["prefix"]: tuple(row["places"].split("|")) for row in rows}


def _implications(item: Mapping[str, Any], vocabulary: Vocabulary) -> Iterator[Implication]:
    condition = build_condition({"source": "record", **item["if"]}, vocabulary=vocabulary)
    for name, value in item["then"].items():
        answer = read_answer(value, attribute=vocabulary.attributes[name], vocabulary=vocabulary)
        yield Implication(condition, name, answer)


def derive(profile: Profile, *, derivations: Derivations, vocabulary: Vocabulary, on: date) -> Known:
    """Everything that is known from a profile on this day.

    Raises:
        AlliageError: ``profile-contradiction`` where two answers, or an answer and what follows from another, disagree.
    """
    knowledge = _Knowledge(profile, vocabulary)
    for closure in derivations.closures:
        _close(knowledge, closure, on)
    if profile.lines:
        total = sum((line.amount for line in profile.lines), Decimal(0))
        knowledge.learn(vocabulary.roles.cost, Span(total, total), origin=vocabulary.roles.lines)
    for _ in range(MOST_ROUNDS):
        before = dict(knowledge.answers)
        _apply(knowledge, derivations, vocabulary, on)
        if knowledge.answers == before:
            break
    else:
        raise RuntimeError("The derivations of this pack never settle.")
    return Known(knowledge.answers, knowledge.origins)


class _Knowledge:
    """Answers that only ever narrow, each with the answer that it comes from."""

    def __init__(self, profile: Profile, vocabulary: Vocabulary) -> None:
        self.answers: Answers = dict(profile.answers)
        self.name = profile.name
        self.origins: dict[str, str] = {}
        self.vocabulary = vocabulary

    def contradiction(self, name: str, known: Answer, answer: Answer, *, origin: str) -> AlliageError:
        """The error of two answers that no world satisfies."""
        attribute = self.vocabulary.attributes[name]
        found, expected = (_picture(one, attribute, self.vocabulary) for one in (known, answer))
        return AlliageError([Problem("profile-contradiction", f"{self.name}::{name}", found, f"{expected} ({origin})")])

    def learn(self, name: str, answer: Answer, *, origin: str) -> None:
        known = self.answers.get(name)
        if known is None:
            self.answers[name] = answer
            self.origins[name] = origin
            return
        better = narrowed(known, answer, places=self.vocabulary.places)
        if better is None:
            raise self.contradiction(name, known, answer, origin=origin)
        if better != known:
            self.answers[name] = better
            self.origins.setdefault(name, origin)


def _close(knowledge: _Knowledge, closure: Implication, on: date) -> None:
    """Complete a multiple choice: a market in the United States is also a market outside Canada."""
    answer = knowledge.answers.get(closure.attribute)
    added = closure.answer
    if not isinstance(answer, Possible | Includes) or not isinstance(added, Includes):
        return
    if isinstance(answer, Includes):
        if _holds(closure.condition, Possible(frozenset({answer.values})), knowledge, on):
            knowledge.answers[closure.attribute] = Includes(answer.values | added.values)
        return
    worlds = [
        world | added.values if _holds(closure.condition, Possible(frozenset({world})), knowledge, on) else world
        for world in answer.values
    ]
    knowledge.answers[closure.attribute] = Possible(frozenset(worlds))


def _holds(condition: Condition, answer: Answer, knowledge: _Knowledge, on: date) -> bool:
    assert isinstance(condition, Leaf)
    places = knowledge.vocabulary.places
    return leaf_outcome(condition, answer=answer, places=places, on=on)[0] is Truth.TRUE


def _picture(answer: Answer, attribute: Attribute, vocabulary: Vocabulary) -> str:
    """An answer as plain data; places by their names, with their codes."""
    if attribute.type == "place" and isinstance(answer, Listed):
        codes = [code for item in answer.items for code in sorted(item)]
        return ", ".join(f"{vocabulary.places.name(code, 'fr')} ({code})" for code in codes)
    return shown(plain(answer))


def _apply(knowledge: _Knowledge, derivations: Derivations, vocabulary: Vocabulary, on: date) -> None:
    for table in derivations.tables:
        given = knowledge.answers.get(table.given)
        if isinstance(given, Listed):
            items = tuple(_places_of(item, table) for item in given.items)
            if all(items) and items:
                knowledge.learn(table.attribute, Listed(items), origin=table.given)
    for implication in derivations.implications:
        found = evaluate(implication.condition, answers=knowledge.answers, places=vocabulary.places, on=on)
        if found.truth is Truth.TRUE:
            origin = next(leaves(implication.condition)).attribute
            knowledge.learn(implication.attribute, implication.answer, origin=origin)
    for bound in derivations.bounds:
        _apply_bound(bound, knowledge)


def _places_of(codes: frozenset[str], table: Table) -> frozenset[str]:
    """The places that possible codes give; none if one of the codes is not known, since it may be anywhere."""
    found = [_longest(code, table) for code in codes]
    return frozenset(place for places in found for place in places) if all(found) else frozenset()


def _longest(code: str, table: Table) -> tuple[str, ...]:
    """The places of the longest prefix of a code that the table knows."""
    for length in range(len(code), 0, -1):
        found = table.rows.get(code[:length])
        if found:
            return found
    return ()


def _apply_bound(bound: Bound, knowledge: _Knowledge) -> None:
    """``lower <= upper``: the highest of the upper bounds the lower, and the other way round."""
    least = _least(knowledge.vocabulary.attributes[bound.lower])
    high = _ends(knowledge.answers.get(bound.upper))[1]
    if high is not None:
        if least is not None and high < least:
            raise knowledge.contradiction(bound.lower, Span(least), Span(None, high), origin=bound.upper)
        knowledge.learn(bound.lower, Span(least, high), origin=bound.upper)
    low = _ends(knowledge.answers.get(bound.lower))[0]
    if low is not None and low != least:
        knowledge.learn(bound.upper, Span(low, None), origin=bound.lower)


def _least(attribute: Attribute) -> Any:
    """The smallest value that an attribute can have; dates have none."""
    return attribute.limits[0] if attribute.limits else number(attribute.type, 0)


def _ends(answer: Answer | None) -> tuple[Any, Any]:
    if isinstance(answer, Span):
        return answer.low, answer.high
    if isinstance(answer, Possible):
        return min(answer.values), max(answer.values)
    return None, None
