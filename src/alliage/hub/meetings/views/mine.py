"""What the link of a letter opens, without an account: a company's meetings, a desk's."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from alliage.hub.days.views.common import METHODS, file, lang
from alliage.hub.meetings import links
from alliage.hub.meetings.actions import preparing
from alliage.hub.meetings.actions.preparing import NotPossible
from alliage.hub.meetings.calendars import desk_ics, guest_ics
from alliage.hub.meetings.forms import WhenForm, wanted
from alliage.hub.meetings.queries.company import guest_page
from alliage.hub.meetings.queries.desk import account_page, desk_page
from alliage.hub.meetings.queries.records import Desk, Guest, guest_of, known_guest
from alliage.hub.meetings.words import WHY_NOT
from alliage.hub.people.access import Role, only, public, who
from alliage.hub.ui import day as days
from alliage.hub.ui.asked import GONE, WRONG, SeeOther

CALENDAR = "text/calendar; charset=utf-8"


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "days/link_gone.html", status=GONE)


@only(Role.MEMBER)
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """One's meetings, as a company or as an officer."""
    return render(request, "meetings/account.html", {"page": account_page(who(request).person, now=days.now())})


def _guest(request: HttpRequest, token: str) -> Guest | None:
    """Whose link it is. A link that is only read keeps nothing: a mail scanner may open it."""
    registration = links.registration_of(token)
    if registration is None:
        return None
    return preparing.guest_for(registration) if request.method == "POST" else guest_of(registration)


def _back(name: str, token: str, after: str = "") -> HttpResponse:
    return SeeOther(reverse(f"meetings:{name}", args=[token]) + after)


@public
@require_http_methods(METHODS)
@never_cache
def guest(request: HttpRequest, token: str) -> HttpResponse:
    """Choose whom to meet, in order; then one's timetable, and why a wish was not met."""
    found = _guest(request, token)
    if found is None:
        return _gone(request)
    form = WhenForm(request.POST or None, initial=_initial(found))
    why = ""
    if request.method == "POST" and form.is_valid():
        try:
            preparing.wish(found.pk, desks=wanted(request.POST), when=form.when(), at=days.now())
        except NotPossible as refused:
            why = str(WHY_NOT[refused.why])
        else:
            return _back("guest", token, "#choix")
    page = guest_page(found, on=days.today(), now=days.now(), lang=lang(request))
    status = WRONG if request.method == "POST" else 200
    return render(
        request, "meetings/guest.html", {"page": page, "form": form, "token": token, "why": why}, status=status
    )


@public
@require_safe
@never_cache
def guest_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """One's meetings for one's calendar; those of who does not come any more leave it."""
    registration = links.registration_of(token)
    found = None if registration is None else known_guest(registration)
    if found is None:
        return _gone(request)
    return file(guest_ics(found, language=lang(request)), CALENDAR, "rencontres.ics")


@public
@require_http_methods(METHODS)
@never_cache
def desk(request: HttpRequest, token: str) -> HttpResponse:
    """Say when a desk can; then its timetable, and what one more person there would add."""
    found = links.desk_of(token)
    if found is None:
        return _gone(request)
    form = WhenForm(request.POST or None, initial=_initial(found))
    why = ""
    if request.method == "POST" and form.is_valid():
        try:
            preparing.can(found.pk, when=form.when())
        except NotPossible as refused:
            why = str(WHY_NOT[refused.why])
        else:
            return _back("desk", token)
    page = desk_page(found, now=days.now())
    status = WRONG if request.method == "POST" else 200
    return render(
        request, "meetings/desk.html", {"page": page, "form": form, "token": token, "why": why}, status=status
    )


@public
@require_safe
@never_cache
def desk_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The meetings of a desk for a calendar."""
    found = links.desk_of(token)
    if found is None:
        return _gone(request)
    return file(desk_ics(found, language=lang(request)), CALENDAR, "rencontres.ics")


def _initial(one: Guest | Desk) -> dict[str, Any]:
    """Times as the form takes them."""
    clocks = {name: getattr(one, name) for name in ("not_before", "not_after")}
    shown = {name: f"{clock.hour}:{clock.minute:02}" for name, clock in clocks.items() if clock is not None}
    return {**shown, "at_most": one.at_most}
