"""What one part of a programme's aid becomes: lines, a safe end, a best end, caps, and what leaves it no safe end."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from alliage.core.financing.offers import offered
from alliage.core.financing.plan import End
from alliage.core.financing.problem import Part, Slice, Terms
from alliage.core.financing.solving import solve
from alliage.core.financing.wishes import Wishes, preferences_of
from alliage.core.matching.results import match
from tests import invented
from tests.core.financing.world import BUDGET, FARM, ORGANIC, catalogue, entry, offers, part, programme, reason

WELLS, BOTH = frozenset({"line-1", "line-2"}), frozenset({"line-1", "line-2", "line-3"})
HALF, THIRD = Fraction(1, 2), Fraction("0.3")
MAYBE = {"all": [{"attribute": "farm.profit", "is": True, "source": "page"}]}
TRUE = {"all": [ORGANIC]}
FALSE = {"all": [{"attribute": "farm.organic", "is": False, "source": "page"}]}
WORDS = {"fr": "un cas", "en": "a case"}


def upto(amount: float, **facts: Any) -> dict[str, Any]:
    return {"rate_at_most": 0.5, "amount": {"at_most": amount, **facts}}


def one(*tiers: dict[str, Any], given: dict[str, Any] | None = None, **facts: Any) -> Part:
    (found,) = entry(part(*tiers, **facts), given=given).offer.parts
    return found


def doubts(*tiers: dict[str, Any], given: dict[str, Any] | None = None, **facts: Any) -> tuple[str, ...]:
    (read,) = entry(part(*tiers, **facts), given=given).parts
    return tuple(doubt.code for doubt in read.doubts)


def test_a_part_pays_the_lines_whose_category_it_admits():
    assert one().lines == WELLS
    assert one(expenses=["wells", "timber"]).lines == BOTH


def test_a_known_rate_is_the_same_at_both_ends():
    found = one({"rate_at_most": 0.5, "amount": {"at_least": 1000, "at_most": 3000, "per": "project"}})
    assert found.safe == found.best == Terms(HALF, at_most=300000, at_least=100000)


def test_a_rate_above_one_pays_a_line_once():
    assert one({"rate_at_most": 1.25}).best.rate == 1


@pytest.mark.parametrize(
    ("tiers", "safe", "best"),
    [
        ([{"when": TRUE, "rate_at_most": 0.6}, {"rate_at_most": 0.3}], "0.6", "0.6"),
        ([{"when": FALSE, "rate_at_most": 0.6}, {"rate_at_most": 0.3}], "0.3", "0.3"),
        ([{"when": MAYBE, "rate_at_most": 0.6}, {"rate_at_most": 0.3}], "0.3", "0.6"),
        ([{"case": WORDS, "rate_at_most": 0.6}, {"case": WORDS, "rate_at_most": 0.3}], "0.3", "0.6"),
        ([{"case": WORDS, "rate_at_most": 0.3}, {"rate_at_most": 0.6}], "0.3", "0.6"),
        ([{"when": TRUE, "case": WORDS, "rate_at_most": 0.6}, {"rate_at_most": 0.3}], "0.6", "0.6"),
        ([{"when": TRUE, "when_is": "needed", "rate_at_most": 0.6}, {"rate_at_most": 0.3}], "0.3", "0.6"),
        ([{"when": FALSE, "when_is": "enough", "rate_at_most": 0.6}, {"rate_at_most": 0.3}], "0.3", "0.6"),
        ([{"rate_at_most": 0.9, "status": "announced"}, {"rate_at_most": 0.3}], "0.3", "0.3"),
    ],
)
def test_the_safe_end_holds_whichever_tier_applies(tiers: list[dict[str, Any]], safe: str, best: str):
    found = one(*tiers)
    assert found.safe is not None
    assert (found.safe.rate, found.best.rate) == (Fraction(safe), Fraction(best))


def test_of_several_tiers_the_safe_end_has_the_least_amount_and_the_highest_minimum():
    found = one(
        {"case": WORDS, "rate_at_most": 0.5, "amount": {"at_least": 500, "at_most": 4000}},
        {"rate_at_most": 0.5, "amount": {"at_least": 900, "at_most": 2000}},
    )
    assert found.safe == Terms(HALF, at_most=200000, at_least=90000)
    assert found.best == Terms(HALF, at_most=400000, at_least=50000)


def test_tiers_that_differ_in_words_ask_which_applies():
    assert doubts({"case": WORDS, "rate_at_most": 0.6}, {"rate_at_most": 0.3}) == ("tier-range",)


def test_a_limit_that_one_tier_lacks_binds_the_safe_end_only():
    found = one({"case": WORDS, **upto(2000)}, {"rate_at_most": 0.5})
    assert (found.safe, found.best) == (Terms(HALF, at_most=200000), Terms(HALF))


def test_a_tier_that_may_not_apply_leaves_no_safe_end():
    assert doubts({"when": MAYBE, "rate_at_most": 0.6}) == ("tier-case",)
    assert one({"when": MAYBE, "rate_at_most": 0.6}).safe is None


def test_a_part_that_may_not_be_for_the_company_has_no_safe_end():
    assert one(when=MAYBE).safe is None
    assert doubts(when=MAYBE) == ("part-case",)
    assert doubts(when=TRUE) == ()


def test_words_that_restrict_a_part_leave_it_no_safe_end():
    assert doubts(case=WORDS) == ("part-words",)
    assert doubts(case=WORDS, case_is="named") == ()
    assert doubts(case=WORDS, when=TRUE) == ()


def test_an_amount_without_a_rate_is_safe_only_if_it_is_fixed():
    assert one({"amount": {"at_most": 3000}}).safe is None
    assert one({"amount": {"at_most": 3000}}).best == Terms(Fraction(1), at_most=300000)
    assert one({"amount": {"at_least": 3000, "at_most": 3000}}).safe == Terms(
        Fraction(1), at_most=300000, at_least=300000
    )


def test_of_those_who_are_hired_one_is_surely_counted_and_at_best_all():
    found = one(upto(1000, per="person"), given={"farm.pupils": {"from": 2, "to": 5}})
    assert found.safe is not None
    assert (found.safe.at_most, found.best.at_most) == (100000, 500000)
    assert doubts(upto(1000, per="person"), given={"farm.pupils": 3}) == ("persons",)
    assert doubts(upto(1000, per="person"), given={"farm.pupils": 1}) == ()


def test_hiring_that_is_not_sure_has_no_safe_amount():
    assert one(upto(1000, per="person"), given={"farm.pupils": {"from": 0, "to": 5}}).safe is None


def test_no_more_persons_are_counted_than_the_programme_takes():
    limited = one(upto(1000, per="person"), given={"farm.pupils": 3}, wage_limits={"persons_at_most": 2})
    assert limited.best.at_most == 200000


def test_of_things_whose_number_is_not_known_one_is_sure():
    found = one(upto(1000, unit="measure"))
    assert found.safe is not None
    assert (found.safe.at_most, found.best.at_most) == (100000, None)
    assert one(upto(1000, unit="site")).best.at_most == 100000


def test_an_amount_for_each_year_caps_the_lines_of_that_year():
    caps = entry(part(upto(1000, per="year"))).offer.caps
    assert [(cap.at_most, sorted(cap.lines or ())) for cap in caps] == [(100000, ["line-1"]), (100000, ["line-2"])]


def test_a_line_without_a_date_is_in_every_year():
    caps = entry(part(upto(1000, per=["company", "year"]), expenses=["wells", "timber"])).offer.caps
    assert [sorted(cap.lines or ()) for cap in caps] == [["line-1", "line-3"], ["line-2", "line-3"]]
    (only,) = entry(part(upto(1000, per="year"), expenses=["timber"])).offer.caps
    assert only.lines == frozenset({"line-3"})


def test_of_two_yearly_amounts_the_lesser_bounds_the_whole_safe_end():
    found = entry(part({"case": WORDS, **upto(2000, per="year")}, upto(1000, per="year"))).offer
    assert found.parts[0].safe == Terms(HALF, at_most=100000)
    assert {cap.at_most for cap in found.caps} == {200000}


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"wage_limits": {"hourly_wage_at_most": 25}}, "wage-limits"),
        ({"per_unit": {"at_most": 10, "unit": "measure", "source": "page"}}, "per-unit"),
        ({"paid_to": WORDS}, "paid-to-others"),
        ({"refundable": False}, "needs-tax"),
    ],
)
def test_money_that_depends_on_what_is_not_asked_has_no_safe_end(facts: dict[str, Any], code: str):
    assert one(**facts).safe is None
    assert doubts(**facts) == (code,)


def test_weeks_of_wages_have_no_safe_end():
    assert doubts({"rate_at_most": 0.5, "weeks_at_most": 30}) == ("wage-limits",)


def test_of_several_forms_the_least_valuable_is_sure():
    sure, better = entry(part(alternatives=["loan"])).offer.parts
    assert (sure.instrument, sure.safe, sure.choice) == ("loan", Terms(HALF), "part-1")
    assert (better.instrument, better.safe, better.choice) == ("grant", None, "part-1")


def test_a_main_form_that_is_the_least_valuable_makes_one_part():
    assert one(instrument="loan", alternatives=["grant"]).safe == Terms(HALF)


def test_parts_that_exclude_each_other_keep_their_choice():
    found = entry(part(choice="form"), part(choice="form", alternatives=["loan"])).offer
    assert {one.choice for one in found.parts} == {"form"}


def test_a_threshold_for_each_thing_is_taken_off_each_line_that_is_above_it():
    rules = {"threshold": {"amount": 2500, "unit": "property", "source": "page"}, "source": "page"}
    found = one(instrument="tax-credit", base_rules=rules)
    assert (found.lines, found.threshold) == (frozenset({"line-1"}), 250000)
    assert found.safe is not None
    assert doubts(base_rules=rules) == ()


@pytest.mark.parametrize(("said", "doubt"), [("unknown", "one-per-line"), (False, "several-per-line")])
def test_a_threshold_for_each_thing_is_not_sure_of_an_expense_that_may_hold_several(said: Any, doubt: str):
    rules = {"threshold": {"amount": 2500, "unit": "property", "source": "page"}, "source": "page"}
    found = one(base_rules=rules, given={"plan.single": said})
    assert (found.safe, found.threshold) == (None, 250000)
    assert doubts(base_rules=rules, given={"plan.single": said}) == (doubt,)


def test_without_a_budget_nobody_says_that_the_one_expense_is_one_thing():
    rules = {"threshold": {"amount": 2500, "unit": "property", "source": "page"}, "source": "page"}
    (found,) = entry(part(base_rules=rules), given={"plan.cost": 9000, "plan.aims": ["water"]}, budget=None).offer.parts
    assert found.safe is None


YEARLY = {"threshold": {"amount": 500, "per": "year", "source": "page"}, "source": "page"}


@pytest.mark.parametrize(
    ("days", "months", "safe", "best"),
    [
        (["2027-03-01", "2027-09-01"], None, 1, 1),
        (["2027-03-01", "2028-03-01"], None, 2, 2),
        (["2027-03-01", None], None, None, 1),  # in which year, nobody said
        ([None], None, None, 1),
        ([None], 12, 2, 1),
        ([None], 18, 3, 1),
        ([None], {"from": 6, "to": 25}, 4, 1),
        ([None], 0, 1, 1),
        (["2027-03-01", None], 18, 3, 1),
        (["2027-03-01", "2029-03-01", None], 6, 2, 2),  # shorter than its days say: the years of these
    ],
)
def test_a_threshold_by_year_is_taken_off_in_each_year_that_an_expense_without_a_date_may_touch(
    days: list[str | None], months: Any, safe: int | None, best: int
):
    given = {} if months is None else {"plan.months": months}
    found = entry(part(base_rules=YEARLY), given=given, budget=wells(*days))
    assert found.offer.parts[-1].threshold == best * 50000
    sure = [one.threshold for one in found.offer.parts if one.safe]
    assert sure == ([] if safe is None else [safe * 50000])
    code = "years-unknown" if safe is None else "years-at-most" if safe > best else None
    assert {"years-unknown", "years-at-most"} & {doubt.code for doubt in found.doubts} == ({code} if code else set())


def test_only_the_lines_that_surely_count_need_a_date():
    document = part(expenses=["wells", "timber"], narrowed=[BARNS], base_rules=YEARLY)
    budget = [*wells("2027-03-01"), {"category": "timber", "amount": 20000}]
    sure, _ = entry(document, budget=budget).offer.parts
    assert (sure.safe is not None, sure.threshold) == (True, 50000)


@pytest.mark.parametrize("said", ["unknown", True])
def test_what_a_company_may_have_had_before_leaves_an_amount_by_company_unsure(said: Any):
    of_company = {"rate_at_most": 0.5, "amount": {"at_most": 3000, "per": "company"}}
    assert one(of_company).safe == Terms(HALF, at_most=300000)
    assert one(of_company, given={"farm.helped": said}).safe is None
    assert doubts(of_company, given={"farm.helped": said}) == ("once",)
    ceiling = {"at_most": 3000, "per": "company", "source": "page"}
    for aid, facts in (({"ceilings": [ceiling]}, {}), ({}, {"ceilings": [ceiling]})):
        for given, safe in (({}, Terms(HALF)), ({"farm.helped": said}, None)):
            found = entry(part(**facts), aid=aid, given=given)
            assert [one.safe for one in found.offer.parts] == [safe]
            assert ("once" in found.offer.to_confirm) == (safe is None)


def test_a_threshold_for_each_year_is_taken_off_in_each_year():
    rules = {"threshold": {"amount": 500, "per": "year", "source": "page"}, "source": "page"}
    assert one(base_rules=rules).threshold == 100000


def test_a_threshold_by_employee_is_safe_as_if_all_counted():
    by_employee = {
        "threshold": {
            "amount": 500,
            "per": "year",
            "per_employee": [{"year": 2026, "amount": 300, "source": "page"}],
            "source": "page",
        },
        "source": "page",
    }
    sure, better = entry(part(base_rules=by_employee), given={"farm.hands": 4}).offer.parts
    assert (sure.threshold, better.threshold) == (2 * 120000, 2 * 50000)
    assert one(base_rules=by_employee).safe is None
    assert doubts(base_rules=by_employee) == ("threshold-unknown",)


@pytest.mark.parametrize(
    ("instrument", "said", "less_aid"),
    [
        ("tax-credit", {"less_aid": True, "source": "page"}, True),
        ("tax-credit", {"less_aid": "unknown", "source": "page"}, None),
        ("tax-credit", None, None),
        ("grant", None, False),
    ],
)
def test_whether_aid_lowers_the_base_is_not_known_of_a_silent_tax_credit(
    instrument: str, said: dict[str, Any] | None, less_aid: object
):
    assert one(instrument=instrument, base_rules=said).less_aid is less_aid
    assert ("less-aid" in doubts(instrument=instrument, base_rules=said)) is (less_aid is None)


def test_expenses_above_a_limit_do_not_count():
    over = {"expenses_over": {"amount": 8000, "source": "page"}, "source": "page"}
    assert one(base_rules=over).safe == Terms(HALF, at_most=400000)


def counted(**facts: Any) -> tuple[int, list[tuple[int, list[str]]]]:
    """The threshold of a part at 50 % on wells, timber and wages, and its caps by line."""
    found = entry(part(expenses=["wells", "timber", "wages"], **facts)).offer
    return found.parts[0].threshold, [(cap.at_most, sorted(cap.lines or ())) for cap in found.caps]


def test_expenses_that_count_for_a_share_leave_the_rest_out_of_the_base():
    rules = {"counted": [{"expenses": ["timber"], "share": 0.5, "source": "page"}], "source": "page"}
    assert counted(base_rules=rules) == (300000, [(150000, ["line-3"])])  # half of 6,000, paid at 50 %


def test_expenses_that_are_limited_count_up_to_a_share_of_the_others():
    limits = [{"expenses": ["timber"], "share_at_most": 0.2, "of": "eligible", "source": "page"}]
    assert counted(expense_limits=limits) == (280000, [(160000, ["line-3"])])  # 20 % of 16,000 is 3,200 of 6,000
    half = [{**limits[0], "share_at_most": 0.5}]
    assert counted(expense_limits=half) == (0, [])


def test_a_slice_that_holds_the_whole_base_is_a_plain_rate():
    low = {"rate_at_most": 0.3, "slice": {"to": 50000}}
    high = {"rate_at_most": 0.2, "slice": {"from": 50000}}
    assert one(low, high).safe == Terms(THIRD)
    assert reason(part(high)) == "slice-above"
    assert reason(part({**high, "slice": {"from": 5000}})) == "slice-above"


def test_a_programme_with_a_slice_that_is_only_announced_is_left_out_alone_with_its_reason():
    """It refused the whole problem: ``plan-slices``, and no plan for anybody."""
    slices = (
        {"rate_at_most": 0.3, "slice": {"to": 5000}},
        {"rate_at_most": 0.2, "slice": {"from": 5000, "to": 8000}, "status": "announced"},
        {"rate_at_most": 0.1, "slice": {"from": 8000}},
    )
    found = offers(programme("holed", part(*slices)), programme("whole"))
    assert [(one.result.match.programme.id, one.code) for one in found.outside] == [("holed", "slice-unknown")]
    assert solve(found.problem, end=End.SAFE).used == ("whole",)
    assert "holed" in offers(programme("holed", part(*slices)), budget=[{"category": "wells", "amount": 4000}]).entries


def test_a_credit_whose_rate_rises_with_a_base_that_aid_lowers_is_left_out_with_its_reason():
    slices = ({"rate_at_most": 0.1, "slice": {"to": 5000}}, {"rate_at_most": 0.2, "slice": {"from": 5000}})
    assert reason(part(*slices, instrument="tax-credit")) == "slices-rise"


def test_slices_that_the_base_crosses_are_kept():
    found = one({"rate_at_most": 0.3, "slice": {"to": 5000}}, {"rate_at_most": 0.2, "slice": {"from": 5000}})
    assert found.best.slices == (Slice(THIRD, 0, 500000), Slice(Fraction("0.2"), 500000, None))


def test_costs_before_filing_do_not_count():
    late = [{"category": "wells", "amount": 10000, "date": "2026-11-25"}, *BUDGET[1:]]
    (found,) = entry(part(costs_from="filing"), budget=late).offer.parts
    assert found.lines == frozenset({"line-2"})
    assert reason(part(costs_from="filing"), budget=late[:1]) == "too-early"


FIRST = {"kind": "apply-before-start", "source": "page"}
WAIT = {"kind": "apply-before-start", "time": {"count": 60, "unit": "business-days"}, "source": "page"}
BEGUN = {"plan.begun": True}


def wells(*days: str | None) -> list[dict[str, Any]]:
    """A well of 10,000 for each day."""
    return [{"category": "wells", "amount": 10000, **({"date": day} if day else {})} for day in days]


@pytest.mark.parametrize(
    ("time", "last_early", "first"),
    [
        (None, "2026-11-25", "2026-11-26"),
        ({"count": 2, "unit": "weeks"}, "2026-12-09", "2026-12-10"),
        ({"count": 3, "unit": "months"}, "2027-02-25", "2027-02-26"),
        ({"count": 15, "unit": "months"}, "2028-02-25", "2028-02-26"),
        ({"count": 2, "unit": "business-days"}, "2026-11-29", "2026-11-30"),  # the 26th is a Thursday
        ({"count": 60, "unit": "business-days"}, "2027-02-17", "2027-02-18"),
    ],
)
def test_an_expense_before_the_application_or_its_delay_does_not_count(time: Any, last_early: str, first: str):
    delays = [{**FIRST, **({"time": time} if time else {})}]
    (found,) = entry(part(), budget=wells(last_early, first), delays=delays).offer.parts
    assert found.lines == frozenset({"line-2"})
    assert reason(part(), budget=wells(last_early), delays=delays) == "too-early"


def test_an_approval_that_comes_first_is_had_on_the_day_of_the_plan_at_the_soonest():
    delays = [{**FIRST, "kind": "approve-before-start"}]
    (found,) = entry(part(), budget=wells("2026-11-25", "2026-11-26"), delays=delays).offer.parts
    assert found.lines == frozenset({"line-2"})


def test_other_delays_leave_no_expense_out():
    delays = [{**WAIT, "kind": "decision"}]
    (found,) = entry(part(), budget=wells("2026-11-27"), delays=delays).offer.parts
    assert found.safe is not None


def test_what_must_be_asked_before_a_project_is_not_sure_once_it_has_begun():
    for given, budget in ((BEGUN, wells("2027-03-01")), ({}, wells("2026-11-25", "2027-03-01"))):
        found = entry(part(), given=given, budget=budget, delays=[FIRST])
        assert [one.safe for one in found.offer.parts] == [None]
        assert "begun" in found.offer.to_confirm
    perhaps = entry(part(), given={"plan.begun": "unknown"}, budget=wells("2027-03-01"), delays=[FIRST]).offer
    assert ([one.safe for one in perhaps.parts], perhaps.to_confirm) == ([None], ("perhaps-begun", "ceiling-unknown"))
    both = entry(part(costs_from="filing"), given=BEGUN, budget=wells(None), delays=[FIRST]).offer.to_confirm
    assert {"begun", "begun-lines"} & set(both) == {"begun"}  # asked once


def test_what_must_be_asked_before_a_project_is_sure_of_one_that_has_not_begun():
    found = entry(part(), given={"plan.begun": False}, budget=wells("2027-03-01", None), delays=[FIRST])
    assert [one.safe for one in found.offer.parts] == [Terms(HALF)]
    assert not {"begun", "perhaps-begun"} & set(found.offer.to_confirm)


def test_of_a_project_that_has_begun_only_expenses_with_a_later_day_surely_come_after_the_application():
    found = entry(part(costs_from="filing"), given=BEGUN, budget=wells(None, "2027-03-01"))
    sure, best = found.offer.parts
    assert (sure.lines, best.lines) == (frozenset({"line-2"}), WELLS)
    assert (best.safe, sure.choice) == (None, best.choice)
    assert "begun-lines" in found.offer.to_confirm
    perhaps = entry(part(costs_from="filing"), given={"plan.begun": "unknown"}, budget=wells(None, "2027-03-01"))
    assert perhaps.offer.parts == found.offer.parts
    assert "perhaps-begun-lines" in perhaps.offer.to_confirm


def test_without_days_nothing_of_a_project_that_has_begun_is_sure():
    found = entry(part(costs_from="filing"), given=BEGUN, budget=wells(None))
    assert [(one.safe, one.lines) for one in found.offer.parts] == [(None, frozenset({"line-1"}))]


def test_that_a_project_has_begun_changes_nothing_where_no_source_speaks_of_it():
    assert entry(part(), budget=wells(None)).offer == entry(part(), given=BEGUN, budget=wells(None)).offer


@pytest.mark.parametrize(
    ("stated", "lines"),
    [
        ({"to": "2027-12-31"}, {"line-1", "line-2", "line-4"}),
        ({"from": "2027-03-01"}, {"line-2", "line-3", "line-4"}),
        ({"from": "2027-03-01", "to": "2027-12-31"}, {"line-2", "line-4"}),
        ({"to": "2026-11-25"}, {"line-1"}),  # what has no day comes after the day of the plan
        ({"from": "2020-01-01"}, {"line-1", "line-2", "line-3", "line-4"}),
    ],
)
def test_only_expenses_of_the_days_that_a_source_states_count(stated: dict[str, str], lines: set[str]):
    budget = wells("2026-01-01", "2027-03-01", "2028-01-01", None)
    found = entry(part(expenses_dated={**stated, "source": "page"}), budget=budget).offer
    unsure = {"line-4"} & lines if stated != {"from": "2020-01-01"} else set()  # it may come too late, or too soon
    assert found.parts[0].safe == Terms(HALF)
    assert (found.parts[0].lines, found.parts[-1].lines) == (lines - unsure, lines)
    assert ("in-time" in found.to_confirm) == bool(unsure)


def test_expenses_all_out_of_the_days_of_a_programme_leave_it_out():
    until = {"to": "2027-01-01", "source": "page"}
    assert reason(part(expenses_dated=until), budget=wells("2027-03-01")) == "other-days"
    assert reason(part(expenses_dated={**until, "to": "2026-11-25"}), budget=wells(None)) == "other-days"


GIVEN = {"category": "wells", "amount": 10000, "in_kind": True}


def test_what_is_given_in_kind_is_admitted_and_is_in_no_base_of_a_rate():
    known = {"base": "eligible", "base_rules": {"threshold": {"amount": 100, "unit": "property", "source": "page"}}}
    known["base_rules"] |= {"counted": [{"expenses": ["wells"], "share": 0.5, "source": "page"}], "source": "page"}
    alone, beside = (entry(part(**known), budget=budget).offer for budget in (wells(None), [*wells(None), GIVEN]))
    assert (beside.parts[0].threshold, beside.caps) == (alone.parts[0].threshold, alone.caps)
    assert beside.parts[0].lines == alone.parts[0].lines | {"line-2"}


def test_a_share_of_the_other_expenses_leaves_out_what_is_given_in_kind():
    limited = {"expense_limits": [{"expenses": ["timber"], "share_at_most": 0.1, "source": "page"}]}
    budget = [*wells(None), {"category": "timber", "amount": 6000}]
    offers = [
        entry(part(expenses=["wells", "timber"], **limited), budget=rows).offer for rows in (budget, [*budget, GIVEN])
    ]
    assert offers[0].caps == offers[1].caps


def test_only_what_is_given_in_kind_leaves_nothing_to_pay():
    assert reason(part(), budget=[GIVEN]) == "no-line"


def test_what_is_given_in_kind_does_not_hide_why_the_rest_is_refused():
    early, outside = wells("2026-11-25"), {"to": "2027-02-28", "source": "page"}
    assert reason(part(costs_from="filing"), budget=[*early, GIVEN]) == "too-early"
    assert reason(part(expenses_dated=outside), budget=[*wells("2027-03-01"), GIVEN]) == "other-days"


def test_what_was_given_in_kind_before_does_not_begin_a_project():
    given = {**GIVEN, "date": "2026-01-01"}
    found = entry(part(), budget=[*wells("2027-03-01"), given], delays=[FIRST])
    assert "begun" not in found.offer.to_confirm


def test_a_wait_beyond_the_calendar_leaves_every_dated_expense_out():
    late = [{**FIRST, "time": {"count": 1000, "unit": "months"}}]
    known = catalogue(programme("hand", part(), delays=late))
    profile = invented.profile({**FARM, "plan.budget": wells("2099-12-31")})
    found = offered(match(known, profile, on=date(9999, 12, 1)), preferences=preferences_of(known, Wishes()))
    assert [one.code for one in found.outside] == ["too-early"]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (part(status="announced"), "announced"),
        (part(instrument=None), "form-unknown"),
        (part(instrument="tax-deduction"), "not-money"),
        (part(when=FALSE), "other-case"),
        (part({"when": FALSE, "rate_at_most": 0.5}), "other-case"),
        (part(expenses=None), "expenses-unknown"),
        (part(expenses=[]), "no-expense"),
        (part(base="payroll"), "base"),
        (part({"rate_at_most": 0.5, "base": "payroll"}), "base"),
        (part({}), "figures-unknown"),
        (part({"amount": {"at_least": 500}}), "figures-unknown"),
        (part(upto(1000, per="person")), "persons-unknown"),
    ],
)
def test_a_part_that_cannot_be_planned_with_says_why(written: dict[str, Any], code: str):
    assert reason(written) == code


def test_nobody_hired_leaves_nothing_for_each_person():
    assert reason(part(upto(1000, per="person")), given={"farm.pupils": 0}) == "no-person"


def test_no_line_of_its_categories_leaves_a_programme_out():
    assert reason(part(expenses=["timber"]), budget=BUDGET[:1]) == "no-line"


def test_a_part_that_is_refused_does_not_keep_the_others_out():
    found = entry(part(), part(base="payroll"))
    assert [one.id for one in found.offer.parts] == ["part-1"]
    assert [(one.id, one.code) for one in found.refused] == [("part-2", "base")]


# ------------------------------------------------------------------------------------- expenses in words only

BARNS = {"expenses": ["timber"], "to": {"fr": "le bois d'une étable", "en": "timber for a barn"}, "source": "page"}
TIMBER = frozenset({"line-3"})


def narrowed(*tiers: dict[str, Any], expenses: list[str] | None = None, **facts: Any) -> tuple[Part, ...]:
    categories = expenses or ["wells", "timber"]
    return entry(part(*tiers, expenses=categories, narrowed=[BARNS], **facts)).offer.parts


def test_the_lines_of_a_narrowed_category_are_paid_at_the_reachable_end_only():
    sure, better = narrowed()
    assert (sure.id, sure.lines, sure.safe) == ("part-1", WELLS, Terms(HALF))
    assert (better.id, better.lines, better.safe, better.best) == ("part-1-best", BOTH, None, Terms(HALF))
    assert sure.choice == better.choice == "part-1"


def test_a_part_whose_lines_are_all_narrowed_is_in_no_safe_plan():
    (found,) = narrowed(expenses=["timber"])
    assert (found.id, found.lines, found.safe, found.best) == ("part-1", TIMBER, None, Terms(HALF))


def test_a_restriction_on_what_the_project_does_not_buy_changes_nothing():
    bought = [line for line in BUDGET if line["category"] == "wells"]
    document = part(expenses=["wells", "timber"], narrowed=[BARNS])
    (found,) = entry(document, budget=bought).offer.parts
    assert (found.lines, found.safe) == (WELLS, found.best)
    assert entry(document, budget=bought).doubts == entry(part(), budget=bought).doubts


def test_what_alone_counts_is_a_point_to_confirm():
    assert doubts(expenses=["wells", "timber"], narrowed=[BARNS]) == ("narrowed",)
    found = entry(part(expenses=["wells", "timber"], narrowed=[BARNS]))
    assert [doubt.narrowed for doubt in found.doubts if doubt.code == "narrowed"] == [BARNS]
    assert "narrowed" in found.offer.to_confirm


def test_a_threshold_above_the_lines_that_surely_count_leaves_no_safe_end():
    rules = {"threshold": {"amount": 12000, "unit": "asset", "source": "page"}, "source": "page"}
    timber = {"category": "timber", "amount": 20000}
    document = part(expenses=["wells", "timber"], narrowed=[BARNS], base_rules=rules)
    (found,) = entry(document, budget=[{"category": "wells", "amount": 10000}, timber]).offer.parts
    assert found.safe is None


def test_a_share_of_the_other_expenses_is_of_those_that_surely_count():
    limit = {"expenses": ["wages"], "share_at_most": 0.25, "source": "page"}
    document = part(expenses=["wells", "timber", "wages"], narrowed=[BARNS], expense_limits=[limit])
    found = entry(document).offer
    assert {(*cap.parts, *(cap.lines or ()), cap.at_most) for cap in found.caps} == {
        ("part-1", "line-4", 150000),  # half of 3,000: a quarter of the wells
    }


def test_a_kind_that_the_pack_says_pays_nothing_is_only_vouched_for():
    assert not one(instrument="loan-guarantee").pays
    assert one().pays
