"""The pages of the team: what to check first, and checking one programme."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alliage.hub.people.access import Role, only, who
from alliage.hub.people.actions.once import once
from alliage.hub.people.actions.registers import looked_at
from alliage.hub.people.form_key import key_of
from alliage.hub.people.models import Person
from alliage.hub.programmes import queries
from alliage.hub.programmes.freshness.actions import asking, confirming
from alliage.hub.programmes.freshness.actions.asking import To
from alliage.hub.programmes.freshness.forms import Ask, Verified
from alliage.hub.programmes.freshness.queries.pages import check_page, worklist_page
from alliage.hub.programmes.queries.speaking import Plain
from alliage.hub.programmes.views.common import speech_of
from alliage.hub.ui import day as days
from alliage.hub.ui.asked import UNAVAILABLE, WRONG, SeeOther, row_number


@only(Role.TEAM)
@require_safe
def worklist(request: HttpRequest) -> HttpResponse:
    """What to check first, and why."""
    now = days.now()
    page = worklist_page(request.GET.dict(), on=days.local_day(now), at=now, speech=speech_of(request))
    return render(request, "programmes/worklist.html", {"page": page})


@only(Role.TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, id_: str) -> HttpResponse:
    """One programme: ask its provider, say that it was verified, close what was looked at."""
    now = days.now()
    page = check_page(id_, on=days.local_day(now), at=now, speech=speech_of(request))
    if page is None:
        raise Http404
    do = _DOES.get(request.POST.get("do", "")) if request.method == "POST" else None
    if do is None:
        return _shown(request, page, status=WRONG if request.method == "POST" else 200)
    return do(request, page)


def _shown(request: HttpRequest, page: Plain, *, status: int = 200, **more: Any) -> HttpResponse:
    asked = [request_.email for request_ in page["requests"]]
    people = [one["person"] for one in page["officers"]]
    looked_at(people, by=_person(request), why="check", at=days.now(), emails=asked)
    filled = {
        "ask": Ask(initial={"language": "fr"}),
        "verified": Verified(sources=page["sources"], on=days.today(), initial={"day": days.today()}),
        "refused": {},
        **more,
    }
    return render(request, "programmes/check.html", {"page": page, **filled}, status=status)


def _back(page: Plain) -> HttpResponse:
    return SeeOther(reverse("freshness:check", args=[page["id"]]))


def _person(request: HttpRequest) -> Person:
    return cast("Person", who(request).person)


def _ask_officers(request: HttpRequest, page: Plain) -> HttpResponse:
    provider = queries.current_catalogue().programmes[page["id"]].provider.id
    return _sent(request, page, asking.officers(provider), Ask(initial={"language": "fr"}))


def _ask_address(request: HttpRequest, page: Plain) -> HttpResponse:
    form = Ask(request.POST)
    if not form.is_valid():
        return _shown(request, page, status=WRONG, ask=form)
    return _sent(request, page, [To(form.cleaned_data["email"], form.cleaned_data["language"])], form)


def _sent(request: HttpRequest, page: Plain, to: list[To], form: Ask) -> HttpResponse:
    said = once(key_of(request), at=days.now(), do=lambda: _asked(request, page, to))
    refused = {one.email: why for one, why in zip(to, said.split(","), strict=False) if why}
    if to and not refused:
        return _back(page)
    status = UNAVAILABLE if "not-sent" in refused.values() else WRONG
    return _shown(request, page, status=status, ask=form, refused=refused)


def _asked(request: HttpRequest, page: Plain, to: list[To]) -> str:
    """Why each was not written to, in their order, and no address: it is kept for a second press."""
    refused = asking.ask_all(page["id"], to=to, by=_person(request), at=days.now())
    return ",".join(refused.get(one.email, "") for one in to)


def _verify(request: HttpRequest, page: Plain) -> HttpResponse:
    form = Verified(request.POST, sources=page["sources"], on=days.today())
    if not form.is_valid():
        return _shown(request, page, status=WRONG, verified=form)
    said = form.cleaned_data
    once(key_of(request), at=days.now(), do=lambda: _verified(request, page, said))
    return _back(page)


def _verified(request: HttpRequest, page: Plain, said: dict[str, Any]) -> str:
    confirming.verified(page["id"], source=said["source"], day=said["day"], by=_person(request), at=days.now())
    return ""


def _revoke(request: HttpRequest, page: Plain) -> HttpResponse:
    asking.revoke(_number(request), programme_id=page["id"], by=_person(request), at=days.now())
    return _back(page)


def _close(request: HttpRequest, page: Plain) -> HttpResponse:
    outcome = "done" if request.POST.get("outcome") == "done" else "nothing"
    confirming.close_review(
        _number(request), programme_id=page["id"], outcome=outcome, by=_person(request), at=days.now()
    )
    return _back(page)


def _number(request: HttpRequest) -> int:
    return row_number(request.POST.get("number"))


_DOES = {"officers": _ask_officers, "address": _ask_address, "verify": _verify, "revoke": _revoke, "close": _close}
