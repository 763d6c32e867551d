"""The place of the question: a page of its own, or a part of the page of results that htmx replaces."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_htmx.http import reswap, retarget

from alliage.hub.finder.actions.answering import Contradiction
from alliage.hub.finder.forms.budget import Budget
from alliage.hub.finder.forms.problems import FieldProblem
from alliage.hub.finder.forms.question import Question
from alliage.hub.finder.queries.asking import why_ask
from alliage.hub.finder.queries.contradictions import Said, said
from alliage.hub.finder.queries.results_page import counts
from alliage.hub.finder.views.common import RESULTS, context, is_htmx, then
from alliage.hub.finder.visit import Visit
from alliage.hub.ui.asked import WRONG

LIVE = "live"  # the part of the page of results that an answer replaces


def question_context(here: Visit, shown: Question | Budget, *, where: str, why: str | None = None) -> dict[str, Any]:
    """What the template of a question shows."""
    if isinstance(shown, Budget):
        name, kind = here.engine.vocabulary.roles.lines, "budget"
    else:
        name, kind = shown.id, shown.kind
    return {
        "name": name,
        "question": shown if kind != "budget" else None,
        "budget": shown if kind == "budget" else None,
        "expenses": expenses(here) if kind == "budget" else (),
        "why": why_ask(name, here.found, voice=here.voice) if why is None and kind != "budget" else why or "",
        "then": where,
        "before": here.dossier.before(name) if where != RESULTS else None,
        "datalist": here.voice.tools.places.datalist if kind == "place" else "",
        "problems": shown.problems,
        "contradiction": None,
        "against": (),
    }


def question_page(
    request: HttpRequest,
    here: Visit,
    shown: Question | Budget,
    *,
    why: str | None = None,
    problems: Sequence[FieldProblem] = (),
    contradiction: Contradiction | None = None,
) -> HttpResponse:
    """One question, whole or as the part that htmx replaces; with what is wrong if something is."""
    filled = context(here, counts=counts(here.found), **question_context(here, shown, where=then(request), why=why))
    filled["problems"] = tuple(problems) or filled["problems"]
    filled["contradiction"], filled["against"] = contradiction, against(here, contradiction)
    wrong = bool(filled["problems"] or contradiction)
    if not is_htmx(request):
        return render(request, "finder/question.html", filled, status=WRONG if wrong else 200)
    response = render(request, "finder/_slot.html", filled)
    if wrong or request.headers.get("HX-Target") == LIVE:  # the results that an answer replaces stay: this is none yet
        return reswap(retarget(response, "#question"), "outerHTML")
    return response


def against(here: Visit, contradiction: Contradiction | None) -> tuple[Said, ...]:
    """The answers that stand against the new one, in words."""
    if contradiction is None:
        return ()
    return said(contradiction.others, contradiction.dossier.profile(here.engine.vocabulary), voice=here.voice)


def expenses(here: Visit) -> list[tuple[str, str]]:
    """The sorts of expense, by name."""
    return [(id_, here.voice.capital(here.voice.text(name))) for id_, name in here.engine.vocabulary.expenses.items()]
