"""What happens at a day, and where it is on the map, as plain data in the language of the page."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import groupby
from typing import Any

from django.conf import settings
from django.urls import reverse

import alliage
from alliage.hub.days import words as said
from alliage.hub.days.models import Day, Session
from alliage.hub.programmes.queries import Speech, current_shelf
from alliage.hub.ui import words

Plain = dict[str, Any]


def speech(lang: str) -> Speech:
    """The catalogue as it is now, in a language."""
    return Speech(current_shelf(), lang=lang)


def agenda(day: Day, *, lang: str) -> list[Plain]:
    """The parts of a day by the hour at which they begin."""
    sessions = list(day.sessions.select_related("organisation", "room").prefetch_related("officers"))
    told = [(said.hour(session.starts), session_line(session, speech(lang))) for session in sessions]
    return [
        {"hour": hour, "parts": [part for _, part in parts]} for hour, parts in groupby(told, key=lambda one: one[0])
    ]


def session_line(session: Session, speaks: Speech) -> Plain:
    """One part of a day."""
    organisation = session.organisation
    name = words.text(organisation.name) if organisation else ""
    own = words.text(session.title)
    provider = organisation.provider if organisation else ""
    return {
        "id": session.pk,
        "kind": session.kind,
        "kind_words": said.KINDS[session.kind],
        "title": title_of(session),
        "organisation": name if own else "",
        "organisation_id": organisation.pk if organisation else None,
        "provider_url": reverse("programmes:provider", args=[provider])
        if provider in speaks.catalogue.providers
        else "",
        "programmes": speaks.programmes(session.programmes),
        "room": words.typeset(session.room.name, lang="fr") if session.room else "",
        "capacity": session.capacity,
        "desks": [officer.desk for officer in session.officers.all() if not officer.desk.isdigit()],
        "from": said.hour(session.starts),
        "to": said.hour(session.ends),
        "cancelled": session.cancelled is not None,
    }


def title_of(session: Session) -> str:
    """What a part is called: its own title, else the agency, else what happens."""
    name = words.text(session.organisation.name) if session.organisation else ""
    return words.text(session.title) or name or str(said.KINDS[session.kind])


def part_words(session: Session) -> str:
    """A part of a day with its hours: « 9 h – 10 h, Accueil »."""
    return f"{said.hour(session.starts)} – {said.hour(session.ends)}, {title_of(session)}"


def parts_named(sessions: Sequence[Session]) -> str:
    """Several: « 9 h – 10 h, Accueil; 10 h – 11 h, Dîner »."""
    return "; ".join(part_words(one) for one in sessions)


def programmes_of(day: Day) -> list[str]:
    """The programmes that the agencies of a day present, once each, as they come."""
    ids = (id_ for session in day.sessions.filter(cancelled=None) for id_ in session.programmes)
    return list(dict.fromkeys(ids))


def head(day: Day, *, now: datetime) -> Plain:
    """What every page of a day says of it."""
    return {
        "slug": day.slug,
        "url": reverse("days:day", args=[day.slug]),
        "title": said.title_of(day),
        "tour": words.text(day.tour.name),
        "demo": day.tour.demo,
        "town": words.typeset(day.town, lang="fr"),
        "region": region_name(day.region),
        "place": words.typeset(", ".join(filter(None, (day.place, day.address))), lang="fr"),
        "access": words.text(day.access),
        "when": said.when(day),
        "starts": day.starts,
        "day_words": said.day_words(day.starts),
        "hours": said.hours(day),
        "was": f"{said.day_words(day.moved_from)}, {said.hour(day.moved_from)}" if day.moved_from else "",
        "language": said.LANGUAGES[day.language],
        "status": day.status,
        "status_words": said.STATUSES[day.status],
        "over": now >= day.ends,
        "live": day.live,
        "capacity": day.capacity,
    }


def region_name(code: str) -> str:
    """What a region is called."""
    return words.text(current_shelf().catalogue.vocabulary.places.places[code].name) if code in _places() else code


def regions() -> list[tuple[str, str]]:
    """The regions that a day may be in."""
    return [(code, region_name(code)) for code in current_shelf().regions]


def _places() -> Mapping[str, Any]:
    return current_shelf().catalogue.vocabulary.places.places


@cache
def _outlines() -> Plain:
    """The outlines of the regions of the pack; a pack without a map has none."""
    file = alliage.PACKS / settings.ALLIAGE_PACK / "map.json"
    found: Plain = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return found


def map_of(days: list[Plain]) -> Plain | None:
    """The regions as shapes; each with its days, if it has some. The list beside it says the same."""
    outlines = _outlines()
    if not outlines:
        return None
    by_region: dict[str, list[Plain]] = {}
    for one in days:
        by_region.setdefault(one["region_code"], []).append(one)
    shapes = [
        {
            "code": code,
            "path": shape["path"],
            "at": [str(number) for number in shape["label"]],
            "name": region_name(code),
            "days": by_region.get(code, []),
        }
        for code, shape in outlines["regions"].items()
    ]
    return {"box": f"0 0 {outlines['width']} {outlines['height']}", "shapes": shapes}
