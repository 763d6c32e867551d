"""The team's pages: questions at risk with a reroute in one click, and the shared boxes of offices."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alliage.hub.people.access import NotYours, Role, only
from alliage.hub.people.actions.registers import looked_at
from alliage.hub.people.telling import tell, told
from alliage.hub.people.views.common import me
from alliage.hub.programmes.views.common import day_of, speech_of
from alliage.hub.questions.actions import moving, offices, records
from alliage.hub.questions.actions.records import Refused
from alliage.hub.questions.forms import Box
from alliage.hub.questions.queries import inbox as queries
from alliage.hub.questions.routing import TEAM, Owner
from alliage.hub.questions.views.common import FORM, REFUSED, one
from alliage.hub.ui import day as days
from alliage.hub.ui.asked import WRONG, SeeOther, row_number
from alliage.hub.ui.errors import kind_page


@only(Role.TEAM)
@require_safe
def team(request: HttpRequest) -> HttpResponse:
    """Questions at risk first."""
    page = queries.team_page(request.GET.get("etat", ""), on=day_of(request), speech=speech_of(request))
    looked_at(queries.people_of(page["lines"]), by=me(request), why="question", at=days.now())
    labels = {
        "risk": _("À risque"),
        "ours": _("À l’équipe"),
        "waiting": _("Toutes celles qui attendent"),
        "abandoned": _("Restées sans réponse"),
        "unsatisfied": _("Réponse jugée insuffisante"),
    }
    chips = [{"label": f"{label} ({page['counts'][kind]})", "url": f"?etat={kind}"} for kind, label in labels.items()]
    return render(
        request, "questions/team.html", {"page": page, "chips": chips, "title": labels[page["chosen"]], **told(request)}
    )


@only(Role.TEAM)
@require_POST
def reroute(request: HttpRequest, number: str) -> HttpResponse:
    """Give a question to somebody else: chosen, or (one click) by routing."""
    found = queries.visible(row_number(number), person=me(request), team=True)
    if found is None:
        raise NotYours
    chosen = one(request.POST, "to")
    allowed = {value for value, _label in queries.owners(found, on=days.today(), speech=speech_of(request))}
    if chosen not in ("", "team", *allowed):
        raise NotYours
    by = records.team(days.now(), me(request))
    try:
        moving.reroute(found.pk, by=by, to=_owner(chosen))
    except Refused:
        return kind_page(request, 400)
    tell(request, "saved")
    return SeeOther(reverse("questions:question", args=[found.pk]))


def _owner(chosen: str) -> Owner | None:
    """``organisation-person``, ``organisation-``, ``team``; nothing lets routing choose."""
    if not chosen:
        return None
    if chosen == "team":
        return TEAM
    organisation, _dash, person = chosen.partition("-")
    return Owner(int(organisation), int(person) if person else None)


@only(Role.TEAM)
@require_http_methods(FORM)
def boxes(request: HttpRequest) -> HttpResponse:
    """The shared box of each provider."""
    form, wrong = Box(), ""
    if request.method == "POST":
        form = Box(request.POST)
        if form.is_valid():
            said = form.cleaned_data
            try:
                slug = one(request.POST, "organisation")
                offices.set_box(slug, email=said["email"], language=said["language"], by=me(request), at=days.now())
            except Refused as refused:
                wrong = str(REFUSED[refused.why])
            else:
                tell(request, "saved")
                return SeeOther(reverse("questions:boxes"))
    filled = {
        "rows": queries.boxes_page(speech=speech_of(request)),
        "form": form,
        "sent": one(request.POST, "organisation"),
        "wrong": wrong,
        **told(request),
    }
    return render(request, "questions/boxes.html", filled, status=WRONG if request.method == "POST" else 200)
