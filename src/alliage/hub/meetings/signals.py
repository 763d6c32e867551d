"""A day that is moved or cancelled takes its meetings with it; so does who gives up their seat."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from alliage.hub.days.models import Day, Registration
from alliage.hub.meetings.actions.changing import release
from alliage.hub.meetings.actions.following import follow
from alliage.hub.meetings.models import MeetingPlan


@receiver(post_save, sender=Day, dispatch_uid="meetings.moved")
def moved(instance: Day, created: bool, **_: Any) -> None:  # noqa: FBT001 - what Django calls
    """Put the slots on the date and at the hours where the day now is."""
    plan = None if created else MeetingPlan.objects.filter(day=instance).first()
    if plan is not None:
        follow(plan, instance)


@receiver(post_save, sender=Registration, dispatch_uid="meetings.left")
def left(instance: Registration, created: bool, **_: Any) -> None:  # noqa: FBT001 - what Django calls
    """Put off the meetings of who withdrew."""
    if not created and instance.state == Registration.State.CANCELLED:
        release(instance)
