"""What the link of a letter opens, without an account. Only a form that is sent changes anything."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from alliage.hub.people.access import public
from alliage.hub.people.actions.once import once, was_sent
from alliage.hub.people.form_key import key_of
from alliage.hub.programmes import queries
from alliage.hub.programmes.freshness.actions import asking, confirming
from alliage.hub.programmes.freshness.actions.confirming import Choice, FactsMoved, Reply, Shut
from alliage.hub.programmes.freshness.forms import Answer
from alliage.hub.programmes.freshness.links import request_of
from alliage.hub.programmes.freshness.models import Request
from alliage.hub.programmes.freshness.queries.facts import facts
from alliage.hub.programmes.queries import Speech
from alliage.hub.programmes.queries.stored import end_page
from alliage.hub.ui import day as days
from alliage.hub.ui.asked import GONE, WRONG, SeeOther
from alliage.hub.ui.contact import team_address
from alliage.hub.ui.language import language_of

METHODS = ["GET", "HEAD", "POST"]


@public
@require_http_methods(METHODS)
@never_cache
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """What we say of a programme, and three answers."""
    if request.method == "POST" and was_sent(key_of(request)):
        return SeeOther(reverse("freshness:thanks"))  # the link serves once, and this form has used it
    try:
        return _confirm(request, token)
    except Shut as shut:
        return _shut(request, shut.why)


def _confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The page, or what comes of what was sent.

    Raises:
        Shut: the link opens nothing, or no longer does.
    """
    asked, shown = _asked(request, token)
    if request.method != "POST":
        form = Answer(facts=shown["facts"], initial={"revision": asked.programme.current_id})
        return _page(request, shown, form)
    form = Answer(request.POST, facts=shown["facts"])
    if not form.is_valid():
        return _page(request, shown, form, status=WRONG)
    said = form.cleaned_data
    reply = Reply(Choice(said["choice"]), said["revision"], text=said["text"].strip(), facts=form.facts)
    try:
        once(key_of(request), at=days.now(), do=lambda: _kept(token, reply))
    except FactsMoved:
        return _moved(request, token)
    return SeeOther(reverse("freshness:thanks"))


def _asked(request: HttpRequest, token: str) -> tuple[Request, dict[str, Any]]:
    """The request of a link, and what its page shows.

    Raises:
        Shut: it opens nothing.
    """
    now = days.now()
    asked = confirming.opened(token, at=now)
    speech = Speech(queries.current_shelf(), lang=_lang(request))
    return asked, {
        "facts": facts(asked.programme_id, on=days.local_day(now), speech=speech),
        "name": queries.current_catalogue().programmes[asked.programme_id].name,
        "id": asked.programme_id,
    }


def _moved(request: HttpRequest, token: str) -> HttpResponse:
    """The page again, as the programme is by now: its facts and its revision go together.

    Raises:
        Shut: the link opens nothing by now.
    """
    end_page()  # what this request has read of the catalogue is no longer so
    asked, shown = _asked(request, token)
    again = Answer({**request.POST.dict(), "revision": str(asked.programme.current_id)}, facts=shown["facts"])
    return _page(request, {**shown, "moved": True}, again, status=WRONG)


def _kept(token: str, reply: Reply) -> str:
    confirming.answer(token, reply=reply, at=days.now())
    return ""


def _page(request: HttpRequest, shown: dict[str, Any], form: Answer, *, status: int = 200) -> HttpResponse:
    beside = [
        {**fact, "field": f"fact-{fact['key']}", "open": bool(form[f"fact-{fact['key']}"].value())}
        for fact in shown["facts"]
    ]
    filled = {"moved": False, **shown, "facts": beside, "form": form}
    return render(request, "programmes/confirm_facts.html", filled, status=status)


def _shut(request: HttpRequest, why: str) -> HttpResponse:
    return render(request, "programmes/confirm_shut.html", {"why": why, "address": team_address()}, status=GONE)


@public
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """The answer is kept."""
    return render(request, "programmes/confirm_thanks.html")


@public
@csrf_exempt  # RFC 8058: a mail program sends this form without a cookie; the link itself is the key
@require_http_methods(METHODS)
@never_cache
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """No more such letters to this address: one press here, or one from the mail program."""
    asked = request_of(token)
    if asked is None:
        return _shut(request, "unknown")
    if request.method == "POST":
        asking.decline(asked, at=days.now())
    return render(request, "programmes/confirm_stop.html", {"done": request.method == "POST"})


def _lang(request: HttpRequest) -> str:
    return language_of(request.path_info)
