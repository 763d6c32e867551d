"""The parts of a day: added, said otherwise, off, removed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from alliage.hub.days.actions import notices, organising
from alliage.hub.days.actions.organising import NotPossible, SessionTold
from alliage.hub.days.forms import organising as forms
from alliage.hub.days.queries import plan, team
from alliage.hub.days.queries.organisations import officers_numbered, organisation_named
from alliage.hub.days.queries.records import Day, Session, session_in
from alliage.hub.days.views.common import METHODS, day_or_404, lang, person_of, team_done, team_page
from alliage.hub.days.views.team.refusals import words_of
from alliage.hub.people.access import NotYours, Role, only
from alliage.hub.ui import day as days
from alliage.hub.ui.asked import WRONG, row_number


@only(Role.TEAM)
@require_http_methods(METHODS)
def agenda(request: HttpRequest, slug: str) -> HttpResponse:
    """The parts of a day: added, said otherwise, off, removed."""
    found = day_or_404(slug, drafts=True)
    post, wrong = request.POST, ""
    session = session_in(found, row_number(post.get("session") or request.GET.get("partie")))
    do = post.get("do", "")
    if request.method == "POST" and do in ("off", "remove"):
        if session is None:
            raise NotYours
        act = organising.cancel_session if do == "off" else organising.remove_session
        act(session.pk, by=person_of(request), at=days.now())
        notices.send_due(at=days.now(), most=20)
        return team_done(request, "saved", "team-agenda", slug)
    form = _session_form(request, session)
    if request.method == "POST" and do == "save" and form.is_valid():
        try:
            _save_session(request, found, form, session)
        except NotPossible as refused:
            wrong = words_of(refused)
        else:
            return team_done(request, "saved", "team-agenda", slug)
    page = {
        "day": plan.head(found, now=days.now()),
        "agenda": plan.agenda(found, lang=lang(request)),
        "form": form,
        "session": session.pk if session else "",
        "wrong": wrong,
        "open": request.method == "POST" or session is not None or not found.sessions.exists(),
    }
    return team_page(
        request, "days/team/agenda.html", page, status=WRONG if request.method == "POST" and do == "save" else 200
    )


def _session_form(request: HttpRequest, session: Session | None) -> forms.EditSession:
    """The form of a part; the programmes are those of the agency that was chosen (a first press shows them)."""
    post = request.POST or None
    slug = request.POST.get("organisation") or (session.organisation.slug if session and session.organisation else "")
    options: dict[str, Any] = {
        "organisations": team.organisations(),
        "programmes": team.programmes_of(slug, lang=lang(request)) if slug else (),
        "officers": team.officers_of(slug) if slug else (),
    }
    if post is not None and request.POST.get("do") == "choose":
        return forms.EditSession(
            initial={**request.POST.dict(), "programmes": request.POST.getlist("programmes")}, **options
        )
    return forms.EditSession(post, initial=_session_initial(session), **options)


def _session_initial(session: Session | None) -> dict[str, Any]:
    if session is None:
        return {"kind": "agency"}
    return {
        "kind": session.kind,
        "organisation": session.organisation.slug if session.organisation else "",
        "title_fr": session.title_fr,
        "title_en": session.title_en,
        "starts": forms.shown(session.starts.astimezone(days.HERE).time()),
        "ends": forms.shown(session.ends.astimezone(days.HERE).time()),
        "room": session.room.name if session.room else "",
        "capacity": session.capacity,
        "programmes": session.programmes,
        "desks": ", ".join(officer.desk for officer in session.officers.all()),
        "officers": [str(officer.person_id) for officer in session.officers.all() if officer.person_id],
    }


def _save_session(request: HttpRequest, found: Day, form: forms.EditSession, session: Session | None) -> None:
    said = form.cleaned_data
    officers = [row_number(one) for one in said.get("officers", [])]
    told = SessionTold(
        kind=said["kind"], starts=said["starts"], ends=said["ends"],
        organisation=organisation_named(said["organisation"]), title_fr=said["title_fr"],
        title_en=said["title_en"] or said["title_fr"], programmes=said.get("programmes", []), room=said["room"],
        capacity=said["capacity"],
        desks=said["desks"].split(","), officers=officers_numbered(said["organisation"], officers),
    )  # fmt: skip
    organising.save_session(
        found.pk, told, session_id=session.pk if session else None, by=person_of(request), at=days.now()
    )
