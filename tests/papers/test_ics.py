"""The calendar, read back: each day that is known, stable, in the language, and nothing typed can add an event."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from icalendar import Calendar, Event

from alliage.papers import ics
from tests.papers.conftest import LANGUAGES, TYPED, nothing


def events(answer: dict[str, Any], lang: str = "fr") -> list[Event]:
    return list(Calendar.from_ical(ics(answer, lang=lang)).walk("VEVENT"))


def test_each_day_that_is_known_is_an_event(answer: dict[str, Any]):
    found = events(answer)
    known = [entry for entry in answer["calendar"] if entry["day"]]
    assert [event["dtstart"].dt.isoformat() for event in found] == [entry["day"] for entry in known]
    assert [str(event["categories"].cats[0]) for event in found] == [entry["kind"] for entry in known]
    assert {event["dtstamp"].dt for event in found} == {datetime(2026, 11, 26, tzinfo=UTC)}
    assert all(type(event["dtstart"].dt) is date for event in found)


@pytest.mark.parametrize(
    ("lang", "summary", "note"),
    [
        ("fr", "Date limite\u00a0: ESSOR – Volet 2", "Seul l’organisme décide. Plan fait le 26 novembre 2026."),
        ("en", "Deadline: ESSOR – Component 2", "Only the provider decides. Plan made on November 26, 2026."),
    ],
)
def test_an_event_speaks_the_language_and_promises_nothing(answer: dict[str, Any], lang: str, summary: str, note: str):
    (event,) = [one for one in events(answer, lang) if str(one["summary"]) == summary]
    assert event["summary"].params["LANGUAGE"] == lang
    assert str(event["description"]).endswith(note)
    assert str(event["url"]) == "https://www.investquebec.com/"
    assert len(event.walk("VALARM")) == 1


def test_an_expense_says_its_month_and_rings_for_nobody(answer: dict[str, Any]):
    expense = next(event for event in events(answer) if str(event["categories"].cats[0]) == "expense")
    assert str(expense["summary"]) == "Dépense prévue\u00a0: bâtiment et aménagement (mars 2027)"
    assert expense.walk("VALARM") == []
    assert "url" not in expense


def test_two_untitled_projects_have_their_own_events_and_one_keeps_its_own(answer: dict[str, Any]):
    answer["title"] = ""
    before = {str(event["uid"]) for event in events(answer)}
    assert {str(event["uid"]) for event in events(answer, "en")} == before
    answer["project"]["lines"][0]["amount"] += 1
    assert before.isdisjoint(str(event["uid"]) for event in events(answer))


def test_an_event_keeps_its_uid_whatever_the_language_the_day_or_its_date(answer: dict[str, Any]):
    before = [str(event["uid"]) for event in events(answer)]
    assert len(set(before)) == len(before)
    assert [str(event["uid"]) for event in events(answer, "en")] == before
    answer["on"], answer["calendar"][0]["day"] = "2026-12-15", "2027-01-12"
    assert [str(event["uid"]) for event in events(answer)] == before
    answer["company"] = "Another"
    assert set(before) & {str(event["uid"]) for event in events(answer)} == set()


def test_two_entries_with_the_same_words_are_two_events(answer: dict[str, Any]):
    answer["calendar"] = answer["calendar"] * 2
    uids = [str(event["uid"]) for event in events(answer)]
    assert len(set(uids)) == len(uids) == 12


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED)
def test_what_is_typed_is_escaped_and_folded(answer: dict[str, Any], typed: str, lang: str):
    answer["company"] = answer["title"] = typed
    answer["calendar"][0]["text"] = {"fr": typed, "en": typed}
    content = ics(answer, lang=lang)
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert content.count(b"\r\nBEGIN:VEVENT") == content.count(b"\r\nEND:VEVENT") == 6
    (calendar,) = Calendar.from_ical(content, multiple=True)
    assert len(calendar.walk("VEVENT")) == 6
    assert all(not component.errors for component in calendar.walk())


def test_no_date_is_an_empty_calendar(answer: dict[str, Any]):
    content = ics(nothing(answer), lang="fr")
    assert content.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert events(nothing(answer)) == []


def test_the_same_answer_gives_the_same_bytes(answer: dict[str, Any]):
    assert ics(answer, lang="fr") == ics(answer, lang="fr")
