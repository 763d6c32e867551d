"""What anyone opens: the days, one day, its calendar, and the form to come."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from alliage.hub.days import links
from alliage.hub.days.actions import notices, registering
from alliage.hub.days.actions.registering import ANSWER, NotTaken, Wish
from alliage.hub.days.calendars import public_ics
from alliage.hub.days.forms.coming import Register
from alliage.hub.days.queries import pages, plan
from alliage.hub.days.queries.needs import needs
from alliage.hub.days.views.common import METHODS, day_or_404, file, lang, person_of, to
from alliage.hub.people.access import public
from alliage.hub.ui import day as days
from alliage.hub.ui.asked import BUSY, WRONG, by_robot

_PURPOSES = (("after", "after"), ("next", "next_"), (ANSWER, "answer"))  # consents, by box
SENT = "envoyee"  # of the address of the page that says so


@public
@require_safe
def all_days(request: HttpRequest) -> HttpResponse:
    """The days to come, on a map and in a list."""
    return render(request, "days/days.html", {"page": pages.days_page(now=days.now())})


@public
@require_safe
def tour(request: HttpRequest, slug: str) -> HttpResponse:
    """The days of one tour."""
    found = pages.find_tour(slug)
    if found is None:
        raise Http404
    return render(request, "days/days.html", {"page": pages.days_page(now=days.now(), tour=found)})


@public
@require_safe
def day(request: HttpRequest, slug: str) -> HttpResponse:
    """One day: where, when, who brings what."""
    found = day_or_404(slug)
    return render(request, "days/day.html", {"day": pages.day_page(found, now=days.now(), lang=lang(request))})


@public
@require_safe
def day_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """The day as a calendar."""
    found = day_or_404(slug)
    return file(public_ics(found, language=lang(request)), "text/calendar; charset=utf-8", f"{slug}.ics")


@public
@require_http_methods(METHODS)
@never_cache
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """The form to come. What became of it is in a letter; who has signed in with that address is led to their page."""
    found, now = day_or_404(slug), days.now()
    shown = pages.day_page(found, now=now, lang=lang(request))
    options: dict[str, Any] = {
        "needs": needs(lang=lang(request)), "regions": plan.regions(), "meetings": shown["needs_meetings"]
    }  # fmt: skip
    person = person_of(request)
    start = {"region": found.region, **({"who": person.name, "contact": person.email} if person else {})}
    if request.method != "POST":
        return _form(request, shown, Register(initial=start, **options), sent=SENT in request.GET)
    form = Register(request.POST, **options)
    if not form.is_valid():
        return _form(request, shown, form, status=WRONG)
    if by_robot(request.POST):
        return to("day", slug)
    wish = _wish(request, form)
    if not ratelimit.consume(request, action="day-registrations", key=wish.email.lower()):
        return _form(request, shown, form, why="busy", status=BUSY)
    try:
        kept = registering.register(slug, wish=wish, at=now)
    except NotTaken as refused:
        if refused.registration is None:
            return _form(request, shown, form, why=refused.why, status=BUSY if refused.why == "too-many" else WRONG)
        kept = refused.registration
        registering.send_link_again(kept, at=now)
    notices.send_due(at=now, only=kept)
    if wish.person is not None:  # the address is theirs
        return to("mine", links.token_of(kept, links.MINE))
    return to("register", slug, after=f"?{SENT}=1")


def _wish(request: HttpRequest, form: Register) -> Wish:
    """What was typed; whose it is, if they have signed in with that address."""
    said = form.cleaned_data
    person = person_of(request)
    ours = person if person is not None and person.email == said["contact"].lower() else None
    agreed = {purpose for purpose, name in _PURPOSES if said[name]}
    return Wish(
        email=said["contact"], name=said["who"], language=lang(request), company=said["company"],
        needs=said["needs"], region=said["region"], size=said["size"], stage=said["stage"], neq=said["neq"],
        wants_meetings=bool(said.get("meetings")), agreed=frozenset(agreed), access=said["access"],
        meal=said["meal"], question=said["question"], person=ours,
    )  # fmt: skip


def _form(
    request: HttpRequest,
    shown: dict[str, Any],
    form: Register,
    *,
    why: str = "",
    sent: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {"day": shown, "form": form, "why": why, "sent": sent}
    return render(request, "days/register.html", context, status=status)
