"""The tables of a plan as the core's problem, and back: ids of guests and desks are the numbers of their rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from itertools import combinations

from alliage.core.meetings.problem import Company, Minutes, Officer, Problem, Room, Settings, Walk
from alliage.core.meetings.problem import Slot as CoreSlot
from alliage.core.meetings.timetable import Meeting as CoreMeeting
from alliage.hub.days.models import Registration, Session
from alliage.hub.meetings.models import Desk, Guest, Meeting, MeetingPlan, Slot
from alliage.hub.ui.day import HERE

COMING = (Registration.State.CONFIRMED, Registration.State.CAME)


@dataclass(frozen=True, slots=True)
class Asked:
    """A problem, and the rows that its ids stand for."""

    problem: Problem
    desks: dict[str, Desk]
    guests: dict[str, Guest]
    slots: tuple[Slot, ...]


def problem_of(plan: MeetingPlan) -> Asked:
    """What is known of the day now. Who does not come any more is not in it, nor a desk that never comes."""
    slots = tuple(plan.slots.all())
    desks = {str(desk.pk): desk for desk in plan.desks.select_related("room")}
    guests = {
        str(guest.pk): guest
        for guest in plan.guests.select_related("registration").prefetch_related("wishes")
        if guest.registration.state in COMING
    }
    busy = _presenting(plan)
    rooms = sorted({f"r{desk.room_id}" for desk in desks.values() if desk.room_id})
    problem = Problem(
        slots=tuple(CoreSlot(minute_of(slot.starts), minute_of(slot.ends)) for slot in slots),
        officers=tuple(
            _officer(id_, desk, slots, busy.get((desk.organisation_id, desk.label), ())) for id_, desk in desks.items()
        ),
        companies=tuple(_company(id_, guest, slots) for id_, guest in guests.items()),
        rooms=tuple(Room(id_) for id_ in rooms),
        walks=tuple(Walk(pair, plan.walk) for pair in combinations(rooms, 2)),
        closed=frozenset(number for number, slot in enumerate(slots) if slot.closed),
        settings=Settings(in_a_row=plan.in_a_row),
    )
    return Asked(problem, desks, guests, slots)


def held(plan: MeetingPlan, asked: Asked) -> list[CoreMeeting]:
    """The meetings as they stand, as the core takes them."""
    place = {slot.pk: number for number, slot in enumerate(asked.slots)}
    rows = Meeting.objects.filter(guest__plan=plan, state=Meeting.State.HELD)
    return [CoreMeeting(str(row.guest_id), str(row.desk_id), place[row.slot_id]) for row in rows]


def standing(plan: MeetingPlan, asked: Asked) -> list[CoreMeeting]:
    """The meetings of those who still come: the ones that rules can be checked for."""
    return [one for one in held(plan, asked) if one.company in asked.guests]


def minute_of(moment: datetime) -> Minutes:
    """Minutes since midnight, where the day is."""
    local = moment.astimezone(HERE)
    return 60 * local.hour + local.minute


def _minutes(clock: time | None) -> Minutes | None:
    return None if clock is None else 60 * clock.hour + clock.minute


def _officer(id_: str, desk: Desk, slots: tuple[Slot, ...], busy: Iterable[tuple[datetime, datetime]]) -> Officer:
    away = {
        number
        for number, slot in enumerate(slots)
        if any(slot.starts < ends and slot.ends > starts for starts, ends in busy)
        or (desk.off_since is not None and slot.ends > desk.off_since)
    }
    return Officer(
        id=id_,
        room=f"r{desk.room_id}" if desk.room_id else None,
        at_most=desk.at_most,
        arrives=_minutes(desk.not_before),
        leaves=_minutes(desk.not_after),
        away=frozenset(away),
    )


def _company(id_: str, guest: Guest, slots: tuple[Slot, ...]) -> Company:
    away = {
        number
        for number, slot in enumerate(slots)
        if (guest.late_until is not None and slot.starts < guest.late_until)
        or (guest.off_since is not None and slot.ends > guest.off_since)
    }
    return Company(
        id=id_,
        wishes=tuple(str(wish.desk_id) for wish in guest.wishes.all()),
        at_most=guest.at_most,
        arrives=_minutes(guest.not_before),
        leaves=_minutes(guest.not_after),
        away=frozenset(away),
    )


def _presenting(plan: MeetingPlan) -> dict[tuple[int | None, str], list[tuple[datetime, datetime]]]:
    """When each desk presents its programmes to the room: it cannot meet anybody then."""
    found: dict[tuple[int | None, str], list[tuple[datetime, datetime]]] = {}
    sessions = Session.objects.filter(day=plan.day_id, kind=Session.Kind.AGENCY, cancelled=None)
    for session in sessions.prefetch_related("officers"):
        for label in [officer.desk for officer in session.officers.all()] or [""]:
            found.setdefault((session.organisation_id, label), []).append((session.starts, session.ends))
    return found
