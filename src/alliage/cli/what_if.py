"""``--what-if``: the plans of another cost, another day or another answer, beside those of the profile."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from alliage.cli.opening import typed_day
from alliage.cli.words import Words
from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.financing.financing import Financing
from alliage.core.financing.what_ifs import Difference, begun_by_waiting, differences, if_answered, if_cost, if_waiting
from alliage.core.matching.aid import highest
from alliage.core.rules.wording import LANGUAGES
from alliage.core.vocabulary.answers import Answer
from alliage.core.vocabulary.errors import AlliageError, Problem, shown

OPTION = "--what-if"
EXPECTED = "cost+10; on=2027-04-01; project.started=true"
LEAST_COST = "cost-99 … cost+999"
_COST = re.compile(r"cost\s*([+-])\s*(\d{1,3})\s*%?")
_DAY = re.compile(r"on\s*=\s*(\d{4}-\d{2}-\d{2})")
_ANSWER = re.compile(r"(company|project|[a-z]+)\.([a-z][a-z0-9_]*)\s*=\s*(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Supposed:
    """What was supposed, as it was typed, and what it changes in the safe plan and in the reachable one."""

    asked: str
    safe: Difference | None
    reachable: Difference | None
    begun: bool = False  # the day is after an expense of the budget


def suppose(asked: Sequence[str], *, financing: Financing, words: Words) -> list[Supposed]:
    """What each supposition changes, one by one.

    Raises:
        AlliageError: ``what-if-form``, or what is wrong with an answer (``profile-…``) or an amount (``plan-…``).
    """
    found = [(one, _planned(one, financing, words)) for one in asked]
    return [Supposed(one, *differences(financing, then), begun_by_waiting(financing, then)) for one, then in found]


def supposed_plain(supposed: Sequence[Supposed], *, catalogue: Catalogue) -> list[dict[str, Any]]:
    """Suppositions as plain data."""
    return [
        {
            "asked": one.asked,
            "safe": _plain(one.safe, catalogue),
            "reachable": _plain(one.reachable, catalogue),
            "begun": one.begun,
        }
        for one in supposed
    ]


def _plain(difference: Difference | None, catalogue: Catalogue) -> dict[str, Any] | None:
    if difference is None:
        return None

    def named(ids: Sequence[str]) -> list[dict[str, Any]]:
        names = {id_: catalogue.programme(id_).name for id_ in ids}
        return [{"programme": id_, "name": {lang: name[lang] for lang in LANGUAGES}} for id_, name in names.items()]

    return {
        "money": difference.money / 100,
        "worth": difference.worth / 100,
        "enter": named(difference.enter),
        "leave": named(difference.leave),
    }


def _planned(asked: str, financing: Financing, words: Words) -> Financing:
    typed = asked.strip()
    if cost := _COST.fullmatch(typed):
        percent = int(cost[2]) * (1 if cost[1] == "+" else -1)
        if percent <= -100:
            raise AlliageError([Problem("what-if-form", OPTION, shown(asked), LEAST_COST)])
        return if_cost(financing, times=Decimal(100 + percent) / 100)
    if day := _DAY.fullmatch(typed):
        return if_waiting(financing, until=typed_day(day[1], option=OPTION))
    if answer := _ANSWER.fullmatch(typed):
        name = f"{answer[1]}.{answer[2]}"
        given = _answer(answer, financing.results.catalogue, words)
        try:
            return if_answered(financing, attribute=name, answer=given)
        except AlliageError as error:
            raise AlliageError([_of_option(one, typed, name, given, financing) for one in error.problems]) from None
    raise AlliageError([Problem("what-if-form", OPTION, shown(asked), EXPECTED)])


def _of_option(problem: Problem, typed: str, name: str, given: Answer, financing: Financing) -> Problem:
    """What is wrong with an answer, where it was typed; a cost that the budget contradicts is supposed in percent."""
    if problem.code != "profile-contradiction":
        return problem
    expected, roles, total = problem.expected, financing.results.catalogue.vocabulary.roles, financing.offered.problem
    cost = highest(given) if name == roles.cost else None
    if cost is not None and total.total:
        percent = round((Decimal(cost) * 100 / total.total - 1) * 100)
        if -100 < percent < 1000:
            expected = f"cost{percent:+d} ({roles.lines})"
    return replace(problem, where=OPTION, found=shown(typed), expected=expected)


def _answer(typed: re.Match[str], catalogue: Catalogue, words: Words) -> Answer:
    """The answer, read as a profile that would hold it alone."""
    from alliage.cli.explaining import explained
    from alliage.core.vocabulary.profile import read_profile
    from alliage.core.vocabulary.yaml_files import parse_yaml

    scope, short, value = typed.groups()
    raw = {scope: {short: parse_yaml(value.encode(), name=OPTION)}}
    try:
        profile = read_profile(raw, vocabulary=catalogue.vocabulary, name=OPTION)
    except AlliageError as error:
        raise explained(error, catalogue=catalogue, words=words) from None
    found = profile.answers.get(f"{scope}.{short}")
    if found is None:  # "unknown", or the budget itself
        raise AlliageError([Problem("what-if-form", OPTION, shown(typed[0]), EXPECTED)])
    return found
