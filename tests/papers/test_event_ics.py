"""Events with an hour: the rule of the clocks that is written in the file says what the clocks of the place say."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from icalendar import Calendar

from alliage.papers.event_ics import ZONE, Method, TimedEvent, events_ics

STARTS = datetime(2027, 3, 14, 9, tzinfo=ZONE)


def one(**more: object) -> TimedEvent:
    return TimedEvent("a@alliage", STARTS, STARTS + timedelta(hours=1), "Rencontre", STARTS, **more)  # type: ignore[arg-type] - of each field


@pytest.mark.parametrize("year", [2007, 2026, 2027, 2040])
@pytest.mark.parametrize(("month", "days"), [(3, range(7, 16)), (11, range(1, 9))])
def test_the_rule_of_the_file_says_each_hour_what_the_clocks_of_the_place_say(
    year: int, month: int, days: range
) -> None:
    written = Calendar.from_ical(events_ics([one()], name="Jour", lang="fr")).walk("VTIMEZONE")[0]
    clocks = written.to_tz(lookup_tzid=False)
    for day in days:
        for hour in (0, 3, 12):  # between them, on the night of the change, an hour is twice or not at all
            at = datetime(year, month, day, hour, 30, tzinfo=ZONE)
            assert at.replace(tzinfo=clocks).utcoffset() == at.utcoffset(), at


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_calendar_says_who_made_it_and_its_name_a_letter_says_no_name(lang: str) -> None:
    published = Calendar.from_ical(events_ics([one()], name="Jour", lang=lang))
    assert published["PRODID"] == f"-//Alliage//Events//{lang.upper()}"
    assert (published["NAME"], published["METHOD"]) == ("Jour", "PUBLISH")
    sent = Calendar.from_ical(events_ics([one()], name="Jour", lang=lang, method=Method.CANCEL))
    assert "NAME" not in sent
    assert sent["METHOD"] == "CANCEL"
