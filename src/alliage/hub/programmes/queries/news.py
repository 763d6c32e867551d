"""What changed lately in the catalogue, and what opens or closes soon."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import gettext as _

from alliage.core.catalogue.intake import OPEN, OPENS_ON
from alliage.hub.programmes.models import PackLoad, Revision
from alliage.hub.programmes.models import Programme as Row
from alliage.hub.programmes.queries.cards import detail_url
from alliage.hub.programmes.queries.speaking import Plain, Speech

SOON = timedelta(days=92)
CLOSING_DAYS = 30  # before it closes, a feed tells it
LATELY = timedelta(days=366)
MOST = 60  # changed programmes shown
LINES = 8  # changes told of one programme
_QUIET = frozenset({"example"})  # kinds of change that concern nobody who looks for money


def news_page(*, on: date, speech: Speech) -> Plain:
    """What opens and closes in the coming weeks, and what changed in the past year, the newest first."""
    first = PackLoad.objects.order_by("created", "id").first()
    return {
        "opening": _coming(on, speech, state=OPENS_ON, field="opens"),
        "closing": _coming(on, speech, state=OPEN, field="closes"),
        "soon_days": SOON.days,
        "days": _by_day(changed_lately(on=on, speech=speech)),
        "since": localdate(first.created) if first else None,
        "programmes": len(speech.catalogue.programmes),
    }


def _coming(on: date, speech: Speech, *, state: str, field: str) -> list[Plain]:
    found = []
    for id_, intake in speech.shelf.intakes(on).items():
        day = getattr(intake, field)
        if intake.state == state and day and on <= day <= on + SOON:
            programme = speech.catalogue.programmes[id_]
            found.append(
                {
                    "id": id_,
                    "name": speech.text(programme.name),
                    "url": detail_url(id_),
                    "provider": speech.text(programme.provider.name),
                    "day": day,
                    "days": (day - on).days,
                }
            )
    return sorted(found, key=lambda item: (item["day"], item["name"]))


def closing_soon(*, on: date, speech: Speech) -> list[Plain]:
    """What closes in the coming 30 days, the first to close first."""
    return [item for item in _coming(on, speech, state=OPEN, field="closes") if item["days"] <= CLOSING_DAYS]


def changed_lately(*, on: date, speech: Speech, only: Collection[str] | None = None) -> list[Plain]:
    """Changes told by revisions, and programmes retired, up to the end of a day, newest first; ``only``: of these."""
    end = datetime.combine(on, time.max, tzinfo=get_current_timezone())
    told = Revision.objects.filter(created__range=(end - LATELY, end)).exclude(changes=[])
    told = told if only is None else told.filter(programme__in=only)
    found = [_revised(revision, speech) for revision in told.defer("document").order_by("-created", "-id")[:MOST]]
    gone = Row.objects.filter(retired__range=(end - LATELY, end)).select_related("current")
    gone = gone if only is None else gone.filter(id__in=only)
    found += [_retired(row, speech) for row in gone.order_by("-retired", "id")[:MOST]]
    return sorted((item for item in found if item["lines"]), key=lambda item: item["at"], reverse=True)[:MOST]


def _revised(revision: Revision, speech: Speech) -> Plain:
    programme = speech.catalogue.programmes.get(revision.programme_id)
    lines = [
        {"kind": change["kind"], "words": speech.text(change["text"])}
        for change in revision.changes
        if change["kind"] not in _QUIET
    ]
    return {
        "id": revision.programme_id,
        "key": f"{revision.programme_id}-{revision.number}",
        "name": speech.text(programme.name) if programme else revision.programme_id,
        "url": detail_url(revision.programme_id),
        "at": revision.created,
        "lines": lines[:LINES],
        "more": max(0, len(lines) - LINES),
        "new": any(line["kind"] == "programme-added" for line in lines),
        "gone": False,
    }


def _retired(row: Row, speech: Speech) -> Plain:
    name: dict[str, Any] = row.current.document["name"] if row.current else {"fr": row.id, "en": row.id}
    moved = speech.programmes([row.id])
    words = _("Remplacé par %(name)s") % {"name": moved[0]["name"]} if moved else _("N’est plus offert")
    return {
        "id": row.id,
        "key": f"{row.id}-retired",
        "name": speech.text(name),
        "url": detail_url(row.id),
        "at": row.retired,
        "lines": [{"kind": "programme-removed", "words": words}],
        "more": 0,
        "new": False,
        "gone": True,
    }


def _by_day(changes: list[Plain]) -> list[Plain]:
    days: dict[date, list[Plain]] = {}
    for change in changes:
        days.setdefault(localdate(change["at"]), []).append(change)
    return [{"day": day, "changes": changed} for day, changed in days.items()]
