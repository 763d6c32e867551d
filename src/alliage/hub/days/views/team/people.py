"""Who comes to a day: registrations, invitations, the links of the door."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alliage.hub.days.actions import checking_in, inviting, notices, registering
from alliage.hub.days.actions.registering import NotTaken
from alliage.hub.days.forms import organising as forms
from alliage.hub.days.forms.coming import RegisterForThem
from alliage.hub.days.queries import pages, plan, team
from alliage.hub.days.queries.needs import needs
from alliage.hub.days.queries.records import registration_in
from alliage.hub.days.views.common import METHODS, day_or_404, lang, person_of, team_done, team_page, wish_of
from alliage.hub.people.access import NotYours, Role, only
from alliage.hub.people.actions.registers import looked_at
from alliage.hub.people.links import address
from alliage.hub.ui import day as days
from alliage.hub.ui.asked import WRONG, row_number


@only(Role.TEAM)
@require_http_methods(METHODS)
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Who registered; somebody who called is added as they would have done it themselves."""
    found = day_or_404(slug, drafts=True)
    do, post, wrong = request.POST.get("do", ""), request.POST, ""
    options: dict[str, Any] = {"needs": needs(lang=lang(request)), "regions": plan.regions()}
    form = RegisterForThem(post if do == "add" else None, **options, initial={"region": found.region})
    if do in ("leave", "undo"):
        row = registration_in(found, row_number(post.get("person")))
        if row is None:
            raise NotYours
        try:
            if do == "leave":
                registering.withdraw(row.pk, at=days.now())
            else:
                checking_in.undo(found.pk, row.pk, by=person_of(request), at=days.now())
        except NotTaken:
            wrong = "ended"
        else:
            notices.send_due(at=days.now(), most=20)
            return team_done(request, "saved", "team-people", slug)
    if do == "add" and form.is_valid():
        wish = wish_of(form, language=lang(request), person=None)
        try:
            made = registering.register(slug, wish=wish, at=days.now())
        except NotTaken as refused:
            wrong = refused.why
        else:
            notices.send_due(at=days.now(), only=made)
            return team_done(request, "saved", "team-people", slug)
    care = bool(request.GET.get("besoins"))
    page = team.people_page(found, show_care=care)
    looked_at(page["people"], by=person_of(request), why="day", at=days.now(), emails=page["emails"])
    context = {"day": plan.head(found, now=days.now()), "page": page, "form": form, "care": care, "wrong": wrong}
    return team_page(request, "days/team/people.html", context, status=WRONG if request.method == "POST" else 200)


@only(Role.TEAM)
@require_http_methods(METHODS)
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Whom to invite, each with why; one press writes the letters down, and the tasks send them."""
    found, now = day_or_404(slug, drafts=True), days.now()
    if request.method == "POST":
        inviting.invite(found.pk, on=now.date(), by=person_of(request), at=now)
        inviting.send_due(at=now)
        return team_done(request, "saved", "team-invite", slug)
    page = team.invitation_page(found, now=now, lang=lang(request))
    looked_at(page["people"], by=person_of(request), why="day", at=now, emails=page["emails"])
    return team_page(request, "days/team/invite.html", {"day": plan.head(found, now=now), "page": page})


@only(Role.TEAM)
@require_http_methods(METHODS)
def door(request: HttpRequest, slug: str) -> HttpResponse:
    """Links for stewards, shown once; badges to print."""
    found = day_or_404(slug, drafts=True)
    do, secret, url = request.POST.get("do", ""), "", ""
    form = forms.Door(request.POST if do == "make" else None)
    if do == "revoke":
        checking_in.revoke_door(
            row_number(request.POST.get("door")), day_id=found.pk, by=person_of(request), at=days.now()
        )
        return team_done(request, "saved", "team-door", slug)
    if do == "make" and form.is_valid():
        _row, secret = checking_in.make_door(
            found.pk, label=form.cleaned_data["label"], by=person_of(request), at=days.now()
        )
        url = address("days:door", secret, language=lang(request))
        form = forms.Door()
    context = {
        "day": plan.head(found, now=days.now()),
        **team.door_page(found),
        "form": form,
        "url": url,
        "qr": pages.qr(url, label=_("Code QR du lien d’accueil")) if url else "",
    }
    status = WRONG if request.method == "POST" and not secret else 200
    return team_page(request, "days/team/door.html", context, status=status)
