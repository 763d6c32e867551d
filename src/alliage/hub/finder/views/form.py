"""The whole form, page by page: the person's choice at any time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from alliage.core.vocabulary.attributes import Attribute
from alliage.hub.finder.actions import answering
from alliage.hub.finder.actions.answering import Contradiction
from alliage.hub.finder.forms.budget import Budget
from alliage.hub.finder.forms.data import one
from alliage.hub.finder.forms.problems import FieldProblem
from alliage.hub.finder.forms.question import Question, typed_question
from alliage.hub.finder.forms.reading import field_id, read_question, was_sent
from alliage.hub.finder.queries.asking import proposed_answer
from alliage.hub.finder.queries.form_page import form_overview, groups
from alliage.hub.finder.queries.putting import current_answer, ready_question
from alliage.hub.finder.queries.results_page import counts
from alliage.hub.finder.queries.understood import understood
from alliage.hub.finder.views.common import FORM, context, go, is_htmx, private
from alliage.hub.finder.views.slot import against
from alliage.hub.finder.visit import TooMuch, Visit, lost, visit
from alliage.hub.people.access import public
from alliage.hub.ui.asked import WRONG


@public
@require_safe
@private
def questions(request: HttpRequest) -> HttpResponse:
    """The pages of the form, and every answer."""
    here = visit(request)
    found = here.found
    filled = context(
        here,
        groups=form_overview(found, here.dossier, voice=here.voice),
        counts=counts(found),
        understood=understood(found, here.dossier, voice=here.voice),
    )
    return render(request, "finder/questions.html", filled)


@public
@require_http_methods(["GET", "HEAD", "POST"])
@private
def page(request: HttpRequest, group: str) -> HttpResponse:
    """One page of the form."""
    here = visit(request)
    attributes = [a for a in here.engine.vocabulary.attributes.values() if a.group == group]
    if not attributes:
        raise Http404
    if request.method == "POST":
        return _sent(request, here, group, attributes)
    found = here.found
    return _page(
        request, here, group, [ready_question(a.id, here.dossier, found, voice=here.voice) for a in attributes]
    )


@dataclass
class _Typed:
    """A page of the form as it was sent."""

    shown: list[Question | Budget]
    values: dict[str, Any]
    problems: list[FieldProblem]


def _read(request: HttpRequest, here: Visit, attributes: Sequence[Attribute]) -> _Typed:
    found, tools, typed = here.found, here.voice.tools, _Typed([], {}, [])
    for attribute in attributes:
        if not was_sent(request.POST, attribute.id):
            typed.shown.append(ready_question(attribute.id, here.dossier, found, voice=here.voice))
            continue
        before = here.dossier.answers.get(attribute.id)
        proposed, _ = proposed_answer(attribute.id, found, voice=here.voice)
        reading = read_question(request.POST, attribute, tools=tools, current=before, proposed=proposed)
        typed.shown.append(typed_question(attribute, request.POST, reading, current=before, tools=tools))
        typed.problems += reading.problems
        if not reading.problems and reading.value != current_answer(here.dossier, attribute.id):
            typed.values[attribute.id] = reading.value
    return typed


def _sent(request: HttpRequest, here: Visit, group: str, attributes: Sequence[Attribute]) -> HttpResponse:
    typed, was_lost, do = _read(request, here, attributes), lost(request, here.dossier), one(request.POST, "do")
    dossier, refused = answering.answer_many(here.dossier, typed.values, engine=here.engine)
    try:
        here = here.keep(dossier)
    except TooMuch:
        typed.problems.append(FieldProblem("form", "too-much"))
    if is_htmx(request):
        return render(request, "finder/_tally.html", context(here, counts=counts(here.found)))
    if do.startswith("search"):
        return _page(request, here, group, [replace(shown, problems=()) for shown in typed.shown])
    shown = [_contradicted(question, refused, here) for question in typed.shown]
    problems = [*typed.problems, *(FieldProblem(field_id(c.new), "contradiction") for c in refused)]
    if problems:
        return _page(request, here, group, shown, problems=problems)
    if was_lost:
        return render(request, "finder/lost.html", context(here, then=f"{FORM}-{group}"))
    return _after(here, group, do)


def _after(here: Visit, group: str, do: str) -> HttpResponse:
    """The results if they were asked for, or if this was the last page; else the next page."""
    order = [page.id for page in groups(here.voice)]
    following = order[order.index(group) + 1 :]
    return go("results") if do == "results" or not following else go("page", following[0])


def _contradicted(shown: Any, refused: Sequence[Contradiction], here: Visit) -> Any:
    """A question with the answers that stand against the one just typed."""
    contradiction = next((c for c in refused if c.new == shown.id), None)
    if contradiction is None:
        return shown
    others = ", ".join(f"{other.label} : {other.answer}" for other in against(here, contradiction))
    return replace(shown, problems=(*shown.problems, FieldProblem(shown.field, "contradicts", {"others": others})))


def _page(
    request: HttpRequest, here: Visit, group: str, shown: Sequence[Any], *, problems: Sequence[FieldProblem] = ()
) -> HttpResponse:
    found, every, vocabulary = here.found, groups(here.voice), here.engine.vocabulary
    at = [page.id for page in every].index(group)
    filled = context(
        here,
        group=every[at],
        groups=form_overview(found, here.dossier, voice=here.voice),
        number=at + 1,
        total=len(every),
        before=every[at - 1] if at else None,
        after=every[at + 1] if at + 1 < len(every) else None,
        questions=shown,
        lines=vocabulary.roles.lines if vocabulary.attributes[vocabulary.roles.cost].group == group else "",
        counts=counts(found),
        problems=problems,
        datalist=here.voice.tools.places.datalist if any(q.kind == "place" for q in shown) else "",
    )
    return render(request, "finder/page.html", filled, status=WRONG if problems else 200)
