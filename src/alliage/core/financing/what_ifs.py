"""What if the project cost more, if the company waited, if one answer were another: matched and planned again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_DOWN, ROUND_UP, Decimal

from alliage.core.allowance import Seconds
from alliage.core.financing.financing import Financing, offers_of, plan_project
from alliage.core.financing.plan import End, Plan
from alliage.core.financing.problem import Cents
from alliage.core.financing.solving import solve
from alliage.core.matching.results import Results, match
from alliage.core.vocabulary.answers import Answer, Possible, Span
from alliage.core.vocabulary.profile import Profile


@dataclass(frozen=True, slots=True)
class Difference:
    """What a change does to the safe plan, and to the reachable one: more money, more worth, who comes and who goes."""

    money: Cents
    worth: Cents
    enter: tuple[str, ...]
    leave: tuple[str, ...]


def if_cost(financing: Financing, *, times: Decimal) -> Financing:
    """The plans if each expense cost ``times`` as much, rounded up to the cent. A budget is then the whole cost."""
    results = financing.results
    roles = results.catalogue.vocabulary.roles
    profile = results.profile
    answers = {id_: answer for id_, answer in profile.answers.items() if id_ != roles.cost or not profile.lines}
    for role in (roles.cost, roles.eligible_cost):
        if role is not None and role in answers:
            answers[role] = _scaled(answers[role], times)
    lines = tuple(replace(line, amount=_cents(line.amount * times, ROUND_UP)) for line in profile.lines)
    return _again(financing, replace(profile, answers=answers, lines=lines), results.on)


def if_waiting(financing: Financing, *, until: date) -> Financing:
    """The plans if the company filed on another day."""
    return _again(financing, financing.results.profile, until)


def begun_by_waiting(before: Financing, after: Financing) -> bool:
    """Whether a later day leaves an expense of the budget behind it, so that the project counts as begun."""
    first, then = before.results.on, after.results.on
    return any(one.day and first <= one.day < then for one in after.offered.problem.lines if not one.in_kind)


def if_answered(financing: Financing, *, attribute: str, answer: Answer) -> Financing:
    """The plans if one answer were another (a partner, a place), as read by :func:`.read_answer`.

    Raises:
        AlliageError: ``profile-contradiction``, if it disagrees with another answer.
    """
    profile = financing.results.profile
    answers = {**profile.answers, attribute: answer}
    changed = replace(profile, answers=answers, unknown=profile.unknown - {attribute})
    return _again(financing, changed, financing.results.on)


def safe_if_answered(financing: Financing, *, attribute: str, answer: Answer, seconds: Seconds = None) -> Plan:
    """The safe plan alone, if one answer were another; pins that cannot enter are let go.

    Raises:
        AlliageError: ``profile-contradiction``, if it disagrees with another answer.
    """
    results = financing.results
    profile = replace(results.profile, answers={**results.profile.answers, attribute: answer})
    found = match(results.catalogue, replace(profile, unknown=profile.unknown - {attribute}), on=results.on)
    problem = offers_of(found, wishes=financing.wishes, held=financing.held).offered.safe_problem
    return solve(problem, end=End.SAFE, seconds=seconds)


def differences(before: Financing, after: Financing) -> tuple[Difference | None, Difference | None]:
    """What changed, in the safe plan and in the reachable one; ``None`` where time was over before both were proved."""
    return _difference(before.safe, after.safe), _difference(before.reachable, after.reachable)


def _difference(old: Plan, new: Plan) -> Difference | None:
    if not (old.proof.complete and new.proof.complete):  # else it may be what one of them had no time to find
        return None
    return Difference(
        money=new.total - old.total,
        worth=new.worth - old.worth,
        enter=tuple(id_ for id_ in new.used if id_ not in old.used),
        leave=tuple(id_ for id_ in old.used if id_ not in new.used),
    )


def _again(financing: Financing, profile: Profile, on: date) -> Financing:
    results: Results = match(financing.results.catalogue, profile, on=on)
    return plan_project(results, wishes=financing.wishes, held=financing.held, seconds=financing.seconds)


def _scaled(answer: Answer, times: Decimal) -> Answer:
    if isinstance(answer, Span):
        return Span(*(None if end is None else _cents(Decimal(end) * times) for end in (answer.low, answer.high)))
    assert isinstance(answer, Possible)  # money is an interval or possibilities
    return Possible(frozenset(_cents(Decimal(value) * times) for value in answer.values))


def _cents(amount: Decimal, rounding: str = ROUND_DOWN) -> Decimal:
    return amount.quantize(Decimal("0.01"), rounding=rounding)
