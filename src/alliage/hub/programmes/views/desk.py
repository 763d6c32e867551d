"""What the pages where a programme is written do alike: read the form, say what is wrong, check, and save once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from alliage.core.vocabulary.errors import AlliageError, Problem
from alliage.hub.people.actions.once import once
from alliage.hub.people.form_key import key_of
from alliage.hub.programmes import queries
from alliage.hub.programmes.actions import Closed, Moved, Unchanged, Why
from alliage.hub.programmes.forms.page import Typed, WhyTyped, as_typed, base_of, read_page, read_why
from alliage.hub.programmes.queries.editing import Draft, editor_page
from alliage.hub.programmes.views.common import (
    as_rows,
    chosen_of,
    day_of,
    kept_of,
    said_why,
    speech_of,
    to,
    why_of,
)
from alliage.hub.ui import day as days
from alliage.hub.ui.asked import WRONG

CONFLICT = 409
MOST_FIELDS = 5_000  # of one form; the largest programme of the pack, three times over, has fewer
SAVE, PROPOSE = "save", "propose"
VERSION = "version"  # of a form: the fingerprint of the proposal that it was opened on
PART = "partie"  # of an address: the part of the form that a person came for
_JSON_ATTRS = {"spellcheck": "false", "autocapitalize": "off"}
Save = Callable[[Mapping[str, Any], int, Typed, Why], str]


@dataclass(frozen=True, slots=True)
class Desk:
    """What one page of writing is about, and what it does when all is well.

    ``published`` is what the site says now (nothing of a new programme), ``number`` its revision. ``saves``: by the
    button pressed, what is done (it gives an id) and the page that shows it.
    """

    id: str
    name: Mapping[str, str]
    document: Mapping[str, Any]
    published: Mapping[str, Any] | None
    base: int
    number: int
    action: str
    back: str
    saves: Mapping[str, tuple[Save, str]]
    why: WhyTyped
    closes: Callable[[str], str]  # what to say if it is to be written no more
    closed: str = ""
    origin: str = ""
    asks_for: Any = None  # what somebody told, that this change answers
    part: str = ""
    version: str = ""  # of the proposal that is corrected: the one that the form was opened on
    providers: frozenset[str] | None = None  # of which a person may choose, if not of all


@dataclass(frozen=True, slots=True)
class _State:
    """What is to be shown beside what was typed."""

    typed: Typed
    why: WhyTyped
    problems: tuple[Problem, ...] = ()
    clashes: tuple[Mapping[str, Any], ...] = ()
    checked: bool = False
    base: int = 0
    closed: str = ""
    unchanged: bool = False


def answer(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The page, or what comes after it."""
    if request.method != "POST":
        return _page(request, desk, _State(as_typed(desk.document), desk.why, base=desk.base))
    speech = speech_of(request)
    typed = read_page(request.POST, id_=desk.id, before=dict(desk.document), catalogue=speech.catalogue)
    if desk.providers is not None and str(typed.document.get("provider", "")) not in desk.providers:
        typed.notes.wrong["provider"] = _("Choisissez un organisme dont vous répondez.")
    why = read_why(request.POST, today=days.today())
    base = base_of(request.POST, most=desk.number, otherwise=desk.base)
    do = _do(request, desk)
    if desk.closed and do in desk.saves:
        return _page(request, desk, _State(typed, why, base=base, closed=desk.closed))
    problems = queries.problems_of(typed.document)
    if do not in desk.saves:
        asked = replace(why, wrong={})  # a reason is needed to save, not to look
        return _page(request, desk, _State(typed, asked, problems, checked=True, base=base))
    if not typed.readable or why.wrong or problems:
        return _page(request, desk, _State(typed, why, problems, base=base))
    return _saved(request, desk, _State(typed, why, base=base), do)


def _do(request: HttpRequest, desk: Desk) -> str:
    """The button that was pressed; to save is to propose, for who may do nothing else.

    The check while one types (htmx) carries the button that was pressed just before, and saves nothing: the browser
    sends the form for that.
    """
    if request.headers.get("HX-Request"):
        return ""
    do = request.POST.get("do", "")
    return PROPOSE if do == SAVE and SAVE not in desk.saves else do


def _saved(request: HttpRequest, desk: Desk, state: _State, do: str) -> HttpResponse:
    save, page = desk.saves[do]
    why = replace(why_of(request, state.why), origin=desk.origin)
    try:
        made = once(key_of(request), at=days.now(), do=lambda: save(state.typed.document, state.base, state.typed, why))
    except Moved as moved:
        return _page(request, desk, replace(state, clashes=tuple(as_rows(moved.clashes))))
    except AlliageError as refused:
        return _page(request, desk, replace(state, problems=refused.problems))
    except Unchanged:
        return _page(request, desk, replace(state, unchanged=True))
    except Closed as closed:
        return _page(request, desk, replace(state, closed=closed.state))
    return to(page, made)


def _page(request: HttpRequest, desk: Desk, state: _State) -> HttpResponse:
    speech, document = speech_of(request), state.typed.document
    published = desk.published or {}
    part = request.GET.get(PART, "") or desk.part
    draft = Draft(document, state.typed.notes, state.problems, published, part, desk.providers)
    page = editor_page(draft, shelf=speech.shelf, on=day_of(request))
    wrong = bool(page["wrong"] or state.typed.json_wrong or state.why.wrong)
    saving = _do(request, desk) in desk.saves
    seen = state.checked and not wrong
    context = {
        "id": desk.id,
        "name": desk.name,
        "new": desk.published is None,
        "page": page,
        "json": state.typed.json,
        "json_wrong": state.typed.json_wrong,
        "json_attrs": _JSON_ATTRS,
        "why": said_why(state.why),
        "wrong": wrong,
        "saving": saving,
        "checked": seen,
        "changes": queries.changes_of(desk.published, document, speech=speech) if seen and desk.published else [],
        "unchanged": state.unchanged,
        "clashes": queries.clash_rows(state.clashes, shelf=speech.shelf, chosen=chosen_of(state.typed.keep)),
        "kept": kept_of(state.typed.keep, state.clashes),
        "ours": _("Ce qui est proposé maintenant") if desk.version else _("Ce qui est en ligne maintenant"),
        "theirs": _("Ce que vous avez écrit"),
        "base": state.base,
        "version": desk.version,
        "moved": state.base != desk.number,
        "action": desk.action,
        "back": desk.back,
        "proposes": SAVE not in desk.saves,
        "may_propose": SAVE in desk.saves and PROPOSE in desk.saves,
        "closed": desk.closes(state.closed or desk.closed) if state.closed or desk.closed else "",
        "asks_for": desk.asks_for,
        "origin": desk.origin,
    }
    refused = wrong or state.clashes or state.unchanged
    # An error is for what was to be saved; while one types, htmx would put it in the place of the whole page.
    status = CONFLICT if state.closed else WRONG if refused and saving else 200
    return render(request, "programmes/edit.html", context, status=status)
