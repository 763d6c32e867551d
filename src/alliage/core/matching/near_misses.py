"""Near misses: the cheapest set of honest changes that would turn a no into a yes, or into "something is missing".

Only attributes that the vocabulary marks with a ``change`` are touched: timing, partners, size of the project, applying
before starting. Never what a company may not game: its legal form, its region, its owners. Nor is anything asked for a
programme that would then cover nothing of the project's budget.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations, product
from typing import Any

from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.catalogue.programme import Programme
from alliage.core.matching.aid import aid_of
from alliage.core.matching.results import weights_of
from alliage.core.matching.verdict import Match, Verdict, match_programme, unique
from alliage.core.rules.condition import Leaf, leaves
from alliage.core.rules.derivations import Known, derive
from alliage.core.rules.evaluate import Finding, evaluate, responsible
from alliage.core.vocabulary.answers import Answer, Answers, Possible, Span
from alliage.core.vocabulary.attributes import Attribute
from alliage.core.vocabulary.errors import AlliageError
from alliage.core.vocabulary.profile import Profile
from alliage.core.vocabulary.truth import Truth

MOST_CHANGES = 3
MOST_COMBINATIONS = 400
NEAR = 2  # a number may at most be doubled or halved: beyond, it is another project, not a near miss


@dataclass(frozen=True, slots=True)
class ChangeOfAnswer:
    """One answer to change, and into what."""

    attribute: str
    now: Answer | None
    then: Answer


@dataclass(frozen=True, slots=True)
class NearMiss:
    """Changes that together lift every refusal of a programme. ``effort`` adds theirs; ``verdict`` is what follows."""

    changes: tuple[ChangeOfAnswer, ...]
    effort: int
    verdict: Verdict


def near_misses(
    found: Match, *, catalogue: Catalogue, profile: Profile, known: Known, on: date
) -> tuple[NearMiss, ...]:
    """The cheapest near miss of an ineligible programme, and the others of the same effort; none if there is none."""
    if found.verdict is not Verdict.INELIGIBLE:
        return ()
    search = _Search(found.programme, catalogue, profile, known.answers, on)
    failing = [finding for finding in found.findings if finding.truth is Truth.FALSE]
    if not all(search.changeable(finding) for finding in failing):
        return ()
    return tuple(search.cheapest(failing))


class _Search:
    """The search for changes in one programme: small sets of attributes, values at the programme's own limits."""

    def __init__(
        self, programme: Programme, catalogue: Catalogue, profile: Profile, answers: Answers, on: date
    ) -> None:
        self.programme, self.catalogue, self.profile, self.answers, self.on = (
            programme,
            catalogue,
            profile,
            answers,
            on,
        )
        self.attributes = catalogue.vocabulary.attributes

    def changeable(self, finding: Finding) -> list[str]:
        """The attributes whose honest change could lift one refusal."""
        names = unique(leaf.attribute for leaf in responsible(finding, Truth.FALSE))
        return [name for name in names if self.attributes[name].change]

    def cheapest(self, failing: list[Finding]) -> list[NearMiss]:
        names = unique(name for finding in failing for name in self.changeable(finding))
        best: list[NearMiss] = []
        for group in self._groups(names):
            if best and self._effort(group) > best[0].effort:
                break
            found = self._first_that_lifts(group)
            if found:
                best.append(found)
        return best

    def _groups(self, names: list[str]) -> list[tuple[str, ...]]:
        groups = [group for size in range(1, MOST_CHANGES + 1) for group in combinations(names, size)]
        return sorted(groups, key=lambda group: (self._effort(group), len(group)))

    def _effort(self, names: tuple[str, ...]) -> int:
        return sum(change.effort for name in names if (change := self.attributes[name].change))

    def _first_that_lifts(self, names: tuple[str, ...]) -> NearMiss | None:
        candidates = [self._candidates(self.attributes[name]) for name in names]
        for count, values in enumerate(product(*candidates)):
            if count >= MOST_COMBINATIONS:
                return None
            changed = dict(zip(names, values, strict=True))
            if self._lifts({**self.answers, **changed}):
                verdict = self._verdict(changed)
                if verdict is not None:
                    return self._near_miss(changed, verdict)
        return None

    def _near_miss(self, changed: Answers, verdict: Verdict) -> NearMiss:
        changes = tuple(ChangeOfAnswer(name, self.answers.get(name), value) for name, value in changed.items())
        return NearMiss(changes, self._effort(tuple(changed)), verdict)

    def _lifts(self, answers: Answers) -> bool:
        places = self.catalogue.vocabulary.places
        conditions = self.programme.conditions
        found = (evaluate(c, answers=answers, places=places, on=self.on).truth for c in conditions)
        return all(truth is not Truth.FALSE for truth in found)

    def _verdict(self, changed: Answers) -> Verdict | None:
        """What the whole profile gives once changed; ``None`` if it lifts nothing, or would pay nothing."""
        profile = changed_profile(self.profile, changed, catalogue=self.catalogue)
        try:
            known = derive(
                profile,
                derivations=self.catalogue.derivations,
                vocabulary=self.catalogue.vocabulary,
                on=self.on,
            )
        except AlliageError:
            return None
        verdict = match_programme(self.programme, answers=known.answers, on=self.on).verdict
        return None if verdict is Verdict.INELIGIBLE or self._pays_nothing(profile, known) else verdict

    def _pays_nothing(self, profile: Profile, known: Known) -> bool:
        """Whether the budget holds no expense that the programme admits: what it asks would be done for nothing."""
        weights = weights_of(self.catalogue)
        aid = aid_of(self.programme, answers=known.answers, lines=profile.lines, weights=weights, on=self.on)
        return aid.at_most == 0

    def _candidates(self, attribute: Attribute) -> list[Answer]:
        """Answers at the limits that the programme's own conditions name, the nearest first."""
        named = [leaf for c in self.programme.conditions for leaf in leaves(c) if leaf.attribute == attribute.id]
        found = unique_answers(answer for leaf in named for answer in _at_limit(leaf, attribute, self.answers))
        if attribute.ordered:
            now = self.answers.get(attribute.id)
            return sorted((a for a in found if _is_near(a, now)), key=lambda answer: _distance(answer, now))
        return found


def changed_profile(profile: Profile, changed: Mapping[str, Answer], *, catalogue: Catalogue) -> Profile:
    """A profile with other answers; an upper answer gives way to a lower one that passes it, the budget to a cost.

    Only an upper answer that may honestly change gives way: the profile is a contradiction otherwise.
    """
    answers = {**profile.answers, **changed}
    for bound in catalogue.derivations.bounds:
        lower, upper = changed.get(bound.lower), answers.get(bound.upper)
        may_give_way = bound.upper not in changed and catalogue.vocabulary.attributes[bound.upper].change is not None
        if may_give_way and _passes(lower, upper):
            assert isinstance(lower, Span)
            answers[bound.upper] = Span(lower.low, lower.low)
    lines = (
        profile.lines
        if answers.get(catalogue.vocabulary.roles.cost) == profile.answers.get(catalogue.vocabulary.roles.cost)
        else ()
    )
    return Profile(answers, lines, profile.unknown - changed.keys())


def _passes(lower: Answer | None, upper: Answer | None) -> bool:
    """Whether a lower answer is above the highest of its upper one."""
    if not isinstance(lower, Span) or not isinstance(upper, Span):
        return False
    return None not in (lower.low, upper.high) and bool(upper.high < lower.low)


def unique_answers(items: Iterator[Answer]) -> list[Answer]:
    """The answers once each, in order."""
    return list(dict.fromkeys(items))


def _at_limit(leaf: Leaf, attribute: Attribute, answers: Answers) -> Iterator[Answer]:
    """Answers that satisfy a leaf, and its opposite, as close as possible to its limit."""
    if attribute.ordered:
        step = 1 if attribute.type == "count" else Decimal("0.01")
        for value in (leaf.operand, leaf.operand + step, leaf.operand - step) if attribute.type != "date" else ():
            if not attribute.limits or attribute.limits[0] <= value <= attribute.limits[1]:
                yield Span(value, value)
    elif attribute.type == "flag":
        yield Possible(frozenset({leaf.operand}))
        yield Possible(frozenset({not leaf.operand}))
    elif attribute.type == "choices":
        yield from _choices(leaf, answers.get(attribute.id))
    elif attribute.type == "choice":
        wanted = leaf.operand if leaf.operator == "one_of" else set(attribute.values or ()) - set(leaf.operand)
        yield from (Possible(frozenset({value})) for value in sorted(wanted))


def _choices(leaf: Leaf, now: Answer | None) -> Iterator[Answer]:
    """The present choices with one more, with all that is asked, or without what is refused."""
    current: frozenset[str] = next(iter(now.values)) if isinstance(now, Possible) else frozenset()
    if leaf.operator == "any_of":
        yield from (Possible(frozenset({current | {value}})) for value in leaf.operand)
    elif leaf.operator == "all_of":
        yield Possible(frozenset({current | set(leaf.operand)}))
    else:
        yield Possible(frozenset({current - set(leaf.operand)}))


def _is_near(answer: Answer, now: Answer | None) -> bool:
    """Whether a number is in reach of the present one: at most :data:`NEAR` times more or less, or one unit away."""
    assert isinstance(answer, Span)
    if not isinstance(now, Span) or not isinstance(answer.low, int | Decimal):
        return True
    reach = [end for end in (now.low, now.high) if end is not None]
    return not reach or any(end <= answer.low * NEAR and answer.low <= max(end * NEAR, end + 1) for end in reach)


def _distance(answer: Answer, now: Answer | None) -> tuple[int, Any]:
    """How far a number is from the present one; numbers with an unknown present come in order."""
    assert isinstance(answer, Span)
    if isinstance(now, Span) and now.low is not None:
        return (0, abs(answer.low - now.low))
    if isinstance(now, Span) and now.high is not None:
        return (0, abs(answer.low - now.high))
    return (1, answer.low)
