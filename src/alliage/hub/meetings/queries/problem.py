"""The tables of a plan as the core's problem, and back: ids of guests and desks are the numbers of their rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
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
    slots, clock = tuple(plan.slots.all()), _Clock(plan)
    desks = {str(desk.pk): desk for desk in plan.desks.select_related("room")}
    guests = {
        str(guest.pk): guest
        for guest in plan.guests.select_related("registration").prefetch_related("wishes")
        if guest.registration.state in COMING
    }
    agenda = _Agenda(plan, slots)
    rooms = sorted({f"r{desk.room_id}" for desk in desks.values() if desk.room_id})
    problem = Problem(
        slots=tuple(CoreSlot(clock.minute(slot.starts), clock.minute(slot.ends)) for slot in slots),
        officers=tuple(_officer(id_, desk, slots, agenda.away(desk), clock) for id_, desk in desks.items()),
        companies=tuple(_company(id_, guest, slots, clock) for id_, guest in guests.items()),
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


def minute_of(moment: datetime, plan: MeetingPlan) -> Minutes:
    """The minutes that pass from the midnight that begins the day: clocks that change that night change none."""
    return _Clock(plan).minute(moment)


class _Clock:
    """From moments, and from what clocks show, to the minutes of a day."""

    def __init__(self, plan: MeetingPlan) -> None:
        self.starts = plan.day_starts.astimezone(HERE)
        self.midnight = datetime.combine(self.starts.date(), time(), tzinfo=HERE).astimezone(UTC)

    def minute(self, moment: datetime) -> Minutes:
        """Those of a moment."""
        return int((moment.astimezone(UTC) - self.midnight).total_seconds() // 60)

    def shown(self, clock: time | None, slots: tuple[Slot, ...]) -> Minutes | None:
        """Those of a time that somebody said; of the night after, if the day ends then."""
        if clock is None:
            return None
        late = bool(slots) and slots[-1].ends.astimezone(HERE).date() > self.starts.date()
        after = timedelta(days=1) if late and clock < self.starts.time() else timedelta()
        return self.minute(datetime.combine(self.starts.date() + after, clock, tzinfo=HERE))


def _officer(id_: str, desk: Desk, slots: tuple[Slot, ...], away: frozenset[int], clock: _Clock) -> Officer:
    return Officer(
        id=id_,
        room=f"r{desk.room_id}" if desk.room_id else None,
        at_most=desk.at_most,
        arrives=clock.shown(desk.not_before, slots),
        leaves=clock.shown(desk.not_after, slots),
        away=away,
    )


def _company(id_: str, guest: Guest, slots: tuple[Slot, ...], clock: _Clock) -> Company:
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
        arrives=clock.shown(guest.not_before, slots),
        leaves=clock.shown(guest.not_after, slots),
        away=frozenset(away),
    )


def not_coming(plan: MeetingPlan, desks: Iterable[Desk]) -> set[int]:
    """Those of these desks whose agency took its last part of the agenda off: it does not come any more."""
    return {desk.pk for desk in _Agenda(plan, ()).gone(desks)}


class _Agenda:
    """What the agenda of the day says of the agencies: those that come, and when each desk presents to the room."""

    def __init__(self, plan: MeetingPlan, slots: tuple[Slot, ...]) -> None:
        self.slots = slots
        self.presents: dict[tuple[int | None, str], list[tuple[datetime, datetime]]] = {}
        sessions = Session.objects.filter(day=plan.day_id, kind=Session.Kind.AGENCY, cancelled=None)
        for session in sessions.prefetch_related("officers"):
            for label in [officer.desk for officer in session.officers.all()] or [""]:
                self.presents.setdefault((session.organisation_id, label), []).append((session.starts, session.ends))
        self.come = {organisation for organisation, _ in self.presents}

    def gone(self, desks: Iterable[Desk]) -> list[Desk]:
        """The desks of agencies that do not come any more."""
        return [desk for desk in desks if desk.organisation_id and desk.organisation_id not in self.come]

    def away(self, desk: Desk) -> frozenset[int]:
        """The slots in which a desk cannot meet anybody: it presents, is closed, or its agency does not come."""
        if self.gone([desk]):
            return frozenset(range(len(self.slots)))
        busy = self.presents.get((desk.organisation_id, desk.label), ())
        return frozenset(
            number
            for number, slot in enumerate(self.slots)
            if any(slot.starts < ends and slot.ends > starts for starts, ends in busy)
            or (desk.off_since is not None and slot.ends > desk.off_since)
        )
