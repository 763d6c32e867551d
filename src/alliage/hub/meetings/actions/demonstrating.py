"""The meetings of the invented day: each company wishes the desks that could help it most, by our own reasons."""

from __future__ import annotations

from datetime import datetime

from alliage.core.meetings.squeeze import draws
from alliage.hub.days.models import Day
from alliage.hub.meetings.actions import preparing, timetabling
from alliage.hub.meetings.actions.preparing import Told, When
from alliage.hub.meetings.models import MeetingPlan
from alliage.hub.meetings.queries.problem import COMING
from alliage.hub.meetings.queries.proposing import proposed
from alliage.hub.ui.day import HERE

FEWEST, MOST = 3, 6  # wishes of a company


class NoDemo(Exception):
    """There is no invented day, or its companies want no meetings."""


def make_demo(*, at: datetime) -> MeetingPlan:
    """Prepare the meetings of the invented day that comes next, ask, choose for its companies, and work it out.

    Raises:
        NoDemo: make the day first.
    """
    day = Day.objects.filter(tour__demo=True, starts__gt=at, registrations__isnull=False).order_by("starts").first()
    if day is None:
        raise NoDemo
    day.registrations.filter(demo=True, state__in=COMING).update(wants_meetings=True)
    plan = preparing.prepare(day.pk, told=Told(), by=None, at=at)
    preparing.ask(plan.pk, by=None, at=at)
    draw = draws(1)
    for guest in plan.guests.select_related("registration__person"):
        found = proposed(plan, guest.registration, on=at.astimezone(HERE).date())
        most = FEWEST + draw() % (MOST - FEWEST + 1)
        useful = [one.desk.pk for one in found if one.programmes] or [one.desk.pk for one in found]
        turned = draw() % len(useful)
        wanted = [*useful[turned:], *useful[:turned]] if draw() % 3 == 0 else useful
        preparing.wish(guest.pk, desks=wanted[:most], when=When(), at=at)
    timetabling.start(plan.pk, at=at)
    timetabling.work_out(plan.pk, at=at)
    plan.refresh_from_db()
    return plan
