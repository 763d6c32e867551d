"""The calendar (RFC 5545): deadlines, opening days, what to file before the start, months of expenses.

The same entry of the same plan keeps its UID from one day to the next, so that a calendar updates it instead of adding
it twice.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from icalendar import Alarm, Event

from alliage.papers.calendar_file import new_calendar, to_bytes
from alliage.papers.printable import visible
from alliage.papers.words import Words

Answer = Mapping[str, Any]

LONGEST = 400  # signs of a line that a person typed
REMINDERS = {"closes": timedelta(days=-14), "file-before-start": timedelta(days=-30), "opens": timedelta(days=-1)}


def ics(answer: Answer, *, lang: str) -> bytes:
    """The days of the plan as a calendar. Entries without a day are not in it."""
    words = Words(lang=lang, currency=answer["currency"], clean=lambda text: visible(text)[:LONGEST])
    made = datetime.fromisoformat(answer["on"]).replace(tzinfo=UTC)
    about = words.text(answer.get("title")) or words.text(answer.get("company"))
    name = words("calendar.name", name=about) if about else words("page.paper")
    calendar = new_calendar("Plan", lang=lang, name=name)
    urls = {one["programme"]: words.url(one.get("url")) for one in answer["safe"]["programmes"]}
    counted: dict[str, int] = {}
    for entry in answer["calendar"]:
        if entry["day"]:
            about_what = f"{entry['kind']}\0{entry.get('programme') or ''}\0{entry['text']['fr']}"
            counted[about_what] = counted.get(about_what, -1) + 1
            uid = _uid(answer, about_what, counted[about_what])
            calendar.add_component(_event(entry, uid=uid, made=made, words=words, url=urls.get(entry["programme"], "")))
    return to_bytes(calendar)


def _event(entry: Answer, *, uid: str, made: datetime, words: Words, url: str) -> Event:
    """One whole day, which takes no time of anyone."""
    event, day, kind = Event(), date.fromisoformat(entry["day"]), entry["kind"]
    event.add("uid", uid)
    event.add("dtstamp", made)
    event.add("dtstart", day)
    event.add("summary", _summary(entry, words), parameters={"LANGUAGE": words.lang})
    note = words("calendar.note", notice=words.notice(), day=words.day(f"{made:%Y-%m-%d}"))
    event.add("description", note, parameters={"LANGUAGE": words.lang})
    if url:
        event.add("url", url)
    event.add("transp", "TRANSPARENT")
    event.add("categories", [kind])
    if kind in REMINDERS:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", _summary(entry, words))
        alarm.add("trigger", REMINDERS[kind])
        event.add_component(alarm)
    return event


def _summary(entry: Answer, words: Words) -> str:
    text = words.text(entry["text"])
    if entry["kind"] == "expense":
        return words("calendar.expense-month", text=text, month=words.day(entry["day"][:7]))
    return text


def _uid(answer: Answer, about: str, count: int) -> str:
    """The same for the same entry of the same company and project, in every language.

    A project without a title is known by its expenses: another budget is another project.
    """
    lines = [[line["category"], line["amount"], line.get("date")] for line in answer["project"]["lines"]]
    whose = f"{answer.get('company') or ''}\0{answer.get('title') or json.dumps(lines)}"
    return hashlib.sha256(f"{whose}\0{about}\0{count}".encode()).hexdigest()[:32] + "@alliage"
