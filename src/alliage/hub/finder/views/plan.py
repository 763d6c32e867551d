"""The financing plan: solved at each visit, and again at each preference; complete without JavaScript."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from alliage.hub.finder.actions import planning as acting
from alliage.hub.finder.forms.data import one
from alliage.hub.finder.forms.plan import Paper, read_change, read_choice, read_paper, read_wishes
from alliage.hub.finder.forms.problems import FieldProblem
from alliage.hub.finder.queries.plan_changes import changes, tried
from alliage.hub.finder.queries.plan_page import ASK, plan_page
from alliage.hub.finder.queries.plan_whys import comparison, whys_page
from alliage.hub.finder.queries.planning import allowance, planned
from alliage.hub.finder.queries.refusals import offices
from alliage.hub.finder.views.common import PLAN, context, go, is_htmx, private
from alliage.hub.finder.views.papers import attached
from alliage.hub.finder.visit import TooMuch, Visit, visit
from alliage.hub.people.access import public
from alliage.hub.ui.asked import WRONG

RECEIPT = "receipt"
NO_PAPER = Paper("", "")


@public
@require_safe
@private
def plan(request: HttpRequest) -> HttpResponse:
    """The plan: how much, from whom, for what, and what to do first."""
    return _page(request, visit(request))


def _page(
    request: HttpRequest, here: Visit, *, problems: tuple[FieldProblem, ...] = (), paper: Paper = NO_PAPER
) -> HttpResponse:
    found, time = here.found, allowance()
    made = planned(found, here.dossier, time=time)
    page = plan_page(made.answer(time=time) if made else None, here.dossier, voice=here.voice)
    filled = context(
        here,
        page=page,
        needed=here.engine.vocabulary.roles.needs in found.profile.answers,
        changes=changes(made, voice=here.voice) if made else (),
        offices=() if found.live else offices(found, voice=here.voice),
        then=PLAN,
        problems=problems,
        paper=paper,
    )
    part = is_htmx(request) and page.state != ASK
    template = "finder/_plan.html" if part else "finder/plan.html"
    return render(request, template, filled, status=WRONG if problems else 200)


@public
@require_POST
@private
def prefer(request: HttpRequest) -> HttpResponse:
    """Take the sliders, and solve again."""
    here = visit(request)
    wishes = read_wishes(request.POST, now=here.dossier.wishes)
    return _kept(request, here, acting.prefer(here.dossier, wishes), go("plan"))


@public
@require_POST
@private
def choose(request: HttpRequest) -> HttpResponse:
    """Keep a programme in the plan, put it aside, or neither any more; and solve again."""
    here = visit(request)
    choice = read_choice(request.POST)
    back = choice is not None and one(request.POST, "then") == RECEIPT and choice.programme in here.engine.at
    where = go(RECEIPT, choice.programme) if choice and back else go("plan")
    return _kept(request, here, acting.choose(here.dossier, choice, engine=here.engine), where)


def _kept(request: HttpRequest, here: Visit, dossier: Any, where: HttpResponse) -> HttpResponse:
    try:
        here.keep(dossier)
    except TooMuch:
        return _page(request, here, problems=(FieldProblem("plan-title", "too-much"),))
    return where


@public
@require_safe
@private
def whys(request: HttpRequest) -> HttpResponse:
    """Why not the others, and the best plan with each: what takes longer to find, when it is asked."""
    here, time = visit(request), allowance()
    made = planned(here.found, here.dossier, time=time)
    if made is None:
        return go("plan")
    page = whys_page(made.left_out(time=time), made.plans()["cannot_enter"], here.dossier, voice=here.voice)
    template = "finder/_plan_whys.html" if is_htmx(request) else "finder/plan_whys.html"
    return render(request, template, context(here, page=page))


@public
@require_POST
@private
def what_if(request: HttpRequest) -> HttpResponse:
    """The plan of a project a little different, beside the one of now; nothing is kept."""
    here, time = visit(request), allowance()
    made = planned(here.found, here.dossier, time=time)
    trial = tried(made, read_change(request.POST), voice=here.voice, time=time) if made else None
    if made is None or trial is None:
        return go("plan")
    page = comparison(made.plans(), trial, voice=here.voice)
    template = "finder/_plan_if.html" if is_htmx(request) else "finder/plan_if.html"
    return render(request, template, context(here, page=page))


@public
@require_POST
@private
def paper(request: HttpRequest) -> HttpResponse:
    """The plan as a PDF, a spreadsheet or a calendar. The name that was typed goes on the paper, and nowhere else."""
    here, time = visit(request), allowance()
    asked = read_paper(request.POST)
    if asked.problems:
        return _page(request, here, problems=asked.problems, paper=asked)
    made = planned(here.found, here.dossier, time=time)
    return attached(made.whole(time=time), asked, lang=here.voice.lang) if made else go("plan")
