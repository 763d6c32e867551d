"""Events with an hour as a calendar (RFC 5545): plain data in, bytes out.

The same event keeps its UID for ever; its sequence grows when its time or its place changes, or when it is cancelled:
a calendar then replaces what it has. Hours are those of America/Toronto, whose rule is written in the file: an event
planned before a change of the clocks stays at its hour.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from icalendar import Alarm, Event, Timezone, vCalAddress

from alliage.papers.calendar_file import new_calendar, to_bytes
from alliage.papers.printable import visible

ZONE = ZoneInfo("America/Toronto")
LONGEST = 2_000  # signs of a description
# By hand: `add_missing_timezones` of icalendar 7.3 writes a list of days, until 2038, where clocks know a rule.
# Since 2007: forward on the second Sunday of March at 2:00, back on the first Sunday of November at 2:00.
_RULE = """BEGIN:VTIMEZONE
TZID:America/Toronto
BEGIN:DAYLIGHT
DTSTART:20070311T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
TZNAME:EDT
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20071104T020000
RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
TZNAME:EST
END:STANDARD
END:VTIMEZONE
"""


class Method(Enum):
    """What a calendar is to do with the events."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"  # an invitation by letter: the calendar offers to keep it
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class TimedEvent:
    """One event. ``alarm``: how long before it the calendar says so."""

    uid: str
    starts: datetime
    ends: datetime
    summary: str
    changed: datetime
    sequence: int = 0
    place: str = ""
    description: str = ""
    url: str = ""
    alarm: timedelta | None = None
    cancelled: bool = False
    organizer: str = ""  # an e-mail
    attendee: str = ""


def events_ics(events: Iterable[TimedEvent], *, name: str, lang: str, method: Method = Method.PUBLISH) -> bytes:
    """The events as one calendar file."""
    called = name if method is Method.PUBLISH else ""
    calendar = new_calendar("Events", lang=lang, name=called, method=method.value)
    calendar.add_component(Timezone.from_ical(_RULE))
    for event in events:
        calendar.add_component(_event(event, lang=lang, method=method))
    return to_bytes(calendar)


def _event(told: TimedEvent, *, lang: str, method: Method) -> Event:
    event, language = Event(), {"LANGUAGE": lang}
    event.add("uid", told.uid)
    event.add("dtstamp", told.changed.astimezone(UTC))
    event.add("last-modified", told.changed.astimezone(UTC))
    event.add("sequence", told.sequence)
    event.add("dtstart", told.starts.astimezone(ZONE))
    event.add("dtend", told.ends.astimezone(ZONE))
    event.add("summary", visible(told.summary), parameters=language)
    if told.place:
        event.add("location", visible(told.place), parameters=language)
    if told.description:
        event.add("description", told.description[:LONGEST], parameters=language)
    if told.url:
        event.add("url", told.url)
    gone = told.cancelled or method is Method.CANCEL
    event.add("status", "CANCELLED" if gone else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if gone else "OPAQUE")
    if told.organizer and method is not Method.PUBLISH:
        event.add("organizer", vCalAddress(f"mailto:{told.organizer}"))
        if told.attendee:
            event.add("attendee", vCalAddress(f"mailto:{told.attendee}"), parameters={"RSVP": "FALSE"})
    if told.alarm is not None and not gone:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", visible(told.summary))
        alarm.add("trigger", -told.alarm)
        event.add_component(alarm)
    return event
