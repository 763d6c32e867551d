"""The first page: a need, a few words, a postal code."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from alliage.core.vocabulary.profile import UNKNOWN
from alliage.hub.finder.actions.answering import answer_many
from alliage.hub.finder.dossier import LONGEST_WORDS, Dossier
from alliage.hub.finder.forms.data import one
from alliage.hub.finder.forms.problems import FieldProblem
from alliage.hub.finder.forms.question import Question, question_of, typed_question
from alliage.hub.finder.forms.reading import read_question
from alliage.hub.finder.queries.asking import first_asked
from alliage.hub.finder.queries.engine import Engine
from alliage.hub.finder.views.common import context, go, unkept
from alliage.hub.finder.visit import TooMuch, Visit, visit
from alliage.hub.people.access import public
from alliage.hub.programmes.queries import programme_page
from alliage.hub.ui.asked import WRONG

MAIN_NEEDS = 6
ASKED = 2  # of the first questions: the needs, and the easiest way to say the place
WORDS_FIELD = "words"
FROM = "programme"  # in an address: the id of the programme that the person comes for


@public
@require_http_methods(["GET", "HEAD", "POST"])
@unkept
def start(request: HttpRequest) -> HttpResponse:
    """What the project is about, and where; straight to the results."""
    here = visit(request)
    if request.method == "POST":
        return _started(request, here)
    asked = _plain(one(request.GET, FROM))
    return _arrived(request, here, asked) if asked else _page(request, here)


def _arrived(request: HttpRequest, here: Visit, asked: str) -> HttpResponse:
    """From the page of a programme: it stays in view. Who has answered already sees it first, at once."""
    catalogue = here.engine.catalogue
    id_ = catalogue.redirects.get(asked, asked)
    if id_ not in catalogue.programmes:
        return _page(request, here, missing=programme_page(id_, on=here.engine.on, speech=here.voice))
    try:
        here = here.keep(replace(here.dossier, in_view=id_))
    except TooMuch:  # no room for it beside these answers: its own page of answers is shown
        return go("receipt", id_)
    if id_ != asked:
        return _page(request, here, replaced=asked)
    return _page(request, here) if here.dossier.empty else go("results")


def _started(request: HttpRequest, here: Visit) -> HttpResponse:
    questions: list[Question] = []
    values: dict[str, Any] = {}
    problems: list[FieldProblem] = []
    for name in first_asked(here.engine, {})[:ASKED]:
        attribute = here.engine.vocabulary.attributes[name]
        current = here.dossier.answers.get(name)
        reading = read_question(request.POST, attribute, tools=here.voice.tools)
        questions.append(typed_question(attribute, request.POST, reading, current=current, tools=here.voice.tools))
        problems += reading.problems
        if not reading.problems:
            values[name] = reading.value
    words = _plain(one(request.POST, WORDS_FIELD))
    if len(words) > LONGEST_WORDS:
        problems.append(FieldProblem("q-words", "long"))
    if problems:
        return _page(request, here, questions=questions, words=words, problems=problems)
    dossier, refused = answer_many(here.dossier, values, engine=here.engine)
    if refused:  # the place of before, found otherwise: the new postal code is the one to believe
        dossier, _ = answer_many(_without_place(dossier, here.engine), values, engine=here.engine)
    try:
        here.keep(_with_words(dossier, words))
    except TooMuch:
        return _page(request, here, questions=questions, words=words, problems=[FieldProblem("q-words", "too-much")])
    return go("results")


def _page(request: HttpRequest, here: Visit, **typed: Any) -> HttpResponse:
    """The page, as it was typed if something is wrong."""
    tools = here.voice.tools
    questions: list[Question] = typed.get("questions") or [
        question_of(
            here.engine.vocabulary.attributes[name],
            UNKNOWN if name in here.dossier.unknown else here.dossier.answers.get(name),
            tools=tools,
        )
        for name in first_asked(here.engine, {})[:ASKED]
    ]
    needs, *places = questions
    chosen = [option for option in needs.options[MAIN_NEEDS:] if option.checked and option.value != "none"]
    return render(
        request,
        "finder/start.html",
        context(
            here,
            needs=needs,
            main=needs.options[:MAIN_NEEDS],
            others=[option for option in needs.options[MAIN_NEEDS:] if option.value != "none"],
            others_open=bool(chosen),
            places=places,
            words=typed.get("words", here.dossier.words),
            problems=typed.get("problems", []),
            wanted=_in_view(here),
            replaced=typed.get("replaced", ""),
            missing=typed.get("missing"),
            words_problem=next((p.message for p in typed.get("problems", []) if p.field == "q-words"), ""),
            total=len(here.engine.programmes),
            providers=len({programme.provider.id for programme in here.engine.programmes}),
        ),
        status=WRONG if typed.get("problems") else 200,
    )


def _in_view(here: Visit) -> str:
    """The name of the programme in view."""
    programme = here.engine.catalogue.programmes.get(here.dossier.in_view)
    return here.voice.text(programme.name) if programme else ""


def _without_place(dossier: Dossier, engine: Engine) -> Dossier:
    return dossier.answered(engine.vocabulary.roles.territory, None)


def _with_words(dossier: Dossier, words: str) -> Dossier:
    return replace(dossier, words=words, about=dossier.about and bool(words), need="", instrument="")


def _plain(text: str) -> str:
    """Words on one line, without control characters."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
