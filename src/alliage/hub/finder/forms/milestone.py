"""What became of a request, as it was typed: what happened, on which day, perhaps for how much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from alliage.core.vocabulary.attributes import Attribute
from alliage.core.vocabulary.days import read_day
from alliage.hub.finder.forms.data import Sent, one
from alliage.hub.finder.forms.numbers import read_number
from alliage.hub.finder.forms.problems import FieldProblem, NotRead

_AMOUNT = Attribute("amount", "money", "", {}, {})
MOST = Decimal(999999999999)


@dataclass(frozen=True, slots=True)
class Typed:
    """What was read, and what is wrong with it."""

    kind: str
    day: date | None
    amount: Decimal | None
    problems: tuple[FieldProblem, ...]


def read_milestone(sent: Sent, *, kinds: frozenset[str]) -> Typed:
    """What a form says."""
    problems = []
    kind, day, amount = one(sent, "kind"), read_day(one(sent, "day")), None
    if kind not in kinds:
        problems.append(FieldProblem("kind", "value"))
    if day is None:
        problems.append(FieldProblem("day", "date", {"example": "2027-05-03"}))
    try:
        amount = _amount(one(sent, "amount"))
    except NotRead as refused:
        problems.append(FieldProblem("amount", refused.code, refused.filled))
    return Typed(kind, day, amount, tuple(problems))


def _amount(text: str) -> Decimal | None:
    if not text:
        return None
    if len(text) > 40:
        raise NotRead("long")
    amount = Decimal(str(read_number(text, _AMOUNT)))
    if not 0 <= amount <= MOST:
        raise NotRead("money")
    return amount
