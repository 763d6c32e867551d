"""Rows that an address, a link or a form names, for actions; and what they are, for views."""

from __future__ import annotations

from alliage.hub.days.models import Day, Registration
from alliage.hub.meetings.models import Desk, Guest, MeetingPlan
from alliage.hub.meetings.queries.problem import COMING

__all__ = ["Desk", "Guest", "MeetingPlan", "guest_of", "known_guest", "plan_of", "proposal_in", "waits_for"]


def plan_of(day: Day) -> MeetingPlan | None:
    """The plan of a day."""
    return MeetingPlan.objects.filter(day=day).select_related("day__tour").first()


def proposal_in(plan: MeetingPlan, number: int) -> int | None:
    """A proposal of this plan, by its number."""
    return plan.changes.filter(pk=number).values_list("pk", flat=True).first()


def waits_for(registration: Registration) -> bool:
    """Whether somebody who comes has something to choose or to read here."""
    shown = MeetingPlan.objects.filter(day=registration.day_id).exclude(state=MeetingPlan.State.PREPARING)
    return registration.state in COMING and shown.exists()


def guest_of(registration: Registration) -> Guest | None:
    """The guest of somebody who opens their link, not kept yet if they chose nothing; nothing if they do not come."""
    return known_guest(registration) if registration.state in COMING else None


def known_guest(registration: Registration) -> Guest | None:
    """The same, whether they still come or not."""
    plan = MeetingPlan.objects.filter(day=registration.day_id).select_related("day__tour").first()
    if plan is None:
        return None
    return Guest.objects.filter(registration=registration).first() or Guest(plan=plan, registration=registration)
