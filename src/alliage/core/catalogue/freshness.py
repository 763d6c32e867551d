"""How old the facts of a programme are on a day. Past a year they are marked stale."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

from alliage.core.catalogue.programme import Programme

STALE_AFTER_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Freshness:
    """``months`` since the facts are known to hold (whole months), or ``None`` if no source is dated.

    ``confirmed``: the day on which the provider confirmed them, if nothing is newer; ``by``: the office that did.
    """

    months: int | None
    confirmed: date | None = None
    by: str | None = None

    @property
    def state(self) -> str:
        """``confirmed`` (by the provider, within a year), ``fresh``, ``stale`` or ``undated``."""
        if self.months is None:
            return "undated"
        if self.months > STALE_AFTER_MONTHS:
            return "stale"
        return "confirmed" if self.confirmed else "fresh"


def freshness(programme: Programme, *, on: date) -> Freshness:
    """The age of a programme's facts. A month or a year alone counts from its first day: never said younger."""
    told = [source for source in programme.document["sources"].values() if source.get("confirmed")]
    newest = max(told, key=lambda source: str(source["confirmed"]), default=None)
    confirmed = date.fromisoformat(newest["confirmed"]) if newest else None
    as_of = programme.document.get("as_of")
    last = max(filter(None, (confirmed, first_day(as_of) if as_of else None)), default=None)
    if last is None:
        return Freshness(None)
    months = (on.year - last.year) * 12 + on.month - last.month - (on.day < last.day)
    if newest is None or confirmed != last:
        return Freshness(max(0, months))
    return Freshness(max(0, months), confirmed, newest.get("confirmed_by"))


def first_day(partial: str) -> date:
    """The first day of a year, a month or a day written in ISO form."""
    year, month, day = ([int(part) for part in partial.split("-")] + [1, 1])[:3]
    return date(year, month, day)


def last_day(partial: str) -> date:
    """The last day of a year, a month or a day written in ISO form."""
    numbers = [int(part) for part in partial.split("-")]
    year, month = numbers[0], numbers[1] if len(numbers) > 1 else 12
    return date(year, month, numbers[2] if len(numbers) > 2 else calendar.monthrange(year, month)[1])
