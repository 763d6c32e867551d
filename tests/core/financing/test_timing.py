"""The cash of a plan by month, the bridge, the order of filing and the calendar: tables worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from alliage.core.financing.plan import Amount
from alliage.core.financing.problem import Line
from alliage.core.financing.timing import Entry, EntryKind, Filing, Payout, calendar, cash, filing_order, with_in_hand

START = date(2027, 1, 15)
DELAYS = {"grant": 2, "loan": 0, "credit": 9}


def line(id_: str, cost: int, day: date | None = None, *, in_kind: bool = False) -> Line:
    return Line(id=id_, category="equipment", cost=cost, day=day, in_kind=in_kind)


def aid(on: str, cents: int, instrument: str = "grant") -> Amount:
    return Amount(offer="a", part="p", line=on, instrument=instrument, cents=cents)


def table(found: object) -> list[tuple[str, int, int, int]]:
    return [(f"{m.first:%Y-%m}", m.spent, m.received, m.balance) for m in found.months]  # type: ignore[attr-defined]


def test_a_grant_that_comes_two_months_later_is_bridged_by_its_own_amount():
    found = cash(
        lines=[line("press", 100_00, date(2027, 3, 10))],
        amounts=[aid("press", 40_00)],
        delays=DELAYS,
        start=START,
        duration=None,
    )
    # own funds 60; March: 60 - 100 = -40; May: -40 + 40 = 0
    assert table(found) == [("2027-03", 100_00, 0, -40_00), ("2027-05", 0, 40_00, 0)]
    assert (found.own_funds, found.bridge, found.month) == (60_00, 40_00, date(2027, 3, 1))


def test_a_loan_that_comes_at_once_needs_no_bridge():
    found = cash(
        lines=[line("press", 100_00, date(2027, 3, 10))],
        amounts=[aid("press", 40_00, "loan")],
        delays=DELAYS,
        start=START,
        duration=None,
    )
    assert table(found) == [("2027-03", 100_00, 40_00, 0)]
    assert (found.bridge, found.month) == (0, None)


def test_own_funds_are_spent_first_and_the_bridge_is_the_deepest_month():
    found = cash(
        lines=[line("hall", 30_00, date(2027, 1, 5)), line("press", 100_00, date(2027, 3, 31))],
        amounts=[aid("hall", 15_00), aid("press", 50_00), aid("press", 10_00, "credit")],
        delays=DELAYS,
        start=START,
        duration=12,
    )
    # own 130 - 75 = 55. Jan 55-30=25; March 25+15-100=-60; May -60+50=-10; Dec -10+10=0
    assert table(found) == [
        ("2027-01", 30_00, 0, 25_00),
        ("2027-03", 100_00, 15_00, -60_00),
        ("2027-05", 0, 50_00, -10_00),
        ("2027-12", 0, 10_00, 0),
    ]
    assert (found.bridge, found.month) == (60_00, date(2027, 3, 1))


def test_a_line_without_a_day_is_spread_over_the_project_to_the_cent():
    found = cash(lines=[line("wages", 100)], amounts=[aid("wages", 50)], delays={"grant": 1}, start=START, duration=3)
    # 33, 33, 34 out from January; 16, 17, 17 in from February; own 50
    assert table(found) == [
        ("2027-01", 33, 0, 17),
        ("2027-02", 33, 16, 0),
        ("2027-03", 34, 17, -17),
        ("2027-04", 0, 17, 0),
    ]
    assert (found.spread, found.untimed, found.bridge) == (("wages",), (), 17)


def test_without_a_duration_a_line_without_a_day_is_said_and_in_no_month():
    found = cash(
        lines=[line("wages", 100_00), line("press", 50_00, date(2027, 2, 1))],
        amounts=[aid("wages", 70_00), aid("press", 20_00)],
        delays=DELAYS,
        start=START,
        duration=None,
    )
    assert table(found) == [("2027-02", 50_00, 0, -20_00), ("2027-04", 0, 20_00, 0)]
    assert (found.own_funds, found.untimed, found.spread) == (30_00, ("wages",), ())


def test_money_whose_delay_is_not_known_never_comes_and_is_said():
    found = cash(
        lines=[line("press", 50_00, date(2027, 2, 1))],
        amounts=[aid("press", 20_00, "voucher")],
        delays=DELAYS,
        start=START,
        duration=None,
    )
    assert table(found) == [("2027-02", 50_00, 0, -20_00)]
    assert (found.undelayed, found.bridge) == (("voucher",), 20_00)


MONTHLY, QUARTERLY = {("a", "p"): Payout(every=1, after=1)}, {("a", "p"): Payout(every=3, after=1)}


def test_money_that_is_claimed_each_month_follows_the_spending_month_by_month():
    found = cash(
        lines=[line("wages", 300)], amounts=[aid("wages", 150)], delays={}, start=START, duration=3, payouts=MONTHLY
    )
    # own funds 150; each month 100 are spent, and 50 of the month before come
    assert table(found) == [
        ("2027-01", 100, 0, 50),
        ("2027-02", 100, 50, 0),
        ("2027-03", 100, 50, -50),
        ("2027-04", 0, 50, 0),
    ]
    assert (found.bridge, found.undelayed) == (50, ())


def test_money_that_is_claimed_each_quarter_comes_after_the_quarter_of_its_project():
    lines = [
        line("first", 100, date(2027, 2, 1)),
        line("next", 100, date(2027, 4, 30)),
        line("last", 100, date(2027, 5, 1)),
    ]
    amounts = [aid(one.id, 50) for one in lines]
    found = cash(lines=lines, amounts=amounts, delays=DELAYS, start=START, duration=None, payouts=QUARTERLY)
    # the first quarter is February to April, paid in May with what is spent then; the second is paid in August
    assert [(month, come) for month, _, come, _ in table(found)] == [
        ("2027-02", 0),
        ("2027-04", 0),
        ("2027-05", 100),
        ("2027-08", 50),
    ]


def test_money_paid_at_the_end_waits_for_the_last_month_of_the_project():
    found = cash(
        lines=[line("press", 100, date(2027, 2, 1)), line("hall", 100, date(2027, 6, 1))],
        amounts=[aid("press", 50), aid("hall", 50, "loan")],
        delays=DELAYS,
        start=START,
        duration=None,
        payouts={("a", "p"): Payout(at_end=True)},
    )
    assert [(month, come) for month, _, come, _ in table(found)] == [("2027-02", 0), ("2027-06", 50), ("2027-08", 50)]


@pytest.mark.parametrize(("in_hand", "bridge"), [(None, 40_00), (25_00, 75_00), (0, 100_00), (99_00, 40_00)])
def test_the_bridge_counts_no_more_than_the_money_in_hand(in_hand: int | None, bridge: int):
    found = cash(
        lines=[line("press", 100_00, date(2027, 3, 15))],
        amounts=[aid("press", 40_00)],
        delays=DELAYS,
        start=START,
        duration=None,
    )
    found = found if in_hand is None else with_in_hand(found, in_hand)
    assert (found.own_funds, found.bridge, found.month) == (60_00, bridge, date(2027, 3, 1))


def test_what_is_given_in_kind_is_not_cash():
    found = cash(
        lines=[line("time", 50_00, date(2027, 2, 1), in_kind=True)], amounts=[], delays=DELAYS, start=START, duration=6
    )
    assert (found.months, found.own_funds, found.spread) == ((), 0, ())


def test_the_end_of_time_is_a_month_like_another():
    found = cash(
        lines=[line("press", 50_00, date.max)],
        amounts=[aid("press", 20_00)],
        delays=DELAYS,
        start=date.max,
        duration=None,
    )
    assert table(found) == [("9999-12", 50_00, 20_00, 0)]


@pytest.mark.parametrize("duration", [1, 2, 7, 12])
def test_every_cent_comes_and_goes(duration: int):
    found = cash(
        lines=[line("wages", 100_03), line("press", 7_77, date(2027, 2, 1))],
        amounts=[aid("wages", 33_35), aid("wages", 1, "credit"), aid("press", 7_77, "loan")],
        delays=DELAYS,
        start=START,
        duration=duration,
    )
    assert sum(month.spent for month in found.months) == 107_80
    assert sum(month.received for month in found.months) == 41_13
    assert found.months[-1].balance == 0
    assert found.bridge == max(0, -min(month.balance for month in found.months))


# ---------------------------------------------------------------------------------------------- filing


def test_what_must_be_filed_before_the_work_comes_first_then_deadlines_then_worth_then_ids():
    filings = [
        Filing("late", before_start=False, closes=date(2027, 1, 1)),
        Filing("unknown"),
        Filing("rich", before_start=True, worth=9_00),
        Filing("poor", before_start=True, worth=1_00),
        Filing("also-poor", before_start=True, worth=1_00),
        Filing("soon", before_start=True, closes=date(2027, 6, 1)),
    ]
    expected = ("soon", "rich", "also-poor", "poor", "unknown", "late")
    assert filing_order(filings) == expected
    assert filing_order(filings[::-1]) == expected


def test_what_is_needed_comes_before_what_needs_it_and_is_as_urgent():
    filings = [
        Filing("grant", before_start=True, requires=frozenset({"plan"})),
        Filing("plan", before_start=False, requires=frozenset({"diagnostic", "elsewhere"})),
        Filing("diagnostic", before_start=False),
        Filing("other", before_start=None, closes=date(2027, 1, 1)),
    ]
    assert filing_order(filings) == ("diagnostic", "plan", "grant", "other")


def test_requirements_in_a_circle_still_give_an_order():
    filings = [
        Filing("b", requires=frozenset({"a"})),
        Filing("a", requires=frozenset({"b"})),
        Filing("c", requires=frozenset({"a"})),
    ]
    assert filing_order(filings) == ("a", "b", "c")


def test_nothing_to_file_is_an_empty_order():
    assert filing_order([]) == ()


# -------------------------------------------------------------------------------------------- calendar


def test_the_calendar_has_the_days_ahead_in_order_and_those_without_a_day_last():
    on, start = date(2026, 11, 26), date(2027, 3, 1)
    found = calendar(
        filings=[
            Filing("a", before_start=True, opens=date(2026, 12, 1), closes=date(2027, 3, 1)),
            Filing("b", before_start=False, opens=date(2026, 11, 1), closes=date(2026, 11, 25)),
            Filing("c", before_start=None, closes=on),
        ],
        lines=[line("press", 1, date(2027, 5, 3)), line("old", 1, date(2026, 1, 1)), line("no-day", 1)],
        on=on,
        start=start,
    )
    assert found == (
        Entry(on, EntryKind.CLOSES, "c"),
        Entry(date(2026, 12, 1), EntryKind.OPENS, "a"),
        Entry(start, EntryKind.CLOSES, "a"),
        Entry(start, EntryKind.FILE_BEFORE_START, "a"),
        Entry(start, EntryKind.FILE_BEFORE_START, "c", certain=False),
        Entry(start, EntryKind.START),
        Entry(date(2027, 5, 3), EntryKind.EXPENSE, line="press"),
    )


@pytest.mark.parametrize("start", [None, date(2026, 1, 1)])
def test_filing_before_a_start_that_is_past_or_not_known_has_no_day(start: date | None):
    found = calendar(
        filings=[Filing("a", before_start=True)],
        lines=[line("time", 1, date(2027, 5, 3), in_kind=True)],
        on=date(2026, 11, 26),
        start=start,
    )
    assert found == (Entry(None, EntryKind.FILE_BEFORE_START, "a"),)


def test_what_pays_nothing_is_not_cash():
    press = [line("press", 100_00, date(2027, 3, 10))]
    vouched = replace(aid("press", 40_00, "loan"), pays=False)
    found = cash(lines=press, amounts=[vouched], delays=DELAYS, start=START, duration=None)
    assert found == cash(lines=press, amounts=[], delays=DELAYS, start=START, duration=None)
