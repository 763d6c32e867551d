"""A file becomes a problem: hours are cut in slots, names are kept apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from alliage.core.catalogue.shapes import checked
from alliage.core.meetings.document import DayDocument
from alliage.core.meetings.problem import Company, Minutes, Officer, Problem, Room, Settings, Slot, Walk
from alliage.core.meetings.refusals import refuse_bad
from alliage.core.vocabulary.days import FIRST, LAST, read_day
from alliage.core.vocabulary.errors import AlliageError
from alliage.core.vocabulary.errors import Problem as Mistake

Plain = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class MeetingDay:
    """A problem, with what a person calls its day, its place and everyone in it."""

    problem: Problem
    date: date
    title: str
    place: str
    names: Mapping[str, Mapping[str, str]]  # "rooms", "officers", "companies" → id → name


def read_meeting_day(content: Any, *, name: str) -> MeetingDay:
    """A day from what a YAML or JSON file holds.

    Raises:
        AlliageError: every mistake of shape, or else every one of meaning (``meetings-…``, ``option-date``), each with
            its place in the file.
    """
    plain: Plain = checked(content, model=DayDocument, where=name)
    day = read_day(plain["date"])
    if day is None:
        raise AlliageError([Mistake("option-date", f"{name}::date", plain["date"], f"{FIRST} – {LAST}")])
    if turned := tuple(_turned(plain)):  # cut in slots, they would be no hours at all, and nobody would see it
        raise AlliageError(replace(one, where=f"{name}::{one.where}") for one in turned)
    problem = _problem(plain)
    try:
        refuse_bad(problem)
    except AlliageError as error:
        raise AlliageError(replace(one, where=f"{name}::{one.where}") for one in error.problems) from None
    names = {kind: {one["id"]: one["name"] for one in plain[kind]} for kind in ("rooms", "officers", "companies")}
    return MeetingDay(problem, day, plain["title"], plain.get("place", ""), names)


def minutes_of(hour: str) -> Minutes:
    """``"9:30"`` in minutes since midnight."""
    hours, minutes = hour.split(":")
    return 60 * int(hours) + int(minutes)


def _turned(plain: Plain) -> Iterator[Mistake]:
    """Each stretch of hours whose end does not come after its start."""
    stretches = {f"hours[{number}]": hours for number, hours in enumerate(plain["hours"])}
    for kind in ("officers", "companies"):
        for one in plain[kind]:
            stretches |= {f"{kind}.{one['id']}.away[{number}]": hours for number, hours in enumerate(one["away"])}
    for where, hours in stretches.items():
        if minutes_of(hours["from"]) >= minutes_of(hours["to"]):
            yield Mistake("meetings-hours", where, f"{hours['from']} – {hours['to']}")


def _problem(plain: Plain) -> Problem:
    slots = tuple(_slots(plain))
    return Problem(
        slots=slots,
        officers=tuple(Officer(room=one.get("room"), **_person(one, slots)) for one in plain["officers"]),
        companies=tuple(Company(wishes=tuple(one["wishes"]), **_person(one, slots)) for one in plain["companies"]),
        rooms=tuple(Room(one["id"], one.get("tables")) for one in plain["rooms"]),
        walks=tuple(Walk((one["between"][0], one["between"][1]), one["minutes"]) for one in plain["walks"]),
        settings=Settings(
            weights=tuple(plain["weights"]),
            in_a_row=plain["in_a_row"],
            rest=plain["rest"],
            best=plain["best"],
            prices=tuple(plain["prices"]),
        ),
    )


def _slots(plain: Plain) -> Iterator[Slot]:
    for hours in plain["hours"]:
        starts, last = minutes_of(hours["from"]), minutes_of(hours["to"])
        while starts + plain["minutes"] <= last:
            yield Slot(starts, starts + plain["minutes"])
            starts += plain["minutes"] + plain["change"]


def _person(one: Plain, slots: tuple[Slot, ...]) -> dict[str, Any]:
    away = [(minutes_of(hours["from"]), minutes_of(hours["to"])) for hours in one["away"]]
    return {
        "id": one["id"],
        "at_most": one.get("at_most"),
        "arrives": minutes_of(one["not_before"]) if "not_before" in one else None,
        "leaves": minutes_of(one["not_after"]) if "not_after" in one else None,
        "away": frozenset(
            number
            for number, slot in enumerate(slots)
            if any(slot.starts < last and slot.ends > first for first, last in away)
        ),
    }
