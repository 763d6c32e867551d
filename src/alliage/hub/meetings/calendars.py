"""The meetings of one person as a calendar: those that are held, and those that are off."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from alliage.hub.days.models import Day
from alliage.hub.days.words import title_of
from alliage.hub.meetings import links, words
from alliage.hub.meetings.models import Desk, Guest, Meeting, MeetingPlan
from alliage.hub.people.mail import whole_url
from alliage.papers.event_ics import TimedEvent, events_ics

_ROWS = ("slot", "desk__organisation", "desk__room", "guest__registration")


def guest_ics(guest: Guest, *, language: str) -> bytes:
    """The meetings of a guest."""
    rows = _if_published(Meeting.objects.filter(guest_id=guest.pk), guest.plan)
    with translation.override(language):
        url = whole_url(reverse("meetings:guest", args=[links.guest_token(guest)]))
        return _calendar(rows, guest.plan.day, side="guest", url=url, language=language)


def desk_ics(desk: Desk, *, language: str) -> bytes:
    """The meetings of a desk."""
    rows = _if_published(desk.meetings.all(), desk.plan)
    with translation.override(language):
        url = whole_url(reverse("meetings:desk", args=[links.desk_token(desk)]))
        return _calendar(rows, desk.plan.day, side="desk", url=url, language=language)


def _if_published(rows: QuerySet[Meeting], plan: MeetingPlan) -> QuerySet[Meeting]:
    """What the team has not published yet is nobody's calendar."""
    known = plan.state == MeetingPlan.State.PUBLISHED
    return rows.select_related(*_ROWS) if known else rows.none()


def _calendar(rows: Iterable[Meeting], day: Day, *, side: str, url: str, language: str) -> bytes:
    title = title_of(day)
    events = [_event(row, day, side=side, url=url) for row in rows]
    return events_ics(events, name=_("Rencontres : %(title)s") % {"title": title}, lang=language)


def _event(row: Meeting, day: Day, *, side: str, url: str) -> TimedEvent:
    other = words.desk_name(row.desk) if side == "guest" else words.guest_name(row.guest)
    room = row.desk.room.name if row.desk.room else ""
    place = ", ".join(filter(None, (room, day.place, day.town)))
    return TimedEvent(
        uid=f"meeting-{side}-{row.guest_id}-{row.desk_id}@alliage",
        starts=row.slot.starts,
        ends=row.slot.ends,
        summary=_("Rencontre : %(name)s") % {"name": other},
        changed=row.changed,
        sequence=row.sequence,
        place=place,
        description=_("Votre horaire : %(url)s") % {"url": url},
        url=url,
        cancelled=row.state == Meeting.State.OFF,
    )
