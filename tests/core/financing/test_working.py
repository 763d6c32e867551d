"""Each amount of a plan can be worked out again by hand from what is said beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from alliage.core.financing.answer import financing_as_dict
from alliage.core.financing.financing import Financing, plan_project
from alliage.core.financing.plan import End, Rule, RuleKind
from alliage.core.financing.what_ifs import if_answered
from alliage.core.financing.wording import PlanWords
from alliage.core.matching.results import match
from alliage.core.vocabulary.answers import Possible
from tests.core.financing.test_financing import financing
from tests.core.financing.test_real_plans import PLANS
from tests.core.financing.world import BUDGET, part, programme

ANSWERS = {name: financing_as_dict(plans) for name, plans in PLANS.items()}


def worked(*parts: dict[str, Any], end: str = "safe", **told: Any) -> dict[str, Any]:
    """How the amount of the one part of a plan was worked out."""
    answer = financing_as_dict(financing(programme("hand", *parts), **told))
    (said,) = answer[end]["programmes"][0]["parts"]
    return said


def said(part_: dict[str, Any], lang: str = "en") -> str:
    return str(part_["working"]["text"][lang]).replace("\u00a0", " ")


def redone(working: dict[str, Any]) -> Fraction:
    """The result, from the steps alone: what a person does with the page and a pencil."""
    figure = {key: [Fraction(str(s["amount"])) for s in working["steps"] if s["code"] == key] for key in _SIGNS}
    base = max(Fraction(0), sum(figure["counted"]) - sum(figure["aid"]) - sum(figure["threshold"]))
    assert base == Fraction(str(working["base"]))
    total = Fraction(0)
    for step in working["steps"]:
        if step["code"] == "rate":
            to = base if step["to"] is None else min(base, Fraction(str(step["to"])))
            assert step["rate"] == pytest.approx(float(Fraction(*step["exact_rate"])), abs=1e-6)
            total += Fraction(*step["exact_rate"]) * max(Fraction(0), to - Fraction(str(step["from"])))
    return min([total, *figure["at-most"]])


_SIGNS = ("counted", "aid", "threshold", "at-most")


@pytest.mark.parametrize("end", [end.value for end in End])
@pytest.mark.parametrize("name", ANSWERS)
def test_every_amount_of_an_example_is_what_its_steps_give_or_says_why_it_is_less(name: str, end: str):
    for one in ANSWERS[name][end]["programmes"]:
        for found in one["parts"]:
            result = redone(found["working"])
            assert 0 <= result - Fraction(str(found["working"]["result"])) < Fraction(1, 100)
            stops = [step for step in found["working"]["steps"] if step["code"] == "stop"]
            short = result - Fraction(str(found["amount"]))
            assert short >= 0
            assert bool(stops) == (short > Fraction(1, 10)), (one["programme"], found["working"]["text"]["en"])


def in_one_year() -> Financing:
    """The start-up, if it paid all its wages on one day: one year, so one threshold."""
    results = PLANS["jeune-pousse-trois-rivieres"].results
    lines = tuple(replace(one, date=one.date and date(2027, 4, 1)) for one in results.profile.lines)
    return plan_project(match(results.catalogue, replace(results.profile, lines=lines), on=results.on))


def test_the_credit_of_the_start_up_is_redone_from_its_line():
    (cric,) = [one for one in financing_as_dict(in_one_year())["safe"]["programmes"] if one["programme"] == "cric"]
    (found,) = cric["parts"]
    assert said(found, "fr") == (
        "(salaires de R-D (2 dépenses) 170 000 $ + sous-traitance de R-D 45 000 $ (50 % de 90 000 $)"
        " − autres aides 78 307,08 $ − seuil 75 808 $ (4 employés × 18 952 $) = 60 884,92 $) × 30 % = 18 265,47 $"
    )
    assert found["amount"] == 18265.47
    terms = {term["code"]: term["text"]["en"].replace("\u00a0", " ") for term in found["terms"]}
    assert "$75,808" in terms["threshold"]
    assert "$50,000" not in terms["threshold"]


def test_a_threshold_that_is_not_counted_by_employee_is_said_as_it_was_taken():
    one = Possible(frozenset({1}))
    plans = if_answered(in_one_year(), attribute="company.employees", answer=one)
    (cric,) = [one for one in financing_as_dict(plans)["safe"]["programmes"] if one["programme"] == "cric"]
    assert "− threshold $50,000 = " in said(cric["parts"][0])


RULES = {"source": "page"}


@pytest.mark.parametrize(
    ("made", "text", "amount"),
    [
        (part(expenses=["timber"]), "timber €6,000 × 50% = €3,000", 3000),
        (part(), "wells (2 expenses) €12,000 × 50% = €6,000", 6000),
        (
            part({"rate_at_most": 0.5, "amount": {"at_most": 2500}}, expenses=["timber"]),
            "timber €6,000 × 50% = €3,000; the programme gives at most €2,500",
            2500,
        ),
        (
            part(
                expenses=["wells", "timber"],
                base_rules={"counted": [{"expenses": ["timber"], "share": 0.25, "source": "page"}], **RULES},
            ),
            "(wells (2 expenses) €12,000 + timber €1,500 (25% of €6,000) = €13,500) × 50% = €6,750",
            6750,
        ),
        (
            part(base_rules={"threshold": {"amount": 1500, "unit": "property", "source": "page"}, **RULES}),
            "(wells (2 expenses) €12,000 − threshold €3,000 (property: 2 × €1,500) = €9,000) × 50% = €4,500",
            4500,
        ),
        (
            part(base_rules={"threshold": {"amount": 1000, "per": "year", "source": "page"}, **RULES}),
            "(wells (2 expenses) €12,000 − threshold €1,000 of 2027 − threshold €1,000 of 2028 = €10,000)",
            5000,
        ),
        (
            part(
                {"rate_at_most": 0.5, "slice": {"to": 10000}},
                {"rate_at_most": 0.25, "slice": {"from": 10000}},
            ),
            "wells (2 expenses) €12,000: 50% of €10,000 + 25% of €2,000 = €5,500",
            5500,
        ),
    ],
)
def test_what_counts_what_is_taken_off_and_each_rate_are_said(made: dict[str, Any], text: str, amount: float):
    found = worked(made)
    assert said(found).startswith(text)
    assert found["amount"] == amount
    assert redone(found["working"]) == amount


def test_where_a_plan_takes_less_the_rule_that_stops_it_is_said():
    half = {"government_at_most": [{"at_most": 0.2, "of": "eligible", "source": "page"}], "source": "page"}
    answer = financing_as_dict(financing(programme("hand", part(), stacking=half)))
    (found,) = answer["safe"]["programmes"][0]["parts"]
    assert found["amount"] == 2400
    why = "hand: public aid together does not exceed 20% of eligible expenses"
    assert said(found).endswith(f"= €6,000; the plan takes €2,400 of it ({why})")
    (stop,) = [step for step in found["working"]["steps"] if step["code"] == "stop"]
    assert stop["source"]["key"] == "page"


def test_other_aid_that_is_taken_off_is_named():
    credit = part(instrument="tax-credit", expenses=["timber"], base_rules={"less_aid": True, **RULES})
    answer = financing_as_dict(
        financing(programme("sure", part({"rate_at_most": 0.25}, expenses=["timber"])), programme("credit", credit))
    )
    parts = {one["programme"]: one["parts"][0] for one in answer["reachable"]["programmes"]}
    aid = [step for step in parts["credit"]["working"]["steps"] if step["code"] == "aid"]
    assert [(step["programme"], step["amount"]) for step in aid] == [("sure", 1500)]
    assert said(parts["credit"]) == "(timber €6,000 − other aid €1,500 = €4,500) × 50% = €2,250"


def test_a_guarantee_says_the_loan_and_what_of_it_is_covered():
    made = part({"rate_at_most": 0.9}, instrument="loan-guarantee", guarantee={"share": 0.85, "source": "page"})
    answer = financing_as_dict(financing(programme("hand", made)))["reachable"]
    (one,) = answer["programmes"]
    assert (answer["vouched"], answer["guaranteed"], one["guaranteed"]) == (10800, 9180, 9180)
    note = one["parts"][0]["note"]["en"].replace("\u00a0", " ")
    assert "up to €10,800 lent, for 85% of the loss: at most €9,180 guaranteed" in note


def test_many_lines_of_one_kind_are_numbered_and_told_together():
    budget = [{"category": "wells", "amount": 100 + at} for at in range(39)] + [dict(BUDGET[2])]
    answer = financing_as_dict(financing(programme("hand", part(expenses=["wells", "timber"])), budget=budget))
    names = [line["name"]["en"] for line in answer["project"]["lines"]]
    assert (names[0], names[38], names[39]) == ("wells, expense no.\u00a01", "wells, expense no.\u00a039", "timber")
    assert answer["safe"]["programmes"][0]["parts"][0]["expenses"]["en"] == "wells (39 expenses), timber"
    kinds = answer["safe"]["uses_by_kind"]
    assert [(one["name"]["en"], len(one["lines"])) for one in kinds] == [("wells (39 expenses)", 39), ("timber", 1)]
    for key in ("amount", "aid", "own"):
        assert sum(one[key] for one in kinds) == sum(use[key] for use in answer["safe"]["uses"])


def test_a_line_of_which_a_share_counts_is_named_where_it_limits_a_plan():
    rules = {"counted": [{"expenses": ["timber"], "share": 0.25, "source": "page"}], **RULES}
    answer = financing_as_dict(financing(programme("hand", part(expenses=["timber"], base_rules=rules))))
    texts = [rule["text"]["en"].replace("\u00a0", " ") for rule in answer["safe"]["binding"]]
    assert "hand: at most €750 for the share that counts of: timber" in texts


def test_cents_are_exact():
    found = worked(part({"rate_at_most": 0.333}), budget=[{"category": "wells", "amount": 1234.56}])
    assert found["amount"] == float(Decimal("411.10"))
    assert said(found) == "wells €1,234.56 × 33.3% = €411.10"


def test_the_number_of_an_expense_is_not_read_into_its_amount():
    budget = [{"category": "wells", "amount": 4000, "date": "2027-03-01"}, {"category": "wells", "amount": 600}]
    dated = part(expenses_dated={"to": "2029-12-31", "source": "page"})
    assert said(worked(dated, budget=budget)).startswith("wells, expense no. 1 (€4,000) × 50% = €2,000")
    assert said(worked(dated, budget=budget), "fr").startswith("puits, dépense nº 1 (4 000 €)")
    counted = {"counted": [{"expenses": ["wells"], "share": 0.25, "source": "page"}], "source": "page"}
    assert "expense no. 1 (€1,000, that is 25% of €4,000)" in said(
        worked({**dated, "base_rules": counted}, budget=budget)
    )


def test_a_base_says_what_is_subtracted_from_it_and_no_more():
    threshold = {"threshold": {"amount": 100, "unit": "property", "source": "page"}, "source": "page"}
    counted = {"counted": [{"expenses": ["wells"], "share": 0.5, "source": "page"}], "source": "page"}
    for rules, aid, text in (
        (threshold, True, "the threshold and other aid are first subtracted from its base"),
        (threshold, False, "the threshold is first subtracted from its base"),
        ({"source": "page"}, True, "other aid is first subtracted from its base"),
        (counted, True, "other aid is first subtracted from its base"),
        (counted, False, "only a share of the expenses counts in its base"),
    ):
        plans = financing(programme("hand", part(instrument="tax-credit", base_rules={**rules, "less_aid": aid})))
        rule = Rule(RuleKind.CREDIT_BASE, offer="hand", part="part-1")
        assert PlanWords(plans).rule(rule, end=End.SAFE)["en"] == f"hand: {text}"


def test_a_sum_by_employee_of_a_year_not_written_yet_is_said_to_be_that_of_an_earlier_one():
    told = {one["code"]: one["text"]["fr"] for one in financing_as_dict(in_one_year())["assumptions"]}
    assert (
        told["threshold-of-year"]
        .replace("\u00a0", " ")
        .startswith("Le seuil par employé de 2027 n'est pas encore connu : le plan compte celui de 2026 (18 952 $)")
    )
    assert "threshold-of-year" not in {one["code"] for one in ANSWERS["extrusion-saguenay"]["assumptions"]}
