"""What anyone reads of the days: the list and its map, one day, and somebody's own page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import segno
from django.db.models import Q
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from alliage.hub.days import links
from alliage.hub.days import words as said
from alliage.hub.days.models import Day, FollowUp, LiveQuestion, Registration, Tour
from alliage.hub.days.queries import above
from alliage.hub.days.queries.digest import digest_of
from alliage.hub.days.queries.plan import agenda, head, map_of
from alliage.hub.days.queries.waiting import rank_of, why_waiting
from alliage.hub.people.mail import whole_url
from alliage.hub.ui import words

Plain = dict[str, Any]
State = Registration.State
FOLLOW_UPS = FollowUp.AGES
SHOWN = (Day.Status.OPEN, Day.Status.SHUT, Day.Status.DONE, Day.Status.CANCELLED)


def find_day(slug: str, *, drafts: bool = False) -> Day | None:
    """The day of an address, if it may be shown."""
    found = Day.objects.select_related("tour").filter(slug=slug)
    return found.first() if drafts else found.filter(status__in=SHOWN).first()


def find_tour(slug: str) -> Tour | None:
    """The tour of an address, if one of its days may be shown."""
    return Tour.objects.filter(slug=slug, days__status__in=SHOWN).distinct().first()


def days_page(*, now: datetime, tour: Tour | None = None) -> Plain:
    """The days to come with their map, and those that took place."""
    rows = Day.objects.select_related("tour").filter(status__in=SHOWN)
    rows = rows.filter(tour=tour) if tour else rows
    coming = [_line(day, now=now) for day in rows.filter(ends__gt=now).exclude(status=Day.Status.DONE)]
    past = rows.filter(Q(ends__lte=now) | Q(status=Day.Status.DONE)).exclude(status=Day.Status.CANCELLED)
    return {
        "coming": coming,
        "past": [_line(day, now=now) for day in past.order_by("-starts")[:20]],
        "map": map_of([one for one in coming if one["status"] != "cancelled"]),
        "tour": {"name": words.text(tour.name), "summary": words.text(tour.summary)} if tour else None,
    }


def _line(day: Day, *, now: datetime) -> Plain:
    return {**head(day, now=now), "region_code": day.region, "seats": seats(day), "agencies": _agencies(day)}


def _agencies(day: Day) -> int:
    return day.sessions.filter(kind="agency", cancelled=None).values("organisation").distinct().count()


def seats(day: Day) -> Plain:
    """How many seats are left, and how many wait."""
    taken = day.registrations.filter(seat__isnull=False).count()
    return {"left": max(0, day.seats - taken), "waiting": day.registrations.filter(state=State.WAITING).count()}


def day_page(day: Day, *, now: datetime, lang: str) -> Plain:
    """The page of a day."""
    shown = head(day, now=now)
    return {
        **shown,
        "agenda": agenda(day, lang=lang),
        "seats": seats(day),
        "takes": day.status == Day.Status.OPEN and now < day.ends,
        "map": map_of([{**shown, "region_code": day.region}]),
        "others": [_line(one, now=now) for one in others(day, now=now)],
        "questions": _questions(day) if day.status == Day.Status.DONE else None,
        "needs_meetings": day.sessions.filter(kind="meetings", cancelled=None).exists(),
    }


def others(day: Day, *, now: datetime) -> list[Day]:
    """The other days of the tour that still take registrations."""
    rows = Day.objects.select_related("tour").filter(tour=day.tour_id, status=Day.Status.OPEN, ends__gt=now)
    return list(rows.exclude(pk=day.pk))


def _questions(day: Day) -> Plain:
    """What was asked in the room, once the day is over: what was answered, there or in writing, and how many wait."""
    rows = day.live_questions.exclude(state__in=(LiveQuestion.State.REFUSED, LiveQuestion.State.MERGED))
    answered = [
        {"text": row.text, "answer": row.answer, "lang": row.language} for row in rows if row.state == "answered"
    ]
    counts = digest_of(day)
    return {"answered": answered, "in_writing": counts["answered"] - len(answered), "open": counts["open"]}


def mine_page(registration: Registration, *, now: datetime, lang: str) -> Plain:
    """Somebody's own page of a day: where they stand, why, and what they can do."""
    day, state = registration.day, registration.state
    seated = state in (State.CONFIRMED, State.CAME)
    ends, off = registration.offer_ends, day.status == Day.Status.CANCELLED
    stands = (
        state in (State.CONFIRMED, State.WAITING, State.OFFERED) and now < day.ends and day.status != Day.Status.DONE
    )
    return {
        **head(day, now=now),
        "name": registration.name,
        "email": registration.email,
        "state": state,
        "state_words": said.STATES[state],
        "why": why_waiting(registration) if state == State.WAITING else "",
        "rank": rank_of(registration) if state == State.WAITING else 0,
        "offer_ends": f"{said.hour(ends)}, {said.day_words(ends)}" if ends else "",
        "code": registration.code if seated else "",
        "qr": qr(registration.code, label=_("Code QR de votre badge")) if seated else "",
        "care": {
            "access": registration.care.access if hasattr(registration, "care") else "",
            "meal": registration.care.meal if hasattr(registration, "care") else "",
        },
        "agenda": agenda(day, lang=lang) if seated else [],
        "may_leave": stands and not off,
        "may_move": stands,
        "offers": now < day.starts,  # none once it began
        "others": [_other(one) for one in others(day, now=now)],
        "cancelled_day": off,
        "above": above.seat_pages(registration) if seated else [],
        "from_town": registration.from_day.town if registration.from_day else "",
        "live_url": f"{reverse('days:live', args=[day.slug])}?badge={links.token_of(registration, links.VOTE)}"
        if seated
        else "",
    }


def _other(day: Day) -> Plain:
    """Another town where one may go, and whether one would wait there: who waits there comes first."""
    town, there = words.typeset(day.town, lang="fr"), seats(day)
    shown = f"{town}, {said.day_words(day.starts)}"
    if there["left"] <= there["waiting"]:
        shown = _("%(day)s – complet : liste d’attente") % {"day": shown}
    return {"slug": day.slug, "town": town, "words": shown}


def qr(text: str, *, label: str) -> SafeString:
    """A QR code as a drawing for the page, without a style of its own."""
    drawn: str = segno.make(text, error="m", micro=False).svg_inline(
        scale=1, border=2, omitsize=True, svgclass="qr", lineclass="qr-dark", title=label
    )
    return mark_safe(drawn)  # noqa: S308 - made here, of a code of ours


def live_url(day: Day) -> str:
    """The whole address that the projector shows, in the language of the page that is being made."""
    return whole_url(reverse("days:live", args=[day.slug]))
