"""One programme for one profile: the verdict, and everything that explains it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from alliage.core.catalogue.intake import Intake, intake_on
from alliage.core.catalogue.programme import Programme
from alliage.core.rules.evaluate import Finding, evaluate, named, responsible_findings
from alliage.core.vocabulary.answers import Answers
from alliage.core.vocabulary.truth import Cause, Truth, every


class Verdict(Enum):
    """Whether the conditions are met. The intake stands beside it and is never mixed in."""

    ELIGIBLE = "eligible"
    POSSIBLE = "possible"
    INELIGIBLE = "ineligible"


_VERDICTS = {
    Truth.TRUE: Verdict.ELIGIBLE,
    Truth.UNKNOWN: Verdict.POSSIBLE,
    Truth.FALSE: Verdict.INELIGIBLE,
}


@dataclass(frozen=True, slots=True)
class Match:
    """The verdict on one programme.

    ``failed`` and ``missing`` name the attributes of the false, respectively unknown, leaves inside top-level
    conditions that are false, respectively unknown; ``unsettled`` those of ``missing`` that only the provider settles.
    """

    programme: Programme
    verdict: Verdict
    intake: Intake
    findings: tuple[Finding, ...]
    failed: tuple[str, ...]
    missing: tuple[str, ...]
    unsettled: tuple[str, ...]


def match_programme(programme: Programme, *, answers: Answers, on: date) -> Match:
    """The verdict on a programme for all that is known of a company (see :func:`.derive`), on a day."""
    return match_of(programme, findings=find(programme, answers=answers, on=on), answers=answers, on=on)


def find(programme: Programme, *, answers: Answers, on: date) -> tuple[Finding, ...]:
    """What the interpreter finds of each top-level condition of a programme."""
    places = programme.vocabulary.places
    return tuple(evaluate(condition, answers=answers, places=places, on=on) for condition in programme.conditions)


def match_of(programme: Programme, *, findings: tuple[Finding, ...], answers: Answers, on: date) -> Match:
    """The match that these findings make, whoever found them."""
    missing = tuple(unique(_named(findings, Truth.UNKNOWN)))
    answerable = set(_answerable(findings))
    return Match(
        programme=programme,
        verdict=_VERDICTS[every(finding.truth for finding in findings)],
        intake=intake_on(programme, on=on, answers=answers),
        findings=findings,
        failed=tuple(unique(_named(findings, Truth.FALSE))),
        missing=missing,
        unsettled=tuple(name for name in missing if name not in answerable),
    )


def _named(findings: tuple[Finding, ...], truth: Truth) -> Iterable[str]:
    """Attributes that make top-level conditions false or unknown."""
    for finding in findings:
        if finding.truth is truth:
            yield from named(finding, truth)


def _answerable(findings: tuple[Finding, ...]) -> Iterable[str]:
    """Attributes of unknown conditions that wait for the company, not for the provider."""
    for finding in findings:
        if finding.truth is Truth.UNKNOWN:
            for leaf in responsible_findings(finding, Truth.UNKNOWN):
                if leaf.cause in (Cause.MISSING, Cause.IMPRECISE):
                    yield leaf.condition.attribute  # type: ignore[union-attr]  # only leaves are responsible


def unique(items: Iterable[str]) -> list[str]:
    """The items once each, in the order first seen."""
    return list(dict.fromkeys(items))
