"""What if: the few changes worth trying on a plan, each a button; matched and planned again when one is pressed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from alliage.core.allowance import Countdown
from alliage.core.catalogue.intake import OPEN
from alliage.core.financing.answer import plans_as_dict
from alliage.core.financing.financing import Financing
from alliage.core.financing.what_ifs import begun_by_waiting, if_answered, if_cost, if_waiting
from alliage.core.matching.near_misses import NearMiss, near_misses
from alliage.core.matching.results import Results
from alliage.core.matching.verdict import Verdict
from alliage.core.vocabulary.answers import Answer as Known
from alliage.core.vocabulary.errors import AlliageError
from alliage.hub.finder.queries.planning import Answer, Planned
from alliage.hub.finder.queries.voice import Voice

COST, WAIT = "cost", "wait"
DEARER = Decimal("1.1")
LONGEST_WAIT = timedelta(days=366)
MOST_ANSWERS = 3  # answers worth trying


@dataclass(frozen=True, slots=True)
class Change:
    """A change to try: its code in the form, and its words."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Trial:
    """The answer of a changed project, and the words of the change. ``begun``: it counts as begun, for it waited."""

    words: str
    answer: Answer
    begun: bool = False


def changes(made: Planned, *, voice: Voice) -> tuple[Change, ...]:
    """The changes that make sense for this project: it costs more, it waits, one honest answer is another."""
    results = made.financing.results
    listed = [Change(COST, _("Si le projet coûtait 10 % de plus"))]
    day = worth_waiting(results)
    if day:
        listed.append(Change(WAIT, _("Si vous attendiez le %(day)s") % {"day": voice.day(day)}))
    listed += [Change(miss.changes[0].attribute, voice.capital(voice.change(miss))) for miss in nearest(results)]
    return tuple(Change(one.code, voice.typeset(one.words)) for one in listed)


def tried(made: Planned, code: str, *, voice: Voice, time: Countdown) -> Trial | None:
    """The plan with a change; ``None`` if there is no such change for this project."""
    words = next((one.words for one in changes(made, voice=voice) if one.code == code), None)
    financing = _changed(replace(made.financing, seconds=time), code) if words else None
    if not (words and financing):
        return None
    return Trial(words, plans_as_dict(financing), begun=begun_by_waiting(made.financing, financing))


def _changed(financing: Financing, code: str) -> Financing | None:
    results = financing.results
    if code == COST:
        return if_cost(financing, times=DEARER)
    if code == WAIT:
        day = worth_waiting(results)
        return if_waiting(financing, until=day) if day else None
    then = next((miss.changes[0].then for miss in nearest(results) if miss.changes[0].attribute == code), None)
    return _answered(financing, code, then) if then is not None else None


def _answered(financing: Financing, attribute: str, then: Known) -> Financing | None:
    try:
        return if_answered(financing, attribute=attribute, answer=then)
    except AlliageError:  # it disagrees with another answer
        return None


def worth_waiting(results: Results) -> date | None:
    """The first day within a year when a programme that fits opens; else the first when an open one no longer is."""
    fitting = [r.match for r in results.shown if r.match.verdict is not Verdict.INELIGIBLE]
    opening = (match.intake.opens for match in fitting)
    closing = (match.intake.closes for match in fitting if match.intake.state == OPEN)
    shut = (day + timedelta(days=1) for day in closing if day and day < date.max)
    for days in (opening, shut):
        first = min((day for day in days if day and results.on < day <= results.on + LONGEST_WAIT), default=None)
        if first:
            return first
    return None


def nearest(results: Results) -> tuple[NearMiss, ...]:
    """The single answers that would lift the most refusals, the easiest first, each attribute once."""
    lifted: dict[tuple[str, Known], tuple[NearMiss, int]] = {}
    for miss in _single(results):
        key = (miss.changes[0].attribute, miss.changes[0].then)
        lifted[key] = (miss, lifted.get(key, (miss, 0))[1] + 1)
    ranked = sorted(lifted.values(), key=lambda pair: (pair[0].effort, -pair[1], pair[0].changes[0].attribute))
    once: dict[str, NearMiss] = {}
    for miss, _count in ranked:
        once.setdefault(miss.changes[0].attribute, miss)
    return tuple(once.values())[:MOST_ANSWERS]


def _single(results: Results) -> Iterator[NearMiss]:
    """Near misses of one answer, the size of the project apart: what it costs is tried by itself."""
    catalogue, roles = results.catalogue, results.catalogue.vocabulary.roles
    for result in results.shown:
        if result.match.verdict is not Verdict.INELIGIBLE or result.closed:
            continue
        found = near_misses(
            result.match, catalogue=catalogue, profile=results.profile, known=results.known, on=results.on
        )
        for miss in found[:1]:
            if len(miss.changes) == 1 and miss.changes[0].attribute not in (roles.cost, roles.eligible_cost):
                yield miss
