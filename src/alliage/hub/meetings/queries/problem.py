"""The tables of a plan as the core's problem, and back: ids of guests and desks are the numbers of their rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import combinations
from typing import Protocol, TypeVar

from alliage.core.meetings.grid import Grid
from alliage.core.meetings.problem import Company, Minutes, Officer, Problem, Room, Settings, Walk
from alliage.core.meetings.problem import Slot as CoreSlot
from alliage.core.meetings.timetable import Meeting as CoreMeeting
from alliage.hub.days.models import Registration
from alliage.hub.meetings.models import Desk, Guest, Meeting, MeetingPlan, Slot
from alliage.hub.meetings.queries.agenda import Agenda
from alliage.hub.ui.day import HERE, local_day

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
    gone: dict[int, datetime]  # desks whose agency does not come any more, and since when


def problem_of(plan: MeetingPlan, *, as_if: Subject | None = None, over: datetime | None = None) -> Asked:
    """What is known of the day now. Who does not come any more is not in it.

    ``as_if``: a row that is read as it is here, whatever the tables say: the day as it would be. What ended by ``over``
    was held, whatever is said since: nobody is away then.
    """
    slots, clock, agenda = tuple(_read(plan.slots.all(), as_if)), _Clock(plan), Agenda(plan)
    past = frozenset(number for number, slot in enumerate(slots) if over is not None and slot.ends <= over)
    desks = {str(desk.pk): desk for desk in _read(plan.desks.select_related("room"), as_if)}
    rows = plan.guests.select_related("registration").prefetch_related("wishes")
    guests = {str(guest.pk): guest for guest in _read(rows, as_if) if guest.registration.state in COMING}
    rooms = sorted({f"r{desk.room_id}" for desk in desks.values() if desk.room_id})

    def away(one: Desk | Guest) -> frozenset[int]:
        said = agenda.away(one, slots) if isinstance(one, Desk) else _absent(one, slots)
        return (said | outside(plan, slots, one)) - past

    problem = Problem(
        slots=tuple(CoreSlot(clock.minute(slot.starts), clock.minute(slot.ends)) for slot in slots),
        officers=tuple(_officer(id_, desk, away(desk)) for id_, desk in desks.items()),
        companies=tuple(_company(id_, guest, away(guest)) for id_, guest in guests.items()),
        rooms=tuple(Room(id_) for id_ in rooms),
        walks=tuple(Walk(pair, plan.walk) for pair in combinations(rooms, 2)),
        closed=agenda.closed(slots) - past,
        settings=Settings(in_a_row=plan.in_a_row),
    )
    return Asked(problem, desks, guests, slots, agenda.gone(desks.values()))


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


def out_of_place(plan: MeetingPlan, asked: Asked) -> list[CoreMeeting]:
    """The meetings that cannot be held where they are."""
    free = Grid(asked.problem).free
    return [one for one in standing(plan, asked) if one.slot not in free.get(one.pair, ())]


def minute_of(moment: datetime, plan: MeetingPlan) -> Minutes:
    """The minutes that pass from the midnight that begins the day: clocks that change that night change none."""
    return _Clock(plan).minute(moment)


class _Clock:
    """From moments, and from what clocks show, to the minutes of a day."""

    def __init__(self, plan: MeetingPlan) -> None:
        self.opens, self.day = plan.day_starts.astimezone(HERE).time(), local_day(plan.day_starts)
        self.midnight = datetime.combine(self.day, time(), tzinfo=HERE).astimezone(UTC)

    def minute(self, moment: datetime) -> Minutes:
        """Those of a moment."""
        return int((moment.astimezone(UTC) - self.midnight).total_seconds() // 60)

    def shown(self, clock: time | None, slots: Sequence[Slot]) -> Minutes | None:
        """Those of a time that somebody said; of the night after, if the day ends then."""
        if clock is None:
            return None
        late = bool(slots) and local_day(slots[-1].ends) > self.day
        after = timedelta(days=1) if late and clock < self.opens else timedelta()
        return self.minute(datetime.combine(self.day + after, clock, tzinfo=HERE))


def _officer(id_: str, desk: Desk, away: frozenset[int]) -> Officer:
    return Officer(id=id_, room=f"r{desk.room_id}" if desk.room_id else None, at_most=desk.at_most, away=away)


def _company(id_: str, guest: Guest, away: frozenset[int]) -> Company:
    wishes = tuple(str(wish.desk_id) for wish in guest.wishes.all())
    return Company(id=id_, wishes=wishes, at_most=guest.at_most, away=away)


def _absent(guest: Guest, slots: Sequence[Slot]) -> frozenset[int]:
    """The slots in which a company is not there yet, or not any more."""
    return frozenset(
        number
        for number, slot in enumerate(slots)
        if (guest.late_until is not None and slot.starts < guest.late_until)
        or (guest.off_since is not None and slot.ends > guest.off_since)
    )
