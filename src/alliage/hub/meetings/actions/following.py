"""Meetings follow their day and its agenda: moved with it, off with it, and to be planned again where it changed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet

from alliage.core.meetings.checker import broken
from alliage.hub.days.actions.organising import clock_later
from alliage.hub.days.models import Day, Session
from alliage.hub.meetings.actions.notices import write
from alliage.hub.meetings.actions.revision import day_changed, timetable_changed, wishes_changed
from alliage.hub.meetings.models import Change, Desk, Guest, Meeting, MeetingPlan
from alliage.hub.meetings.queries.agenda import Agenda
from alliage.hub.meetings.queries.problem import problem_of, standing

HEARD = (Session.Kind.AGENCY, Session.Kind.MEETINGS, Session.Kind.BREAK)  # kinds of parts on which timetables stand


@transaction.atomic
def move(plan: MeetingPlan, day: Day, *, by: timedelta, at: datetime) -> bool:
    """Move slots, and what was said of hours, with the parts of the day: whether a change is to be proposed.

    Slots that the new hours leave out are lost: what was there is planned again, once that was decided.
    """
    plan = MeetingPlan.objects.select_for_update().get(pk=plan.pk)
    plan.day_starts = day.starts
    plan.save(update_fields=("day_starts",))
    first = plan.slots.first()
    if first is not None and by:
        # In time that passes: no slot falls in an hour that clocks leave out.
        _shift(plan, clock_later(first.starts, by) - first.starts)
        day_changed(plan)
        Meeting.objects.filter(guest__plan=plan).update(sequence=F("sequence") + 1, changed=at)
        _tell(plan, "changed", plan.guests.all(), plan.desks.all(), at=at)
    return _heard(plan, outdated=not by, at=at)


def _shift(plan: MeetingPlan, shift: timedelta) -> None:
    plan.slots.update(starts=F("starts") + shift, ends=F("ends") + shift)
    plan.desks.update(off_since=F("off_since") + shift)
    plan.guests.update(off_since=F("off_since") + shift, late_until=F("late_until") + shift)


@transaction.atomic
def hear(session: Session, *, at: datetime) -> int | None:
    """A part of the agenda is another one, or is off: the plan for which a change is to be proposed, if there is one.

    Desks take the rooms that the agenda gives their agencies.
    """
    plan = MeetingPlan.objects.select_for_update().filter(day=session.day_id).first()
    if plan is None or session.kind not in HEARD:
        return None
    _take_rooms(plan, at=at)
    return plan.pk if _heard(plan, outdated=True, at=at) else None


def _heard(plan: MeetingPlan, *, outdated: bool, at: datetime) -> bool:
    """Whether a change is to be proposed: meetings to come that are told already break a rule of the day."""
    if plan.state != MeetingPlan.State.PUBLISHED:
        if outdated:
            wishes_changed(plan)
        return False
    asked = problem_of(plan, over=at)
    if not broken(asked.problem, standing(plan, asked)):
        return False
    timetable_changed(plan)
    return not plan.changes.filter(state=Change.State.PROPOSED).exists()


def _take_rooms(plan: MeetingPlan, *, at: datetime) -> None:
    """Put each desk in the room of its agency; who was to come elsewhere is told."""
    rooms = Agenda(plan).rooms
    moved = []
    for desk in plan.desks.all():
        room = rooms.get((desk.organisation_id, desk.label), desk.room_id)
        if room != desk.room_id:
            desk.room_id = room
            desk.save(update_fields=("room",))
            moved.append(desk.pk)
    if moved:
        timetable_changed(plan)
        Meeting.objects.filter(desk__in=moved).update(sequence=F("sequence") + 1, changed=at)
        guests = plan.guests.filter(meetings__desk__in=moved, meetings__state=Meeting.State.HELD)
        _tell(plan, "changed", guests, plan.desks.filter(pk__in=moved), at=at)


@transaction.atomic
def put_off(plan: MeetingPlan, *, at: datetime) -> None:
    """The day is cancelled: who had a meeting is told, and no proposal that waited brings one back."""
    plan = MeetingPlan.objects.select_for_update().get(pk=plan.pk)
    day_changed(plan)
    _tell(plan, "off", plan.guests.all(), plan.desks.all(), at=at)  # while it is known who had one
    Meeting.objects.filter(guest__plan=plan, state=Meeting.State.HELD).update(
        state=Meeting.State.OFF, sequence=F("sequence") + 1, changed=at
    )


def _tell(plan: MeetingPlan, kind: str, guests: QuerySet[Guest], desks: QuerySet[Desk], *, at: datetime) -> None:
    """A letter to each of these who has a meeting that is held, if they were told of it."""
    if plan.state != MeetingPlan.State.PUBLISHED:
        return
    for guest in guests.filter(meetings__state=Meeting.State.HELD).distinct():
        write(kind, guest=guest, revision=plan.revision, at=at)
    for desk in desks.filter(person__isnull=False, meetings__state=Meeting.State.HELD).distinct():
        write(kind, desk=desk, revision=plan.revision, at=at)
