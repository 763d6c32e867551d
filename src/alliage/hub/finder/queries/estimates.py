"""What programmes could cover, remembered: the same answers to what an estimate depends on give the same estimate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import count
from typing import Any, NamedTuple

from alliage.core.catalogue.freshness import Freshness
from alliage.core.catalogue.programme import Programme
from alliage.core.matching.aid import Aid, Weights, aid_of
from alliage.core.matching.results import worth_order
from alliage.core.rules.condition import leaves
from alliage.core.vocabulary.answers import Answers
from alliage.core.vocabulary.profile import ExpenseLine, Profile

MOST_AIDS = 60_000  # estimates that are kept
MOST_VERSIONS = 20_000  # different answers that are kept


class Estimate(NamedTuple):
    """What one programme could cover, and its place among those of the same verdict."""

    aid: Aid
    order: tuple[Any, ...]


class Estimates:
    """The estimates of a list of programmes, on one day.

    Programmes that look at the same attributes are one group: answers are told apart once for the group, by a number.
    """

    def __init__(
        self, programmes: Sequence[Programme], *, freshness: Sequence[Freshness], weights: Weights, on: date
    ) -> None:
        self._programmes, self._freshness, self._weights, self._on = programmes, freshness, weights, on
        looked_at = [_attributes(programme) for programme in programmes]
        self._groups = list(dict.fromkeys(looked_at))
        self._group = [self._groups.index(names) for names in looked_at]
        self._versions: dict[Any, int] = {}
        self._made: dict[tuple[int, int], Estimate] = {}
        self._numbers = count()  # never given twice: what was made for forgotten answers is not taken for another

    def of(self, profile: Profile, answers: Answers) -> ProfileEstimates:
        """The estimates for one profile; ``answers`` are all that is known from it."""
        if len(self._versions) >= MOST_VERSIONS:
            self._versions.clear()
        return ProfileEstimates(self, self._versions_of(profile, answers), answers, profile.lines)

    def _versions_of(self, profile: Profile, answers: Answers) -> list[int]:
        """For each programme, the number of the answers that its estimate depends on."""
        if not self._programmes:
            return []
        roles = self._programmes[0].vocabulary.roles
        always = [roles.cost, roles.needs, *filter(None, (roles.eligible_cost, roles.persons))]
        shared = self._version((*map(answers.get, always), profile.lines))
        versions = [self._version((shared, names, *map(answers.get, names))) for names in self._groups]
        return [versions[group] for group in self._group]

    def _version(self, depends_on: tuple[Any, ...]) -> int:
        return self._versions.setdefault(depends_on, next(self._numbers))

    def estimate(self, at: int, version: int, answers: Answers, lines: tuple[ExpenseLine, ...]) -> Estimate:
        """The estimate of one programme, made if it is not known."""
        known = self._made.get((at, version))
        if known is None:
            programme = self._programmes[at]
            aid = aid_of(programme, answers=answers, lines=lines, weights=self._weights, on=self._on)
            if len(self._made) >= MOST_AIDS:
                self._made.clear()
            known = self._made[at, version] = Estimate(aid, worth_order(programme, aid, self._freshness[at]))
        return known


class ProfileEstimates:
    """What each programme could cover for one profile."""

    def __init__(
        self, estimates: Estimates, versions: Sequence[int], answers: Answers, lines: tuple[ExpenseLine, ...]
    ) -> None:
        self._estimates, self._versions, self._answers, self._lines = estimates, versions, answers, lines

    def __getitem__(self, at: int) -> Estimate:
        return self._estimates.estimate(at, self._versions[at], self._answers, self._lines)


def _attributes(programme: Programme) -> tuple[str, ...]:
    """What the estimate of a programme looks at, beyond what all look at."""
    conditions = [*programme.tiers.values(), *programme.part_conditions]
    return tuple(sorted({leaf.attribute for condition in conditions if condition for leaf in leaves(condition)}))
