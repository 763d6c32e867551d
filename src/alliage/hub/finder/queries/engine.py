"""A catalogue ready to answer for any profile on one day: what the core gives, without making what no page shows.

Bits decide every verdict (:class:`.ValueIndex`); only what can be applied for is put in order; receipts are drawn for
what is shown. The order, the verdicts and the questions are those of :func:`alliage.match`: a test compares them.
"""

from __future__ import annotations

from collections import OrderedDict
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
from alliage.core.matching.aid import Aid, aid_of
from alliage.core.matching.next_question import NextQuestion
from alliage.core.matching.question_index import Play, QuestionIndex
from alliage.core.matching.results import Result, Results, order, weights_of
from alliage.core.matching.value_index import ValueIndex
from alliage.core.matching.verdict import Match, Verdict, find, match_of
from alliage.core.rules.condition import Condition, leaves
from alliage.core.rules.derivations import Known, derive
from alliage.core.vocabulary.answers import Answer, Answers, Possible
from alliage.core.vocabulary.profile import Profile
from alliage.hub.programmes.queries import Shelf

MOST_AIDS = 60_000  # estimates that are kept
MOST_ENGINES = 6
_SHUT = frozenset({CLOSED, SUSPENDED})


class Engine:
    """One shelf of programmes on one day."""

    def __init__(self, shelf: Shelf, *, on: date) -> None:
        self.shelf, self.catalogue, self.on = shelf, shelf.catalogue, on
        self.vocabulary = shelf.catalogue.vocabulary
        self.programmes: tuple[Programme, ...] = tuple(shelf.catalogue.programmes.values())
        self.index = ValueIndex.of(self.programmes, vocabulary=self.vocabulary, on=on)
        ids = [programme.id for programme in self.programmes]
        self.at = {id_: place for place, id_ in enumerate(ids)}
        self._questions = QuestionIndex(
            self.index, ids=ids, vocabulary=self.vocabulary, derivations=self.catalogue.derivations
        )
        self._weights = weights_of(self.catalogue)
        self._fresh = [freshness(programme, on=on) for programme in self.programmes]
        self._intakes = [self._same_for_all(programme) for programme in self.programmes]
        self._aid_needs = [_aid_attributes(programme) for programme in self.programmes]
        self._aids: dict[tuple[int, int, tuple[Answer | None, ...]], Aid] = {}
        self._bases: dict[Any, int] = {}
        self._found: OrderedDict[Any, Found] = OrderedDict()
        self._lock = Lock()

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
        decided = self.index.decide(known.answers)
        out = set(self.index.programmes(decided.ineligible))
        maybe = set(self.index.programmes(decided.possible))
        needs = self._needs(known.answers)
        serves = [needs is None or not needs.isdisjoint(p.needs) for p in self.programmes]
        shared = self._shared(known.answers, profile)
        live: list[Result] = []
        shut: list[int] = []
        for place, programme in enumerate(self.programmes):
            if not serves[place] or place in out:
                continue
            intake = self._intake(place, known.answers)
            if intake.state in _SHUT:
                shut.append(place)
                continue
            verdict = Verdict.POSSIBLE if place in maybe else Verdict.ELIGIBLE
            live.append(self._light(programme, verdict, intake, self._aid(place, known.answers, profile, shared)))
        live.sort(key=order)
        return Found(
            engine=self,
            profile=profile,
            known=known,
            live=tuple(live),
            shut=tuple(shut),
            refused=tuple(place for place in range(len(self.programmes)) if serves[place] and place in out),
            hidden=serves.count(False),
        )

    def _light(self, programme: Programme, verdict: Verdict, intake: Intake, aid: Aid) -> Result:
        """A result without its findings: enough to count and to put in order."""
        light = Match(programme, verdict, intake, findings=(), failed=(), missing=(), unsettled=())
        return Result(light, aid, self._fresh[self.at[programme.id]], serves_needs=True)

    def whole(self, place: int, profile: Profile, known: Known) -> Result:
        """The result of one programme with all that explains it."""
        programme, answers = self.programmes[place], known.answers
        match = match_of(programme, findings=find(programme, answers=answers, on=self.on), answers=answers, on=self.on)
        needs = self._needs(answers)
        return Result(
            match,
            self._aid(place, answers, profile, self._shared(answers, profile)),
            self._fresh[place],
            serves_needs=needs is None or not needs.isdisjoint(programme.needs),
        )

    # ------------------------------------------------------------------------------------- what is remembered

    def _needs(self, answers: Answers) -> frozenset[str] | None:
        answer = answers.get(self.vocabulary.roles.needs)
        if not isinstance(answer, Possible):
            return None
        every: frozenset[str] = frozenset().union(*answer.values)
        return every or None

    def _same_for_all(self, programme: Programme) -> Intake | None:
        """The intake on the day, if it is the same for every company."""
        if programme.document["intake"].get("cases"):
            return None
        return intake_on(programme, on=self.on, answers={})

    def _intake(self, place: int, answers: Answers) -> Intake:
        return self._intakes[place] or intake_on(self.programmes[place], on=self.on, answers=answers)

    def _shared(self, answers: Answers, profile: Profile) -> int:
        """What every estimate depends on, as a number."""
        roles = self.vocabulary.roles
        shared = (answers.get(roles.cost), answers.get(roles.needs), profile.lines)
        return self._bases.setdefault(shared, len(self._bases))

    def _aid(self, place: int, answers: Answers, profile: Profile, shared: int) -> Aid:
        """The estimate of one programme; the same answers to what it depends on give the same estimate."""
        key = (place, shared, tuple([answers.get(name) for name in self._aid_needs[place]]))
        known = self._aids.get(key)
        if known is None:
            known = aid_of(
                self.programmes[place], answers=answers, lines=profile.lines, weights=self._weights, on=self.on
            )
            if len(self._aids) >= MOST_AIDS:
                self._aids.clear()
            self._aids[key] = known
        return known

    def ask(self, found: Found, *, skip: frozenset[str]) -> NextQuestion | None:
        """The best question to ask now; ``None`` if no answer can change anything."""
        if skip not in found.questions:
            found.questions[skip] = self._ask(found, skip)
        return found.questions[skip]

    def _ask(self, found: Found, skip: frozenset[str]) -> NextQuestion | None:
        answers, profile = found.known.answers, found.profile
        shared = self._shared(answers, profile)

        def worth(place: int) -> Decimal:
            return self._aid(place, answers, profile, shared).advantage

        places = [self.at[result.match.programme.id] for result in found.live]
        play = Play(self.index.marks(places), worth)
        return self._questions.ask(answers, play, skip=skip | profile.unknown)


def _aid_attributes(programme: Programme) -> tuple[str, ...]:
    conditions: list[Condition | None] = [*programme.tiers.values(), *programme.part_conditions]
    names = {leaf.attribute for condition in conditions if condition for leaf in leaves(condition)}
    return tuple(sorted(names))


@dataclass(frozen=True)
class Found:
    """The results of one profile: those to apply for in order; the others by their places until they are asked for."""

    engine: Engine
    profile: Profile
    known: Known
    live: tuple[Result, ...]
    shut: tuple[int, ...]
    refused: tuple[int, ...]
    hidden: int

    @cached_property
    def eligible(self) -> tuple[Result, ...]:
        """Every condition is met, and an application can be made, as far as is known."""
        return tuple(r for r in self.now if r.match.verdict is Verdict.ELIGIBLE)

    @cached_property
    def possible(self) -> tuple[Result, ...]:
        """Something is missing."""
        return tuple(r for r in self.now if r.match.verdict is Verdict.POSSIBLE)

    @cached_property
    def opening(self) -> tuple[Result, ...]:
        """Not open yet; the day is known."""
        return tuple(r for r in self.live if r.match.intake.state == OPENS_ON)

    @cached_property
    def now(self) -> tuple[Result, ...]:
        """Open, or not known to be shut."""
        return tuple(r for r in self.live if r.match.intake.state != OPENS_ON)

    @cached_property
    def closed(self) -> tuple[Result, ...]:
        """What would fit and takes no application, whole and in order."""
        return tuple(sorted(map(self.whole, self.shut), key=order))

    @cached_property
    def ineligible(self) -> tuple[Result, ...]:
        """What says no, whole and in order."""
        return tuple(sorted(map(self.whole, self.refused), key=order))

    def whole(self, result: Result | int) -> Result:
        """A result with its findings."""
        place = result if isinstance(result, int) else self.engine.at[result.match.programme.id]
        known = self._whole.get(place)
        if known is None:
            known = self._whole[place] = self.engine.whole(place, self.profile, self.known)
        return known

    @cached_property
    def questions(self) -> dict[frozenset[str], NextQuestion | None]:
        """The questions already found, by what was not to be asked."""
        return {}

    @cached_property
    def _whole(self) -> dict[int, Result]:
        return {}

    @cached_property
    def results(self) -> Results:
        """As the core gives them, for what the core does with them; no page makes them in order to show a list."""
        on = self.engine.on
        return Results(
            self.engine.catalogue, self.profile, self.known, on, (*self.live, *self.closed, *self.ineligible)
        )


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
        while len(_engines) > MOST_ENGINES:
            _engines.popitem(last=False)
    return made
