"""Sharing by link: made because the person asked, kept for some days, deleted when they want."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alliage.hub.finder.actions import sharing
from alliage.hub.finder.actions.sharing import MOST_KEPT_AT_HAND, Shared
from alliage.hub.finder.dossier import Dossier
from alliage.hub.finder.forms.data import one
from alliage.hub.finder.queries.engine import Found
from alliage.hub.finder.queries.results_page import results_page
from alliage.hub.finder.queries.understood import understood
from alliage.hub.finder.views.common import WRONG, context, go, private
from alliage.hub.finder.visit import TooMuch, Visit, visit
from alliage.hub.ui import day as days

GONE = 410


def _found(here: Visit, dossier: Dossier) -> Found:
    return here.engine.found(dossier.profile(here.engine.vocabulary))


@require_http_methods(["GET", "HEAD", "POST"])
@private
def share(request: HttpRequest) -> HttpResponse:
    """What would be shared, for how long; then the link, and the key that deletes it."""
    here = visit(request)
    if request.method == "POST" and not here.dossier.empty:
        return _share(request, here)
    return _share_page(request, here)


def _share(request: HttpRequest, here: Visit) -> HttpResponse:
    found = _found(here, here.dossier)
    shown = {programme.id: dict(programme.name) for programme in found.programmes(found.live)}
    made = sharing.share(here.dossier, programmes=shown, language=here.voice.lang, now=days.now())
    shares = ((made.token, made.secret), *here.dossier.shares)[:MOST_KEPT_AT_HAND]
    try:
        here.keep(replace(here.dossier, shares=shares))
    except TooMuch:  # no room to remember it: it is shown once
        return _share_page(request, here, once=(made.token, made.secret))
    return go("share")


def _share_page(request: HttpRequest, here: Visit, *, once: tuple[str, str] | None = None) -> HttpResponse:
    now = days.now()
    pairs = [once] if once else list(here.dossier.shares)
    links: list[dict[str, Any]] = []
    for token, secret in pairs:
        opened = sharing.opened(token, now=now)
        if opened is not None:
            address = request.build_absolute_uri(reverse("finder:shared", args=[token]))
            links.append({"token": token, "secret": secret, "url": address, "expires": _day(opened.expires)})
    said = understood(_found(here, here.dossier), here.dossier, voice=here.voice)
    return render(request, "finder/share.html", context(here, links=links, understood=said, once=bool(once)))


def _day(moment: Any) -> Any:
    return moment.astimezone(days.HERE).date()


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


@require_safe
@private
def unknown_link(request: HttpRequest) -> HttpResponse:
    """``/p/`` without its link."""
    return render(request, "finder/shared_gone.html", context(visit(request)), status=GONE)
