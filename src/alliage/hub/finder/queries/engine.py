"""A catalogue ready to answer for any profile on one day: what the core gives, without making what no page shows.

Bits decide every verdict (:class:`.ValueIndex`), filter and count; only what is shown is put in order; receipts are
drawn for what is shown. The order, the verdicts and the questions are those of :func:`alliage.match`: a test compares
them.
"""

from __future__ import annotations

import heapq
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from threading import Lock
from typing import Any

from django.conf import settings

from alliage.core.catalogue.freshness import freshness
from alliage.core.catalogue.intake import CLOSED, OPENS_ON, SUSPENDED, Intake, intake_on
from alliage.core.catalogue.programme import Programme
from alliage.core.matching.next_question import NextQuestion
from alliage.core.matching.question_index import Play, QuestionIndex
from alliage.core.matching.results import Result, intake_rank, weights_of
from alliage.core.matching.value_index import Sight, ValueIndex
from alliage.core.matching.verdict import match_of
from alliage.core.rules.derivations import Known, derive
from alliage.core.search.fields import instrument_ids
from alliage.core.vocabulary.answers import Answers, Possible
from alliage.core.vocabulary.profile import Profile
from alliage.hub.finder.queries.estimates import Estimates, ProfileEstimates
from alliage.hub.programmes.queries import Shelf

_SHUT = frozenset({CLOSED, SUSPENDED})


class Engine:
    """One shelf of programmes on one day. A set of programmes is an integer: their marks in the index."""

    def __init__(self, shelf: Shelf, *, on: date) -> None:
        self.shelf, self.catalogue, self.on = shelf, shelf.catalogue, on
        self.vocabulary = shelf.catalogue.vocabulary
        self.programmes: tuple[Programme, ...] = tuple(shelf.catalogue.programmes.values())
        self.index = ValueIndex.of(self.programmes, vocabulary=self.vocabulary, on=on)
        ids = [programme.id for programme in self.programmes]
        self.at = {id_: place for place, id_ in enumerate(ids)}
        self.everything = self.index.marks(range(len(ids)))
        self.needs = self._marked(lambda programme: programme.needs)
        self.instruments = self._marked(instrument_ids)
        self.fresh = [freshness(programme, on=on) for programme in self.programmes]
        self.estimates = Estimates(self.programmes, freshness=self.fresh, weights=weights_of(self.catalogue), on=on)
        self._intakes = {at: intake_on(p, on=on, answers={}) for at, p in enumerate(self.programmes) if not _cases(p)}
        self._by_case = [at for at, programme in enumerate(self.programmes) if _cases(programme)]
        self._shut, self._opening = self._by_intake(self._intakes)
        self._ranks = {at: intake_rank(intake) for at, intake in self._intakes.items()}
        self._questions = QuestionIndex(
            self.index, ids=ids, vocabulary=self.vocabulary, derivations=self.catalogue.derivations
        )
        self._found: OrderedDict[Any, Found] = OrderedDict()
        self._lock = Lock()

    def _marked(self, values: Callable[[Programme], Iterable[str]]) -> dict[str, int]:
        """For each value of a facet, the programmes that have it."""
        places: dict[str, list[int]] = {}
        for at, programme in enumerate(self.programmes):
            for value in values(programme):
                places.setdefault(value, []).append(at)
        return {value: self.index.marks(ats) for value, ats in places.items()}

    def _by_intake(self, intakes: Mapping[int, Intake]) -> tuple[int, int]:
        """The programmes that take no application, and those that open on a day that is known."""
        return (
            self.index.marks(at for at, intake in intakes.items() if intake.state in _SHUT),
            self.index.marks(at for at, intake in intakes.items() if intake.state == OPENS_ON),
        )

    # ------------------------------------------------------------------------------------------- one profile

    def found(self, profile: Profile) -> Found:
        """What the catalogue gives to a profile.

        Raises:
            AlliageError: ``profile-contradiction``.
        """
        key = (frozenset(profile.answers.items()), profile.lines, profile.unknown)
        with self._lock:
            known = self._found.get(key)
            if known is not None:
                self._found.move_to_end(key)
                return known
        made = self._make(profile)
        with self._lock:
            self._found[key] = made
            while len(self._found) > settings.PROFILES_IN_MEMORY:
                self._found.popitem(last=False)
        return made

    def known(self, profile: Profile) -> Known:
        """All that is known from a profile.

        Raises:
            AlliageError: ``profile-contradiction``.
        """
        return derive(profile, derivations=self.catalogue.derivations, vocabulary=self.vocabulary, on=self.on)

    def _make(self, profile: Profile) -> Found:
        known = self.known(profile)
        sight = self.index.see(known.answers)
        by_case = {at: intake_on(self.programmes[at], on=self.on, answers=known.answers) for at in self._by_case}
        shut, opening = self._by_intake(by_case)
        return Found(
            engine=self,
            profile=profile,
            known=known,
            sight=sight,
            estimates=self.estimates.of(profile, known.answers),
            serves=self._serving(known.answers),
            shut_now=self._shut | shut,
            opens_later=self._opening | opening,
            ranks=self._ranks | {at: intake_rank(intake) for at, intake in by_case.items()},
        )

    def _serving(self, answers: Answers) -> int:
        """The programmes that serve one of the needs of the project, or all if none was given."""
        answer = answers.get(self.vocabulary.roles.needs)
        needs = frozenset().union(*answer.values) if isinstance(answer, Possible) else frozenset()
        if not needs:
            return self.everything
        marks = 0
        for need in needs:
            marks |= self.needs.get(need, 0)
        return marks

    def ask(self, found: Found, *, skip: frozenset[str]) -> NextQuestion | None:
        """The best question to ask now; ``None`` if no answer can change anything."""
        if skip not in found.questions:
            play = Play(found.live, found.advantage)
            found.questions[skip] = self._questions.ask(found.sight, play, skip=skip | found.profile.unknown)
        return found.questions[skip]


def _cases(programme: Programme) -> bool:
    """Whether the intake differs from one company to another."""
    return bool(programme.document["intake"].get("cases"))


@dataclass(frozen=True)
class Found:
    """The results of one profile, by the marks of their programmes; what a page shows of them is made when asked."""

    engine: Engine
    profile: Profile
    known: Known
    sight: Sight
    estimates: ProfileEstimates
    serves: int
    shut_now: int
    opens_later: int
    ranks: Mapping[int, int]

    @cached_property
    def live(self) -> int:
        """Not refused, and an application can be made, now or later."""
        return self.serves & ~self.sight.decisions.ineligible & ~self.shut_now

    @cached_property
    def eligible(self) -> int:
        """Every condition is met, and an application can be made, as far as is known."""
        return self.live & ~self.opens_later & ~self.sight.decisions.possible

    @cached_property
    def possible(self) -> int:
        """Something is missing."""
        return self.live & ~self.opens_later & self.sight.decisions.possible

    @cached_property
    def opening(self) -> int:
        """Not open yet; the day is known."""
        return self.live & self.opens_later

    @cached_property
    def shut(self) -> int:
        """What would fit, and takes no application."""
        return self.serves & ~self.sight.decisions.ineligible & self.shut_now

    @cached_property
    def refused(self) -> int:
        """What says no."""
        return self.serves & self.sight.decisions.ineligible

    @cached_property
    def hidden(self) -> int:
        """What serves other needs."""
        return self.engine.everything & ~self.serves

    # -------------------------------------------------------------------------------------------- in order

    def programmes(self, marks: int) -> list[Programme]:
        """Programmes by their marks, in the order of the catalogue."""
        return [self.engine.programmes[at] for at in self.engine.index.programmes(marks)]

    def first(self, marks: int, *, most: int | None = None) -> list[Result]:
        """The results that bear these marks, whole and in order; the first ones only, if ``most`` is given."""
        places = self.engine.index.programmes(marks)
        possible = frozenset(self.engine.index.programmes(marks & self.sight.decisions.possible))
        ranks, estimates = self.ranks, self.estimates

        def place(at: int) -> tuple[Any, ...]:
            return ranks[at], at in possible, estimates[at].order

        ranked = sorted(places, key=place) if most is None else heapq.nsmallest(most, places, key=place)
        return [self.whole(at) for at in ranked]

    @cached_property
    def closed(self) -> tuple[Result, ...]:
        """What would fit and takes no application, whole and in order."""
        return tuple(self.first(self.shut))

    @cached_property
    def ineligible(self) -> tuple[Result, ...]:
        """What says no, whole and in order."""
        return tuple(self.first(self.refused))

    def whole(self, at: int) -> Result:
        """The result of one programme, with all that explains it."""
        known = self._whole.get(at)
        if known is None:
            known = self._whole[at] = self._make(at)
        return known

    def _make(self, at: int) -> Result:
        engine, answers = self.engine, self.known.answers
        match = match_of(engine.programmes[at], findings=self.sight.findings(at), answers=answers, on=engine.on)
        serves = bool(self.serves & engine.index.marks([at]))
        return Result(match, self.estimates[at].aid, engine.fresh[at], serves)

    def advantage(self, at: int) -> Decimal:
        """What a programme is worth to the project."""
        return self.estimates[at].aid.advantage

    @cached_property
    def questions(self) -> dict[frozenset[str], NextQuestion | None]:
        """The questions already found, by what was not to be asked."""
        return {}

    @cached_property
    def _whole(self) -> dict[int, Result]:
        return {}


_engines: OrderedDict[tuple[int, date], Engine] = OrderedDict()
_lock = Lock()


def engine(shelf: Shelf, *, on: date) -> Engine:
    """The engine of a shelf on a day; the latest few are kept."""
    key = (id(shelf), on)
    with _lock:
        known = _engines.get(key)
        if known is not None and known.shelf is shelf:
            _engines.move_to_end(key)
            return known
    made = Engine(shelf, on=on)
    with _lock:
        _engines[key] = made
        while len(_engines) > settings.DAYS_IN_MEMORY:
            _engines.popitem(last=False)
    return made
