"""Meetings follow their day: to another date at the same distance from its beginning, and off when it is cancelled."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from alliage.hub.days.models import Day
from alliage.hub.meetings.actions.notices import write
from alliage.hub.meetings.actions.revision import day_changed
from alliage.hub.meetings.models import Meeting, MeetingPlan


@transaction.atomic
def follow(plan: MeetingPlan, day: Day) -> None:
    """Move the slots as the day was moved, and say so in calendars; a published timetable is told again."""
    plan = MeetingPlan.objects.select_for_update().get(pk=plan.pk)
    first = plan.slots.first()
    if day.status == Day.Status.CANCELLED:
        _put_off(plan, day)
        return
    if first is None or plan.day_starts == day.starts:
        return
    shift = day.starts - plan.day_starts  # in time that passes: no slot falls in an hour that clocks leave out
    for slot in plan.slots.all():
        slot.starts, slot.ends = slot.starts + shift, slot.ends + shift
        slot.save(update_fields=("starts", "ends"))
    plan.day_starts = day.starts
    plan.save(update_fields=("day_starts",))
    day_changed(plan)
    Meeting.objects.filter(guest__plan=plan).update(sequence=F("sequence") + 1, changed=day.changed)
    _tell(plan, "changed", at=day.changed)


def _put_off(plan: MeetingPlan, day: Day) -> None:
    """Everyone who had a meeting is told, and no proposal that waited brings one back."""
    day_changed(plan)
    _tell(plan, "off", at=day.changed)  # while it is known who had one
    Meeting.objects.filter(guest__plan=plan, state=Meeting.State.HELD).update(
        state=Meeting.State.OFF, sequence=F("sequence") + 1, changed=day.changed
    )


def _tell(plan: MeetingPlan, kind: str, *, at: datetime) -> None:
    """A letter to each side of the meetings that are held, if they were told of them."""
    if plan.state != MeetingPlan.State.PUBLISHED:
        return
    for guest in plan.guests.filter(meetings__state=Meeting.State.HELD).distinct():
        write(kind, guest=guest, revision=plan.revision, at=at)
    for desk in plan.desks.filter(person__isnull=False, meetings__state=Meeting.State.HELD).distinct():
        write(kind, desk=desk, revision=plan.revision, at=at)
