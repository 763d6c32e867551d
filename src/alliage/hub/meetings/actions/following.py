"""Meetings follow their day: to another date with the same clock times, and off when it is cancelled."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from alliage.hub.days.models import Day
from alliage.hub.meetings.actions.notices import write
from alliage.hub.meetings.models import Change, Meeting, MeetingPlan
from alliage.hub.ui.day import HERE


@transaction.atomic
def follow(plan: MeetingPlan, day: Day) -> None:
    """Move the slots as the day was moved, and say so in calendars; a published timetable is told again."""
    plan = MeetingPlan.objects.select_for_update().get(pk=plan.pk)
    first = plan.slots.first()
    if day.status == Day.Status.CANCELLED:
        Meeting.objects.filter(guest__plan=plan, state=Meeting.State.HELD).update(
            state=Meeting.State.OFF, sequence=F("sequence") + 1, changed=day.changed
        )
        return
    if first is None or plan.day_starts == day.starts:
        return
    shift = _wall(day.starts) - _wall(plan.day_starts)
    for slot in plan.slots.all():
        slot.starts, slot.ends = ((_wall(moment) + shift).replace(tzinfo=HERE) for moment in (slot.starts, slot.ends))
        slot.save(update_fields=("starts", "ends"))
    plan.day_starts = day.starts
    plan.revision += 1
    plan.save(update_fields=("day_starts", "revision"))
    plan.changes.filter(state=Change.State.PROPOSED).update(state=Change.State.DROPPED)
    Meeting.objects.filter(guest__plan=plan).update(sequence=F("sequence") + 1, changed=day.changed)
    if plan.state == MeetingPlan.State.PUBLISHED:
        for guest in plan.guests.filter(meetings__state=Meeting.State.HELD).distinct():
            write("changed", guest=guest, revision=plan.revision, at=day.changed)
        for desk in plan.desks.filter(person__isnull=False, meetings__state=Meeting.State.HELD).distinct():
            write("changed", desk=desk, revision=plan.revision, at=day.changed)


def _wall(moment: datetime) -> datetime:
    """What clocks show there: a day keeps its hours, whatever clocks do between two dates."""
    return moment.astimezone(HERE).replace(tzinfo=None)
