"""Following programmes: what changed for me, how I am written to, and how to stop it in one click."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from alliage.hub.finder.actions import following as actions
from alliage.hub.finder.actions.following import TooManyFollowed
from alliage.hub.finder.forms.data import one
from alliage.hub.finder.queries import alerts as queries
from alliage.hub.finder.views.common import private
from alliage.hub.people.access import Role, only, public, who
from alliage.hub.programmes.queries import current_catalogue
from alliage.hub.ui import day as days
from alliage.hub.ui.asked import GONE, WRONG, SeeOther
from alliage.hub.ui.language import language_of

PROGRAMME = "programme"


def _me(request: HttpRequest) -> Any:
    return who(request).person


@only(Role.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
@private
def alerts(request: HttpRequest) -> HttpResponse:
    """What changed for me; a form says how I want to be written to."""
    lang = language_of(request.path_info)
    if request.method == "POST":
        by_mail, rhythm = one(request.POST, "by_mail") == "yes", one(request.POST, "rhythm") or "weekly"
        actions.choose(_me(request), by_mail=by_mail, rhythm=rhythm, language=lang, at=days.now())
        return SeeOther(reverse("finder:alerts"))
    page = queries.alerts_page(_me(request), lang=lang)
    return render(request, "finder/alerts.html", {"page": page, "field": _rhythm(page.rhythm)})


def _rhythm(chosen: str) -> dict[str, Any]:
    """The field of how often."""
    words = {"daily": _("Une fois par jour au plus"), "weekly": _("Une fois par semaine au plus"), "never": _("Jamais")}
    options = [{"value": value, "label": label, "on": value == chosen} for value, label in words.items()]
    return {"id": "rhythm", "name": "rhythm", "kind": "choice", "label": _("À quel rythme"), "options": options}


@only(Role.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
@private
def follow(request: HttpRequest) -> HttpResponse:
    """Follow a programme, or follow it no more, once asked by a button."""
    sent = request.POST if request.method == "POST" else request.GET
    asked, catalogue, person = one(sent, PROGRAMME), current_catalogue(), _me(request)
    id_ = catalogue.redirects.get(asked, asked)
    programme = catalogue.programmes.get(id_)
    if request.method == "POST" and one(request.POST, "do") == "stop":
        actions.unfollow(person, asked)
        return SeeOther(reverse("finder:alerts"))
    if programme is None:
        return SeeOther(reverse("finder:alerts"))
    problem = False
    if request.method == "POST":
        try:
            actions.follow(person, id_, at=days.now())
        except TooManyFollowed:
            problem = True
        else:
            return SeeOther(reverse("finder:alerts"))
    filled = {"id": id_, "name": programme.name, "follows": queries.follows(person, id_), "problem": problem}
    return render(request, "finder/follow.html", filled, status=WRONG if problem else 200)


@csrf_exempt
@public
@require_http_methods(["GET", "HEAD", "POST"])
@private
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """No more letters of alerts: by a button, or by the mail program itself (RFC 8058), without signing in.

    The link is the key: a form of another site that knew it could only stop letters.
    """
    person = actions.stopped_by(token)
    if person is None:
        return render(request, "finder/alerts_stop.html", {"gone": True, "done": False}, status=GONE)
    if request.method == "POST":
        actions.stop(person, at=days.now())
    return render(request, "finder/alerts_stop.html", {"gone": False, "done": request.method == "POST"})
