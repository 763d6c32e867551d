"""What 500 phones ask every second, answered before anything else is: which version, and what it looks like.

A version is remembered for a tenth of a second, so that a crowd costs the database ten looks a second; what changes it
in this process is seen at once. What a version looks like is drawn and compressed once, and is the same for all.
"""

from __future__ import annotations

import gzip
import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from alliage.hub.days.models import Day
from alliage.hub.days.queries.live import PARTS, questions, wall
from alliage.hub.days.versions import known_version, remember_version
from alliage.hub.ui import day as days

Respond = Callable[[HttpRequest], HttpResponse]
VERSION = "X-Version"
NOT_FOUND = 404
MOST_KEPT = 64
_ADDRESS = re.compile(r"(/en)?/journees/([-\w]+)/(direct|ecran)/fil/")
_PART = {"direct": "feed", "ecran": "screen"}
_drawn: OrderedDict[tuple[int, int, str, str], Drawn] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True, slots=True)
class Version:
    """Which version of its questions a day is at."""

    day: int
    live: bool
    number: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A part of the page at a version."""

    plain: bytes
    small: bytes  # the same, compressed


def feed(respond: Respond) -> Respond:
    """The first middleware: takes these addresses, and lets every other one go on."""

    def middleware(request: HttpRequest) -> HttpResponse:
        found = _ADDRESS.fullmatch(request.path_info)
        if found is None or request.method != "GET":
            return respond(request)
        return answer(request, slug=found[2], part=_PART[found[3]], lang="en" if found[1] else "fr")

    return middleware


def answer(request: HttpRequest, *, slug: str, part: str, lang: str) -> HttpResponse:
    """A part of the page for who has an older version; an empty answer for who has this one.

    It is not a 204: waitress would close the connection of each phone after it.
    """
    version = _version_of(slug)
    if version is None:
        return HttpResponse(status=NOT_FOUND, content_type="text/plain; charset=utf-8")
    headers = {VERSION: str(version.number), "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    if request.GET.get("v") == headers[VERSION]:
        headers["Content-Length"] = "0"
        return HttpResponse(content_type="text/plain; charset=utf-8", headers=headers)
    try:
        drawn, content = _draw(version, part=part, lang=lang), b""
    except Day.DoesNotExist:  # gone since its version was remembered
        return HttpResponse(status=NOT_FOUND, content_type="text/plain; charset=utf-8")
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        content, headers["Content-Encoding"] = drawn.small, "gzip"
    headers["Content-Length"] = str(len(content or drawn.plain))
    return HttpResponse(content or drawn.plain, content_type="text/plain; charset=utf-8", headers=headers)


def _version_of(slug: str) -> Version | None:
    """The one query that a crowd costs, ten times a second at most."""
    now = days.passing()
    kept = known_version(slug, at=now)
    if kept is None:
        shown = Day.objects.filter(slug=slug).exclude(status__in=(Day.Status.DRAFT, Day.Status.CANCELLED))
        row = shown.order_by().values_list("pk", "live", "live_version").first()
        if row is None:
            return None
        kept = (int(row[0]), bool(row[1]), int(row[2]))
        remember_version(slug, kept, at=now)
    return Version(*kept)


def _draw(version: Version, *, part: str, lang: str) -> Drawn:
    """A part of the page (``feed`` or ``screen``) at a version."""
    key = (version.day, version.number, part, lang)
    with _lock:  # whoever comes meanwhile waits for the one drawing
        known = _drawn.get(key)
        if known is None:
            with translation.override(lang):
                shown = {"live": version.live, **questions(version.day), "lang": lang}
                if part == "screen" and not version.live:
                    shown |= wall(Day.objects.get(pk=version.day), now=days.now())
                plain = render_to_string(PARTS[part], shown).encode()
            known = _drawn[key] = Drawn(plain, gzip.compress(plain, mtime=0))
            while len(_drawn) > MOST_KEPT:
                _drawn.popitem(last=False)
    return known
