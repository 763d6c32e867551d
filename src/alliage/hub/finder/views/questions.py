"""One question at a time: to answer, skip, say that one does not know, or come back to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from alliage.hub.finder.actions import answering
from alliage.hub.finder.actions.answering import Contradiction
from alliage.hub.finder.forms.budget import Budget, read_budget, with_room, without
from alliage.hub.finder.forms.data import one
from alliage.hub.finder.forms.problems import FieldProblem
from alliage.hub.finder.forms.question import Question, typed_question
from alliage.hub.finder.forms.reading import field_id, read_question
from alliage.hub.finder.queries.asking import next_to_ask, proposed_answer
from alliage.hub.finder.queries.putting import current_answer, ready_question
from alliage.hub.finder.queries.results_page import counts
from alliage.hub.finder.views.common import context, go_then, private, then, whole
from alliage.hub.finder.views.slot import question_page
from alliage.hub.finder.visit import TooMuch, Visit, lost, visit
from alliage.hub.people.access import public

LONGEST_RANK = 4


@public
@require_safe
@private
def following(request: HttpRequest) -> HttpResponse:
    """The question whose answer settles the most; or that no answer would change anything more."""
    here = visit(request)
    found = here.found
    asked = next_to_ask(found, here.dossier, voice=here.voice)
    if asked is None:
        return render(request, "finder/complete.html", context(here, counts=counts(found)))
    shown = ready_question(asked.attribute, here.dossier, found, voice=here.voice)
    return question_page(request, here, shown, why=asked.why)


@public
@require_http_methods(["GET", "HEAD", "POST"])
@private
def question(request: HttpRequest, name: str) -> HttpResponse:
    """One question."""
    here = visit(request)
    lines = here.engine.vocabulary.roles.lines
    if name != lines and name not in here.engine.vocabulary.attributes:
        raise Http404
    if request.method != "POST":
        return question_page(request, here, _now(here, name))
    do = one(request.POST, "do")
    if do == "skip":
        here.keep(here.dossier.passed(name).put(name))
        return go_then(here, then(request))
    if do == "drop":
        here = here.keep(answering.give_up(here.dossier, request.POST.getlist("drop"), engine=here.engine))
    if name == lines:
        return _budget(request, here, do)
    return _confirmed(request, here, name) if do == "confirm" else _answered(request, here, name, do)


def _now(here: Visit, name: str) -> Question | Budget:
    return ready_question(name, here.dossier, here.found, voice=here.voice)


def _confirmed(request: HttpRequest, here: Visit, name: str) -> HttpResponse:
    """The answer that was proposed is the person's own from now on."""
    value, _ = proposed_answer(name, here.found, voice=here.voice)
    return _take(request, here, name, value, _now(here, name)) if value is not None else go_then(here, then(request))


def _answered(request: HttpRequest, here: Visit, name: str, do: str) -> HttpResponse:
    attribute = here.engine.vocabulary.attributes[name]
    before, tools = here.dossier.answers.get(name), here.voice.tools
    proposed, _ = proposed_answer(name, here.found, voice=here.voice)
    reading = read_question(request.POST, attribute, tools=tools, current=before, proposed=proposed)
    typed = typed_question(attribute, request.POST, reading, current=before, tools=tools)
    if do == "search":
        return question_page(request, here, replace(typed, problems=()))
    if reading.problems:
        return question_page(request, here, typed)
    if reading.value is None and current_answer(here.dossier, name) is None:  # nothing to take back either
        return question_page(request, here, replace(typed, problems=(FieldProblem(field_id(name), "empty"),)))
    return _take(request, here, name, reading.value, typed)


def _take(request: HttpRequest, here: Visit, name: str, value: Any, typed: Question | Budget) -> HttpResponse:
    was_lost = lost(request, here.dossier)
    try:
        here = here.keep(answering.answer_again(here.dossier, name, value, engine=here.engine).put(name))
    except Contradiction as contradiction:
        return question_page(request, here, typed, contradiction=contradiction)
    except TooMuch:
        return question_page(request, here, typed, problems=[FieldProblem(field_id(name), "too-much")])
    return _lost(request, here) if was_lost else go_then(here, then(request))


def _budget(request: HttpRequest, here: Visit, do: str) -> HttpResponse:
    typed = read_budget(request.POST, wording=here.voice.wording)
    rank = do.removeprefix("remove-")[:LONGEST_RANK]
    if do.startswith("remove-") and rank.isdecimal():
        return question_page(request, here, without(typed, int(rank)))
    if do == "add":
        return question_page(request, here, with_room(typed))
    if typed.problems:
        return question_page(request, here, typed)
    was_lost, name = lost(request, here.dossier), here.engine.vocabulary.roles.lines
    try:
        here = here.keep(answering.budget(here.dossier, typed.lines, engine=here.engine).put(name))
    except Contradiction as contradiction:
        return question_page(request, here, typed, contradiction=contradiction)
    except TooMuch:
        return question_page(request, here, typed, problems=[FieldProblem("line-0-amount", "too-much")])
    return _lost(request, here) if was_lost else go_then(here, then(request))


def _lost(request: HttpRequest, here: Visit) -> HttpResponse:
    """The answers of before are gone; the one just given is kept, and said."""
    return whole(render(request, "finder/lost.html", context(here, then=then(request))))
