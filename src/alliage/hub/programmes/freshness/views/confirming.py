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
from alliage.hub.people.sent import key_of
from alliage.hub.programmes import queries
from alliage.hub.programmes.freshness.actions import asking, confirming
from alliage.hub.programmes.freshness.actions.confirming import Choice, Moved, Reply, Shut
from alliage.hub.programmes.freshness.forms import Answer
from alliage.hub.programmes.freshness.links import request_of
from alliage.hub.programmes.freshness.queries.facts import facts
from alliage.hub.programmes.queries import Speech
from alliage.hub.ui import day as days
from alliage.hub.ui.asked import SeeOther
from alliage.hub.ui.contact import team_address
from alliage.hub.ui.language import language_of

GONE, WRONG = 410, 422
METHODS = ["GET", "HEAD", "POST"]


@public
@require_http_methods(METHODS)
@never_cache
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """What we say of a programme, and three answers."""
    now = days.now()
    if request.method == "POST" and was_sent(key_of(request)):
        return SeeOther(reverse("freshness:thanks"))  # the link serves once, and this form has used it
    try:
        asked = confirming.opened(token, at=now)
    except Shut as shut:
        return _shut(request, shut.why)
    said = facts(asked.programme_id, on=days.local_day(now), speech=Speech(queries.current_shelf(), lang=_lang(request)))
    shown: dict[str, Any] = {
        "facts": said,
        "name": queries.current_catalogue().programmes[asked.programme_id].name,
        "id": asked.programme_id,
    }
    if request.method != "POST":
        form = Answer(facts=said, initial={"revision": asked.programme.current_id})
        return _page(request, shown, form)
    form = Answer(request.POST, facts=said)
    if not form.is_valid():
        return _page(request, shown, form, status=WRONG)
    return _answered(request, token, shown, form)


def _answered(request: HttpRequest, token: str, shown: dict[str, Any], form: Answer) -> HttpResponse:
    said = form.cleaned_data
    reply = Reply(Choice(said["choice"]), said["revision"], text=said["text"].strip(), facts=form.facts)
    try:
        once(key_of(request), at=days.now(), do=lambda: _kept(token, reply))
    except Shut as shut:
        return _shut(request, shut.why)
    except Moved:
        current = confirming.opened(token, at=days.now()).programme.current_id
        again = Answer({**request.POST.dict(), "revision": str(current)}, facts=shown["facts"])
        return _page(request, {**shown, "moved": True}, again, status=WRONG)
    return SeeOther(reverse("freshness:thanks"))


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
