"""Results: the verdict beside the intake, the names of what failed or is missing, the order, the needs."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from alliage.core.catalogue.freshness import Freshness
from alliage.core.catalogue.intake import Intake
from alliage.core.matching.aid import Aid
from alliage.core.matching.results import Result, counts, order, weights_of
from alliage.core.matching.verdict import Verdict, match_programme
from alliage.core.vocabulary.errors import AlliageError
from tests import invented
from tests.invented import TODAY, results

AVELLE = {"farm.sites": "av-ost"}


def ids(found: Any) -> list[str]:
    return [result.match.programme.id for result in found]


def seen(id_: str, given: Mapping[str, Any], *, on: date = TODAY) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    found = results({**AVELLE, **given}, on=on).result(id_).match
    return found.verdict.value, found.failed, found.missing


def test_a_programme_is_eligible_possible_or_ineligible_with_the_reason():
    well = {"farm.form": "family", "farm.hands": 12, "plan.begun": False}
    assert seen("well-grant", well) == ("eligible", (), ())
    assert seen("well-grant", {**well, "plan.begun": True}) == ("ineligible", ("plan.begun",), ())
    assert seen("well-grant", {"farm.form": "family", "plan.begun": False}) == ("possible", (), ("farm.hands",))
    assert seen("well-grant", {"farm.form": "abbey", "farm.hands": 99}) == (
        "ineligible",
        ("farm.hands", "farm.form"),
        ("plan.begun",),
    )


def test_an_attribute_is_named_once():
    assert seen("wool-prize", {"farm.guilds": []})[2].count("plan.own_share") == 1


def test_what_only_the_provider_can_settle_is_told_apart():
    found = results({**AVELLE, "farm.hands": 25}).result("north-shed").match
    assert found.verdict is Verdict.INELIGIBLE  # the shed is not for Ostrel
    found = results({"farm.sites": "av-brume", "farm.hands": 25}).result("north-shed").match
    assert (found.verdict, found.missing, found.unsettled) == (Verdict.POSSIBLE, ("farm.hands",), ("farm.hands",))
    found = results({"farm.sites": "av-brume"}).result("north-shed").match
    assert (found.missing, found.unsettled) == (("farm.hands",), ())
    found = results({"farm.sites": "av-lune", "farm.founded": "2000-01-01"}).result("salt-fund").match
    assert found.unsettled == ("farm.sites",)
    assert set(found.missing) == {"farm.sites", "plan.first_day", "plan.last_day"}


def test_an_attribute_is_not_unsettled_if_an_answer_could_still_help_elsewhere():
    found = results({**AVELLE, "plan.cost": 5}, on=date(2026, 11, 26)).result("seed-chest").match
    assert (found.missing, found.unsettled) == (("farm.turnover",), ())
    found = results({**AVELLE, "plan.cost": 5, "farm.turnover": 5}).result("seed-chest").match
    assert found.unsettled == ("farm.turnover",)


def test_what_the_company_has_not_said_is_never_left_to_the_provider():
    """Even where no answer can settle the condition alone: the provider will ask the company too."""
    organic = {"attribute": "farm.organic", "is": True, "source": "page"}
    former = {"attribute": "plan.begun", "is": False, "source": "page", "holds": {"to": "2025-12-31"}}
    for group in ("any", "readings"):
        programme = invented.programme(eligibility={"all": [{group: [organic, former]}]})
        answers = invented.profile(AVELLE).answers
        found = match_programme(programme, answers=answers, on=TODAY)
        assert (found.missing, found.unsettled) == (("farm.organic", "plan.begun"), ("plan.begun",))
        answers = invented.profile({**AVELLE, "farm.organic": False}).answers
        found = match_programme(programme, answers=answers, on=TODAY)
        assert (found.missing, found.unsettled) == (("plan.begun",), ("plan.begun",))


def test_the_verdict_stands_beside_the_intake():
    given = {**AVELLE, "farm.form": "family", "farm.hands": 12, "plan.begun": False}
    for on, state in ((date(2026, 8, 31), "open"), (date(2026, 9, 1), "opens-on"), (date(2028, 1, 1), "closed")):
        result = results(given, on=on).result("well-grant")
        assert (result.match.verdict, result.match.intake.state) == (Verdict.ELIGIBLE, state)
        assert result.closed == (state == "closed")


def test_no_condition_read_is_eligible():
    assert seen("open-hand", {}) == ("eligible", (), ())


def test_a_single_programme_can_be_matched_alone():
    programme = invented.catalogue().programmes["tithe-rule"]
    answers = invented.profile({**AVELLE, "farm.profit": False}).answers
    found = match_programme(programme, answers=answers, on=TODAY)
    assert (found.verdict, found.failed, len(found.findings)) == (Verdict.INELIGIBLE, ("farm.profit",), 2)


# ------------------------------------------------------------------------------------------------- needs


@pytest.mark.parametrize(
    ("aims", "shown"),
    [
        (["water"], {"well-grant", "salt-fund", "open-hand"}),
        (["schooling"], {"north-school", "wool-prize", "open-hand"}),
        (
            {"one_of": [["water"], ["schooling"]]},
            {"well-grant", "salt-fund", "open-hand", "north-school", "wool-prize"},
        ),
        ([], set(invented.catalogue().programmes)),
        ("unknown", set(invented.catalogue().programmes)),
        ({"includes": ["water"]}, set(invented.catalogue().programmes)),
    ],
)
def test_needs_select_and_never_judge(aims: Any, shown: set[str]):
    found = results({**AVELLE, "plan.aims": aims})
    assert set(ids(found.shown)) == shown
    assert found.hidden == 10 - len(shown)
    plain = results(AVELLE)
    for result in found.results:
        assert result.match.verdict is plain.result(result.match.programme.id).match.verdict


def test_a_result_is_found_by_its_id_or_a_former_one():
    found = results(AVELLE)
    assert found.result("old-wool-prize").match.programme.id == "wool-prize"
    with pytest.raises(AlliageError, match="programme-unknown"):
        found.result("gold-prize")


# ------------------------------------------------------------------------------------------------- order


def result(
    *,
    verdict: Verdict = Verdict.ELIGIBLE,
    intake: Intake = Intake("open"),  # noqa: B008 - frozen
    advantage: int = 100,
    at_most: int | None = 100,
    months: int | None = 1,
    **facts: Any,
) -> Result:
    programme = invented.programme(**{"eligibility": {"all": [ORGANIC]}, **facts})
    match = match_programme(programme, answers={}, on=TODAY)
    worth = Aid(None if at_most is None else Decimal(at_most), Decimal(advantage), ())
    return Result(replace(match, verdict=verdict, intake=intake), worth, Freshness(months), serves_needs=True)


ORGANIC = {"attribute": "farm.organic", "is": True, "source": "page"}
SEEN_CLOSED = {"state": "closed", "day": "2026", "source": "page"}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"verdict": Verdict.POSSIBLE, "intake": Intake("closed")}, {"verdict": Verdict.INELIGIBLE}),
        ({"verdict": Verdict.POSSIBLE}, {"intake": Intake("opens-on")}),
        ({"verdict": Verdict.POSSIBLE, "intake": Intake("not-known")}, {"intake": Intake("opens-on")}),
        ({"verdict": Verdict.POSSIBLE, "intake": Intake("opens-on")}, {"intake": Intake("suspended")}),
        ({"verdict": Verdict.POSSIBLE, "intake": Intake("opens-on")}, {"intake": Intake("closed")}),
        ({"verdict": Verdict.POSSIBLE}, {"intake": Intake("not-known", last_seen=SEEN_CLOSED)}),
        ({"intake": Intake("not-known", last_seen={**SEEN_CLOSED, "state": "open"})}, {"verdict": Verdict.POSSIBLE}),
        ({"intake": Intake("not-known", last_seen=SEEN_CLOSED)}, {"intake": Intake("closed")}),
        ({"advantage": 1}, {"verdict": Verdict.POSSIBLE, "advantage": 9}),
        ({"advantage": 1}, {"advantage": 9, "kind": "tool"}),
        ({"advantage": 1}, {"advantage": 9, "eligibility": {"all": []}}),
        ({"at_most": None, "advantage": 0}, {"at_most": 0, "advantage": 0}),
        ({"kind": "tool", "verdict": Verdict.ELIGIBLE}, {"verdict": Verdict.POSSIBLE}),
        ({"advantage": 9, "confidence": "low"}, {"advantage": 8, "confidence": "high"}),
        ({"confidence": "high", "months": 30}, {"confidence": "medium", "months": 1}),
        ({"confidence": "medium", "months": None}, {"confidence": "low", "months": 1}),
        ({"months": 1}, {"months": 2}),
        ({"months": 99}, {"months": None}),
        ({"id": "aaa"}, {"id": "bbb"}),
    ],
)
def test_what_comes_first(first: dict[str, Any], second: dict[str, Any]):
    assert order(result(**first)) < order(result(**second))


def test_open_and_not_known_stand_together_and_so_do_closed_and_suspended():
    for one, other in (("open", "not-known"), ("closed", "suspended")):
        assert order(result(intake=Intake(one))) == order(result(intake=Intake(other)))


def test_results_come_in_order():
    found = results({**AVELLE, "farm.profit": True, "farm.form": "family", "plan.cost": 20000, "farm.hands": 12})
    assert sorted(found.results, key=order) == list(found.results)
    assert ids(found.results)[-1] == "north-shed"
    assert counts(found.results) == {Verdict.ELIGIBLE: 2, Verdict.POSSIBLE: 7, Verdict.INELIGIBLE: 1}


def test_estimates_come_from_the_pack():
    weights = weights_of(invented.catalogue())
    assert (weights.advantage["tax-credit"], weights.paid_to_others) == (0.8, 0.5)
    assert weights.main_expenses == {"water": {"wells"}, "barns": {"timber"}}
    bare = replace(invented.catalogue(), raw={"manifest": {"advantage": {}}})
    assert (weights_of(bare).paid_to_others, weights_of(bare).main_expenses) == (1, {})


def test_the_aid_is_that_of_the_projects_budget_on_the_day():
    lines = [{"category": "wells", "amount": 6000}, {"category": "timber", "amount": 4000}]
    well = results({**AVELLE, "farm.organic": False, "plan.budget": lines}).result("well-grant")
    assert (well.aid.at_most, well.aid.advantage) == (2400, 2400)
    assert well.freshness.confirmed == date(2026, 10, 15)


def test_a_contradiction_is_refused():
    with pytest.raises(AlliageError, match="profile-contradiction"):
        results({"farm.form": "abbey", "farm.profit": True})


def test_a_derived_answer_decides_as_an_answer_does():
    found = results({"farm.grid": "KE", "farm.form": "abbey"})
    assert found.result("well-grant").match.failed == ("farm.sites", "farm.form")
    assert found.result("tithe-rule").match.failed == ("farm.sites", "farm.profit")
    assert found.known.derived_from == {"farm.sites": "farm.grid", "farm.profit": "farm.form"}
