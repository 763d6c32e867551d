"""The days on which programmes open and close, as a calendar (RFC 5545): those of everyone, and those of one file.

A calendar names programmes and days, and nothing of the company.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Event

from alliage.core.catalogue.intake import CLOSED, OPEN, OPENS_ON, SUSPENDED
from alliage.core.catalogue.programme import Programme
from alliage.core.vocabulary.errors import AlliageError
from alliage.hub.finder.dossier import Dossier
from alliage.hub.finder.queries.engine import Engine
from alliage.hub.finder.queries.voice import Voice
from alliage.hub.people.mail import whole_url
from alliage.papers.calendar_file import new_calendar, to_bytes

AHEAD = timedelta(days=366)


def calendar(*, on: date, voice: Voice) -> bytes:
    """The known days of every programme in the coming year."""
    return _written(_("Alliage : échéances des programmes"), voice.catalogue.programmes.values(), on, voice)


def calendar_of(dossier: Dossier, *, engine: Engine, voice: Voice) -> bytes:
    """The same, of the programmes of a dossier."""
    wanted = programmes_of(dossier, engine=engine)
    kept = [programme for programme in engine.programmes if programme.id in wanted]
    return _written(_("Alliage : échéances d’un dossier"), kept, engine.on, voice)


def programmes_of(dossier: Dossier, *, engine: Engine) -> set[str]:
    """The programmes that a dossier is not refused by, for its needs, or keeps in its plan."""
    return (_fitting(dossier, engine) | {*dossier.pinned}) - {*dossier.banned}


def _fitting(dossier: Dossier, engine: Engine) -> set[str]:
    """The programmes that the answers do not rule out; none if they contradict each other."""
    try:
        found = engine.found(dossier.profile(engine.vocabulary))
    except AlliageError:  # the page of the file says so
        return set()
    marks = engine.everything & found.serves & ~found.sight.decisions.ineligible
    return {programme.id for programme in found.programmes(marks)}


def _written(name: str, programmes: Iterable[Programme], on: date, voice: Voice) -> bytes:
    calendar = new_calendar("Deadlines", lang=voice.lang, name=name, again=timedelta(days=1))
    for programme in programmes:
        for kind, day in _days(programme, on, voice):
            calendar.add_component(_event(programme, kind, day, on, voice))
    return to_bytes(calendar)


def _days(programme: Programme, on: date, voice: Voice) -> Iterator[tuple[str, date]]:
    intake = voice.shelf.intakes(on)[programme.id]
    if intake.state in (OPENS_ON, CLOSED, SUSPENDED) and intake.opens and on <= intake.opens <= on + AHEAD:
        yield "opens", intake.opens
    if intake.state in (OPEN, OPENS_ON) and intake.closes and on <= intake.closes <= on + AHEAD:
        yield "closes", intake.closes


def _event(programme: Programme, kind: str, day: date, on: date, voice: Voice) -> Event:
    """One whole day. The same day of the same programme has the same UID in every calendar."""
    words = _("Ouvre : %(name)s") if kind == "opens" else _("Ferme : %(name)s")
    event = Event()
    event.add("uid", hashlib.sha256(f"{programme.id}\0{kind}\0{day}".encode()).hexdigest()[:32] + "@alliage")
    event.add("dtstamp", datetime.combine(on, time(), tzinfo=UTC))
    event.add("dtstart", day)
    event.add("summary", words % {"name": voice.text(programme.name)}, parameters={"LANGUAGE": voice.lang})
    event.add("url", whole_url(reverse("programmes:detail", args=[programme.id])))
    event.add("transp", "TRANSPARENT")
    return event
