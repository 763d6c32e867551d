"""Meetings follow the agenda and the seats of their day: what days tell, in the transaction that causes it."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver

from alliage.hub.days.models import Day, Registration, Session
from alliage.hub.days.signals import day_moved, registration_ended, session_cancelled, session_changed
from alliage.hub.meetings import tasks
from alliage.hub.meetings.actions.changing import forget, release
from alliage.hub.meetings.actions.following import hear, move, put_off
from alliage.hub.meetings.models import Guest, MeetingPlan
from alliage.hub.ui import day as days


@receiver(post_save, sender=Day, dispatch_uid="meetings.off")
def off(instance: Day, **_: Any) -> None:
    """Put off the meetings of a day that is cancelled."""
    if instance.status == Day.Status.CANCELLED:
        for plan in MeetingPlan.objects.filter(day=instance):
            put_off(plan, at=instance.changed)


@receiver(day_moved, dispatch_uid="meetings.moved")
def moved(day: Day, by: timedelta, at: datetime, **_: Any) -> None:
    """Put the slots on the date and at the hours where the parts of the day now are."""
    for plan in MeetingPlan.objects.filter(day=day):
        if move(plan, day, by=by, at=at):
            _propose(plan.pk)


@receiver(registration_ended, dispatch_uid="meetings.left")
def left(registration: Registration, at: datetime, **_: Any) -> None:
    """Put off the meetings of who stops coming."""
    release(registration, at=at)


@receiver((session_changed, session_cancelled), dispatch_uid="meetings.agenda")
def agenda(session: Session, at: datetime, **_: Any) -> None:
    """Hear what the agenda now says."""
    plan = hear(session, at=at)
    if plan is not None:
        _propose(plan)


def _propose(plan: int) -> None:
    """Propose the timetable of the agenda as it is: once it is sure, with nothing held."""
    transaction.on_commit(partial(tasks.soon, tasks.propose_agenda, plan, plan), robust=True)


@receiver(pre_delete, sender=Guest, dispatch_uid="meetings.erased")
def erased(instance: Guest, **_: Any) -> None:
    """Tell the desks of who erases themselves."""
    forget(instance, at=days.now())
