"""The case of one company: what the facts of every programme are read against to make an offer of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from itertools import count, islice
from math import ceil
from typing import Any

from alliage.core.catalogue.programme import Programme, condition_of
from alliage.core.financing.problem import Cents, Line
from alliage.core.rules.evaluate import evaluate
from alliage.core.vocabulary.answers import Answer, Answers, Possible, Span
from alliage.core.vocabulary.truth import Truth

Document = Mapping[str, Any]
MONTHS = 12  # of a year


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that is not settled about an offer: a code of the phrases ``plan_doubts``, and who says so.

    ``narrowed``: the entry of the part's ``narrowed`` whose words say what counts, where that is the doubt.
    """

    code: str
    source: str | None = None
    narrowed: Document | None = field(default=None, hash=False)  # a mapping has no hash


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of the company and its project, and what the pack says for all programmes.

    ``started``: whether the project has begun. ``persons``: how many it hires, at least and at most. ``employees``: the
    most that it may have. ``months``: the longest that the project may last. ``one_per_line``: whether each expense is
    one thing bought. ``received``: whether it had money before from a programme that limits aid by company.
    ``public``: levels of providers whose money is not public aid (``False``), or not known to be (``unknown``).
    ``pays_nothing``: kinds of aid of which no sum is received.
    """

    answers: Answers
    lines: tuple[Line, ...]
    on: date
    started: Truth = Truth.UNKNOWN
    persons: tuple[int, int | None] | None = None
    employees: int | None = None
    months: int | None = None
    one_per_line: Truth = Truth.UNKNOWN
    received: Truth = Truth.UNKNOWN
    worth: Mapping[str, Fraction] = field(default_factory=dict)  # by instrument; 0 where absent
    public: Mapping[str, Any] = field(default_factory=dict)
    pays_nothing: frozenset[str] = frozenset()

    def truth(self, document: Document, programme: Programme) -> Truth:
        """Whether the ``when`` of a document holds; true if it has none."""
        condition = condition_of(document, vocabulary=programme.vocabulary)
        if condition is None:
            return Truth.TRUE
        return evaluate(condition, answers=self.answers, places=programme.vocabulary.places, on=self.on).truth

    def years(self, lines: frozenset[str]) -> Mapping[int, frozenset[str]]:
        """The paid lines of each year. A line without a date is in each: the strict reading. One if none has."""
        paid = self.paid(lines)
        dated = {line.day.year for line in paid if line.day}
        undated = {line.id for line in paid if line.day is None}
        return {
            year: frozenset(undated | {line.id for line in paid if line.day and line.day.year == year})
            for year in sorted(dated) or [self.on.year]
        }

    def years_at_least(self, lines: frozenset[str]) -> tuple[int, ...]:
        """The fewest years over which some lines may be paid: those of their days, or one."""
        return tuple(sorted({line.day.year for line in self.paid(lines) if line.day})) or (self.on.year,)

    def years_at_most(self, lines: frozenset[str]) -> tuple[int, ...] | None:
        """The most years: those of their days; where one has none, all that the project may touch; ``None``: not known.

        A year is one of the calendar. Twelve months or less touch two at most, and each twelve more one more.
        """
        known = self.years_at_least(lines)
        if all(line.day for line in self.paid(lines)):
            return known
        if self.months is None:
            return None
        most = max(len(known), 1 + ceil(self.months / MONTHS))
        more = (year for year in count(known[0]) if year not in known)
        return tuple(sorted((*known, *islice(more, most - len(known)))))

    def cost(self, lines: frozenset[str]) -> Cents:
        """What is paid for some lines: the base of a rate holds nothing that is given in kind."""
        return sum(line.cost for line in self.paid(lines))

    def paid(self, lines: frozenset[str]) -> list[Line]:
        """The lines of these that are paid, not given in kind."""
        return [line for line in self.lines if line.id in lines and not line.in_kind]


def cents(amount: Any) -> Cents:
    """An amount of a document or of a profile in whole cents, rounded down."""
    return int((Decimal(str(amount)) * 100).to_integral_value(rounding=ROUND_DOWN))


def share(number: Any) -> Fraction:
    """A share of a document, exact."""
    return Fraction(str(number))


def periods(amount: Document) -> frozenset[str]:
    """What an amount is counted by: project, year, company, person, lifetime."""
    per = amount.get("per") or ()
    return frozenset([per] if isinstance(per, str) else per)


def said(answer: Answer | None) -> Truth:
    """What a company says by yes or no; what it does not say is not known."""
    if isinstance(answer, Possible) and len(answer.values) == 1:
        return Truth.TRUE if True in answer.values else Truth.FALSE
    return Truth.UNKNOWN


def persons_of(answer: Answer | None) -> tuple[int, int | None] | None:
    """The least and the most persons that an answer allows; ``None`` if nothing is known."""
    if isinstance(answer, Span):
        return (int(answer.low or 0), None if answer.high is None else int(answer.high))
    if isinstance(answer, Possible):
        return (int(min(answer.values)), int(max(answer.values)))
    return None
