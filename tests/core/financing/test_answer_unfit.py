"""What the person keeps and cannot have, with the rules in the way; never in silence."""

from __future__ import annotations

from typing import Any

from alliage.core.allowance import Countdown
from alliage.core.financing.answer import financing_as_dict
from alliage.core.financing.answer_why import WhyAnswer
from alliage.core.financing.financing import plan_project
from alliage.core.financing.wishes import Wishes
from alliage.core.financing.wording import PlanWords
from alliage.core.matching.results import match
from tests.core.financing.test_financing import MAYBE, financing
from tests.core.financing.test_real_plans import PLANS
from tests.core.financing.world import part, programme

BOTH = frozenset({"one", "other"})


def unfit(*documents: Any, pinned: frozenset[str] = BOTH, seconds: float = 60.0) -> list[dict[str, Any]]:
    """What is said of the programmes that cannot be kept."""
    plans = financing(*documents, wishes=Wishes(pinned=pinned))
    return WhyAnswer(plans, PlanWords(plans), seconds=Countdown(seconds, clock=lambda: 0.0)).unfit()


def texts(found: dict[str, Any]) -> list[str]:
    return [reason["text"]["en"] for reason in found["reasons"]]


def excluding(*others: str) -> Any:
    return programme("one", part(), stacking={"not_with": list(others), "source": "page"})


def test_a_programme_that_cannot_be_kept_says_which_rule_is_in_the_way_whose_it_is_and_what_to_undo() -> None:
    (found,) = unfit(excluding("other"), programme("other"))
    assert (found["programme"], found["never"], found["unpin"]) == ("other", True, ["other", "one"])
    assert texts(found) == ["one does not combine with other"]
    assert found["undo"]["en"] == "To undo: no longer keep other, or no longer keep: one."


def test_of_several_kept_programmes_only_those_in_conflict_are_to_undo() -> None:
    third = programme("third", part(expenses=["timber"]))
    (found,) = unfit(excluding("other"), programme("other"), third, pinned=BOTH | {"third"})
    assert found["unpin"] == ["other", "one"]


def test_without_time_to_find_the_rule_it_says_so() -> None:
    (found,) = unfit(excluding("other"), programme("other"), seconds=0.0)
    assert texts(found) == ["other: the calculation was stopped before it found the reason"]


def test_a_condition_that_is_not_met_is_told_with_its_source() -> None:
    refused = programme("one", eligibility={"all": [{"attribute": "farm.organic", "is": False, "source": "page"}]})
    (found,) = unfit(refused, pinned=frozenset({"one"}))
    assert (found["never"], found["unpin"]) == (True, ["one"])
    assert [reason["source"]["key"] for reason in found["reasons"]] == ["page"]
    assert "organic" in texts(found)[0].lower()


def test_what_is_shut_is_told_with_the_source_of_its_intake() -> None:
    (found,) = unfit(programme("one", intake={"kind": "closed", "source": "page"}), pinned=frozenset({"one"}))
    assert [(reason["code"], reason["source"]["key"]) for reason in found["reasons"]] == [("closed", "page")]


def test_what_is_still_to_confirm_is_not_said_never_to_enter() -> None:
    (found,) = unfit(programme("one", **MAYBE), pinned=frozenset({"one"}))
    assert (found["never"], found["unpin"]) == (False, ["one"])
    assert found["reasons"]
    assert found["undo"]["en"].startswith("To do: confirm these points")


def test_two_programmes_that_one_safe_plan_cannot_hold_name_the_rule_and_each_other() -> None:
    before = PLANS["fonderie-drummondville"].results
    both = frozenset({"fli", "programme-financement-petites-entreprises"})
    plans = plan_project(match(before.catalogue, before.profile, on=before.on), wishes=Wishes(pinned=both))
    (found,) = financing_as_dict(plans)["unfit"]
    assert set(found["unpin"]) == both
    (rule,) = found["reasons"]
    assert rule["code"] == "ceiling-unknown"
    assert rule["source"]["url"]


def test_a_research_credit_for_a_press_says_why_it_cannot_be_kept() -> None:
    before = PLANS["extrusion-saguenay"].results
    wishes = Wishes(pinned=frozenset({"rsde-federal"}))
    (found,) = financing_as_dict(plan_project(match(before.catalogue, before.profile, on=before.on), wishes=wishes))[
        "unfit"
    ]
    assert found["programme"] == "rsde-federal"
    assert all(reason["text"]["fr"] and reason["text"]["en"] for reason in found["reasons"])


def test_two_programmes_that_may_not_pay_the_same_expense_name_that_rule_and_its_page() -> None:
    """They were said to give too little: each application must bring a dollar, which no source asks for."""
    apart = {"not_on_same_expense": {"programmes": ["other"], "source": "page"}, "source": "page"}
    (found,) = unfit(
        programme("one", part(expenses=["timber"]), stacking=apart), programme("other", part(expenses=["timber"]))
    )
    (reason,) = found["reasons"]
    assert reason["text"]["en"] == "one and other do not pay for the same expense"
    assert reason["source"]["url"] == "https://a.example/"


def test_a_pinned_programme_that_only_takes_room_is_said_to_add_nothing() -> None:
    ceiling = {"government_at_most": [{"at_most": 0.5, "of": "eligible", "source": "page"}], "source": "page"}
    loan = programme("loan", part({"rate_at_most": 0.5}, instrument="loan"), stacking=ceiling)
    plans = financing(loan, programme("grant", stacking=ceiling), wishes=Wishes(pinned=frozenset({"loan"})))
    assert plans.safe.by_offer()["loan"] == 100
    told = {one["code"]: one["text"]["en"] for one in financing_as_dict(plans)["assumptions"]}
    assert "adds nothing" in told["pinned-token"]
    free = financing(programme("grant"), wishes=Wishes(pinned=frozenset({"grant"})))
    assert "pinned-token" not in {one["code"] for one in financing_as_dict(free)["assumptions"]}


def test_a_closed_programme_whose_page_was_not_noted_links_to_its_own() -> None:
    wishes = Wishes(pinned=frozenset({"productivite-innovation"}))
    (found,) = financing_as_dict(plan_project(PLANS["extrusion-saguenay"].results, wishes=wishes))["unfit"]
    assert found["reasons"][0]["code"] == "closed"
    assert found["reasons"][0]["source"]["url"].startswith("https://")
