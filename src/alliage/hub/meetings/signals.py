"""Meetings follow the agenda and the seats of their day: what days tell, in the transaction that causes it."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver

from alliage.hub.days.models import Day, Registration, Session
from alliage.hub.days.signals import registration_ended, session_cancelled
from alliage.hub.meetings import tasks
from alliage.hub.meetings.actions.changing import agency_left, forget, release
from alliage.hub.meetings.actions.following import follow
from alliage.hub.meetings.models import Guest, MeetingPlan
from alliage.hub.ui import day as days


@receiver(post_save, sender=Day, dispatch_uid="meetings.moved")
def moved(instance: Day, created: bool, **_: Any) -> None:  # noqa: FBT001 - what Django calls
    """Put the slots on the date and at the hours where the day now is."""
    plan = None if created else MeetingPlan.objects.filter(day=instance).first()
    if plan is not None:
        follow(plan, instance)


@receiver(registration_ended, dispatch_uid="meetings.left")
def left(registration: Registration, at: datetime, **_: Any) -> None:
    """Put off the meetings of who stops coming."""
    release(registration, at=at)


@receiver(session_cancelled, dispatch_uid="meetings.agency")
def without_agency(session: Session, **_: Any) -> None:
    """Propose the timetable without the desks of an agency that does not come: once it is sure, with nothing held."""
    desk = agency_left(session)
    if desk is not None:
        transaction.on_commit(partial(tasks.soon, tasks.propose_without, desk.plan_id, desk.pk), robust=True)


@receiver(pre_delete, sender=Guest, dispatch_uid="meetings.erased")
def erased(instance: Guest, **_: Any) -> None:
    """Tell the desks of who erases themselves."""
    forget(instance, at=days.now())
