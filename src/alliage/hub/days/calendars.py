"""A day as a calendar: that of everyone, and that of one person with the sequence of what became of their seat."""

from __future__ import annotations

from datetime import timedelta

from django.utils import translation
from django.utils.translation import gettext as _

from alliage.hub.days import links
from alliage.hub.days.models import Day, Registration
from alliage.hub.days.words import title_of
from alliage.hub.ui.contact import team_address
from alliage.papers.event_ics import Method, TimedEvent, events_ics

_EVE = timedelta(hours=18)


def public_ics(day: Day, *, language: str) -> bytes:
    """The day as anyone may keep it."""
    with translation.override(language):
        event = _event(day, language=language, uid=f"day-{day.pk}@alliage", url=links.public(day, language=language))
        return events_ics([event], name=event.summary, lang=language)


def personal_ics(registration: Registration, *, as_letter: bool) -> bytes:
    """The day of who registered; a letter asks their calendar to keep it, or to take it off."""
    day, language = registration.day, registration.language
    gone = registration.state == Registration.State.CANCELLED or day.status == Day.Status.CANCELLED
    with translation.override(language):
        event = _event(
            day,
            language=language,
            uid=f"registration-{registration.pk}@alliage",
            url=links.mine(registration),
            registration=registration,
        )
        letter = Method.CANCEL if gone else Method.REQUEST
        return events_ics([event], name=event.summary, lang=language, method=letter if as_letter else Method.PUBLISH)


def _event(day: Day, *, language: str, uid: str, url: str, registration: Registration | None = None) -> TimedEvent:
    gone = day.status == Day.Status.CANCELLED
    own = registration is not None and registration.state == Registration.State.CANCELLED
    changed = max(day.changed, registration.changed) if registration is not None else day.changed
    return TimedEvent(
        uid=uid,
        starts=day.starts,
        ends=day.ends,
        summary=title_of(day),
        changed=changed,
        sequence=day.sequence * 2 + own,  # one's own withdrawal comes after what the day was then
        place=", ".join(filter(None, (day.place, day.address, day.town))),
        description="\n\n".join(filter(None, (day.access[language], _("Votre page : %(url)s") % {"url": url}))),
        url=url,
        alarm=_EVE,
        cancelled=gone or own,
        organizer=team_address(),
        attendee=registration.email if registration is not None else "",
    )
