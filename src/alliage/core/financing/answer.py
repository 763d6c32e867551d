"""All that a financing says, as plain data in both languages: its plans, what they rest on, when money moves."""

from __future__ import annotations

from typing import Any

from alliage.core.financing.allowance import Seconds
from alliage.core.financing.answer_assumptions import assumptions_as_list
from alliage.core.financing.answer_cash import calendar_as_list, cash_as_dict
from alliage.core.financing.answer_plan import PlanAnswer
from alliage.core.financing.answer_why import WhyAnswer
from alliage.core.financing.figures import money, number
from alliage.core.financing.financing import Financing
from alliage.core.financing.offers import Outside
from alliage.core.financing.plan import End
from alliage.core.financing.wording import PlanWords

_NOT_TOLD = frozenset({"ineligible", "other-need", "not-a-programme"})  # matching tells them, with their conditions


def financing_as_dict(financing: Financing, *, seconds: Seconds = None) -> dict[str, Any]:
    """A financing as plain data, with its reasons; amounts are numbers with cents, in ``currency``.

    Each reason is a plan solved again, within ``seconds``. What is absent is not known.
    """
    return explained_as_dict(WhyAnswer(financing, PlanWords(financing), seconds=seconds))


def explained_as_dict(why: WhyAnswer) -> dict[str, Any]:
    """The same, from who explains it: ``why.in_time`` then says whether all of it had the time that it needed."""
    answer = plans_as_dict(why.financing)
    for end in End:
        answer[end.value]["binding"] = why.binding(end)
    return answer | {"unfit": why.unfit(), "confirmations": why.confirmations(), "left_out": why.left_out()}


def plans_as_dict(financing: Financing) -> dict[str, Any]:
    """A financing as plain data without its reasons: nothing is solved again."""
    words = PlanWords(financing)
    return {
        "on": financing.results.on.isoformat(),
        "currency": financing.results.catalogue.vocabulary.currency,
        "project": _project(financing, words),
        "preferences": _preferences(financing),
        "safe": PlanAnswer(financing, words, End.SAFE).as_dict(),
        "reachable": PlanAnswer(financing, words, End.REACHABLE).as_dict(),
        "cannot_enter": [_outside(one, words) for one in financing.offered.outside if one.code not in _NOT_TOLD],
        "cash": cash_as_dict(financing, words),
        "calendar": calendar_as_list(financing, words),
        "assumptions": assumptions_as_list(financing, words),
    }


def _project(financing: Financing, words: PlanWords) -> dict[str, Any]:
    problem = financing.offered.problem
    return {
        "cost": money(problem.total),
        "lines": [
            {
                "id": line.id,
                "category": line.category,
                "name": words.name_of(line),
                "amount": money(line.cost),
                "date": line.day.isoformat() if line.day else None,
                "in_kind": line.in_kind,
            }
            for line in problem.lines
        ],
        "assumed_lines": financing.offered.project.assumed,
    }


def _preferences(financing: Financing) -> dict[str, Any]:
    preferences, wishes = financing.offered.problem.preferences, financing.wishes
    return {
        "worth": {kind: number(worth) for kind, worth in sorted(preferences.worth.items())},
        "per_application": money(preferences.per_application),
        "less_debt": number(wishes.less_debt),
        "fewer_files": number(wishes.fewer_files),
        "sooner": number(wishes.sooner),
        "pinned": sorted(wishes.pinned),
        "banned": sorted(wishes.banned),
    }


def _outside(one: Outside, words: PlanWords) -> dict[str, Any]:
    found = one.result.match
    return {
        "programme": found.programme.id,
        "name": dict(found.programme.name),
        "verdict": found.verdict.value,
        "intake": found.intake.state,
        "reason": {"code": one.code, "text": words.reason(one.code)},
    }
