"""What an officer sees of a desk, and what anybody finds of meetings in their account."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from alliage.hub.days.queries.plan import head
from alliage.hub.days.words import title_of, when
from alliage.hub.meetings import links, words
from alliage.hub.meetings.models import Desk, Guest, MeetingPlan
from alliage.hub.meetings.queries.agenda import not_coming
from alliage.hub.meetings.queries.problem import COMING
from alliage.hub.meetings.queries.shown import Plain, held_rows, shut, times
from alliage.hub.people.models import Person


def desk_page(desk: Desk, *, now: datetime) -> Plain:
    """What the officer of a desk sees."""
    plan = desk.plan
    doubled = next((one for one in plan.doubling if one["desk"] == desk.pk), None)
    published = plan.state == MeetingPlan.State.PUBLISHED
    return {
        "day": head(plan.day, now=now),
        "name": words.desk_name(desk),
        "room": desk.room.name if desk.room else "",
        "published": published,
        "asked": desk.wishes.count(),
        "in_a_row": plan.in_a_row,
        "meetings": times([row for row in held_rows(plan) if row.desk_id == desk.pk], side="desk") if published else [],
        "doubled": doubled["meetings"] if doubled and published else 0,
        "off": words.closed(shut(desk, not_coming(plan, [desk])), plan.day_starts),
    }


def account_page(person: Person | None, *, now: datetime) -> list[Plain]:
    """The days at which somebody has meetings, to choose or to read; those that are over are left out."""
    plans = MeetingPlan.objects.exclude(state=MeetingPlan.State.PREPARING).filter(day__ends__gt=now)
    guests = Guest.objects.filter(registration__person=person, registration__state__in=COMING, plan__in=plans)
    desks = Desk.objects.filter(person=person, plan__in=plans)
    found = [
        (one.plan, words.guest_name(one), reverse("meetings:guest", args=[links.guest_token(one)]))
        for one in guests.select_related("registration", "plan__day__tour")
    ] + [
        (one.plan, words.desk_name(one), reverse("meetings:desk", args=[links.desk_token(one)]))
        for one in desks.select_related("organisation", "plan__day__tour")
    ]
    return [
        {"title": title_of(plan.day), "when": when(plan.day), "name": name, "url": url}
        for plan, name, url in sorted(found, key=lambda one: (one[0].day.starts, one[1]))
    ]
