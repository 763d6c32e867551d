"""Pages of the team: people, organisations, registers, incidents."""

from __future__ import annotations

import csv
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alliage.hub.people.access import NotYours, Role, only, who
from alliage.hub.people.actions import duties, incidents, inviting
from alliage.hub.people.actions.organisations import LastMember
from alliage.hub.people.actions.registers import looked_at
from alliage.hub.people.forms import IncidentForm, Invite
from alliage.hub.people.queries import team
from alliage.hub.people.queries.words import DUTIES, acts
from alliage.hub.people.views.common import done, me, page, rooms_of_team
from alliage.hub.people.views.members import act, asked_first, invite_once
from alliage.hub.ui import day as days

team_only = only(Role.TEAM)
LONGEST_WORDS = 100


def _asked(request: HttpRequest) -> tuple[str, str]:
    return request.GET.get("q", "")[:LONGEST_WORDS].strip(), request.GET.get("page", "1")


@team_only
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Where the team finds its pages, and how much waits behind them."""
    return page(request, "people/team/home.html", groups=rooms_of_team())


@team_only
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """People, found by e-mail or name."""
    words, number = _asked(request)
    found = team.people(words, page=number)
    looked_at(found.rows, by=me(request), why="people", at=days.now())
    return page(request, "people/team/people.html", q=words, found=found)


@team_only
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """One person: what they belong to; their duty, and whether the account is open."""
    if request.method == "POST":
        return done(request, _acted(request, person_id), "team-person", person_id)
    found = team.person_page(person_id)
    looked_at([found["person"]], by=me(request), why="person", at=days.now())
    administrator = Role.ADMINISTRATOR in who(request).roles
    labels = [(value, DUTIES[value]) for value in found.pop("duties")]
    return page(request, "people/team/person.html", administrator=administrator, labels=labels, **found)


def _acted(request: HttpRequest, person_id: int) -> str:
    do, by, now = request.POST.get("do", ""), me(request), days.now()
    try:
        if do == "duty" and Role.ADMINISTRATOR in who(request).roles:
            duties.set_duty(person_id, duty=request.POST.get("duty", "?"), by=by, at=now)
            return "duty-changed"
        if do in ("open", "close"):
            duties.set_open(person_id, wanted="open" if do == "open" else "closed", by=by, at=now)
            return "opened" if do == "open" else "closed"
    except duties.LastAdministrator:
        return "last-administrator"
    raise NotYours


@team_only
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """Organisations, found by name."""
    words, number = _asked(request)
    return page(request, "people/team/organisations.html", q=words, found=team.organisations(words, page=number))


@team_only
@require_http_methods(["GET", "HEAD", "POST"])
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation: its people, and invitations; a provider has officers."""
    found = team.organisation_page(slug, at=days.now())
    form = Invite(roles=found["roles"])
    if request.method == "POST":
        do, id_ = request.POST.get("do", ""), found["organisation"].pk
        if do != "invite":
            try:
                told = act(id_, do, request.POST.dict(), by=me(request), by_team=True)
            except LastMember as last:
                here = reverse("people:team-organisation", args=[slug])
                return asked_first(request, found["organisation"], last, here=here)
            gone = told == "removed" and "asked" in request.POST
            return done(request, told, *(("team-organisations",) if gone else ("team-organisation", slug)))
        form = Invite(request.POST, roles=found["roles"])
        if form.is_valid():
            wrong = invite_once(request, id_, form.cleaned_data, by_team=True)
            if not wrong:
                return done(request, "invited", "team-organisation", slug)
            form.add_error("email", inviting.WORDS[wrong])
    members, invited = [one.person for one in found["members"]], [one.email for one in found["invitations"]]
    looked_at(members, by=me(request), why="organisation", at=days.now(), emails=invited)
    return page(
        request,
        "people/organisation.html",
        wrong=request.method == "POST",
        form=form,
        here=reverse("people:team-organisation", args=[slug]),
        team=True,
        manages=True,
        me=0,
        **found,
    )


@team_only
@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """The register of what was done."""
    what = request.GET.get("quoi", "")
    known = acts()
    found = team.audit_page(what if what in known else "", page=request.GET.get("page", "1"))
    return page(request, "people/team/audit.html", found=found, acts=known, what=what)


@team_only
@require_safe
def accesses(request: HttpRequest) -> HttpResponse:
    """The register of who looked at whose personal data."""
    return page(request, "people/team/accesses.html", found=team.access_page(page=request.GET.get("page", "1")))


@team_only
@require_safe
def all_incidents(request: HttpRequest) -> HttpResponse:
    """The register of incidents."""
    return page(request, "people/team/incidents.html", incidents=team.incidents())


@team_only
@require_http_methods(["GET", "HEAD", "POST"])
def new_incident(request: HttpRequest) -> HttpResponse:
    """Write an incident down."""
    return _incident(request, None, {})


@team_only
@require_http_methods(["GET", "HEAD", "POST"])
def incident(request: HttpRequest, incident_id: int) -> HttpResponse:
    """What was learned of an incident since."""
    found = team.incident(incident_id)
    return _incident(request, incident_id, {name: getattr(found, name) for name in IncidentForm.base_fields})


def _incident(request: HttpRequest, incident_id: int | None, before: dict[str, Any]) -> HttpResponse:
    form = IncidentForm(request.POST) if request.method == "POST" else IncidentForm(initial=before)
    if request.method == "POST" and form.is_valid():
        incidents.record(form.cleaned_data, incident_id=incident_id, by=me(request), at=days.now())
        return done(request, "incident-written", "team-incidents")
    return page(
        request, "people/team/incident.html", wrong=request.method == "POST", form=form, new=incident_id is None
    )


@team_only
@require_safe
def incidents_csv(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django gives it
    """The register as a file, for the Commission."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="incidents.csv"'
    response.write("\ufeff")  # a spreadsheet then reads accents
    writer = csv.writer(response)
    names = [*IncidentForm.base_fields, "created"]
    writer.writerow(names)
    writer.writerows([_cell(getattr(row, name)) for name in names] for row in team.incidents())
    return response


def _cell(value: Any) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text
