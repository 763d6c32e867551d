"""Making a tour and its days: from a template, to another date, off; whoever is concerned is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction
from django.utils.text import slugify

from alliage.hub.days.actions import notices
from alliage.hub.days.actions.closing import hand_over_all
from alliage.hub.days.actions.registering import pass_on
from alliage.hub.days.models import Day, Registration, Room, Session, SessionOfficer, Tour
from alliage.hub.days.signals import day_moved, session_cancelled, session_changed
from alliage.hub.days.versions import new_version
from alliage.hub.people.actions.registers import audit
from alliage.hub.people.models import Organisation, Person
from alliage.hub.ui.day import HERE

RESERVED = frozenset({"accueil", "arreter", "place", "place-agenda", "suivi", "tournee", "ne-plus-inviter", "nouvelle"})
STAYS = (Registration.State.CONFIRMED, Registration.State.OFFERED, Registration.State.WAITING)


class NotPossible(Exception):
    """What cannot be done with a day now, and the parts that prevent it, if some do.

    ``why``: ``over``, ``no-session``, ``past``, ``not-to-come``, ``room-taken``; ``outside``: of the hours of the day;
    ``no-hour``: the clocks skip it that night.
    """

    def __init__(self, why: str, *, parts: Sequence[Session] = ()) -> None:
        super().__init__(why)
        self.why, self.parts = why, tuple(parts)


@dataclass(frozen=True, slots=True)
class TourTold:
    """What the team says of a tour."""

    name_fr: str
    name_en: str
    summary_fr: str = ""
    summary_en: str = ""
    demo: bool = False


@dataclass(frozen=True, slots=True)
class DayTold:
    """What the team says of a day."""

    region: str
    town: str
    place: str
    starts: datetime
    ends: datetime
    capacity: int
    address: str = ""
    access_fr: str = ""
    access_en: str = ""
    extra_seats: int = 0
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class SessionTold:
    """What the team says of a part of a day. ``starts`` and ``ends`` are times of that day, where the companies are."""

    kind: str
    starts: time
    ends: time
    organisation: Organisation | None = None
    title_fr: str = ""
    title_en: str = ""
    programmes: Sequence[str] = ()
    room: str = ""
    capacity: int | None = None
    desks: Sequence[str] = ()
    officers: Sequence[Person] = ()


@transaction.atomic
def create_tour(told: TourTold, *, by: Person | None, at: datetime) -> Tour:
    """A tour without days."""
    tour = Tour.objects.create(
        slug=_unused(Tour, slugify(told.name_fr)[:50] or "tournee"),
        name_fr=told.name_fr,
        name_en=told.name_en,
        summary_fr=told.summary_fr,
        summary_en=told.summary_en,
        demo=told.demo,
        created=at,
    )
    audit("tour-created", by=by, at=at, on=f"tour:{tour.pk}")
    return tour


def _unused(table: type[Tour | Day], wanted: str) -> str:
    """An address that nothing else has."""
    taken = set(table.objects.filter(slug__startswith=wanted).values_list("slug", flat=True)) | RESERVED
    names = (wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


@transaction.atomic
def create_day(tour: Tour, told: DayTold, *, like: Day | None, by: Person | None, at: datetime) -> Day:
    """A draft of a day; ``like``: with the rooms and the parts of another one, at the same hours if they fit.

    Raises:
        NotPossible: ``outside`` or ``no-hour``: parts of the other one have no place in the hours of this one.
    """
    day = Day.objects.create(
        tour=tour,
        slug=_unused(Day, slugify(f"{told.town}-{tour.slug}")[:70] or "journee"),
        created=at,
        changed=at,
        **_fields(told),
    )
    if like is not None:
        _copy(like, day)
    audit("day-created", by=by, at=at, on=f"day:{day.pk}")
    return day


def _fields(told: DayTold) -> dict[str, object]:
    return {name: getattr(told, name) for name in DayTold.__dataclass_fields__}


def _copy(like: Day, day: Day) -> None:
    """The rooms and the parts of a day; officers of another region are not taken along."""
    rooms = {room.pk: Room.objects.create(day=day, name=room.name, capacity=room.capacity) for room in like.rooms.all()}
    sessions = list(like.sessions.filter(cancelled=None))
    _shift, hours = _placed(sessions, *_shifts(like, day), day=day)
    for session, (starts, ends) in zip(sessions, hours, strict=True):
        Session.objects.create(
            day=day,
            kind=session.kind,
            organisation=session.organisation,
            title_fr=session.title_fr,
            title_en=session.title_en,
            programmes=session.programmes,
            room=rooms.get(session.room_id or 0),
            starts=starts,
            ends=ends,
            capacity=session.capacity,
        )


Hours = tuple[datetime, datetime]


def _shifts(before: Day, after: Day) -> tuple[timedelta, timedelta]:
    """From the parts of one day to those of another: at the same hours, or at the same distance from its beginning."""
    was, now = _clock(before.starts), _clock(after.starts)
    return now.date() - was.date(), now - was


def _clock(moment: datetime) -> datetime:
    """What the clocks show where the companies are, whatever they do between two moments."""
    return moment.astimezone(HERE).replace(tzinfo=None)


def clock_later(moment: datetime, by: timedelta) -> datetime:
    """A moment as far later on the clocks, whatever they do between the two: the ``by`` of ``day_moved``."""
    return (_clock(moment) + by).replace(tzinfo=HERE)


def _placed(sessions: Sequence[Session], *shifts: timedelta, day: Day) -> tuple[timedelta, list[Hours]]:
    """The first of the shifts that leaves every live part within the hours of the day, and when each part then is.

    A part that was cancelled holds nobody back.

    Raises:
        NotPossible: ``outside`` or ``no-hour``, with the parts, as the first shift would leave them.
    """
    tried = [(shift, *_shifted(sessions, shift, day=day)) for shift in shifts]
    found = next(((shift, hours) for shift, hours, wrong in tried if not wrong), None)
    if found is None:
        wrong = tried[0][2]
        raise NotPossible(wrong[0][0], parts=[session for why, session in wrong if why == wrong[0][0]])
    return found


def _shifted(
    sessions: Sequence[Session], shift: timedelta, *, day: Day
) -> tuple[list[Hours], list[tuple[str, Session]]]:
    """The hours of the parts after a shift, and what is wrong with which."""
    hours: list[Hours] = []
    wrong: list[tuple[str, Session]] = []
    for session in sessions:
        first, last = _clock(session.starts) + shift, _clock(session.ends) + shift
        hours.append((clock_later(session.starts, shift), clock_later(session.ends, shift)))
        why = _wrong(first, last, day=day)
        if why and session.cancelled is None:
            wrong.append((why, session))
    return hours, wrong


def _wrong(first: datetime, last: datetime, *, day: Day) -> str:
    """What is wrong with a part between two times of the clocks; nothing if it may be."""
    if not (_clock(day.starts) <= first < last <= _clock(day.ends)):
        return "outside"
    return "" if all(exists(one.date(), one.time()) for one in (first, last)) else "no-hour"


def at_time(day: date, clock: time) -> datetime:
    """A time of a day where the companies are. An hour that a night of November shows twice is the first of the two."""
    return datetime.combine(day, clock.replace(tzinfo=None), tzinfo=HERE)


def exists(day: date, clock: time) -> bool:
    """Whether the clocks of that night show this time at all: an hour of March does not exist."""
    moment = at_time(day, clock)
    return moment.astimezone(UTC).astimezone(HERE).replace(tzinfo=None) == moment.replace(tzinfo=None)


@transaction.atomic
def change_day(day_id: int, told: DayTold, *, by: Person | None, at: datetime) -> Day:
    """Say otherwise where and when a day is. What changes the time or the place is told to whoever registered.

    The parts of the day follow it: they keep their distance from its beginning, or else their hours, if all of them
    then are within those of the day.

    Raises:
        NotPossible: ``over``: it took place, or was cancelled; ``not-to-come``: one that was shown moves to a day to
            come alone; ``outside`` or ``no-hour``: the parts that it holds have no place in its new hours.
    """
    day = Day.objects.select_for_update().get(pk=day_id)
    if day.status in (Day.Status.DONE, Day.Status.CANCELLED):
        raise NotPossible("over")
    before = Day.objects.get(pk=day_id)
    for name, value in _fields(told).items():
        setattr(day, name, value)
    moved = before.starts != day.starts or before.ends != day.ends
    if moved and day.status != Day.Status.DRAFT:
        _check_to_come(before, day, at=at)
    elsewhere = (before.place, before.address, before.town) != (day.place, day.address, day.town)
    day.changed = at
    shift = _move_sessions(before, day) if moved else None
    if moved:
        day.moved_from = before.starts
    if moved or elsewhere:
        day.sequence += 1
    day.save()
    if shift is not None:
        day_moved.send(Day, day=day, by=shift, at=at)
    audit("day-moved" if moved else "day-changed", by=by, at=at, on=f"day:{day.pk}")
    if (moved or elsewhere) and day.status != Day.Status.DRAFT:
        _tell(day, "moved", at=at, was=before.starts.isoformat())
    pass_on(day.pk, at=at)  # there may be more seats
    return day


def _check_to_come(before: Day, after: Day, *, at: datetime) -> None:
    """A day that began may still end earlier or later, but not before now."""
    if after.ends <= at or (after.starts != before.starts and after.starts <= at):
        raise NotPossible("not-to-come")


def _move_sessions(before: Day, after: Day) -> timedelta:
    """Move the parts with their day; by how much, on the clocks."""
    sessions = list(before.sessions.select_related("organisation"))
    same, following = _shifts(before, after)
    shift, hours = _placed(sessions, following, same, day=after)
    for session, (starts, ends) in zip(sessions, hours, strict=True):
        session.starts, session.ends = starts, ends
        session.save(update_fields=("starts", "ends"))
    return shift


def _tell(day: Day, kind: str, *, at: datetime, **said: str) -> None:
    for registration in Registration.objects.filter(day=day, state__in=STAYS):
        notices.write(registration, kind, key=str(day.sequence), at=at, said=said)


@transaction.atomic
def open_day(day_id: int, *, by: Person | None, at: datetime) -> None:
    """Show it, and take registrations.

    Raises:
        NotPossible: it is over, in the past, or nothing is planned yet.
    """
    day = Day.objects.select_for_update().get(pk=day_id)
    if day.status in (Day.Status.DONE, Day.Status.CANCELLED):
        raise NotPossible("over")
    if day.ends <= at:
        raise NotPossible("past")
    if not day.sessions.exists():
        raise NotPossible("no-session")
    Day.objects.filter(pk=day.pk).update(status=Day.Status.OPEN, changed=at)
    audit("day-opened", by=by, at=at, on=f"day:{day.pk}")


@transaction.atomic
def shut_day(day_id: int, *, by: Person | None, at: datetime) -> None:
    """Take no more registrations; the page stays, and the waiting list goes on."""
    if Day.objects.filter(pk=day_id, status=Day.Status.OPEN).update(status=Day.Status.SHUT, changed=at):
        audit("day-shut", by=by, at=at, on=f"day:{day_id}")


@transaction.atomic
def cancel_day(day_id: int, *, by: Person | None, at: datetime) -> None:
    """It does not take place: everyone is told, with what takes it off their calendar.

    What they asked already is answered in writing: each question gets an owner and a day.

    Raises:
        NotPossible: it took place already.
    """
    day = Day.objects.select_for_update().get(pk=day_id)
    if day.status == Day.Status.DONE:
        raise NotPossible("over")
    if day.status == Day.Status.CANCELLED:
        return
    shown = day.status != Day.Status.DRAFT
    day.status, day.sequence, day.live, day.changed = Day.Status.CANCELLED, day.sequence + 1, False, at
    day.save()
    new_version(day.pk)
    kept = hand_over_all(day, at=at)
    audit("day-cancelled", by=by, at=at, on=f"day:{day.pk}", questions=kept)
    if shown:
        _tell(day, "day-off", at=at)


# ----------------------------------------------------------------------------------------------- parts of a day


@transaction.atomic
def save_session(day_id: int, told: SessionTold, *, session_id: int | None, by: Person | None, at: datetime) -> Session:
    """Add a part to a day, or say one otherwise.

    Raises:
        NotPossible: it is outside the hours of the day or in one that the clocks skip, or its room is taken then.
        Session.DoesNotExist: the day has no such part.
    """
    day = Day.objects.select_for_update().get(pk=day_id)
    session = Session(day=day) if session_id is None else day.sessions.get(pk=session_id)
    was = _place_of(session)
    date_ = day.starts.astimezone(HERE).date()
    wrong = _wrong(datetime.combine(date_, told.starts), datetime.combine(date_, told.ends), day=day)
    if wrong:
        raise NotPossible(wrong)
    session.starts, session.ends = at_time(date_, told.starts), at_time(date_, told.ends)
    session.kind, session.organisation = told.kind, told.organisation
    session.title_fr, session.title_en = told.title_fr, told.title_en
    session.programmes, session.capacity = list(told.programmes), told.capacity
    session.room = Room.objects.get_or_create(day=day, name=told.room.strip())[0] if told.room.strip() else None
    if session.room is not None and _taken(session):
        raise NotPossible("room-taken")
    session.save()
    _sit(session, told)
    Day.objects.filter(pk=day.pk).update(changed=at)
    audit("session-saved", by=by, at=at, on=f"session:{session.pk}")
    if _place_of(session) != was:
        session_changed.send(Session, session=session, at=at)
    return session


def _place_of(session: Session) -> tuple[object, ...]:
    """What a timetable stands on: when a part is, where, and whose."""
    return session.starts, session.ends, session.room_id, session.organisation_id


def _taken(session: Session) -> bool:
    others = Session.objects.filter(day=session.day, room=session.room, cancelled=None).exclude(pk=session.pk)
    return others.filter(starts__lt=session.ends, ends__gt=session.starts).exists()


def _sit(session: Session, told: SessionTold) -> None:
    """The desks of a part, and who sits there if they have an account."""
    SessionOfficer.objects.filter(session=session).delete()
    desks = [desk.strip()[:80] for desk in told.desks if desk.strip()]
    people: list[Person | None] = [*told.officers]
    people += [None] * (len(desks) - len(people))
    for number, person in enumerate(people, start=1):
        desk = desks[number - 1] if number <= len(desks) else str(number)
        SessionOfficer.objects.get_or_create(session=session, desk=desk, defaults={"person": person})


@transaction.atomic
def remove_session(session_id: int, *, by: Person | None, at: datetime) -> None:
    """Take a part off the agenda, as if it had never been there."""
    session = _held(session_id)
    audit("session-removed", by=by, at=at, on=f"session:{session.pk}", day=session.day_id)
    session.delete()
    session_cancelled.send(Session, session=session, at=at)


@transaction.atomic
def cancel_session(session_id: int, *, by: Person | None, at: datetime) -> None:
    """A part does not take place after all, an hour before if need be: the agenda says it, and everyone is told which.

    Its programmes stay on the page, and questions for it are kept: they go to it in writing.
    """
    session = _held(session_id)
    if session.cancelled is not None:
        return
    session.cancelled = at
    session.save(update_fields=("cancelled",))
    Day.objects.filter(pk=session.day_id).update(changed=at)
    new_version(session.day_id)
    audit("session-cancelled", by=by, at=at, on=f"session:{session.pk}")
    session_cancelled.send(Session, session=session, at=at)
    if session.day.status != Day.Status.DRAFT:
        others = session.day.sessions.filter(organisation=session.organisation_id, cancelled=None)
        said = {"session": session.pk, "last": not others.exists()}  # whether the agency comes at all
        for registration in Registration.objects.filter(day=session.day, state__in=STAYS):
            notices.write(registration, "session-off", key=str(session.pk), at=at, said=said)


def _held(session_id: int) -> Session:
    """A part of a day, once nobody else writes in that day: whoever changes an agenda takes the day first."""
    day = Day.objects.select_for_update(of=("self",)).get(sessions=session_id)
    return day.sessions.select_for_update().get(pk=session_id)
