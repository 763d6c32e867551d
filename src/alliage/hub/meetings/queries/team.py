"""What the team sees: how far the meetings of a day are, and the whole timetable."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from alliage.hub.days.models import Day
from alliage.hub.days.queries.plan import head
from alliage.hub.meetings import links, words
from alliage.hub.meetings.models import Desk, Guest, Meeting, MeetingPlan
from alliage.hub.meetings.queries.agenda import not_coming
from alliage.hub.meetings.queries.figures import doubled, figures
from alliage.hub.meetings.queries.on_the_day import to_decide
from alliage.hub.meetings.queries.problem import COMING, outside, problem_of
from alliage.hub.meetings.queries.records import plan_of
from alliage.hub.meetings.queries.shown import Absent, Plain, held_rows, misses, proved, shut, times
from alliage.hub.people.models import Person
from alliage.hub.ui import words as ui


def seen(plan: MeetingPlan | None) -> tuple[list[Person | None], list[str]]:
    """Whose data the pages of the team show: accounts, and addresses of those who have none."""
    rows = [] if plan is None else [guest.registration for guest in plan.guests.select_related("registration__person")]
    return [row.person for row in rows if row.person], [row.email for row in rows if row.email and not row.person]


def board(day: Day, *, now: datetime) -> Plain:
    """How far the meetings of a day are, and what to do next."""
    plan = plan_of(day)
    page: Plain = {"day": head(day, now=now), "plan": None}
    if plan is None:
        return page
    guests = list(plan.guests.select_related("registration").prefetch_related("wishes"))
    coming = [guest for guest in guests if guest.registration.state in COMING]
    desks = list(plan.desks.select_related("organisation", "room", "person").prefetch_related("wishes"))
    asked, rows = problem_of(plan), held_rows(plan)
    at_desk, of_guest = Counter(row.desk_id for row in rows), Counter(row.guest_id for row in rows)
    return page | {
        "plan": plan,
        "state": plan.state,
        "slots": plan.slots.count(),
        "desks": [_desk_line(desk, at_desk[desk.pk] if plan.worked_out else None, asked.gone) for desk in desks],
        "decide": to_decide(plan, asked, now=now),
        "guests": [_guest_line(guest, of_guest[guest.pk]) for guest in coming],
        "gone": [one for one in guests if one.registration.state not in COMING and of_guest[one.pk]],
        "silent": sum(not guest.wishes.all() for guest in coming),
        "counts": figures(plan, asked),
        "proved": proved(plan),
        "failed": words.why_failed(plan.failed),
        "shut_out": _shut_out(plan, [*desks, *coming]),
        "doubling": doubled(plan, {desk.pk: desk for desk in desks}),
        "working": plan.working is not None,
    }


def _desk_line(desk: Desk, meetings: int | None, absent: Absent) -> Plain:
    return {
        "id": desk.pk,
        "name": words.desk_name(desk),
        "room": desk.room.name if desk.room else "",
        "asked": len(desk.wishes.all()),
        "meetings": meetings,
        "off": words.closed(shut(desk, absent), desk.plan.day_starts),
        "hours": _hours(desk),
        "url": reverse("meetings:desk", args=[links.desk_token(desk)]),
        "account": desk.person_id is not None,
    }


def _guest_line(guest: Guest, meetings: int) -> Plain:
    return {
        "id": guest.pk,
        "name": words.guest_name(guest),
        "wishes": len(guest.wishes.all()),
        "meetings": meetings,
        "hours": _hours(guest),
        "off": guest.off_since is not None,
        "late": words.at(guest.late_until) if guest.late_until else "",
    }


def _hours(one: Desk | Guest) -> str:
    """When somebody said that they can."""
    said = []
    if one.not_before:
        said.append(_("à partir de %(hour)s") % {"hour": ui.clock(one.not_before)})
    if one.not_after:
        said.append(_("jusqu’à %(hour)s") % {"hour": ui.clock(one.not_after)})
    if one.at_most is not None:
        said.append(_("au plus %(n)s") % {"n": one.at_most})
    return ", ".join(said)


def _shut_out(plan: MeetingPlan, everyone: Iterable[Desk | Guest]) -> list[str]:
    """Those whose own hours leave no slot: they meet nobody, and only they can know whether they meant it."""
    slots = list(plan.slots.all())
    return [
        words.desk_name(one) if isinstance(one, Desk) else words.guest_name(one)
        for one in everyone
        if (one.not_before or one.not_after) and len(outside(plan, slots, one)) == len(slots)
    ]


def timetable(day: Day, *, now: datetime) -> Plain:
    """The whole timetable, by desk and by company, to print."""
    plan = plan_of(day)
    if plan is None:
        return {"day": head(day, now=now), "desks": [], "guests": []}
    desks = {desk.pk: desk for desk in plan.desks.select_related("organisation", "room")}
    guests = [guest for guest in plan.guests.select_related("registration") if guest.registration.state in COMING]
    at_desk: dict[int, list[Meeting]] = defaultdict(list)
    of_guest: dict[int, list[Meeting]] = defaultdict(list)
    absent = not_coming(plan, desks.values())
    for row in held_rows(plan):
        at_desk[row.desk_id].append(row)
        of_guest[row.guest_id].append(row)
    return {
        "day": head(day, now=now),
        "published": plan.state == MeetingPlan.State.PUBLISHED,
        "desks": [
            {
                "name": words.desk_name(desk),
                "room": desk.room.name if desk.room else "",
                "meetings": times(at_desk[desk.pk], side="desk"),
            }
            for desk in desks.values()
            if at_desk[desk.pk]
        ],
        "guests": [
            {
                "name": words.guest_name(guest),
                "meetings": times(of_guest[guest.pk], side="guest", absent=absent),
                "misses": misses(guest, desks, absent),
            }
            for guest in sorted(guests, key=lambda one: words.guest_name(one).casefold())
        ],
    }
