"""The intake on a day: days are whole and included, and where no source says, the state is not known."""

from datetime import date
from typing import Any

import pytest

from alliage.core.catalogue.intake import Intake, intake_on
from tests import invented

MARCH, MAY, JUNE, DECEMBER = date(2026, 3, 1), date(2026, 5, 31), date(2026, 6, 1), date(2026, 12, 31)


def intake(written: dict[str, Any], on: date, given: dict[str, Any] | None = None) -> Intake:
    programme = invented.programme(intake={"source": "page", **written})
    return intake_on(programme, on=on, answers=invented.profile(given or {}).answers)


def states(written: dict[str, Any], days: list[str]) -> list[str]:
    return [intake(written, date.fromisoformat(day)).state for day in days]


def test_a_window_is_open_from_its_first_to_its_last_day_included():
    written = {"kind": "window", "windows": [{"from": "2026-03-01", "to": "2026-05-31"}]}
    days = ["2026-02-28", "2026-03-01", "2026-05-31", "2026-06-01"]
    assert states(written, days) == ["opens-on", "open", "open", "closed"]
    assert intake(written, date(2026, 2, 28)) == Intake("opens-on", opens=MARCH, closes=MAY, source="page")
    assert intake(written, MARCH) == Intake("open", closes=MAY, source="page")
    assert intake(written, JUNE) == Intake("closed", closes=MAY, source="page")


def test_between_two_windows_the_next_one_is_named_whatever_the_order_written():
    windows = [
        {"from": "2027-03-01", "to": "2027-05-31"},
        {"from": "2026-12-31", "to": "2027-01-31"},
        {"from": "2026-03-01", "to": "2026-05-31"},
    ]
    written = {"kind": "window", "windows": windows}
    assert intake(written, JUNE) == Intake("opens-on", opens=DECEMBER, closes=date(2027, 1, 31), source="page")
    assert intake(written, date(2028, 1, 1)) == Intake("closed", closes=date(2027, 5, 31), source="page")


def test_a_window_of_which_one_end_is_known_is_not_known_inside():
    begins = {"kind": "window", "windows": [{"from": "2026-03-01"}]}
    assert states(begins, ["2026-02-28", "2026-03-01", "2030-01-01"]) == ["opens-on", "not-known", "not-known"]
    assert intake(begins, date(2026, 2, 28)) == Intake("opens-on", opens=MARCH, source="page")
    ends = {"kind": "window", "windows": [{"to": "2026-05-31"}]}
    assert states(ends, ["2020-01-01", "2026-05-31", "2026-06-01"]) == ["not-known", "not-known", "closed"]


def test_a_whole_window_counts_more_than_one_half_known():
    written = {"kind": "window", "windows": [{"from": "2026-01-01"}, {"from": "2026-03-01", "to": "2026-05-31"}]}
    assert states(written, ["2026-02-28", "2026-03-01", "2026-06-01"]) == ["not-known", "open", "not-known"]


def test_two_windows_that_open_the_same_day():
    windows = [{"from": "2026-03-01"}, {"from": "2026-03-01", "to": "2026-05-31"}]
    assert intake({"kind": "window", "windows": windows}, date(2026, 1, 1)).opens == MARCH


def test_a_window_without_days_is_not_known():
    assert states({"kind": "window"}, ["2026-03-01"]) == ["not-known"]
    assert states({"kind": "window", "windows": [{}]}, ["2026-03-01"]) == ["not-known"]


def test_a_continuous_intake_is_open_within_its_outer_limits():
    assert intake({"kind": "continuous"}, MARCH) == Intake("open", source="page")
    until = {"kind": "continuous", "windows": [{"to": "2026-05-31"}]}
    assert states(until, ["2020-01-01", "2026-05-31", "2026-06-01"]) == ["open", "open", "closed"]
    assert intake(until, MARCH).closes == MAY
    since = {"kind": "continuous", "windows": [{"from": "2026-03-01"}]}
    assert states(since, ["2026-02-28", "2026-03-01", "2040-01-01"]) == ["opens-on", "open", "open"]


@pytest.mark.parametrize("kind", ["closed", "suspended"])
def test_closed_or_suspended_says_when_it_opens_again_and_is_open_then(kind: str):
    assert intake({"kind": kind}, MARCH) == Intake(kind, source="page")
    again = {"kind": kind, "windows": [{"from": "2026-12-31"}, {"from": "2026-06-01", "to": "2026-06-30"}]}
    assert intake(again, MARCH) == Intake(kind, opens=JUNE, source="page")
    assert intake(again, JUNE) == Intake("open", closes=date(2026, 6, 30), source="page")
    assert intake(again, date(2026, 7, 1)) == Intake(kind, opens=DECEMBER, source="page")
    assert intake(again, DECEMBER) == Intake(kind, source="page")


def test_an_unknown_intake_stays_so_and_says_what_was_last_seen():
    seen = {"state": "open", "day": "2025-04", "source": "page"}
    found = intake({"kind": "unknown", "windows": [{"from": "2026-03-01"}], "last_seen": seen}, MARCH)
    assert found == Intake("not-known", source="page", last_seen=seen)


CASES = {
    "kind": "continuous",
    "cases": [
        {"when": {"all": [{"attribute": "farm.form", "one_of": ["abbey"], "source": "page"}]},
         "kind": "suspended", "from": "2026-12-31", "source": "page"},
        {"when": {"all": [{"attribute": "farm.form", "one_of": ["family"], "source": "page"}]},
         "kind": "window", "from": "2026-03-01", "to": "2026-05-31", "source": "record"},
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("abbey", Intake("suspended", opens=DECEMBER, source="page")),
        ("family", Intake("open", closes=MAY, source="record")),
        ("company", Intake("open", source="page")),
        ("unknown", Intake("not-known", source="page")),
        ({"one_of": ["family", "company"]}, Intake("not-known", source="record")),
    ],
)
def test_the_intake_of_the_first_case_that_holds_applies(form: Any, expected: Intake):
    assert intake(CASES, MARCH, {"farm.form": form}) == expected


def test_a_case_without_a_condition_applies_to_all():
    written = {"kind": "closed", "cases": [{"kind": "continuous", "source": "record"}]}
    assert intake(written, MARCH) == Intake("open", source="record")


def test_plain_data_leaves_out_what_is_not_known():
    seen = {"state": "open", "day": "2025", "source": "page"}
    found = Intake("opens-on", opens=MARCH, closes=MAY, source="page", last_seen=seen)
    assert found.as_dict() == {
        "state": "opens-on",
        "opens": "2026-03-01",
        "closes": "2026-05-31",
        "source": "page",
        "last_seen": seen,
    }
    assert Intake("open").as_dict() == {"state": "open"}
