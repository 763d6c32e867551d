"""My account: who I am here, where I am signed in, what I agreed to, what is kept of me, and the way out."""

from __future__ import annotations

from contextlib import suppress

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alliage.hub.people.access import Role, only, public, who
from alliage.hub.people.actions import account as actions
from alliage.hub.people.actions import consents, leaving
from alliage.hub.people.actions.duties import LastAdministrator
from alliage.hub.people.actions.first_link import invited_by
from alliage.hub.people.forms import Myself
from alliage.hub.people.queries import mine
from alliage.hub.people.views.common import done, fresh, me, page, pages_of_rooms
from alliage.hub.ui import day as days
from alliage.hub.ui.asked import SeeOther
from alliage.hub.ui.words import language

FILE = "alliage-mes-donnees.json"


def _account(request: HttpRequest, form: Myself, *, wrong: bool = False) -> HttpResponse:
    person, roles = me(request), who(request).roles
    return page(
        request,
        "people/account.html",
        team=Role.TEAM in roles,
        rooms=pages_of_rooms("account_pages"),
        office=pages_of_rooms("officer_pages") if Role.OFFICER in roles and Role.TEAM not in roles else [],
        wrong=wrong,
        person=person,
        form=form,
        sessions=mine.sessions(person, here=request.session.session_key or ""),
        consents=mine.consents(person),
        organisations=mine.my_organisations(person),
        looked_at=mine.lookers(person),
        looked_at_days=settings.RETENTION["access"],
    )


@only(Role.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """The page of one's own account; its form keeps name and language."""
    person = me(request)
    if request.method != "POST":
        return _account(request, Myself(initial={"name": person.name, "language": person.language}))
    form = Myself(request.POST)
    if not form.is_valid():
        return _account(request, form, wrong=True)
    actions.set_myself(person, name=form.cleaned_data["name"], language=form.cleaned_data["language"])
    return done(request, "saved", "account")


@only(Role.MEMBER)
@require_POST
def end_session(request: HttpRequest) -> HttpResponse:
    """End one of one's other sessions, or all of them."""
    here = request.session.session_key or ""
    wanted = request.POST.get("session", "")
    actions.end_my_sessions(me(request), wanted=wanted, but=here, at=days.now())
    return done(request, "session-ended" if wanted else "sessions-ended", "account")


@only(Role.MEMBER)
@require_POST
def choose_consents(request: HttpRequest) -> HttpResponse:
    """What I agree to from now on."""
    wanted = frozenset(request.POST.getlist("consent"))
    consents.choose(me(request), wanted, language=language(), at=days.now(), how="account")
    return done(request, "consents-saved", "account")


@only(Role.MEMBER)
@require_safe
@fresh
def take_data(request: HttpRequest) -> HttpResponse:
    """All that is kept of me, as a file."""
    person = me(request)
    response = JsonResponse(
        {"taken": days.now().isoformat(), "kept": leaving.taken(person)},
        json_dumps_params={"ensure_ascii": False, "indent": 2},
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{FILE}"'
    return response


@only(Role.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
@fresh
def erase(request: HttpRequest) -> HttpResponse:
    """Erase my account, once confirmed."""
    person = me(request)
    if request.method == "POST" and request.POST.get("sure") == "yes":
        with suppress(LastAdministrator):  # the page says it
            leaving.erase(person, at=days.now())
            logout(request)
            return SeeOther(reverse("people:erased"))
    return page(
        request,
        "people/erase.html",
        wrong=request.method == "POST",
        missed=request.method == "POST",
        handed=mine.handed_over(person),
        gone=mine.gone_with(person),
        last=mine.last_administrator(person),
    )


@public
@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """The account is erased: what stays, and why."""
    return page(request, "people/erased.html", rooms=pages_of_rooms("erased_pages"))


@public
@require_http_methods(["GET", "HEAD", "POST"])
def first_link(request: HttpRequest, token: str) -> HttpResponse:
    """The first visit of a new administrator: a button signs them in, once."""
    person = invited_by(token)
    if person is None:
        response = page(request, "people/first_link.html", gone=True)
        response.status_code = 410
        return response
    if request.method == "POST":
        record_authentication(request, person, method="link")
        entered: HttpResponse = perform_login(request, Login(user=person, email=person.email))
        return entered
    return page(request, "people/first_link.html", gone=False)
