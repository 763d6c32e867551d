"""The two plans of a project, pins and bans, and what a change does to them."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from alliage.core.financing.checker import broken
from alliage.core.financing.financing import Financing, plan_project
from alliage.core.financing.plan import End
from alliage.core.financing.what_ifs import differences, if_answered, if_cost, if_waiting
from alliage.core.financing.wishes import Wishes
from alliage.core.matching.results import match
from alliage.core.vocabulary.errors import AlliageError
from tests import invented
from tests.core.financing.world import BUDGET, FARM, catalogue, part, programme

MAYBE = {"eligibility": {"all": [{"attribute": "farm.profit", "is": True, "source": "page"}]}}
LATER = {"intake": {"kind": "window", "windows": [{"from": "2027-03-01", "to": "2027-08-31"}], "source": "page"}}


def financing(*documents: Any, budget: Any = BUDGET, wishes: Wishes | None = None, **given: Any) -> Financing:
    answers: dict[str, Any] = {**FARM, **{name.replace("__", "."): value for name, value in given.items()}}
    if budget is not None:
        answers["plan.budget"] = list(budget)
    return plan_project(match(catalogue(*documents), invented.profile(answers), on=invented.TODAY), wishes=wishes)


def paid(found: Financing, end: End = End.SAFE) -> dict[str, int]:
    return {id_: cents // 100 for id_, cents in found.plan(end).by_offer().items()}


def test_what_is_sure_is_in_the_safe_plan_and_what_must_be_confirmed_in_the_reachable_one():
    found = financing(programme("sure"), programme("maybe", part(expenses=["timber"]), **MAYBE))
    assert paid(found) == {"sure": 6000}
    assert paid(found, End.REACHABLE) == {"maybe": 3000, "sure": 6000}
    assert found.known


def test_a_ceiling_that_is_not_relied_on_leaves_no_other_aid_in_the_safe_plan():
    low = {"government_at_most": [{"at_most": 0.75, "source": "page"}], "confidence": "low", "source": "page"}
    stated = {"government_at_most": [{"at_most": 0.9, "source": "page"}], "source": "page"}
    found = financing(programme("low", part(), stacking=low), programme("stated", part(), stacking=stated))
    assert sum(paid(found).values()) == 6000
    assert sum(paid(found, End.REACHABLE).values()) == 9000


def test_nothing_to_finance_and_nothing_eligible_give_empty_plans():
    nothing = financing(programme("sure"), budget=None, plan__aims=["schooling"])
    assert (nothing.known, nothing.safe.total, nothing.reachable.total) == (False, 0, 0)
    nobody = financing(programme("closed", intake={"kind": "closed", "source": "page"}))
    assert (nobody.known, nobody.safe.used, nobody.safe.proof.gap) == (True, (), 0)


def test_a_pin_enters_a_ban_leaves_and_a_pin_that_cannot_enter_is_told():
    two = (
        programme("one", part({"rate_at_most": 0.2})),
        programme("two", part(), stacking={"not_with": ["one"], "source": "page"}),
    )
    assert paid(financing(*two)) == {"two": 6000}
    assert paid(financing(*two, wishes=Wishes(pinned=frozenset({"one"})))) == {"one": 2400}
    assert paid(financing(*two, wishes=Wishes(banned=frozenset({"two"})))) == {"one": 2400}
    shut = programme("shut", intake={"kind": "closed", "source": "page"})
    found = financing(two[0], shut, wishes=Wishes(pinned=frozenset({"shut"})))
    assert (found.unfit, paid(found)) == ({"shut"}, {"one": 2400})


def test_a_pin_that_is_banned_is_refused():
    both = frozenset({"one"})
    with pytest.raises(AlliageError) as refusal:
        financing(programme("one"), wishes=Wishes(pinned=both, banned=both))
    assert refusal.value.problems[0].code == "plan-pinned-banned"


def test_less_debt_leaves_loans_out():
    loan = programme("loan", part(instrument="loan"))
    assert paid(financing(loan)) == {"loan": 6000}
    assert paid(financing(loan, wishes=Wishes(less_debt=Fraction(1)))) == {}


def test_a_dearer_project_is_matched_and_planned_again():
    before = financing(programme("one"), plan__cost=22000)
    after = if_cost(before, times=Decimal("1.1"))
    assert after.offered.problem.total == 2420000
    assert paid(after) == {"one": 6600}
    safe, _ = differences(before, after)
    assert (safe.money, safe.enter, safe.leave) == (60000, (), ())


def test_a_dearer_project_without_a_budget_has_a_dearer_line():
    before = financing(programme("one"), budget=None, plan__cost={"from": 10000, "to": 20000}, plan__aims=["water"])
    assert if_cost(before, times=Decimal("1.1")).offered.problem.total == 1100000
    either = financing(programme("one"), budget=None, plan__cost={"one_of": [10000, 20000]}, plan__aims=["water"])
    assert if_cost(either, times=Decimal(2)).offered.problem.total == 2000000


def test_what_is_supposed_has_the_time_that_the_plans_had():
    before = plan_project(financing(programme("one")).results, seconds=30)
    assert if_cost(before, times=Decimal(2)).seconds == if_waiting(before, until=invented.TODAY).seconds == 30


def test_a_plan_that_was_not_proved_in_time_is_not_compared():
    whole = financing(programme("one"))
    late = plan_project(whole.results, seconds=0)
    assert (late.safe.proof.complete, whole.safe.proof.complete) == (False, True)
    assert differences(whole, late) == differences(late, whole) == (None, None)
    assert all(differences(whole, whole))


def test_waiting_opens_what_opens_later():
    before = financing(programme("later", part(), **LATER))
    after = if_waiting(before, until=date(2027, 3, 1))
    safe, reachable = differences(before, after)
    assert (paid(before), paid(after)) == ({}, {"later": 6000})
    assert (safe.enter, reachable.enter, differences(after, before)[0].leave) == (("later",), (), ("later",))


def test_another_answer_makes_sure_what_had_to_be_confirmed():
    before = financing(programme("maybe", part(), **MAYBE))
    yes = invented.profile({"farm.profit": True}).answers["farm.profit"]
    after = if_answered(before, attribute="farm.profit", answer=yes)
    assert (paid(before), paid(after)) == ({}, {"maybe": 6000})


@pytest.mark.parametrize("end", list(End))
def test_a_plan_breaks_no_rule_of_its_problem(end: End):
    found = financing(programme("one", part({"rate_at_most": 0.5, "amount": {"at_most": 3000, "per": "year"}})))
    assert broken(found.problem(end), found.plan(end)) == ()
