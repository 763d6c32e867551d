"""On the day: what happened becomes a proposal, looked at, then accepted or dropped. Freed slots are offered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from alliage.core.meetings.checker import breaks
from alliage.core.meetings.grid import Grid
from alliage.core.meetings.problem import Pair
from alliage.core.meetings.receipts import Receipts
from alliage.core.meetings.replanning import NOTICE, Replan, replan
from alliage.core.meetings.timetable import Meeting as CoreMeeting
from alliage.core.meetings.timetable import Proof, Timetable
from alliage.core.vocabulary.errors import AlliageError
from alliage.hub.days.models import Day, Registration
from alliage.hub.meetings.actions.notices import write
from alliage.hub.meetings.actions.preparing import NotPossible
from alliage.hub.meetings.actions.revision import timetable_changed, wishes_changed
from alliage.hub.meetings.actions.timetabling import misses_of
from alliage.hub.meetings.models import Change, Desk, Guest, Meeting, MeetingPlan, Slot
from alliage.hub.meetings.queries.problem import Asked, Subject, held, minute_of, problem_of, standing
from alliage.hub.people.actions.registers import audit
from alliage.hub.people.models import Person

SECONDS = 10.0
SOON = timedelta(minutes=NOTICE)
# What is written of somebody, or of a slot, when something happens.
_FIELDS: Mapping[tuple[type[Subject], str], str] = {
    (Desk, Change.Kind.DESK_OFF): "off_since",
    (Guest, Change.Kind.GUEST_OFF): "off_since",
    (Guest, Change.Kind.GUEST_LATE): "late_until",
    (Slot, Change.Kind.SLOT_LOST): "closed",
}


@dataclass(frozen=True, slots=True)
class Happened:
    """What happened on the day: ``since`` when on, or until when for who is late."""

    kind: str
    since: datetime
    desk: int | None = None
    guest: int | None = None
    slot: int | None = None


def propose(plan_id: int, happened: Happened, *, by: Person | None, at: datetime) -> Change:
    """Work out what to change, and keep it to be looked at. Nothing changes yet.

    Nothing is held while it is worked out, for seconds: others write meanwhile.

    Raises:
        NotPossible: the timetable is not published, the day is cancelled, who it is about is not of this day, the
            timetable changed meanwhile, or it could not be worked out.
    """
    seen = _seen(plan_id, happened, at=at)
    try:
        again = replan(seen.asked.problem, seen.planned, now=minute_of(at, seen.plan), seconds=SECONDS)
    except AlliageError as error:
        raise NotPossible("failed") from error
    return _proposed(seen, happened, again, by=by, at=at)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A plan as it was read, and the day as it would be once something has happened."""

    plan: MeetingPlan
    asked: Asked
    planned: Sequence[CoreMeeting]


@transaction.atomic
def _seen(plan_id: int, happened: Happened, *, at: datetime) -> _Seen:
    plan = MeetingPlan.objects.select_for_update().get(pk=plan_id)
    _must_be_published(plan)
    over = at if happened.kind == Change.Kind.AGENDA else None
    asked = problem_of(plan, as_if=_subject(plan, happened), over=over)
    return _Seen(plan, asked, held(plan, asked))


@transaction.atomic
def _proposed(seen: _Seen, happened: Happened, again: Replan, *, by: Person | None, at: datetime) -> Change:
    plan = MeetingPlan.objects.select_for_update().get(pk=seen.plan.pk)
    _must_be_published(plan)
    if plan.revision != seen.plan.revision:
        raise NotPossible("stale")
    ids = {one.pk: (one.guest_id, one.desk_id) for one in Meeting.objects.filter(guest__plan=plan)}
    number = {(str(guest), str(desk)): pk for pk, (guest, desk) in ids.items()}
    moves = [(number.get(move.meeting.pair), seen.asked.slots[move.to].number) for move in again.moved]
    lost = [number.get(one.pair) for one in again.lost]
    plan.changes.filter(state=Change.State.PROPOSED).update(state=Change.State.DROPPED)
    return Change.objects.create(
        plan=plan, kind=happened.kind, since=happened.since, revision=plan.revision, by=by, created=at,
        # a company may have erased itself meanwhile
        moves=[[pk, slot] for pk, slot in moves if pk], lost=[pk for pk in lost if pk],
        complete=again.complete, desk_id=happened.desk, guest_id=happened.guest, slot_id=happened.slot,
    )  # fmt: skip


def _must_be_published(plan: MeetingPlan) -> None:
    if plan.state != MeetingPlan.State.PUBLISHED:
        raise NotPossible("not-published")
    if plan.day.status == Day.Status.CANCELLED:
        raise NotPossible("day-off")


def _subject(plan: MeetingPlan, happened: Happened) -> Subject | None:
    """The row of this day that something happened to, as it then is; nothing is written. The agenda is as it is."""
    if happened.kind == Change.Kind.AGENDA:
        return None
    row = (
        plan.desks.filter(pk=happened.desk or 0).first()
        or plan.guests.filter(pk=happened.guest or 0).select_related("registration").first()
        or plan.slots.filter(pk=happened.slot or 0).first()
    )
    field = None if row is None else _FIELDS.get((type(row), happened.kind))
    if row is None or field is None:
        raise NotPossible("who")
    setattr(row, field, happened.since)
    return row


@transaction.atomic
def accept(change_id: int, *, by: Person | None, at: datetime) -> None:
    """Make the proposal the timetable: who is concerned is told.

    Raises:
        NotPossible: it was decided already, the timetable has changed since it was worked out, or so much time has
            passed that something of it starts too soon.
    """
    change = Change.objects.select_related("plan").get(pk=change_id)
    plan = MeetingPlan.objects.select_for_update().get(pk=change.plan_id)
    change.refresh_from_db()
    if change.state != Change.State.PROPOSED:
        raise NotPossible("decided")
    if change.revision != plan.revision:
        raise NotPossible("stale")
    happened = Happened(change.kind, change.since, change.desk_id, change.guest_id, change.slot_id)
    subject = _subject(plan, happened)
    slots = {slot.number: slot for slot in plan.slots.all()}
    to = {int(meeting): slots[int(number)] for meeting, number in change.moves}
    found = Meeting.objects.filter(guest__plan=plan, pk__in=[*to, *change.lost]).select_related("slot")
    rows = {row.pk: row for row in found}
    if _too_late(problem_of(plan, as_if=subject), rows, to, at=at):
        raise NotPossible("too-late")
    if subject is not None:
        subject.save(update_fields=(_FIELDS[type(subject), change.kind],))
    timetable_changed(plan)
    _free(plan, rows.values())
    for row in rows.values():  # all leave their slots before any takes another
        row.state, row.sequence, row.changed = Meeting.State.OFF, row.sequence + 1, at
        row.save()
    for number, slot in to.items():
        if number in rows:  # else its company erased itself meanwhile
            rows[number].slot, rows[number].state = slot, Meeting.State.HELD
            rows[number].save()
    change.state = Change.State.ACCEPTED
    change.save(update_fields=("state",))
    _told(plan, list(rows.values()), at=at)
    _receipts(plan)
    audit("meetings-changed", by=by, at=at, on=f"day:{plan.day_id}", kind=change.kind, count=len(rows))


def _too_late(asked: Asked, rows: Mapping[int, Meeting], to: Mapping[int, Slot], *, at: datetime) -> bool:
    """Whether somebody would be sent to a slot that starts too soon, or away from such a one that they could keep.

    A meeting that cannot be held where it is leaves its slot whatever is decided, and however late.
    """
    free, soon = Grid(asked.problem).free, at + SOON
    kept = {
        number
        for number in to
        if number in rows and any(asked.slots[slot] == rows[number].slot for slot in free.get(_pair(rows[number]), ()))
    }
    return any(slot.starts < soon for slot in (*to.values(), *(rows[number].slot for number in kept)))


def _pair(row: Meeting) -> Pair:
    return str(row.guest_id), str(row.desk_id)


@transaction.atomic
def drop(change_id: int) -> None:
    """Leave the timetable as it is."""
    Change.objects.filter(pk=change_id, state=Change.State.PROPOSED).update(state=Change.State.DROPPED)


@transaction.atomic
def give(plan_id: int, *, desk: int, slot: int, guest: int, by: Person | None, at: datetime) -> Meeting:
    """Give a free slot of a desk to a guest who said yes.

    Raises:
        NotPossible: somebody took it meanwhile, it starts too soon, the day is cancelled, the guest did not wish that
            desk, or a rule of the day would be broken.
    """
    plan = MeetingPlan.objects.select_for_update().get(pk=plan_id)
    _must_be_published(plan)
    asked = problem_of(plan)
    place = {row.pk: number for number, row in enumerate(asked.slots)}
    if slot not in place or str(guest) not in asked.guests or str(desk) not in asked.desks:
        raise NotPossible("who")
    if str(desk) not in next(one.wishes for one in asked.problem.companies if one.id == str(guest)):
        raise NotPossible("not-wished")
    added = CoreMeeting(str(guest), str(desk), place[slot])
    if asked.slots[place[slot]].starts < at + SOON:
        raise NotPossible("too-late")
    if breaks(asked.problem, standing(plan, asked), added):
        raise NotPossible("taken")
    row = _held_again(guest, desk, slot, at)
    timetable_changed(plan)
    _told(plan, [row], at=at)
    _receipts(plan)
    audit("meetings-given", by=by, at=at, on=f"day:{plan.day_id}")
    return row


def _held_again(guest: int, desk: int, slot: int, at: datetime) -> Meeting:
    """A meeting, new or held again; the database has the last word on who is where."""
    row = Meeting.objects.filter(guest=guest, desk=desk).first() or Meeting(guest_id=guest, desk_id=desk)
    row.slot_id, row.state, row.changed = slot, Meeting.State.HELD, at
    row.sequence = row.sequence + 1 if row.pk else 0
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        raise NotPossible("taken") from taken
    return row


@transaction.atomic
def release(registration: Registration, *, at: datetime) -> None:
    """Put off the meetings of who does not come any more, and tell the desks: their slots may be offered."""
    guest = Guest.objects.filter(registration=registration).first()
    if guest is None:
        return
    plan = MeetingPlan.objects.select_for_update().get(pk=guest.plan_id)
    rows = _held_by(guest)
    for row in rows:
        row.state, row.sequence, row.changed = Meeting.State.OFF, row.sequence + 1, at
        row.save()
    _left(plan, rows, at=at)


@transaction.atomic
def forget(guest: Guest, *, at: datetime) -> None:
    """The same for who erases themselves: their wishes and their meetings go first, so that nothing counts them."""
    plan = MeetingPlan.objects.select_for_update().get(pk=guest.plan_id)
    rows = _held_by(guest)
    guest.wishes.all().delete()
    guest.meetings.all().delete()
    _left(plan, rows, at=at)


def _held_by(guest: Guest) -> list[Meeting]:
    return list(guest.meetings.filter(state=Meeting.State.HELD).select_related("desk", "slot"))


def _left(plan: MeetingPlan, rows: Sequence[Meeting], *, at: datetime) -> None:
    """What follows when a company is gone, with the meetings that it had."""
    if plan.state != MeetingPlan.State.PUBLISHED:
        wishes_changed(plan)
    elif rows:
        _free(plan, rows)
        timetable_changed(plan)
        _tell_desks(plan, rows, at=at)
        _receipts(plan)


def propose_agenda(plan_id: int, *, at: datetime) -> Change | None:
    """Propose the timetable for the agenda as it now is; nothing if that cannot be decided any more."""
    try:
        return propose(plan_id, Happened(Change.Kind.AGENDA.value, at), by=None, at=at)
    except NotPossible:
        return None


def _free(plan: MeetingPlan, rows: Iterable[Meeting]) -> None:
    """Note the slots that meetings leave: they are offered to who waits for that desk, until somebody has them."""
    left = {(row.desk_id, row.slot.number) for row in rows} | {(int(desk), int(slot)) for desk, slot in plan.freed}
    plan.freed = [list(one) for one in sorted(left)]
    plan.save(update_fields=("freed",))


def _told(plan: MeetingPlan, rows: Sequence[Meeting], *, at: datetime) -> None:
    for guest in {row.guest_id: row.guest for row in rows}.values():
        write("changed", guest=guest, revision=plan.revision, at=at)
    _tell_desks(plan, rows, at=at)


def _tell_desks(plan: MeetingPlan, rows: Sequence[Meeting], *, at: datetime) -> None:
    for desk in {row.desk_id: row.desk for row in rows}.values():
        if desk.person_id:
            write("changed", desk=desk, revision=plan.revision, at=at)


def _receipts(plan: MeetingPlan) -> None:
    """Why a wish is not met, in the timetable as it is now."""
    asked: Asked = problem_of(plan)
    receipts = Receipts(asked.problem, Timetable(tuple(standing(plan, asked)), Proof(0, 0, complete=True)))
    for receipt in receipts.companies():
        Guest.objects.filter(pk=int(receipt.company)).update(misses=misses_of(receipt))
