"""Answers: a value, an interval, a set of possibilities, a list. No answer at all is the absence of one.

An answer stands for the possible worlds in which it is true; a decided verdict holds in all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Span:
    """A number or a date between two ends, both included; an absent end is open."""

    low: Any = None
    high: Any = None

    @property
    def exact(self) -> bool:
        """Whether there is one value only."""
        return self.low is not None and self.low == self.high


@dataclass(frozen=True, slots=True)
class Possible:
    """Exactly one of these values is the true one. For a multiple choice, each value is a set of choices."""

    values: frozenset[Any]


@dataclass(frozen=True, slots=True)
class Listed:
    """A complete list of places or codes; each item is one of its possibilities."""

    items: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Includes:
    """A multiple choice that surely has these values, and perhaps others."""

    values: frozenset[str]


Answer: TypeAlias = Span | Possible | Listed | Includes
Answers: TypeAlias = dict[str, Answer]


def plain(answer: Answer | None) -> object:
    """An answer as plain data, in the form in which a profile may give it."""
    if answer is None:
        return "unknown"
    if isinstance(answer, Span):
        return _plain_span(answer)
    if isinstance(answer, Includes):
        return {"includes": sorted(answer.values)}
    if isinstance(answer, Listed):
        items = [_plain_set(item) for item in answer.items]
        return items[0] if len(items) == 1 else items
    return _plain_set(answer.values)


def _plain_set(values: frozenset[Any]) -> object:
    shown = sorted((_plain_value(value) for value in values), key=str)
    return shown[0] if len(shown) == 1 else {"one_of": shown}


def _plain_span(span: Span) -> object:
    if span.exact:
        return _plain_value(span.low)
    ends = {"from": span.low, "to": span.high}
    return {key: _plain_value(end) for key, end in ends.items() if end is not None} or "unknown"


def plain_number(value: Decimal) -> int | float:
    """An exact number as plain data: whole if it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)


def _plain_value(value: Any) -> Any:
    if isinstance(value, Decimal):
        return plain_number(value)
    if isinstance(value, date):
        return value.isoformat()
    return sorted(value) if isinstance(value, frozenset) else value
