"""What became of the requests of a project file: noted by its members, for themselves alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alliage.hub.finder.actions import milestones as actions
from alliage.hub.finder.actions.milestones import Happened, TooManyMilestones
from alliage.hub.finder.actions.project_files import visited
from alliage.hub.finder.forms.data import Sent, one
from alliage.hub.finder.forms.milestone import read_milestone
from alliage.hub.finder.forms.problems import FieldProblem
from alliage.hub.finder.queries import milestones as queries
from alliage.hub.finder.queries.project_files import shown
from alliage.hub.finder.views.common import context, go, private
from alliage.hub.finder.visit import Visit, visit
from alliage.hub.people.access import Role, number_of, only, who
from alliage.hub.people.actions.once import once
from alliage.hub.people.form_key import key_of
from alliage.hub.ui import day as days
from alliage.hub.ui.asked import WRONG


@only(Role.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
@private
def milestones(request: HttpRequest, id_: str) -> HttpResponse:
    """What became of the requests of a file: noted by its members, for themselves alone."""
    here, file = visit(request), visited(who(request), number_of(id_), at=days.now())
    asked = one(request.POST, "programme") or one(request.GET, "programme")
    programme = here.engine.catalogue.programmes.get(here.engine.catalogue.redirects.get(asked, asked))
    if request.method != "POST":
        return _page(request, here, file, programme)
    if one(request.POST, "do") == "remove":
        actions.unnote(file, milestone=number_of(one(request.POST, "milestone") or "0"))
        return go("milestones", str(file.pk))
    typed, wrong = read_milestone(request.POST, kinds=frozenset(queries.KINDS)), {}
    if programme is None:
        wrong["programme"] = FieldProblem("programme", "value").message
    wrong |= {problem.field: problem.message for problem in typed.problems}
    if programme is None or typed.day is None or wrong:
        return _page(request, here, file, programme, wrong=wrong)
    try:
        happened = Happened(programme.id, typed.kind, typed.day, typed.amount)
        once(key_of(request), at=days.now(), do=lambda: _noted(request, file, happened))
    except TooManyMilestones:
        full = FieldProblem("kind", "notes-many", {"most": str(actions.MOST_MILESTONES)})
        return _page(request, here, file, programme, wrong={"kind": full.message})
    return go("milestones", str(file.pk))


def _noted(request: HttpRequest, file: Any, happened: Happened) -> str:
    actions.note(file, happened, by=who(request).person, at=days.now())
    return ""


def _page(
    request: HttpRequest, here: Visit, file: Any, programme: Any, *, wrong: Mapping[str, str] | None = None
) -> HttpResponse:
    """What is noted, and the form of a new note, as it was typed."""
    filled = context(
        here,
        file=shown(file, voice=here.voice),
        noted=queries.milestones(file.pk, voice=here.voice),
        fields=_fields(request.POST, here, programme, wrong or {}),
    )
    return render(request, "finder/milestones.html", filled, status=WRONG if wrong else 200)


def _fields(sent: Sent, here: Visit, programme: Any, wrong: Mapping[str, str]) -> list[dict[str, Any]]:
    chosen, kind = programme.id if programme else "", one(sent, "kind")
    names = sorted((here.voice.text(p.name), p.id) for p in here.engine.programmes)
    return [
        {"id": "m-programme", "name": "programme", "kind": "select", "label": _("Programme"),
         "error": wrong.get("programme", ""),
         "options": [{"value": id_, "label": name, "on": id_ == chosen} for name, id_ in names]},
        {"id": "m-kind", "name": "kind", "kind": "choice", "label": _("Ce qui s’est passé"),
         "error": wrong.get("kind", ""),
         "options": [{"value": c, "label": str(words), "on": c == kind} for c, words in queries.KINDS.items()]},
        {"id": "m-day", "name": "day", "kind": "date", "label": _("Le jour"), "error": wrong.get("day", ""),
         "value": one(sent, "day") or here.engine.on.isoformat()},
        {"id": "m-amount", "name": "amount", "kind": "money", "label": _("Le montant"), "optional": True,
         "error": wrong.get("amount", ""), "value": one(sent, "amount")},
    ]  # fmt: skip
