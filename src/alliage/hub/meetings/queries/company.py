"""What a company sees: what to choose, or its timetable and its receipt."""

from __future__ import annotations

from datetime import date, datetime

from alliage.hub.days.queries.plan import head, speech
from alliage.hub.meetings import words
from alliage.hub.meetings.models import Guest, MeetingPlan, Wish
from alliage.hub.meetings.queries.agenda import not_coming
from alliage.hub.meetings.queries.problem import COMING
from alliage.hub.meetings.queries.proposing import Proposed, proposed
from alliage.hub.meetings.queries.shown import Plain, held_rows, misses, proved, times
from alliage.hub.ui import words as ui

MOST_NAMED = 3  # programmes, in a reason


def guest_page(guest: Guest, *, on: date, now: datetime, lang: str) -> Plain:
    """What a company sees: what to choose, or its timetable and its receipt."""
    plan = guest.plan
    published = plan.state == MeetingPlan.State.PUBLISHED
    page: Plain = {
        "day": head(plan.day, now=now),
        "name": words.guest_name(guest),
        "published": published,
        "coming": guest.registration.state in COMING,
        "minutes": plan.minutes,
    }
    desks = {desk.pk: desk for desk in plan.desks.select_related("organisation")}
    absent = not_coming(plan, desks.values())
    chosen = {wish.desk_id: wish.rank for wish in Wish.objects.filter(guest_id=guest.pk)}
    if published:
        own = [row for row in held_rows(plan) if row.guest_id == guest.pk]
        return page | {
            "meetings": times(own, side="guest", absent=absent),
            "misses": misses(guest, desks, absent),
            "asked": bool(chosen),
            "proved": proved(plan),
        }
    choices = [_choice(one, chosen, lang) for one in proposed(plan, guest.registration, on=on)]
    by_rank = sorted((one for one in choices if one["rank"]), key=lambda one: one["rank"])
    return page | {
        "chosen": by_rank,
        "choices": [one for one in choices if not one["rank"]],
        "absent": [words.desk_name(desks[pk]) for pk in sorted(absent & chosen.keys())],
    }


def _choice(one: Proposed, chosen: dict[int, int], lang: str) -> Plain:
    named = speech(lang).programmes(list(one.programmes[:MOST_NAMED]))
    return {
        "id": one.desk.pk,
        "name": words.desk_name(one.desk),
        "room": ui.typeset(one.desk.room.name, lang="fr") if one.desk.room else "",
        "programmes": named,
        "more": max(0, len(one.programmes) - MOST_NAMED),
        "eligible": one.eligible,
        "rank": chosen[one.desk.pk] + 1 if one.desk.pk in chosen else 0,
    }
