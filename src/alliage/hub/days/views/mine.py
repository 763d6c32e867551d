"""What the link of a letter opens, without an account. Only a form that is sent changes anything."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from alliage.hub.days import links
from alliage.hub.days.actions import closing, inviting, notices, registering
from alliage.hub.days.actions.registering import NotTaken
from alliage.hub.days.calendars import personal_ics
from alliage.hub.days.forms.coming import Care, Followed, Transfer
from alliage.hub.days.queries import pages
from alliage.hub.days.queries.plan import programmes_of, speech
from alliage.hub.days.queries.records import Registration
from alliage.hub.days.views.common import METHODS, file, lang, to
from alliage.hub.people.access import public
from alliage.hub.ui import day as days
from alliage.hub.ui.asked import GONE, WRONG, row_number


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "days/link_gone.html", status=GONE)


@public
@require_http_methods(METHODS)
@never_cache
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """Where one stands, and what one can do: take the seat, say what one needs, change town, leave."""
    found = links.registration_of(token)
    if found is None or not found.email:
        return _gone(request)
    if request.method != "POST":
        return _page(request, token, found)
    do, now = request.POST.get("do", ""), days.now()
    try:
        if do == "accept":
            registering.accept(found.pk, at=now)
        elif do == "leave":
            registering.withdraw(found.pk, at=now)
        elif do == "transfer":
            return _transferred(request, token, found, now)
        elif do == "care":
            return _cared(request, token, found, now)
    except NotTaken as refused:
        found.refresh_from_db()
        return _page(request, token, found, why=refused.why, status=WRONG)
    notices.send_due(at=now, only=found)
    return to("mine", token)


def _transferred(request: HttpRequest, token: str, found: Registration, now: datetime) -> HttpResponse:
    choices = [(one.slug, one.town) for one in pages.others(found.day, now=now)]
    form = Transfer(request.POST, days=choices)
    if not form.is_valid():
        return _page(request, token, found, why="no-day", status=WRONG)
    to_day, may_wait = form.cleaned_data["to"], bool(request.POST.get("may_wait"))
    moved = registering.transfer(found.pk, to=to_day, may_wait=may_wait, at=now)
    for one in (found, moved):
        notices.send_due(at=now, only=one)
    return to("mine", links.token_of(moved, links.MINE))


def _cared(request: HttpRequest, token: str, found: Registration, now: datetime) -> HttpResponse:
    form = Care(request.POST)
    if not form.is_valid():
        return _page(request, token, found, form=form, status=WRONG)
    registering.change_care(found.pk, access=form.cleaned_data["access"], meal=form.cleaned_data["meal"], at=now)
    return to("mine", token, after="#besoins")


def _page(
    request: HttpRequest, token: str, found: Registration, *, why: str = "", form: Care | None = None, status: int = 200
) -> HttpResponse:
    page = pages.mine_page(found, now=days.now(), lang=lang(request))
    to_day = next((one for one in page["others"] if one["slug"] == request.POST.get("to")), None)
    context = {"page": page, "token": token, "why": why, "care": form or Care(initial=page["care"]), "to": to_day}
    return render(request, "days/mine.html", context, status=status)


@public
@require_safe
@never_cache
def mine_ics(request: HttpRequest, token: str) -> HttpResponse:
    """The day for one's calendar."""
    found = links.registration_of(token)
    if found is None or not found.email:
        return _gone(request)
    return file(personal_ics(found, as_letter=False), "text/calendar; charset=utf-8", "journee.ics")


@public
@csrf_exempt  # RFC 8058: a mail program sends this form without a cookie; the link itself is the key
@require_http_methods(METHODS)
@never_cache
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """No more letters after the day."""
    found = links.registration_of(token, links.STOP)
    if found is None:
        return _gone(request)
    if request.method == "POST":
        closing.stop_letters(found, at=days.now())
    return render(request, "days/stop.html", {"done": request.method == "POST", "inviting": False})


@public
@csrf_exempt  # as above
@require_http_methods(METHODS)
@never_cache
def stop_inviting(request: HttpRequest, token: str) -> HttpResponse:
    """No more invitations to days."""
    found = links.invitation_of(token)
    if found is None:
        return _gone(request)
    if request.method == "POST":
        inviting.decline(found, at=days.now())
    return render(request, "days/stop.html", {"done": request.method == "POST", "inviting": True})


@public
@require_http_methods(METHODS)
@never_cache
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """« What did you apply for? »: the answer of the letter is chosen already; one press keeps it."""
    found = links.registration_of(token, links.FOLLOW)
    if found is None:
        return _gone(request)
    programmes = [(one["id"], one["name"]) for one in speech(lang(request)).programmes(programmes_of(found.day))]
    asked = row_number((request.POST if request.method == "POST" else request.GET).get("a"))
    ages = pages.FOLLOW_UPS
    if asked and asked not in ages:
        raise Http404
    if request.method == "POST":
        form = Followed(request.POST, programmes=programmes)
        if form.is_valid():
            closing.say_what_followed(
                found, after=asked or ages[0], answer=form.cleaned_data["answer"],
                programmes=form.cleaned_data["programmes"], at=days.now(),
            )  # fmt: skip
            return render(request, "days/followed.html", {"answer": form.cleaned_data["answer"]})
        status = WRONG
    else:
        form, status = Followed(initial={"answer": request.GET.get("r", "")}, programmes=programmes), 200
    context = {"form": form, "asked": asked or ages[0], "town": found.day.town}
    return render(request, "days/follow.html", context, status=status)
