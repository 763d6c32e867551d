"""The plans of the example companies on the real catalogue: lawful at both ends, and the safe ones as by hand."""

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from alliage.core.financing.answer import financing_as_dict
from alliage.core.financing.checker import broken
from alliage.core.financing.financing import Financing, plan_project
from alliage.core.financing.plan import End
from alliage.core.financing.what_ifs import if_answered
from alliage.core.financing.why import confirmations
from alliage.core.matching.results import match
from alliage.core.vocabulary.answers import Possible
from alliage.core.vocabulary.yaml_files import read_yaml
from tests.core.test_examples import HOUSE, RESULTS

BY_HAND = sorted((HOUSE / "tests" / "cases" / "plans").glob("*.yaml"))
CHECKED = re.compile(
    r"^\| `([a-z-]+)` \| `?([a-z0-9-]+)`? \| ([\d.,%()+−×÷ ]+) \| \$([\d,.]+) ?(guaranteed)? *\|$", re.MULTILINE
)
PLANS: dict[str, Financing] = {name: plan_project(results) for name, results in RESULTS.items()}


@pytest.mark.parametrize("end", list(End))
@pytest.mark.parametrize("name", PLANS)
def test_a_plan_of_an_example_breaks_no_rule_and_is_proved(name: str, end: End):
    plan = PLANS[name].plan(end)
    assert broken(PLANS[name].problem(end), plan) == ()
    assert (plan.proof.gap, plan.proof.complete) == (0, True)


@pytest.mark.parametrize("name", PLANS)
def test_what_is_reachable_is_worth_at_least_what_is_safe(name: str):
    assert PLANS[name].reachable.worth >= PLANS[name].safe.worth


@pytest.mark.parametrize("name", PLANS)
def test_what_confirming_adds_stays_under_what_the_programme_states(name: str):
    plans, stated = PLANS[name], PLANS[name].offered.problem
    found = confirmations(plans.offered.safe_problem, safe=plans.safe, reachable=plans.reachable, stated=stated)
    for one in found:
        rules = broken(stated, replace(one.with_it, end=End.REACHABLE))
        assert [rule for rule in rules if rule.offer == one.offer] == []


@pytest.mark.parametrize("path", BY_HAND, ids=lambda path: path.stem)
def test_the_safe_plan_of_an_example_is_the_one_worked_out_by_hand(path: Path):
    expected, plan = read_yaml(path), financing_as_dict(PLANS[path.stem])["safe"]
    assert _short(plan) == expected["programmes"]
    assert (plan["total"], plan["own_funds"]) == (expected["total"], expected["own_funds"])


def test_every_example_has_its_plan_by_hand():
    assert {path.stem for path in BY_HAND} == PLANS.keys()


@pytest.mark.parametrize("day", [date(2023, 12, 31), date(2030, 1, 1)])
def test_a_press_bought_out_of_the_days_of_the_credit_gets_nothing_of_it(day: date):
    results = RESULTS["extrusion-saguenay"]
    lines = [replace(one, date=day) if one.category == "equipment" else one for one in results.profile.lines]
    found = plan_project(match(results.catalogue, replace(results.profile, lines=tuple(lines)), on=results.on))
    before, after = PLANS["extrusion-saguenay"].safe, found.safe
    assert {amount.line for amount in before.amounts if amount.offer == "c3i"} == {"line-1"}
    assert "c3i" not in after.used


def test_the_press_is_sure_of_its_credit_only_once_each_expense_is_said_to_be_one_item():
    before = PLANS["extrusion-saguenay"]
    results = before.results
    answers = {id_: one for id_, one in results.profile.answers.items() if id_ != "project.one_item_per_line"}
    unsaid = plan_project(match(results.catalogue, replace(results.profile, answers=answers), on=results.on))
    assert unsaid.safe.total == before.safe.total - 121_500_00
    (asked,) = [one for one in financing_as_dict(unsaid)["confirmations"] if one["programme"] == "c3i"]
    (point,) = [one for one in asked["what"] if one["code"] == "one-per-line"]
    assert point["text"]["fr"].replace("\u00a0", " ") == (
        "Chaque dépense du budget est-elle un seul bien? Si oui, le plan sûr couvrirait jusqu'à 121 500 $ de plus."
    )
    several = if_answered(before, attribute="project.one_item_per_line", answer=Possible(frozenset({False})))
    assert several.safe.total == unsaid.safe.total
    assert "several-per-line" in several.offered.entries["c3i"].offer.to_confirm


def dated(name: str, *days: date | None, months: int | None = None) -> Financing:
    """An example with other days on its research, and perhaps another length."""
    results = PLANS[name].results
    research = iter(days)
    lines = [
        replace(one, date=next(research)) if one.category.startswith("rd-") else one for one in results.profile.lines
    ]
    answers = {id_: one for id_, one in results.profile.answers.items() if id_ != "project.duration_months"}
    if months is not None:
        answers["project.duration_months"] = Possible(frozenset({months}))
    return plan_project(
        match(results.catalogue, replace(results.profile, lines=tuple(lines), answers=answers), on=results.on)
    )


def test_a_start_up_that_gives_no_date_is_not_sure_of_the_credit_that_has_a_threshold_for_each_year():
    name = "jeune-pousse-trois-rivieres"
    one_year = date(2027, 4, 1)
    assert dated(name, one_year, one_year, one_year).safe.total == 96_572_55
    assert dated(name, one_year, date(2028, 1, 1), one_year).safe.total == 84_700_00
    undated = dated(name, None, None, None)
    assert (undated.safe.total, "cric" in undated.safe.used) == (84_700_00, False)
    assert "years-unknown" in undated.offered.entries["cric"].offer.to_confirm
    for_months = dated(name, None, None, None, months=18)
    assert for_months.safe.total == 84_700_00
    sure = for_months.offered.entries["cric"].offer.parts[0]
    assert sure.threshold == 3 * 75_808_00 + 45_000_00  # 18 months may touch three years; half of the contract


def test_training_of_a_project_that_has_begun_is_not_surely_paid_by_who_asks_to_agree_first():
    before = PLANS["extrusion-saguenay"]
    after = if_answered(before, attribute="project.started", answer=Possible(frozenset({True})))
    assert "mfor-entreprises" in before.safe.used
    assert "mfor-entreprises" not in after.safe.used
    assert "begun" in after.offered.entries["mfor-entreprises"].offer.to_confirm


@pytest.mark.parametrize("name", PLANS)
def test_no_safe_plan_pays_an_expense_of_which_only_some_count(name: str):
    entries = PLANS[name].offered.entries
    categories = {line.id: line.category for line in PLANS[name].offered.problem.lines}
    for amount in PLANS[name].safe.amounts:
        entry = entries[amount.offer]
        at = next(read.index for read in entry.parts if amount.part in read.ids)
        part = entry.result.match.programme.document["aid"]["parts"][at]
        assert categories[amount.line] not in {id_ for one in part.get("narrowed", ()) for id_ in one["expenses"]}


def test_a_collective_promoter_is_paid_for_one_company_at_most_the_average_of_its_project():
    amounts = PLANS["equipementier-alma"].reachable.amounts
    assert sum(one.cents for one in amounts if one.offer == "cpmt-ambition-competences-resilience") == 20_000_00


@pytest.mark.parametrize("fund", ["fli", "fls"])
def test_a_local_fund_whose_figures_were_not_read_for_this_place_is_in_no_safe_plan(fund: str):
    offer = PLANS["atelier-soudure-amqui"].offered.entries[fund].offer
    assert [(part.safe, part.best.rate) for part in offer.parts] == [(None, Fraction(1, 2))]


def test_software_that_may_not_be_management_software_is_not_sure_of_the_c3i_credit():
    parts = PLANS["extrusion-saguenay"].offered.entries["c3i"].offer.parts
    assert {part.id: part.safe is not None for part in parts} == {"part-1": True, "part-2": False}


def test_the_sums_that_the_catalogue_tells_as_checked_by_hand_are_those_of_the_plans():
    found: dict[str, list[tuple[str, int, str]]] = {name: [] for name in PLANS}
    for example, programme, sum_, amount, kind in CHECKED.findall(
        (HOUSE / "docs" / "catalogue-findings.md").read_text()
    ):
        cents = round(float(amount.replace(",", "")) * 100)
        assert int(_worked_out(sum_) * 100) == cents, (example, programme)
        found[example] += [(programme, cents, kind)] if programme != "none" else []
    for name, plans in PLANS.items():
        told = [
            (
                one["programme"],
                round(100 * (one["amount"] or one["guaranteed"])),
                "guaranteed" if one["guaranteed"] else "",
            )
            for one in financing_as_dict(plans)["safe"]["programmes"]
        ]
        assert sorted(found[name]) == sorted(told), name


def _worked_out(sum_: str) -> Fraction:
    """What a sum of the table gives: numbers, + − × ÷ and parentheses."""
    numbers = re.sub(r"[\d.]+", r"Fraction('\g<0>')", re.sub(r"([\d.]+)%", r"(\1 / 100)", sum_.replace(",", "")))
    plain = numbers.translate(str.maketrans("−×÷", "-*/"))
    return Fraction(eval(plain, {"Fraction": Fraction}))  # noqa: S307 - a table of ours, digits and signs only


def _short(plan: dict[str, Any]) -> list[dict[str, Any]]:
    """The programmes of a plan as a case writes them."""
    categories = {use["line"]: use["category"] for use in plan["uses"]}
    return [
        {
            "programme": one["programme"],
            "instrument": one["parts"][0]["instrument"],
            "lines": [
                {"category": categories[line["line"]], "amount" if part["pays"] else "guaranteed": line["amount"]}
                for part in one["parts"]
                for line in part["lines"]
            ],
        }
        for one in plan["programmes"]
    ]
