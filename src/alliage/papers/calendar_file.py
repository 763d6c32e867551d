"""The calendar file (RFC 5545) that events are put in: who made it, what it is called, how often to read it again."""

from __future__ import annotations

from datetime import timedelta

from icalendar import Calendar


def new_calendar(
    kind: str, *, lang: str, name: str = "", method: str = "PUBLISH", again: timedelta | None = None
) -> Calendar:
    """A calendar without an event. ``kind``: what it holds, for programs; ``again``: when to read its address again."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//Alliage//{kind}//{lang.upper()}")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    if name:
        calendar.add("name", name, parameters={"LANGUAGE": lang})
        calendar.add("x-wr-calname", name)
    if again is not None:
        calendar.add("refresh-interval", again, parameters={"VALUE": "DURATION"})
    return calendar


def to_bytes(calendar: Calendar) -> bytes:
    """The file, its lines in the order that they were added."""
    written: bytes = calendar.to_ical(sorted=False)
    return written
