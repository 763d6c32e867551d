"""The debt of answers, for everyone: how many wait and how long they took, by organisation, never by person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from statistics import median

from django.utils.timezone import localdate

from alliage.hub.programmes.queries.speaking import Plain, Speech
from alliage.hub.questions.models import WAITING, Question, State
from alliage.hub.questions.queries.places import invented

LEAST = 5  # under this, a figure could be one person's
YEAR = 365  # days that are counted


@dataclass(slots=True)
class _Count:
    name: str
    waiting: int = 0
    abandoned: int = 0
    answered: list[int] = field(default_factory=list)
    taken: list[int] = field(default_factory=list)
    satisfied: int = 0
    judged: int = 0

    @property
    def all(self) -> int:
        """How many questions these figures are made of."""
        return self.waiting + self.abandoned + len(self.answered)

    def add(self, row: Question) -> None:
        """Count a question."""
        self.waiting += row.state in WAITING
        self.abandoned += row.state == State.ABANDONED
        if row.answered is not None:
            self.answered.append((localdate(row.answered) - localdate(row.created)).days)
        if row.first_taken is not None:
            self.taken.append((localdate(row.first_taken) - localdate(row.created)).days)
        self.judged += row.satisfied is not None
        self.satisfied += bool(row.satisfied)


def delays_page(*, on: date, speech: Speech) -> Plain:
    """The questions of the last year: a line for each organisation of which at least five are counted, then the rest.

    The rest is one line, and only if it is made of two organisations and five questions at least.
    """
    counts: dict[int | None, _Count] = {}
    rows = Question.objects.exclude(state__in=(State.MERGED, State.WITHDRAWN)).exclude(about__in=invented())
    rows = rows.select_related("organisation_asked")
    for row in rows.filter(created__year__gte=on.year - 1):
        if (on - localdate(row.created)).days > YEAR:
            continue
        name = speech.text(row.organisation_asked.name) if row.organisation_asked else ""
        counts.setdefault(row.organisation_asked_id, _Count(name)).add(row)
    shown = [count for count in counts.values() if count.all >= LEAST]
    hidden = [count for count in counts.values() if count.all < LEAST]
    rest = _sum(hidden)
    return {
        "lines": [_line(count) for count in sorted(shown, key=lambda count: (-count.waiting, count.name))],
        "rest": _line(rest) if len(hidden) > 1 and rest.all >= LEAST else None,
        "hidden": len(hidden),
    }


def _sum(counts: Iterable[_Count]) -> _Count:
    total = _Count("")
    for count in counts:
        total.waiting += count.waiting
        total.abandoned += count.abandoned
        total.answered += count.answered
        total.taken += count.taken
        total.judged += count.judged
        total.satisfied += count.satisfied
    return total


def _line(count: _Count) -> Plain:
    return {
        "name": count.name,
        "waiting": count.waiting,
        "answered": len(count.answered),
        "abandoned": count.abandoned,
        "median": int(median(count.answered)) if len(count.answered) >= LEAST else None,
        "within_3": _share(sum(days <= 3 for days in count.taken), len(count.taken)),
        "within_5": _share(sum(days <= 5 for days in count.taken), len(count.taken)),
        "satisfied": _share(count.satisfied, count.judged),
    }


def _share(some: int, every: int) -> float | None:
    """A share, where it is made of enough."""
    return round(some / every, 2) if every >= LEAST else None
