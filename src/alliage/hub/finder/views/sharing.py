"""Sharing by link: made because the person asked, kept for some days, deleted when they want; and starting over."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alliage.hub.finder.actions import sharing
from alliage.hub.finder.actions.sharing import NoMoreToday, Share, Shared, TooManyLinks
from alliage.hub.finder.dossier import Dossier
from alliage.hub.finder.forms.data import one
from alliage.hub.finder.queries.engine import Found
from alliage.hub.finder.queries.results_page import results_page
from alliage.hub.finder.queries.understood import understood
from alliage.hub.finder.views.common import context, go, private
from alliage.hub.finder.visit import TooMuch, Visit, visit
from alliage.hub.people.access import public
from alliage.hub.ui import day as days
from alliage.hub.ui.asked import GONE, WRONG


def _found(here: Visit, dossier: Dossier) -> Found:
    return here.engine.found(dossier.profile(here.engine.vocabulary))


@public
@require_http_methods(["GET", "HEAD", "POST"])
@private
def share(request: HttpRequest) -> HttpResponse:
    """What would be shared, for how long; then the link, and the key that deletes it."""
    here = visit(request)
    if request.method == "POST" and not here.dossier.empty:
        return _share(request, here)
    return _share_page(request, here)


def _share(request: HttpRequest, here: Visit) -> HttpResponse:
    found, now = _found(here, here.dossier), days.now()
    shown = {programme.id: dict(programme.name) for programme in found.programmes(found.live)}
    try:
        made = sharing.share(here.dossier, programmes=shown, language=here.voice.lang, now=now)
    except TooManyLinks:
        return _share_page(request, here, refused="links")
    except NoMoreToday:
        return _share_page(request, here, refused="today")
    kept = [(link.token, link.secret) for link, _ in sharing.living(here.dossier, now=now) if link != made]
    try:
        here.keep(replace(here.dossier, shares=((made.token, made.secret), *kept)))
    except TooMuch:  # no room to remember it: it is shown once
        return _share_page(request, here, once=made)
    return go("share")


def _share_page(request: HttpRequest, here: Visit, *, once: Share | None = None, refused: str = "") -> HttpResponse:
    filled = context(
        here,
        links=_shown([once], request) if once else links_at_hand(here),
        understood=understood(_found(here, here.dossier), here.dossier, voice=here.voice),
        once=bool(once),
        refused=refused,
    )
    return render(request, "finder/share.html", filled, status=WRONG if refused else 200)


def links_at_hand(here: Visit) -> list[dict[str, Any]]:
    """The links made from this browser that still open something: address, key, last day."""
    return _shown([link for link, _ in sharing.living(here.dossier, now=days.now())], here.request)


def _shown(links: list[Share], request: HttpRequest) -> list[dict[str, Any]]:
    return [
        {
            "token": link.token,
            "secret": link.secret,
            "url": request.build_absolute_uri(reverse("finder:shared", args=[link.token])),
            "expires": _day(link.expires),
        }
        for link in links
    ]


def _day(moment: Any) -> Any:
    return days.local_day(moment)


@public
@require_http_methods(["GET", "HEAD", "POST"])
@private
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """The answers behind a link, read only; to take as one's own."""
    here = visit(request)
    opened = sharing.opened(token, now=days.now())
    if opened is None:
        return render(request, "finder/shared_gone.html", context(here), status=GONE)
    if request.method == "POST":
        here.keep(replace(opened.dossier, in_view=here.dossier.in_view, shares=here.dossier.shares))
        return go("results")
    theirs = Visit(request, opened.dossier, here.engine, here.voice)
    page = results_page(
        _found(theirs, opened.dossier), opened.dossier, voice=here.voice, whole=request.GET.getlist("plus")
    )
    filled = context(
        here,
        page=page,
        counts=page.counts,
        token=token,
        created=_day(opened.created),
        expires=_day(opened.expires),
        gone=_gone(opened, here),
        unread=[
            here.voice.label(name)
            for name in opened.dossier.unread(here.engine.vocabulary)
            if name in here.voice.attributes
        ],
    )
    return render(request, "finder/shared.html", filled)


def _gone(opened: Shared, here: Visit) -> list[str]:
    """The programmes shown when the link was made that the catalogue no longer has, by their name of then."""
    catalogue = here.engine.catalogue
    living = catalogue.programmes.keys() | catalogue.redirects.keys()
    return [here.voice.text(name) for id_, name in opened.programmes.items() if id_ not in living]


@public
@require_http_methods(["GET", "HEAD", "POST"])
@private
def unshare(request: HttpRequest, token: str) -> HttpResponse:
    """Delete a link with the key that was given with it."""
    here, now = visit(request), days.now()
    if sharing.opened(token, now=now) is None:
        return render(request, "finder/shared_gone.html", context(here), status=GONE)
    if request.method != "POST":
        return render(request, "finder/unshare.html", context(here, token=token, secret="", wrong=False))
    secret = one(request.POST, "secret")
    if not sharing.unshare(token, secret, now=now):
        filled = context(here, token=token, secret=secret[:100], wrong=True)
        return render(request, "finder/unshare.html", filled, status=WRONG)
    left = tuple(pair for pair in here.dossier.shares if pair[0] != token)
    here.keep(replace(here.dossier, shares=left))
    return render(request, "finder/unshared.html", context(here))


@public
@require_safe
@private
def unknown_link(request: HttpRequest) -> HttpResponse:
    """``/p/`` without its link."""
    return render(request, "finder/shared_gone.html", context(visit(request)), status=GONE)


@public
@require_http_methods(["GET", "HEAD", "POST"])
@private
def forget(request: HttpRequest) -> HttpResponse:
    """Start over: every answer, link and key is taken off the browser, once confirmed; the links too, if wanted."""
    here = visit(request)
    links = links_at_hand(here)
    if request.method != "POST":
        empty = here.dossier.empty and not links
        return render(request, "finder/forget.html", context(here, links=links, nothing=empty))
    if one(request.POST, "links"):
        for link in links:
            sharing.unshare(link["token"], link["secret"], now=days.now())
    here.keep(Dossier())
    return go("home")
