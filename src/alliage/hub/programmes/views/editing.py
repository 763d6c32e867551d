"""The page where a programme is written: its form, checked as often as one likes, then published or proposed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alliage.core.vocabulary.errors import AlliageError, Problem
from alliage.hub.people.access import NotYours, Role, only
from alliage.hub.programmes import actions, queries
from alliage.hub.programmes.actions import Closed, Moved, Why
from alliage.hub.programmes.forms.page import Typed, WhyTyped, as_typed, base_of, read_page, read_why
from alliage.hub.programmes.queries.editing import Draft, editor_page
from alliage.hub.programmes.views.common import (
    as_rows,
    chosen_of,
    day_of,
    kept_of,
    may_write,
    number_in,
    said_why,
    speech_of,
    to,
    why_of,
)
from alliage.hub.ui import day as days

CONFLICT = 409
_JSON_ATTRS = {"spellcheck": "false", "autocapitalize": "off"}


@dataclass(frozen=True, slots=True)
class _Desk:
    """What one page of writing is about, and what it does when all is well."""

    programme: queries.Known
    document: Mapping[str, Any]
    base: int
    action: str
    back: str
    publishes: bool
    save: Callable[[Mapping[str, Any], int, Typed, Why], HttpResponse]
    why: WhyTyped
    closes: Callable[[], str]  # what to say if it is to be written no more
    closed: bool = False


@dataclass(frozen=True, slots=True)
class _State:
    """What is to be shown beside what was typed."""

    typed: Typed
    why: WhyTyped
    problems: tuple[Problem, ...] = ()
    clashes: tuple[Mapping[str, Any], ...] = ()
    checked: bool = False
    base: int = 0
    closed: bool = False


@only(Role.OFFICER, Role.TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, id_: str) -> HttpResponse:
    """Write a programme: the team publishes, an officer of its provider proposes."""
    programme = queries.known(id_)
    if programme is None:
        raise NotYours
    publishes = may_write(request, programme.provider)
    if programme.retired is not None and request.method != "POST":
        return to("history", programme.id)

    def save(document: Mapping[str, Any], base: int, typed: Typed, why: Why) -> HttpResponse:
        if publishes:
            actions.edit_programme(document=document, why=why, base=base, keep=typed.keep)
            return to("history", programme.id)
        return to("proposal", actions.propose(document=document, base=base, why=why).id)

    desk = _Desk(
        programme=programme,
        document=programme.document,
        base=programme.number,
        action=reverse("programmes:edit", args=[programme.id]),
        back=reverse("programmes:detail", args=[programme.id]),
        publishes=publishes,
        save=save,
        why=_why_asked(request),
        closes=lambda: _("La fiche a été retirée du catalogue pendant que vous écriviez"),
        closed=programme.retired is not None,
    )
    return _answer(request, desk)


def _why_asked(request: HttpRequest) -> WhyTyped:
    """Why one comes to write: a page that leads here may say it, with the page that was read."""
    reason, page = (request.GET.get(name, "")[:1_000] for name in ("reason", "page"))
    return WhyTyped(reason=reason, page=page, read=days.today().isoformat())


@only(Role.OFFICER, Role.TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def correct_proposal(request: HttpRequest, number: str) -> HttpResponse:
    """Write a proposal again before it is decided; what it said before stays beside it."""
    asked = queries.asked(number_in(number))
    if asked is None:
        raise NotYours
    may_write(request, asked.provider)
    programme = queries.known(asked.programme_id)
    if programme is None or (not asked.waits and request.method != "POST"):
        return to("proposal", number)

    def save(document: Mapping[str, Any], base: int, _typed: Typed, why: Why) -> HttpResponse:
        actions.correct_proposal(proposal=asked.id, document=document, base=base, why=why)
        return to("proposal", number)

    desk = _Desk(
        programme=programme,
        document=asked.document,
        base=asked.base,
        action=reverse("programmes:proposal-correct", args=[number]),
        back=reverse("programmes:proposal", args=[number]),
        publishes=False,
        save=save,
        why=WhyTyped(page=asked.page, read=asked.read),
        closes=lambda: _("La proposition a été décidée pendant que vous écriviez"),
        closed=not asked.waits,
    )
    return _answer(request, desk)


def _answer(request: HttpRequest, desk: _Desk) -> HttpResponse:
    """The page, or what comes after it."""
    if request.method != "POST":
        return _page(request, desk, _State(as_typed(desk.document), desk.why, base=desk.base))
    speech = speech_of(request)
    typed = read_page(request.POST, id_=desk.programme.id, before=dict(desk.document), catalogue=speech.catalogue)
    why = read_why(request.POST, today=days.today())
    base = base_of(request.POST, most=desk.programme.number, otherwise=desk.base)
    if desk.closed and request.POST.get("do") == "save":
        return _page(request, desk, _State(typed, why, base=base, closed=True))
    problems = queries.problems_of(typed.document)
    if request.POST.get("do") != "save":
        asked = replace(why, wrong={})  # a reason is needed to save, not to look
        return _page(request, desk, _State(typed, asked, problems, checked=True, base=base))
    if not typed.readable or why.wrong or problems:
        return _page(request, desk, _State(typed, why, problems, base=base))
    try:
        return desk.save(typed.document, base, typed, why_of(request, why))
    except Moved as moved:
        return _page(request, desk, _State(typed, why, clashes=tuple(as_rows(moved.clashes)), base=base))
    except AlliageError as refused:
        return _page(request, desk, _State(typed, why, refused.problems, base=base))
    except Closed:
        return _page(request, desk, _State(typed, why, base=base, closed=True))


def _changes(desk: _Desk, state: _State, speech: queries.Speech) -> list[str]:
    """What a document in which nothing is wrong changes of the one that is published."""
    return queries.changes_of(desk.programme.document, state.typed.document, speech=speech)


def _page(request: HttpRequest, desk: _Desk, state: _State) -> HttpResponse:
    speech = speech_of(request)
    draft = Draft(state.typed.document, state.typed.notes, state.problems)
    page = editor_page(draft, shelf=speech.shelf, on=day_of(request))
    wrong = bool(page["wrong"] or state.typed.json_wrong or state.why.wrong)
    context = {
        "id": desk.programme.id,
        "name": desk.programme.name,
        "page": page,
        "json": state.typed.json,
        "json_wrong": state.typed.json_wrong,
        "json_attrs": _JSON_ATTRS,
        "why": said_why(state.why),
        "wrong": wrong,
        "saving": request.POST.get("do") == "save",
        "checked": state.checked and not wrong,
        "changes": _changes(desk, state, speech) if state.checked and not wrong else [],
        "clashes": queries.clash_rows(state.clashes, shelf=speech.shelf, chosen=chosen_of(state.typed.keep)),
        "kept": kept_of(state.typed.keep, state.clashes),
        "ours": _("Ce qui est en ligne maintenant"),
        "theirs": _("Ce que vous avez écrit"),
        "base": state.base,
        "moved": state.base != desk.programme.number,
        "action": desk.action,
        "back": desk.back,
        "proposes": not desk.publishes,
        "closed": desk.closes() if state.closed or desk.closed else "",
    }
    # An error is for what was to be saved; while one types, htmx would put it in the place of the whole page.
    status = CONFLICT if state.closed else 422 if wrong and context["saving"] else 200
    return render(request, "programmes/edit.html", context, status=status)
