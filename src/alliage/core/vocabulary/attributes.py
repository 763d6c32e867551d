"""Attributes: what a rule may ask about a company or a project, and how a person is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from alliage.core.vocabulary.errors import AlliageError, Problem, shown

Text: TypeAlias = Mapping[str, str]

ORDERED_TYPES = frozenset({"count", "money", "share", "date"})
LIST_TYPES = frozenset({"code", "place"})
_ORDER_OPERATORS = frozenset({"at_least", "at_most", "more_than", "below"})
OPERATORS_BY_TYPE: Mapping[str, frozenset[str]] = {
    "flag": frozenset({"is"}),
    "count": _ORDER_OPERATORS,
    "money": _ORDER_OPERATORS,
    "share": _ORDER_OPERATORS,
    "date": _ORDER_OPERATORS,
    "choice": frozenset({"one_of", "none_of"}),
    "choices": frozenset({"any_of", "all_of", "none_of"}),
    "code": frozenset({"starts_with", "not_starts_with"}),
    "place": frozenset({"within", "not_within"}),
}


@dataclass(frozen=True, slots=True)
class Change:
    """How a company may honestly change an answer; ``effort`` 1 is easy, 3 is hard."""

    effort: int
    how: Text


@dataclass(frozen=True, slots=True)
class Attribute:
    """One thing that a rule may ask. ``filter`` attributes select programmes and never judge them."""

    id: str
    type: str
    group: str
    label: Text
    question: Text
    help: Text | None = None
    unit: Text | None = None
    unit_one: Text | None = None  # the unit of one thing, where it differs
    limits: tuple[Any, Any] | None = None
    values: Mapping[str, Text] | None = None
    says: Mapping[str, Text] | None = None
    several: bool = False
    codes: str | None = None  # the table of a code
    pattern: str | None = None  # or its form
    example: str | None = None
    suggest: str | None = None
    change: Change | None = None
    filter: bool = False

    @property
    def scope(self) -> str:
        """``company`` or ``project``: the part of the profile that answers it."""
        return self.id.partition(".")[0]

    @property
    def short(self) -> str:
        """The name used inside its part of a profile."""
        return self.id.partition(".")[2]

    @property
    def ordered(self) -> bool:
        """Whether its values have an order: counts, money, shares and dates."""
        return self.type in ORDERED_TYPES


def number(type_: str, value: Any) -> Any:
    """A written limit or answer as an exact value of its type, or ``None`` if it is not one.

    Counts are whole numbers, money has at most two decimals, shares are exact decimals.
    """
    if type_ == "date":
        return _day(value)
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    exact = Decimal(str(value))
    if not exact.is_finite():
        return None
    if type_ == "count":
        return int(exact) if exact == exact.to_integral_value() else None
    if type_ == "money":
        return exact if int(exact.normalize().as_tuple().exponent) >= -2 else None
    return exact


def _day(value: Any) -> date | None:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return value if type(value) is date else None


_ATTRIBUTE_KEYS = frozenset(Attribute.__dataclass_fields__)


def build_attribute(raw: Mapping[str, Any]) -> Attribute:
    """An attribute from its document.

    Raises:
        AlliageError: ``attribute-…`` codes, with the place in ``attributes.yaml``.
    """
    where = f"attributes.yaml::{raw.get('id', '?')}"
    problems = [Problem("attribute-field", where, key) for key in raw if key not in _ATTRIBUTE_KEYS]
    required = ("id", "type", "group", "label", "question")
    problems += [Problem("attribute-missing", where, "", key) for key in required if key not in raw]
    if problems:
        raise AlliageError(problems)
    if raw["type"] not in OPERATORS_BY_TYPE:
        expected = ", ".join(OPERATORS_BY_TYPE)
        raise AlliageError([Problem("attribute-type", where, shown(raw["type"]), expected)])
    if raw["type"] in ("choice", "choices") and not raw.get("values"):
        raise AlliageError([Problem("attribute-missing", where, "", "values")])
    fields = dict(raw)
    if fields.get("limits") is not None:
        low, high = fields["limits"]
        fields["limits"] = (number(raw["type"], low), number(raw["type"], high))
    if fields.get("change") is not None:
        fields["change"] = Change(int(fields["change"]["effort"]), fields["change"]["how"])
    return Attribute(**fields)
