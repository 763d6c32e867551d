"""A whole catalogue for one profile: every match, in the order in which a person should read them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.catalogue.freshness import Freshness, freshness
from alliage.core.catalogue.intake import CLOSED, NOT_KNOWN, OPEN, OPENS_ON, SUSPENDED, Intake
from alliage.core.catalogue.programme import Programme
from alliage.core.matching.aid import Aid, Weights, aid_of
from alliage.core.matching.verdict import Match, Verdict, find, match_of
from alliage.core.rules.derivations import Known, derive
from alliage.core.rules.evaluate import Finding
from alliage.core.vocabulary.answers import Answers, Possible
from alliage.core.vocabulary.profile import Profile

_INTAKE_ORDER = {OPEN: 0, NOT_KNOWN: 0, OPENS_ON: 1, SUSPENDED: 2, CLOSED: 2}
_VERDICT_ORDER = {Verdict.ELIGIBLE: 0, Verdict.POSSIBLE: 1, Verdict.INELIGIBLE: 2}
_CONFIDENCE_ORDER = {"high": 0, "medium": 1, "low": 2}
_UNDATED_MONTHS = 1_000


@dataclass(frozen=True, slots=True)
class Result:
    """A match with what the programme could cover and how old its facts are."""

    match: Match
    aid: Aid
    freshness: Freshness
    serves_needs: bool

    @property
    def closed(self) -> bool:
        """Whether no application is taken, as far as is known."""
        return self.match.intake.state in (CLOSED, SUSPENDED)


@dataclass(frozen=True)
class Results:
    """All programmes of a catalogue for one profile on one day, in order; ``shown`` keeps those of the chosen needs."""

    catalogue: Catalogue
    profile: Profile
    known: Known
    on: date
    results: tuple[Result, ...]

    @property
    def shown(self) -> tuple[Result, ...]:
        """The results that serve at least one of the needs of the project, or all if none was given."""
        return tuple(result for result in self.results if result.serves_needs)

    @property
    def hidden(self) -> int:
        """How many programmes the needs hide."""
        return len(self.results) - len(self.shown)

    def result(self, id_: str) -> Result:
        """The result of a programme, by its id or a former one.

        Raises:
            AlliageError: ``programme-unknown``.
        """
        wanted = self.catalogue.programme(id_).id
        return next(result for result in self.results if result.match.programme.id == wanted)


Finder: TypeAlias = Callable[[Answers], Sequence[tuple[Finding, ...]]]


def match(catalogue: Catalogue, profile: Profile, *, on: date, finder: Finder | None = None) -> Results:
    """Every programme of a catalogue for one profile, on a day.

    ``finder`` may be a :meth:`.ValueIndex.findings` built once for many profiles: the same findings, sooner.

    Raises:
        AlliageError: ``profile-contradiction``, if the answers disagree with each other.
    """
    known = derive(profile, derivations=catalogue.derivations, vocabulary=catalogue.vocabulary, on=on)
    programmes = list(catalogue.programmes.values())
    found = finder(known.answers) if finder else [find(p, answers=known.answers, on=on) for p in programmes]
    needs = _needs(catalogue, known)
    results = [
        _result(
            match_of(programme, findings=findings, answers=known.answers, on=on),
            catalogue,
            profile,
            known,
            on,
            needs,
        )
        for programme, findings in zip(programmes, found, strict=True)
    ]
    return Results(catalogue, profile, known, on, tuple(sorted(results, key=order)))


def _result(
    found: Match, catalogue: Catalogue, profile: Profile, known: Known, on: date, needs: frozenset[str] | None
) -> Result:
    programme = found.programme
    aid = aid_of(programme, answers=known.answers, lines=profile.lines, weights=weights_of(catalogue), on=on)
    serves = needs is None or not needs.isdisjoint(programme.needs)
    return Result(found, aid, freshness(programme, on=on), serves)


def _needs(catalogue: Catalogue, known: Known) -> frozenset[str] | None:
    """The needs that a project may have; ``None`` if they were not said."""
    answer = known.answers.get(catalogue.vocabulary.roles.needs)
    if not isinstance(answer, Possible):
        return None
    every: frozenset[str] = frozenset().union(*answer.values)
    return every or None


def order(result: Result) -> tuple[Any, ...]:
    """The place of a result among the others.

    Open or not known (eligible, then possible), then opening soon, closed last; the ineligible after all. Within each:
    what the programme is worth to this project, then certainty, then freshness. What is not a programme, what has no
    condition of its own, and what admits none of the project's expenses come last of their kind.
    """
    found = result.match
    return (
        found.verdict is Verdict.INELIGIBLE,
        intake_rank(found.intake),
        _VERDICT_ORDER[found.verdict],
        *worth_order(found.programme, result.aid, result.freshness),
    )


def worth_order(programme: Programme, aid: Aid, fresh: Freshness) -> tuple[Any, ...]:
    """The place of a programme among those of the same intake and verdict, whatever these are."""
    return (
        programme.kind != "programme" or programme.nothing_read,
        aid.at_most == 0,
        -aid.advantage,
        _CONFIDENCE_ORDER[programme.confidence],
        _UNDATED_MONTHS if fresh.months is None else fresh.months,
        programme.id,
    )


def intake_rank(intake: Intake) -> int:
    """Open or not known first; what was last seen closed comes with what opens later."""
    last_seen = (intake.last_seen or {}).get("state")
    if intake.state == NOT_KNOWN and last_seen in (CLOSED, SUSPENDED):
        return _INTAKE_ORDER[OPENS_ON]
    return _INTAKE_ORDER[intake.state]


def weights_of(catalogue: Catalogue) -> Weights:
    """The estimates of a pack that order results."""
    manifest = catalogue.raw["manifest"]
    main = {need: frozenset(expenses) for need, expenses in manifest.get("main_expenses", {}).items()}
    return Weights(manifest["advantage"], manifest.get("advantage_paid_to_others", 1), main)


def counts(results: Iterable[Result]) -> Mapping[Verdict, int]:
    """How many of each verdict."""
    tally = dict.fromkeys(Verdict, 0)
    for result in results:
        tally[result.match.verdict] += 1
    return tally
