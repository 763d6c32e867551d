"""What the pages of days share."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alliage.hub.days.queries import pages
from alliage.hub.days.queries.records import Day
from alliage.hub.people.access import who
from alliage.hub.people.telling import tell, told
from alliage.hub.ui.asked import SeeOther
from alliage.hub.ui.language import language_of

METHODS = ["GET", "HEAD", "POST"]


def lang(request: HttpRequest) -> str:
    """The language of the address."""
    return language_of(request.path_info)


def person_of(request: HttpRequest) -> Any:
    """Who asks, if they have signed in."""
    return who(request).person


def day_or_404(slug: str, *, drafts: bool = False) -> Day:
    """The day of an address."""
    found = pages.find_day(slug, drafts=drafts)
    if found is None:
        raise Http404
    return found


def to(name: str, *args: object, after: str = "") -> HttpResponse:
    """The browser is sent on, by GET."""
    return SeeOther(reverse(f"days:{name}", args=args) + after)


def team_done(request: HttpRequest, code: str, name: str, *args: object) -> HttpResponse:
    """To another page, that says what was done."""
    tell(request, code)
    return to(name, *args)


def team_page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page of the team, with what was just done said once."""
    return render(request, template, {**told(request), **context}, status=status)


def file(content: bytes, kind: str, name: str, *, inline: bool = False) -> HttpResponse:
    """A file of ours."""
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'{"inline" if inline else "attachment"}; filename="{name}"'
    return response
