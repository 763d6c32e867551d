"""A financing as plain data: balanced to the cent, in both languages, with its sources and what it does not know."""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from alliage.core.financing import answer_cash, parts
from alliage.core.financing.answer import financing_as_dict
from alliage.core.financing.case import Doubt
from alliage.core.financing.financing import Financing
from alliage.core.financing.plan import End, Proof, Rule, RuleKind
from alliage.core.financing.wishes import Wishes
from alliage.core.financing.wording import PlanWords
from tests import invented
from tests.core.financing.test_financing import LATER, MAYBE, financing
from tests.core.financing.world import part, programme

CODE = Path(parts.__file__).parent
PHRASES = invented.raw()["phrases"]
WORDS = {"fr": "Un mot.", "en": "A word."}


def rich() -> Financing:
    """A plan with two sure programmes, one to confirm, one closed."""
    return financing(
        programme(
            "sure", part(), steps=[{"text": WORDS, "source": "page"}], confirm=[{"text": WORDS, "source": "page"}]
        ),
        programme("credit", part(instrument="tax-credit", expenses=["timber"])),
        programme("maybe", part(expenses=["wages"]), **MAYBE),
        programme("later", part(expenses=["wages"]), **LATER),
        programme("shut", intake={"kind": "closed", "source": "page"}),
        programme("refused", eligibility={"all": [{"attribute": "farm.organic", "is": False, "source": "page"}]}),
    )


ANSWER = financing_as_dict(rich())


def texts(value: Any) -> Iterator[dict[str, str]]:
    if isinstance(value, dict):
        if set(value) == {"fr", "en"}:
            yield value
        else:
            for inner in value.values():
                yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def assumed(found: Financing) -> dict[str, str]:
    return {one["code"]: one["text"]["en"] for one in financing_as_dict(found)["assumptions"]}


def test_expenses_left_out_by_their_days_are_told_with_the_programmes_of_the_plans():
    lines = [{"category": "wells", "amount": 10000, "date": day} for day in ("2026-01-01", "2027-01-01")]
    late = programme("late", part(costs_from="filing"))
    found = financing(late, programme("any", part(expenses=["timber"])), budget=lines)
    assert assumed(found)["days-out"] == "Expenses dated out of the days that count get no aid from: late."
    assert "days-out" not in assumed(financing(late))
    parts = part(expenses=["timber"], costs_from="filing"), part(expenses=["wells"])
    budget = [lines[1], {"category": "timber", "amount": 6000, "date": "2026-01-01"}]
    assert "days-out" in assumed(financing(programme("late", *parts), budget=budget))


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ({"to": "2029-12-31"}, "until December 31, 2029."),
        ({"from": "2027-01-01"}, "from January 1, 2027."),
        ({"from": "2025-01-01", "to": "2029-12-31"}, "from January 1, 2025 to December 31, 2029."),
        ({"from": "2025-01-01"}, None),  # it comes after the day of the plan
    ],
)
def test_an_expense_without_a_date_is_in_time_in_the_reachable_plan_alone_which_says_so(stated: Any, said: str | None):
    dated = programme("dated", part(expenses=["timber"], expenses_dated={**stated, "source": "page"}))
    text = assumed(financing(dated)).get("in-time")
    start = "The reachable plan counts an expense without a date as in time for: dated. "
    start += "The programme only counts expenses made "
    assert text == (said and start + said)
    assert ("dated" in financing(dated).safe.used) == (said is None)
    written = programme("dated", part(expenses_dated={**stated, "source": "page"}))
    assert "in-time" not in assumed(financing(written))


@pytest.mark.parametrize(
    ("share", "short"),
    [
        (0.5, {"safe": "€5,000"}),  # of 22,000, the safe plan leaves 16,000, the reachable one 10,000
        ({"from": 0.1, "to": 0.5}, {"safe": "€5,000"}),
        (0.1, {"safe": "€13,800", "reachable": "€7,800"}),
        (0.8, {}),
        (None, {}),
    ],
)
def test_a_plan_that_leaves_more_than_the_private_money_of_the_company_says_what_is_missing(share: Any, short: Any):
    written = [{"case": WORDS, "rate_at_most": 1.0}, {"rate_at_most": 0.5}]
    given = {"plan__own_share": share} if share is not None else {}
    said = assumed(financing(programme("one", part(*written)), **given))
    found = {code.removeprefix("private-short-"): text for code, text in said.items() if "private" in code}
    assert found.keys() == short.keys()
    assert all(text.endswith(f": {short[end]} is missing.") for end, text in found.items())


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.5, "The company says it has €11,000 of private money; €5,000 would be missing."),
        (
            {"from": 0.1, "to": 0.5},
            "The company says it has at most €11,000 of private money; at least €5,000 would be missing.",
        ),
        (0.8, "The company says it has €17,600 of private money."),
    ],
)
def test_a_plan_says_beside_own_funds_what_private_money_the_company_says_it_has(share: Any, said: str):
    written = [{"case": WORDS, "rate_at_most": 1.0}, {"rate_at_most": 0.5}]
    private = financing_as_dict(financing(programme("one", part(*written)), plan__own_share=share))["safe"]["private"]
    assert private["text"]["en"] == said
    assert private["missing"] == max(0, 16000 - private["said"])
    assert financing_as_dict(financing(programme("one", part(*written))))["safe"]["private"] is None


def test_the_cash_supposes_no_money_that_the_company_says_it_does_not_have():
    enough, short = (financing_as_dict(financing(programme("one", part()), plan__own_share=s)) for s in (0.8, 0.1))
    lacking = short["safe"]["private"]["missing"]
    assert lacking > 0
    assert enough["cash"]["in_hand"] is None
    assert short["cash"]["in_hand"] == 2200
    first = {one["cash"]["months"][0]["balance"] for one in (short,)}
    assert first == {2200 - short["cash"]["months"][0]["out"]}
    assert short["cash"]["bridge"] > enough["cash"]["bridge"]
    assert "It starts from the €2,200 of private money" in short["cash"]["terms"]["en"]
    assert "private money" not in enough["cash"]["terms"]["en"]


CEILING = {"government_at_most": [{"at_most": 0.9, "source": "page"}], "of": "eligible", "source": "page"}


def test_a_reachable_plan_says_which_ceilings_it_does_not_know():
    found = financing(programme("b"), programme("a", part(expenses=["timber"])), programme("c", stacking=CEILING))
    said, plans = assumed(found)["no-ceiling"], financing_as_dict(found)
    assert (plans["safe"]["no_ceiling"], plans["reachable"]["no_ceiling"]) == ([], ["a", "b"])
    assert said.startswith("The stacking ceiling is not known for: a; b. The reachable plan supposes none")
    assert "no-ceiling" not in assumed(financing(programme("c", stacking=CEILING)))
    assert "no-ceiling" not in assumed(financing(programme("d", part(instrument="tax-credit"))))


def test_a_reachable_plan_says_what_it_does_not_count_in_ceilings():
    capped = programme("capped", part(expenses=["timber"]), stacking=CEILING)
    loan = part({"rate_at_most": 0.5, "amount": {"at_most": 6000}}, instrument="loan", expenses=["wells"])
    said = assumed(
        financing(
            capped, programme("lender", loan), programme("guild", part(expenses=["wages"]), provider="weavers-guild")
        )
    )
    assert said["not-public"].startswith("Whether this money counts as public aid is not known: guild.")
    assert said["no-weight"].startswith("What these kinds of aid count for in ceilings is not known: loan.")
    assert assumed(financing(capped)).keys().isdisjoint({"not-public", "no-weight"})
    assert "no-weight" not in assumed(financing(programme("lender", loan)))  # no ceiling in which to count it


def test_a_plan_that_leaves_nothing_to_pay_says_so():
    wells = [{"category": "wells", "amount": 5000}]
    given = [*wells, {"category": "wages", "amount": 100, "in_kind": True}]
    for budget in (wells, given):
        assert "all-paid" in assumed(financing(programme("whole", part({"rate_at_most": 1.0})), budget=budget))
    assert "all-paid" not in assumed(financing(programme("half"), budget=wells))
    assert "all-paid" not in assumed(financing(budget=given[1:]))


def test_what_is_given_in_kind_is_told_apart_from_own_funds():
    stated = {"government_at_most": [{"at_most": 0.5, "source": "page"}], "source": "page"}
    budget = [{"category": "wells", "amount": 10000}, {"category": "wells", "amount": 4000, "in_kind": True}]
    answer = financing_as_dict(financing(programme("one", part({"rate_at_most": 0.8}), stacking=stated), budget=budget))
    plan = answer["safe"]
    assert [line["in_kind"] for line in answer["project"]["lines"]] == [False, True]
    assert (plan["total"], plan["own_funds"], plan["in_kind"]) == (7000, 3000, 4000)  # half of 14,000 may be aid
    assert [(use["aid"], use["own"]) for use in plan["uses"]] == [(7000, 3000), (0, 0)]
    assert sum(source["amount"] for source in plan["sources"]) == answer["project"]["cost"] == 14000


def received(paid_when: dict[str, Any] | None) -> list[str]:
    """The months in which half of a well of March 2027, and half of one of March 2028, come."""
    paid = {"paid_when": {**paid_when, "source": "page"}} if paid_when else {}
    answer = financing_as_dict(financing(programme("one", part(**paid))))
    return [month["month"] for month in answer["cash"]["months"] if month["in"]]


def test_money_comes_as_a_source_says_and_else_after_the_usual_delay_of_its_kind():
    assert received(None) == received({"moment": "after-expense"}) == ["2027-08", "2028-08"]
    assert received({"moment": "as-claimed"}) == ["2027-08", "2028-08"]
    assert received({"moment": "as-claimed", "every_months": 1}) == ["2027-04", "2028-04"]
    assert received({"moment": "as-claimed", "every_months": 3}) == ["2027-06", "2028-06"]
    assert received({"moment": "after-project"}) == ["2028-08"]


def test_a_guarantee_is_a_programme_and_no_source_of_funds():
    written = part({"rate_at_most": 0.5, "amount": {"at_most": 6000}}, instrument="loan-guarantee")
    plan = financing_as_dict(financing(programme("voucher", written), programme("sure", part(expenses=["timber"]))))[
        "safe"
    ]
    assert (plan["total"], plan["guaranteed"], plan["own_funds"]) == (3000, 6000, 19000)
    assert [one["programme"] for one in plan["sources"]] == ["sure", None]
    assert sum(use["aid"] for use in plan["uses"]) == 3000
    voucher = next(one for one in plan["programmes"] if one["programme"] == "voucher")
    assert (voucher["amount"], voucher["guaranteed"], voucher["parts"][0]["pays"]) == (0, 6000, False)
    assert voucher["parts"][0]["note"]["en"] == (
        "guarantee of a loan from your bank: up to €6,000 guaranteed; it is not a sum received"
    )


@pytest.mark.parametrize("end", ["safe", "reachable"])
def test_sources_and_uses_are_equal_to_the_cent(end: str):
    plan = ANSWER[end]
    assert sum(one["amount"] for one in plan["sources"]) == ANSWER["project"]["cost"]
    assert sum(one["amount"] for one in plan["uses"]) == ANSWER["project"]["cost"]
    assert sum(one["aid"] for one in plan["uses"]) == plan["total"] == sum(one["amount"] for one in plan["programmes"])
    assert sum(one["own"] for one in plan["uses"]) == plan["own_funds"]
    assert sum(one["worth"] for one in plan["programmes"]) == pytest.approx(plan["worth"], abs=0.02)


def test_the_figures_of_a_plan_are_those_of_its_programmes():
    plan = ANSWER["safe"]
    assert [one["programme"] for one in plan["programmes"]] == ["credit", "sure"]
    assert (plan["total"], plan["own_funds"], plan["in_kind"], plan["share_of_cost"]) == (9000, 13000, 0, 0.409091)
    sure = plan["programmes"][1]
    assert sure["parts"][0]["lines"] == [{"line": "line-1", "amount": 5000}, {"line": "line-2", "amount": 1000}]
    assert sure["parts"][0]["source"]["key"] == "page"
    assert sure["steps"] == [WORDS]
    assert sure["to_confirm"] == [
        WORDS,
        {lang: PHRASES["plan_doubts"]["ceiling-unknown"][lang] for lang in ("fr", "en")},
    ]
    assert [one["kind"] for one in plan["sources"]] == ["tax-credit", "grant", "own"]


def test_what_alone_counts_is_told_with_its_expenses():
    words = {"fr": "un puits", "en": "a well"}
    only = {"expenses": ["wells", "timber"], "to": words, "source": "page"}
    told = PlanWords(rich()).doubt(Doubt("narrowed", "page", only))
    names = rich().results.catalogue.vocabulary.expenses
    for lang in ("fr", "en"):
        assert told[lang].endswith(words[lang])
        assert f"({names['wells'][lang]}, {names['timber'][lang]})" in told[lang]


def test_what_cannot_enter_says_why_except_what_matching_tells():
    assert [(one["programme"], one["reason"]["code"]) for one in ANSWER["cannot_enter"]] == [("shut", "closed")]


def test_an_answer_is_plain_data_with_words_in_both_languages():
    assert json.loads(json.dumps(ANSWER)) == ANSWER
    assert all(text["fr"] and text["en"] for text in texts(ANSWER))


def test_the_cash_of_the_plan_says_what_must_be_bridged():
    assert ANSWER["cash"]["months"][0] == {"month": "2027-03", "out": 10000, "in": 0, "balance": -4000}
    assert (ANSWER["cash"]["bridge"], ANSWER["cash"]["month"]) == (4000, "2027-03")
    assert PHRASES["plan"]["cash_untimed"]["en"] in ANSWER["cash"]["terms"]["en"]


@pytest.mark.parametrize("said", ["spread", "undelayed"])
def test_the_cash_says_what_it_supposes_of_days(monkeypatch: pytest.MonkeyPatch, said: str):
    words, real = PHRASES["plan"][f"cash_{said}"], answer_cash.cash
    assert words["en"] not in ANSWER["cash"]["terms"]["en"]
    monkeypatch.setattr(answer_cash, "cash", lambda **told: replace(real(**told), **{said: ("x",)}))
    found = financing_as_dict(financing(programme("hand", part({"rate_at_most": 0.5}))))
    assert words["fr"] in found["cash"]["terms"]["fr"]


def test_the_calendar_names_what_may_have_to_be_filed_first():
    kinds = [(one["day"], one["kind"], one["programme"], one["certain"]) for one in ANSWER["calendar"]]
    assert kinds == [
        ("2027-03-01", "file-before-start", "sure", False),
        ("2027-03-01", "start", None, True),
        ("2027-03-01", "expense", None, True),
        ("2028-03-01", "expense", None, True),
    ]


def test_without_a_cost_the_answer_asks_for_one():
    found = financing_as_dict(financing(programme("sure"), budget=None, plan__aims=["schooling"]))
    assert found["assumptions"][0]["code"] == "cost-needed"
    assert (found["project"]["cost"], found["safe"]["total"], found["safe"]["share_of_cost"]) == (0, 0, 0)
    assert (found["cash"]["bridge"], found["calendar"]) == (None, [])


def test_a_cost_alone_asks_for_the_need_and_does_not_say_that_there_is_no_cost():
    found = financing_as_dict(financing(programme("sure"), budget=None, plan__cost=9000, plan__aims="unknown"))
    assert found["assumptions"][0]["code"] == "expense-needed"
    assert "the need of the project or its budget is missing" in found["assumptions"][0]["text"]["en"]
    assert not [one for one in found["assumptions"] if one["code"] == "cost-needed"]
    assert (found["project"]["cost"], found["safe"]["total"]) == (0, 0)


def test_an_assumed_line_is_said_with_its_cost():
    found = financing_as_dict(financing(programme("sure"), budget=None, plan__cost=9000, plan__aims=["water"]))
    assert found["project"]["assumed_lines"]
    assert found["assumptions"][0]["text"]["en"] == (
        "Without a budget, the whole cost (€9,000) is counted as one expense: wells."
    )


def test_a_pin_that_cannot_enter_is_an_assumption_that_fails():
    shut = programme("shut", intake={"kind": "closed", "source": "page"})
    found = financing_as_dict(financing(shut, wishes=Wishes(pinned=frozenset({"shut"}))))
    assert found["assumptions"][-1]["code"] == "unfit"
    assert found["preferences"]["pinned"] == ["shut"]


def reasons() -> set[str]:
    """What the code answers where it says why a programme or a part cannot enter."""
    found: list[ast.expr | None] = []
    for name in ("offers.py", "parts.py"):
        for node in ast.walk(ast.parse((CODE / name).read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.returns and ast.unparse(node.returns) == "str | None":
                found += [said.value for said in ast.walk(node) if isinstance(said, ast.Return)]
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Outside":
                found.append(node.args[1])
    found += [end for said in found if isinstance(said, ast.IfExp) for end in (said.body, said.orelse)]
    return {said.value for said in found if isinstance(said, ast.Constant) and isinstance(said.value, str)}


def test_every_reason_and_doubt_has_words_and_every_word_is_used():
    code = "".join(file.read_text(encoding="utf-8") for file in CODE.glob("*.py"))
    assert all(f'"{key}"' in code for key in PHRASES["plan_doubts"])
    assert set(re.findall(r'Doubt\("([a-z-]+)"', code)) <= set(PHRASES["plan_doubts"])
    assert set(re.findall(r'Assumption\("([a-z-]+)"', code)) | {"private-short-safe", "private-short-reachable"} == set(
        PHRASES["plan_assumptions"]
    )
    assert reasons() | {"closed", "suspended", "other-need-served"} == set(PHRASES["plan_reasons"])
    assert {kind.value for kind in RuleKind} <= set(PHRASES["plan_rules"])


@pytest.mark.parametrize("end", list(End))
@pytest.mark.parametrize("kind", list(RuleKind))
def test_every_rule_has_a_sentence_with_its_figures(kind: RuleKind, end: End):
    amount = {"rate_at_most": 0.5, "amount": {"at_least": 500, "at_most": 3000}}
    shared = {
        "ceilings": [{"at_most": 900, "across": "crown-purse", "source": "page"}, {"at_most": 800, "source": "page"}]
    }
    stacking = {
        "government_at_most": [{"at_most": 0.75, "source": "page"}],
        "private_at_least": [{"at_least": 0.2, "of": "total-cost", "source": "page"}],
        "source": "page",
    }
    found = financing(programme("one", part(amount), aid=shared, stacking=stacking), programme("two"))
    rule = Rule(kind, offer="one", part="part-1", line="line-1", other="two", index=0, reference="one#page")
    said = PlanWords(found).rule(rule, end=end)
    assert set(said) == {"fr", "en"}
    figure = {
        RuleKind.RATE: "50%",
        RuleKind.PART_AT_MOST: "€3,000",
        RuleKind.PART_AT_LEAST: "€500",
        RuleKind.CAP: "€800",
        RuleKind.SHARED_CAP: "€900",
        RuleKind.CEILING: "75% of eligible expenses",
        RuleKind.PRIVATE_SHARE: "20% of the total cost",
    }
    assert figure.get(kind, "") in said["en"]
    assert PlanWords(found).source_of_rule(rule) == PlanWords(found).source("one", "page")


def test_a_rule_without_a_reference_has_no_source():
    assert PlanWords(rich()).source_of_rule(Rule(RuleKind.LINE, line="line-1")) is None


def test_no_sentence_promises():
    assert not any(word in json.dumps(PHRASES) for word in ("vous recevrez", "you will receive"))


@pytest.mark.parametrize(
    ("complete", "left", "used", "code", "more"),
    [
        (True, 0, True, "proved", ""),
        (False, 0, True, "proved", ""),  # the bound was met when the time was over
        (True, 7, True, "nearly", "1 €"),  # cents are said as a whole dollar, never as nothing
        (False, 300_050, True, "time-over", "3 001 €"),
        (False, 300_050, False, "none-found", ""),
    ],
)
def test_how_sure_a_plan_is_has_one_wording(*, complete: bool, left: int, used: bool, code: str, more: str):
    whole = rich()
    plan = whole.safe if used else replace(whole.safe, amounts=(), used=(), worth=0)
    proof = Proof(worth=plan.worth, bound=plan.worth + left, gap=left / 1e9, complete=complete)
    said, text = PlanWords(whole).proof(replace(plan, proof=proof))
    assert said == code
    assert more in text["fr"].replace("\u00a0", " ")
    assert ("Preuve" in text["fr"], "Proof" in text["en"]) == (code in ("proved", "nearly"),) * 2
