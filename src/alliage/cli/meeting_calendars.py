"""The calendar of each person of a day of meetings, a file each in one folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alliage.cli.words import Words
from alliage.core.vocabulary.errors import AlliageError, Problem, shown

if TYPE_CHECKING:
    from alliage.papers.event_ics import TimedEvent

Answer = Mapping[str, Any]
START = b"BEGIN:VCALENDAR"


def refuse_wrong_folder(folder: str) -> None:
    """That calendars can be written in a folder, which may not be there yet.

    Raises:
        AlliageError: ``save-folder`` if the folder above is not there, ``paper-exists`` if it is a file.
    """
    path = Path(folder)
    if path.exists() and not path.is_dir():
        raise AlliageError([Problem("paper-exists", "--ics", shown(folder))])
    if not path.parent.is_dir():
        raise AlliageError([Problem("save-folder", "--ics", shown(str(path.parent)))])


def write_calendars(answer: Answer, folder: str, *, words: Words) -> int:
    """Write the calendar of everyone who has a meeting, and give back how many there are.

    Raises:
        AlliageError: ``papers-missing``, ``paper-exists`` (another file has the name of one), ``paper-failed``;
            ``meetings-clock`` if clocks change that night, and do not show an hour of a meeting exactly once.
    """
    try:
        made = dict(_calendars(answer, words))
    except ModuleNotFoundError as missing:
        raise AlliageError([Problem("papers-missing", "alliage", shown(missing.name), "alliage[papers]")]) from None
    path = Path(folder)
    if strange := [name for name in made if _other(path / name)]:
        raise AlliageError([Problem("paper-exists", "--ics", shown(str(path / name)), "*.ics") for name in strange])
    try:
        path.mkdir(exist_ok=True)
        for name, content in made.items():
            (path / name).write_bytes(content)
    except OSError as error:
        raise AlliageError([Problem("paper-failed", "--ics", shown(error.strerror or folder))]) from None
    return len(made)


def _other(path: Path) -> bool:
    """Whether something that is no calendar has the name of one."""
    if not path.exists():
        return False
    try:
        with path.open("rb") as given:
            return given.read(len(START)) not in (b"", START)
    except OSError:
        return True


def _calendars(answer: Answer, words: Words) -> Iterator[tuple[str, bytes]]:
    from alliage.papers.event_ics import events_ics

    for kind in ("companies", "officers"):
        for person in answer[kind]:
            if person["meetings"]:
                events = [_event(answer, kind, person, one, words) for one in person["meetings"]]
                name = words("meet.calendar", name=person["name"], title=answer["title"])
                yield f"{kind}-{person['id']}.ics", events_ics(events, name=name, lang=words.lang)


def _event(answer: Answer, kind: str, person: Answer, meeting: Answer, words: Words) -> TimedEvent:
    from alliage.papers.event_ics import TimedEvent

    other = meeting["officer"] if kind == "companies" else meeting["company"]
    about = "\0".join((answer["date"], answer["title"], kind, person["id"], other))
    room = meeting.get("room") or person.get("room")
    return TimedEvent(
        uid=sha256(about.encode()).hexdigest()[:32] + "@alliage",
        starts=_at(answer["date"], meeting["starts"]),
        ends=_at(answer["date"], meeting["ends"]),
        summary=words("meet.with", name=meeting["name"]),
        changed=datetime.fromisoformat(answer["date"]).replace(tzinfo=UTC),
        place=", ".join(filter(None, (room, answer["place"]))),
        description=answer["title"],
    )


def _at(day: str, clock: str) -> datetime:
    """The moment that clocks show; an hour from 24:00 on is of the day after."""
    from alliage.papers.event_ics import ZONE

    hours, minutes = clock.split(":")
    moment = datetime.fromisoformat(day) + timedelta(hours=int(hours), minutes=int(minutes))
    first, second = (moment.replace(tzinfo=ZONE, fold=fold) for fold in (0, 1))
    if first.utcoffset() != second.utcoffset():
        raise AlliageError([Problem("meetings-clock", "--ics", shown(f"{day} {clock}"))])
    return first
