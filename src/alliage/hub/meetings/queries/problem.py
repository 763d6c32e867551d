"""The tables of a plan as the core's problem, and back: ids of guests and desks are the numbers of their rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import combinations
from typing import Protocol, TypeVar

from alliage.core.meetings.problem import Company, Minutes, Officer, Problem, Room, Settings, Walk
from alliage.core.meetings.problem import Slot as CoreSlot
from alliage.core.meetings.timetable import Meeting as CoreMeeting
from alliage.hub.days.models import Registration, Session
from alliage.hub.meetings.models import Desk, Guest, Meeting, MeetingPlan, Slot
from alliage.hub.ui.day import HERE

COMING = (Registration.State.CONFIRMED, Registration.State.CAME)
Subject = Desk | Guest | Slot  # of what happens on the day
_Row = TypeVar("_Row", Desk, Guest, Slot)


class Hours(Protocol):
    """When somebody said that they can, by the clocks of the day."""

    @property
    def not_before(self) -> time | None:
        """They cannot before."""

    @property
    def not_after(self) -> time | None:
        """They cannot after."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A problem, and the rows that its ids stand for."""

    problem: Problem
    desks: dict[str, Desk]
    guests: dict[str, Guest]
    slots: tuple[Slot, ...]


def problem_of(plan: MeetingPlan, *, as_if: Subject | None = None) -> Asked:
    """What is known of the day now. Who does not come any more is not in it.

    ``as_if``: a row that is read as it is here, whatever the tables say: the day as it would be.
    """
    slots, clock = tuple(_read(plan.slots.all(), as_if)), _Clock(plan)
    desks = {str(desk.pk): desk for desk in _read(plan.desks.select_related("room"), as_if)}
    rows = plan.guests.select_related("registration").prefetch_related("wishes")
    guests = {str(guest.pk): guest for guest in _read(rows, as_if) if guest.registration.state in COMING}
    agenda = _Agenda(plan, slots)
    rooms = sorted({f"r{desk.room_id}" for desk in desks.values() if desk.room_id})
    problem = Problem(
        slots=tuple(CoreSlot(clock.minute(slot.starts), clock.minute(slot.ends)) for slot in slots),
        officers=tuple(
            _officer(id_, desk, agenda.away(desk) | outside(plan, slots, desk)) for id_, desk in desks.items()
        ),
        companies=tuple(_company(id_, guest, slots, outside(plan, slots, guest)) for id_, guest in guests.items()),
        rooms=tuple(Room(id_) for id_ in rooms),
        walks=tuple(Walk(pair, plan.walk) for pair in combinations(rooms, 2)),
        closed=frozenset(number for number, slot in enumerate(slots) if slot.closed),
        settings=Settings(in_a_row=plan.in_a_row),
    )
    return Asked(problem, desks, guests, slots)


def _read(rows: Iterable[_Row], as_if: Subject | None) -> list[_Row]:
    return [as_if if isinstance(as_if, type(row)) and row == as_if else row for row in rows]


def outside(plan: MeetingPlan, slots: Sequence[Slot], one: Hours) -> frozenset[int]:
    """The slots that are not in the hours that somebody said. If all are, they meet nobody, and no one else pays."""
    clock = _Clock(plan)
    first, last = (clock.shown(said, slots) for said in (one.not_before, one.not_after))
    return frozenset(
        number
        for number, slot in enumerate(slots)
        if (first is not None and clock.minute(slot.starts) < first)
        or (last is not None and clock.minute(slot.ends) > last)
    )


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

    def shown(self, clock: time | None, slots: Sequence[Slot]) -> Minutes | None:
        """Those of a time that somebody said; of the night after, if the day ends then."""
        if clock is None:
            return None
        late = bool(slots) and slots[-1].ends.astimezone(HERE).date() > self.starts.date()
        after = timedelta(days=1) if late and clock < self.starts.time() else timedelta()
        return self.minute(datetime.combine(self.starts.date() + after, clock, tzinfo=HERE))


def _officer(id_: str, desk: Desk, away: frozenset[int]) -> Officer:
    return Officer(id=id_, room=f"r{desk.room_id}" if desk.room_id else None, at_most=desk.at_most, away=away)


def _company(id_: str, guest: Guest, slots: Sequence[Slot], away: frozenset[int]) -> Company:
    absent = {
        number
        for number, slot in enumerate(slots)
        if (guest.late_until is not None and slot.starts < guest.late_until)
        or (guest.off_since is not None and slot.ends > guest.off_since)
    }
    wishes = tuple(str(wish.desk_id) for wish in guest.wishes.all())
    return Company(id=id_, wishes=wishes, at_most=guest.at_most, away=away | absent)


def not_coming(plan: MeetingPlan, desks: Iterable[Desk]) -> dict[int, datetime]:
    """Those of these desks whose agency took its last part of the agenda off, and from when on it does not come."""
    agenda = _Agenda(plan, ())
    left = {desk.pk: agenda.left(desk) for desk in desks}
    return {pk: since for pk, since in left.items() if since is not None}


class _Agenda:
    """What the agenda of the day says of the agencies: those that come, and when each desk presents to the room."""

    def __init__(self, plan: MeetingPlan, slots: Sequence[Slot]) -> None:
        self.plan, self.slots = plan, slots
        self.presents: dict[tuple[int | None, str], list[tuple[datetime, datetime]]] = {}
        self.took_off: dict[int | None, datetime] = {}
        sessions = Session.objects.filter(day=plan.day_id, kind=Session.Kind.AGENCY)
        for session in sessions.order_by("cancelled").prefetch_related("officers"):
            if session.cancelled is not None:
                self.took_off[session.organisation_id] = session.cancelled
                continue
            for label in [officer.desk for officer in session.officers.all()] or [""]:
                self.presents.setdefault((session.organisation_id, label), []).append((session.starts, session.ends))
        self.come = {organisation for organisation, _ in self.presents}

    def left(self, desk: Desk) -> datetime | None:
        """From when on the agency of a desk does not come any more; nothing if it comes.

        It is when its last part was cancelled: what was held before was held. Of a part that is gone from the agenda
        nothing is known: then it is when the desk was closed, or else the whole day.
        """
        if desk.organisation_id is None or desk.organisation_id in self.come:
            return None
        known = [one for one in (self.took_off.get(desk.organisation_id), desk.off_since) if one is not None]
        return min(known, default=self.plan.day_starts)

    def away(self, desk: Desk) -> frozenset[int]:
        """The slots in which a desk cannot meet anybody: it presents, is closed, or its agency does not come."""
        since = self.left(desk) or desk.off_since
        busy = self.presents.get((desk.organisation_id, desk.label), ())
        return frozenset(
            number
            for number, slot in enumerate(self.slots)
            if any(slot.starts < ends and slot.ends > starts for starts, ends in busy)
            or (since is not None and slot.ends > since)
        )
