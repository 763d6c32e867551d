"""A programme's own cases, run through the matcher: does each give the verdict and the reasons written by hand?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.catalogue.programme import Programme
from alliage.core.matching.verdict import Match, Verdict, match_programme
from alliage.core.rules.derivations import derive
from alliage.core.vocabulary.errors import AlliageError, Problem
from alliage.core.vocabulary.profile import read_profile


def case_problems(programme: Programme, *, catalogue: Catalogue, on: date) -> Iterator[Problem]:
    """The cases of a programme that come out otherwise; a case without a day is tried ``on`` this one."""
    where = str(programme.document.get("file", programme.id))
    for index, case in enumerate(programme.document.get("cases", ())):
        yield from _problem(case, f"{where}::cases[{index}]", programme, catalogue, on)


def _problem(
    case: Mapping[str, Any], where: str, programme: Programme, catalogue: Catalogue, on: date
) -> Iterator[Problem]:
    day = date.fromisoformat(case["day"]) if case.get("day") else on
    try:
        profile = read_profile(case["given"], vocabulary=catalogue.vocabulary, name=where)
        known = derive(profile, derivations=catalogue.derivations, vocabulary=catalogue.vocabulary, on=day)
    except AlliageError as error:
        yield from error.problems
        return
    found = match_programme(programme, answers=known.answers, on=day)
    expected = (case["expect"], frozenset(case.get("because", ())))
    if (found.verdict.value, frozenset(reasons(found))) != expected:
        yield Problem("case-verdict", where, _said(found.verdict.value, reasons(found)), _said(*expected))


def reasons(found: Match) -> tuple[str, ...]:
    """The attributes that explain a verdict: what failed, or what is missing."""
    if found.verdict is Verdict.ELIGIBLE:
        return ()
    return found.failed if found.verdict is Verdict.INELIGIBLE else found.missing


def _said(verdict: str, names: tuple[str, ...] | frozenset[str]) -> str:
    return f"{verdict}: {', '.join(sorted(names))}" if names else verdict
