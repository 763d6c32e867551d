"""Which expenses count by their days: not those before the application, nor those out of the days of a programme.

A programme asks that the application or its approval come before the project (``delays``), does not count the costs
before some moment (``costs_from``), or states the days of its expenses (``expenses_dated``). Filing, approval and
agreement come on the day of the plan at the soonest.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from alliage.core.catalogue.programme import Programme, day
from alliage.core.financing.case import Case, Document
from alliage.core.vocabulary.truth import Truth

_BEFORE_START = frozenset({"apply-before-start", "approve-before-start"})
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Days:
    """Of the lines that a part admits, those that their days leave out, and those that they may.

    ``early``: before the application could be made. ``outside``: out of the days that a source states. ``unsure``:
    without a day in a project that may have begun, so perhaps before the application. ``in_time``: without a day, and
    taken to be within the days that a source states at best. ``stated``: the first and the last of these, where given.
    """

    early: frozenset[str]
    outside: frozenset[str]
    unsure: frozenset[str]
    in_time: frozenset[str]
    stated: tuple[date | None, date | None]

    @property
    def out(self) -> frozenset[str]:
        """The lines that do not count."""
        return self.early | self.outside

    @property
    def not_sure(self) -> frozenset[str]:
        """The lines without a day of which it is not sure that they count."""
        return self.unsure | self.in_time


def days_of(document: Document, *, admitted: frozenset[str], programme: Programme, case: Case) -> Days:
    """How the days of the project's lines stand for one part of a programme."""
    lines = [line for line in case.lines if line.id in admitted]
    undated = frozenset(line.id for line in lines if line.day is None)
    first = first_day(document, programme=programme, on=case.on)
    stated = document.get("expenses_dated", {})
    after, until = day(stated.get("from")), day(stated.get("to"))
    outside = {line.id for line in lines if line.day and not (after or date.min) <= line.day <= (until or date.max)}
    perhaps_begun = case.started is not Truth.FALSE
    over = until is not None and until < case.on  # what has no day comes after the day of the plan
    return Days(
        early=frozenset(line.id for line in lines if line.day and first and line.day < first),
        outside=frozenset(outside | undated if over else outside),
        unsure=undated if perhaps_begun and "costs_from" in document and not before_start(programme) else frozenset(),
        in_time=undated if not over and (until or (after or date.min) > case.on) else frozenset(),
        stated=(after, until),
    )


def first_day(document: Document, *, programme: Programme, on: date) -> date | None:
    """The first day on which an expense may count if the application is filed on ``on``; ``None`` if any may.

    Business days are counted without holidays, so that the day said may be a little early, never late.
    """
    delays = before_start(programme)
    if not delays and "costs_from" not in document:
        return None
    return max([on, *(_later(on, delay["time"]) for delay in delays if "time" in delay)])


def before_start(programme: Programme) -> list[Document]:
    """The delays by which the application, or its approval, comes before the project."""
    return [delay for delay in programme.document.get("delays", ()) if delay["kind"] in _BEFORE_START]


def filed_first(programme: Programme) -> bool:
    """Whether a source asks to file before the project, or leaves out what is spent before."""
    parts = programme.document["aid"].get("parts", ())
    return bool(before_start(programme)) or any("costs_from" in part for part in parts)


def _later(on: date, time: Mapping[str, Any]) -> date:
    """A day some weeks, months or business days later; the last day of the calendar if it is beyond."""
    try:
        if time["unit"] == "months":
            return _months_later(on, time["count"])
        if time["unit"] == "weeks":
            return on + timedelta(weeks=time["count"])
        return _business_days_later(on, time["count"])
    except (OverflowError, ValueError):
        return date.max


def _months_later(on: date, months: int) -> date:
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))


def _business_days_later(on: date, count: int) -> date:
    while count:
        on += timedelta(days=1)
        count -= on.weekday() < _SATURDAY
    return on
