"""My organisations: made or joined by invitation, shared with colleagues."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from alliage.hub.people.access import Belonging, NotYours, Role, only, public, who
from alliage.hub.people.actions import inviting
from alliage.hub.people.actions import organisations as actions
from alliage.hub.people.actions.once import once
from alliage.hub.people.form_key import key_of
from alliage.hub.people.forms import Invite, NewOrganisation
from alliage.hub.people.queries import mine
from alliage.hub.people.views.common import done, me, page
from alliage.hub.people.views.members import act, asked_first, invite_once
from alliage.hub.ui import day as days


@only(Role.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def organisations(request: HttpRequest) -> HttpResponse:
    """What I belong to, and a new one."""
    form = NewOrganisation(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            slug = once(key_of(request), at=days.now(), do=lambda: _made(request, form.cleaned_data["organisation"]))
        except actions.TooMany:
            form.add_error("organisation", inviting.WORDS["too-many-organisations"])
        else:
            return done(request, "organisation-created", "organisation", slug)
    return page(
        request,
        "people/organisations.html",
        wrong=request.method == "POST",
        form=form,
        organisations=mine.my_organisations(me(request)),
    )


def _made(request: HttpRequest, name: str) -> str:
    return actions.create(name=name, by=me(request), at=days.now()).slug


@only(Role.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """One of my organisations: its people; who manages it invites, changes roles, removes."""
    mine_ = who(request).belongs(slug)
    if request.method == "POST":
        return _sent(request, mine_)
    return _page(request, mine_)


def _sent(request: HttpRequest, belonging: Belonging) -> HttpResponse:
    try:
        return _done(request, belonging)
    except actions.LastMember as last:
        here = reverse("people:organisation", args=[belonging.slug])
        return asked_first(request, mine.organisation_of(belonging), last, here=here)


def _done(request: HttpRequest, belonging: Belonging) -> HttpResponse:
    do, sent, myself = request.POST.get("do", ""), request.POST.dict(), str(me(request).pk)
    if do == "leave":
        do, sent = "remove", {**sent, "person": myself}
    else:
        who(request).manages(belonging.slug)
    if do == "invite":
        return _invited(request, belonging)
    told = act(belonging.id, do, sent, by=me(request))
    if told == "removed" and sent["person"] == myself:
        return done(request, "left", "organisations")
    return done(request, told, "organisation", belonging.slug)


def _invited(request: HttpRequest, belonging: Belonging) -> HttpResponse:
    found = mine.organisation_page(belonging, person=me(request), at=days.now())
    form = Invite(request.POST, roles=[role for role in found["roles"] if role != "officer"])
    if form.is_valid() and not (wrong := invite_once(request, belonging.id, form.cleaned_data)):
        return done(request, "invited", "organisation", belonging.slug)
    if form.is_valid():
        form.add_error("email", inviting.WORDS[wrong])
    return _page(request, belonging, form=form)


def _page(request: HttpRequest, belonging: Belonging, *, form: Invite | None = None) -> HttpResponse:
    found = mine.organisation_page(belonging, person=me(request), at=days.now())
    return page(
        request,
        "people/organisation.html",
        wrong=form is not None,
        form=form or Invite(roles=[role for role in found["roles"] if role != "officer"]),
        here=reverse("people:organisation", args=[belonging.slug]),
        team=False,
        **found,
    )


@public
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """An invitation: who invites to what; joining needs an account with the e-mail that it was sent to."""
    found = actions.opened(token, at=days.now())
    person = who(request).person
    if found is None:
        return _gone(request)
    if request.method == "POST" and person is not None:
        try:
            joined = actions.accept(token, person=person, at=days.now())
        except actions.ForAnother:
            return _unkept(
                page(request, "people/invitation.html", wrong=True, **mine.invitation_page(found, person=person))
            )
        except NotYours:  # accepted, revoked or expired since it was opened, a moment ago
            return _gone(request)
        return done(request, "joined", "organisation", joined.slug)
    return _invitation(request, found)


def _gone(request: HttpRequest) -> HttpResponse:
    response = page(request, "people/invitation_gone.html")
    response.status_code = 410
    return _unkept(response)


def _invitation(request: HttpRequest, found: Any, *, wrong: bool = False) -> HttpResponse:
    shown = mine.invitation_page(found, person=who(request).person)
    return _unkept(page(request, "people/invitation.html", wrong=wrong, **shown))


def _unkept(response: HttpResponse) -> HttpResponse:
    """No cache keeps a page that a secret link opens, no robot lists it."""
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
