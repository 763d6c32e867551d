"""All that a financing says, as plain data in both languages: its plans, what they rest on, when money moves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from alliage.core.financing.answer_cash import calendar_as_list, cash_as_dict
from alliage.core.financing.answer_plan import PlanAnswer, money, number
from alliage.core.financing.answer_why import WhyAnswer
from alliage.core.financing.financing import Financing
from alliage.core.financing.offers import Outside
from alliage.core.financing.plan import End
from alliage.core.financing.project_lines import Assumption
from alliage.core.financing.shared_time import Seconds
from alliage.core.financing.wording import PlanWords

_NOT_TOLD = frozenset({"ineligible", "other-need", "not-a-programme"})  # matching tells them, with their conditions


def financing_as_dict(financing: Financing, *, seconds: Seconds = None) -> dict[str, Any]:
    """A financing as plain data, with its reasons; amounts are numbers with cents, in ``currency``.

    Each reason is a plan solved again, within ``seconds``. What is absent is not known.
    """
    words = PlanWords(financing)
    why = WhyAnswer(financing, words, seconds=seconds)
    answer = plans_as_dict(financing)
    for end in End:
        answer[end.value]["binding"] = why.binding(end)
    return answer | {"confirmations": why.confirmations(), "left_out": why.left_out()}


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
        "assumptions": [{"code": one.code, "text": words.assumption(one)} for one in _assumptions(financing)]
        + [
            {"code": "unfit", "text": words.phrase("plan_assumptions", "unfit", programme=words.programme(id_))}
            for id_ in sorted(financing.unfit)
        ]
        + [
            {
                "code": "pinned-not-safe",
                "text": words.phrase("plan_assumptions", "pinned-not-safe", programme=words.programme(id_)),
            }
            for id_ in sorted(financing.offered.problem.preferences.pinned - {*financing.safe.used, *financing.unfit})
        ],
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


def _assumptions(financing: Financing) -> Iterator[Assumption]:
    if not financing.known:
        yield Assumption("cost-needed")
    yield from financing.offered.assumptions
    yield Assumption("worth")
