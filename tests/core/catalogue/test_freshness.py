"""How old the facts of a programme are; a month or a year alone counts from its first day."""

from datetime import date

import pytest

from alliage.core.catalogue.freshness import Freshness, first_day, freshness, last_day
from tests import invented

PAGE = {"url": "https://x.example", "publisher": "X", "read": "2026-11-01"}


def age(as_of: str | None, on: str, *, confirmed: str | None = None) -> Freshness:
    source = {**PAGE, "confirmed": confirmed} if confirmed else PAGE
    facts = {"sources": {"page": source}} | ({"as_of": as_of} if as_of else {})
    return freshness(invented.programme(**facts), on=date.fromisoformat(on))


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026", date(2026, 12, 31)),
        ("2026-02", date(2026, 2, 28)),
        ("2024-02", date(2024, 2, 29)),
        ("2026-02-03", date(2026, 2, 3)),
    ],
)
def test_the_last_day_of_a_year_a_month_or_a_day(written: str, day: date):
    assert last_day(written) == day


@pytest.mark.parametrize(
    ("written", "day"),
    [("2026", date(2026, 1, 1)), ("2026-02", date(2026, 2, 1)), ("2026-02-03", date(2026, 2, 3))],
)
def test_the_first_day_of_a_year_a_month_or_a_day(written: str, day: date):
    assert first_day(written) == day


@pytest.mark.parametrize(
    ("as_of", "on", "months", "state"),
    [
        ("2026-02-15", "2026-02-15", 0, "fresh"),
        ("2026-02-15", "2026-03-14", 0, "fresh"),
        ("2026-02-15", "2026-03-15", 1, "fresh"),
        ("2026-02-15", "2027-02-15", 12, "fresh"),
        ("2026-02-15", "2027-03-14", 12, "fresh"),
        ("2026-02-15", "2027-03-15", 13, "stale"),
        ("2026-02", "2026-02-01", 0, "fresh"),
        ("2026-01", "2026-11-26", 10, "fresh"),
        ("2025-10", "2026-10-31", 12, "fresh"),
        ("2025-10", "2026-11-01", 13, "stale"),
        ("2024", "2025-01-31", 12, "fresh"),
        ("2024", "2025-02-01", 13, "stale"),
        ("2027", "2026-01-01", 0, "fresh"),
        (None, "2026-01-01", None, "undated"),
    ],
)
def test_facts_age_by_whole_months_and_are_stale_past_a_year(
    as_of: str | None, on: str, months: int | None, state: str
):
    found = age(as_of, on)
    assert (found.months, found.state, found.confirmed) == (months, state, None)


def test_a_confirmation_makes_facts_young_again_for_a_year():
    found = age("2024", "2026-11-15", confirmed="2026-10-15")
    assert (found.months, found.state, found.confirmed) == (1, "confirmed", date(2026, 10, 15))
    assert age("2024", "2027-11-15", confirmed="2026-10-15").state == "stale"
    assert age(None, "2026-11-15", confirmed="2026-10-15").state == "confirmed"


def test_facts_newer_than_their_confirmation_are_fresh_only():
    found = age("2026-11-01", "2026-11-15", confirmed="2026-10-15")
    assert (found.state, found.confirmed) == ("fresh", None)
    assert age("2026-10-15", "2026-11-15", confirmed="2026-10-15").state == "confirmed"
