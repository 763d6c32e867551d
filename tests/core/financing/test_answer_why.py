"""Why a plan is as it is, as plain data: what binds, what is left out and what it would take, what to confirm."""

from typing import Any

from alliage.core.financing.answer import financing_as_dict
from alliage.core.financing.wishes import Wishes
from tests.core.financing.test_financing import MAYBE, financing
from tests.core.financing.world import part, programme

CAPPED = part({"rate_at_most": 0.5, "amount": {"at_most": 3000, "per": "project"}})
NOT_WITH = {"not_with": ["better"], "source": "page"}


def why(*documents: Any, **facts: Any) -> dict[str, Any]:
    return financing_as_dict(financing(*documents, **facts))


def told(points: list[dict[str, Any]]) -> list[str]:
    return [point["code"] for point in points]


def test_a_limit_that_binds_is_told_with_what_loosening_it_would_add():
    (cap, *_) = why(programme("one", CAPPED))["safe"]["binding"]
    assert (cap["code"], cap["programme"], cap["source"]["key"]) == ("part-at-most", "one", "page")
    assert cap["text"]["en"] == "one: at most €3,000"
    assert cap["loosening"]["unit"] == "money"
    assert cap["loosening"]["worth"] == cap["loosening"]["by"] * 0.95  # a grant that comes five months later


def test_a_rate_that_binds_is_one_rule_for_all_its_lines():
    binding = why(programme("one"))["safe"]["binding"]
    assert binding[0]["text"]["en"] == "one pays at most 50% of its expenses"
    assert binding[0]["loosening"]["unit"] == "share"


def test_a_programme_left_out_says_the_rule_and_the_best_plan_with_it():
    found = why(programme("better"), programme("worse", part({"rate_at_most": 0.4}), stacking=NOT_WITH))
    (left,) = found["left_out"]
    assert left["programme"] == "worse"
    assert "not-with" in told(left["reasons"])
    assert left["with_it"] == {
        "worth": 4360,
        "difference": -1140,
        "total": 4800,
    }  # 4,800 × 0.95 − 200; 5,500 is the best


def test_a_programme_to_confirm_says_each_condition_that_waits_and_each_doubt():
    found = why(programme("maybe", part(alternatives=["loan"]), **MAYBE))
    (left,) = found["left_out"]
    assert (told(left["reasons"]), left["with_it"]) == (["possible", "ceiling-unknown"], None)
    assert left["reasons"][0]["source"]["key"] == "page"
    (ask,) = found["confirmations"]
    assert told(ask["what"]) == ["possible", "least-form", "ceiling-unknown"]
    assert (ask["worth"], ask["money"], ask["contact"]) == (5500, 6000, {})


def test_what_leaves_no_sure_expense_is_told_as_what_keeps_a_programme_out():
    narrowed = part(narrowed=[{"expenses": ["wells"], "to": {"fr": "x", "en": "x"}, "source": "page"}])
    found = why(programme("some", narrowed))
    assert told(found["left_out"][0]["reasons"]) == ["narrowed", "ceiling-unknown"]
    begun = why(programme("late", part(expenses=["timber"], costs_from="filing")), plan__begun=True)
    assert told(begun["left_out"][0]["reasons"]) == ["begun-lines", "ceiling-unknown"]


def test_a_group_of_conditions_has_the_source_of_its_first():
    asked = {"attribute": "farm.profit", "is": True, "source": "page"}
    found = why(programme("maybe", eligibility={"all": [{"any": [{"all": [asked]}, asked]}]}))
    assert found["left_out"][0]["reasons"][0]["source"]["key"] == "page"


def test_what_was_banned_and_what_needs_it_say_so():
    step = {"text": {"fr": "x", "en": "x"}, "requires": "first", "source": "page"}
    found = why(programme("first"), programme("then", steps=[step]), wishes=Wishes(banned=frozenset({"first"})))
    assert {one["programme"]: told(one["reasons"]) for one in found["left_out"]} == {
        "first": ["banned"],
        "then": ["requires"],
    }


def test_a_programme_that_is_not_worth_its_application_says_so():
    found = why(programme("small", part({"rate_at_most": 0.001})))
    (left,) = found["left_out"]
    assert told(left["reasons"]) == ["not-worth"]
    assert left["with_it"]["difference"] < 0


def test_nothing_to_tell_of_nothing():
    found = why(budget=None)
    assert (found["safe"]["binding"], found["left_out"], found["confirmations"]) == ([], [], [])


def test_a_ceiling_that_is_shown_and_not_relied_on_is_confirmed_as_it_is_shown():
    sure = programme(
        "sure", stacking={"government_at_most": [{"at_most": 1, "source": "page"}], "of": "eligible", "source": "page"}
    )
    shown = {"government_at_most": [{"at_most": 0.75, "source": "page"}], "confidence": "low", "source": "page"}
    found = why(sure, programme("shown", part({"rate_at_most": 0.4}), stacking=shown))
    (ask,) = found["confirmations"]
    assert (ask["programme"], ask["money"]) == ("shown", 3000)  # 75% of 12,000, less the 6,000 of the other
