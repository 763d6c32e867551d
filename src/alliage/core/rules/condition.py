"""Conditions ready to be evaluated: frozen, with exact limits. Built from a checked document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from alliage.core.vocabulary.attributes import OPERATORS_BY_TYPE, number
from alliage.core.vocabulary.vocabulary import Vocabulary

OPERATORS: frozenset[str] = frozenset().union(*OPERATORS_BY_TYPE.values())


@dataclass(frozen=True, slots=True)
class Period:
    """Days between which a rule holds, both included; an absent end is open."""

    first: date | None
    last: date | None

    def covers(self, day: date) -> bool:
        """Whether the day is inside."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One attribute, one operator. ``operand`` is a flag, an exact limit, or a tuple of values."""

    attribute: str
    operator: str
    operand: Any
    source: str
    holds: Period | None = None


@dataclass(frozen=True, slots=True)
class All:
    """Every condition holds; true of nothing."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one condition holds."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class NoneOf:
    """No condition holds (written ``not``)."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Readings:
    """Sources that disagree: decided only where every reading gives the same answer."""

    conditions: tuple[Condition, ...]


Condition: TypeAlias = Leaf | All | AnyOf | NoneOf | Readings
Build: TypeAlias = Callable[[tuple[Condition, ...]], Condition]

_GROUPS: Mapping[str, Build] = {"all": All, "any": AnyOf, "not": NoneOf, "readings": Readings}


def build_condition(document: Mapping[str, Any], *, vocabulary: Vocabulary) -> Condition:
    """A condition from its document, which :mod:`alliage.core.catalogue.check` has already accepted."""
    for word, group in _GROUPS.items():
        if word in document:
            return group(tuple(build_condition(part, vocabulary=vocabulary) for part in document[word]))
    operator = next(key for key in document if key in OPERATORS)
    attribute = vocabulary.attributes[document["attribute"]]
    written = document[operator]
    operand = tuple(written) if isinstance(written, list) else written
    if attribute.ordered:
        operand = number(attribute.type, written)
    return Leaf(attribute.id, operator, operand, document["source"], _period(document.get("holds")))


def _period(document: Mapping[str, Any] | None) -> Period | None:
    if document is None:
        return None
    return Period(number("date", document.get("from")), number("date", document.get("to")))


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Every leaf of a condition, in the order written."""
    if isinstance(condition, Leaf):
        yield condition
        return
    for part in condition.conditions:
        yield from leaves(part)
