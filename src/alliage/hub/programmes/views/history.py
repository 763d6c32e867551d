"""The history of a programme, for everyone; undo, retire and restore, for the team."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alliage.core.vocabulary.errors import AlliageError
from alliage.hub.people.access import NotYours, Role, only, public, who
from alliage.hub.people.actions.once import once
from alliage.hub.people.form_key import key_of
from alliage.hub.people.telling import told
from alliage.hub.programmes import actions, queries
from alliage.hub.programmes.actions import Closed, Moved, Why
from alliage.hub.programmes.forms.page import WhyTyped, keep_of, number_of, read_reason
from alliage.hub.programmes.forms.values import one
from alliage.hub.programmes.views.common import (
    as_rows,
    chosen_of,
    is_team,
    kept_of,
    said_why,
    seen_by_team,
    speech_of,
    to,
    why_of,
)
from alliage.hub.programmes.views.public import missing
from alliage.hub.ui import day as days
from alliage.hub.ui.asked import WRONG
from alliage.hub.ui.problems import said


@public
@require_safe
def history(request: HttpRequest, id_: str) -> HttpResponse:
    """What a programme said, when, why, and who says so."""
    speech, programme = speech_of(request), queries.known(id_)
    if programme is None:
        return missing(request, id_, "programmes:history")
    team = is_team(request)
    page = queries.history_page(programme, page=number_of(request.GET, "page", otherwise=1), speech=speech, named=team)
    seen_by_team(request, page, why="history")
    context = {
        "id": programme.id,
        "name": programme.name,
        "team": team,
        "may_edit": programme.retired is None and (team or programme.provider in who(request).providers),
        "history": page,
        **(told(request) if team else {"told": ""}),
    }
    return render(request, "programmes/history.html", context)


@only(Role.TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, id_: str) -> HttpResponse:
    """Take back what one revision changed."""
    number = number_of(request.POST or request.GET, "revision", otherwise=0)

    def act(why: Why) -> object:
        return actions.undo(programme_id=id_, number=number, why=why, keep=keep_of(request.POST))

    words = {
        "title": _("Annuler un changement"),
        "lead": _("La fiche reprend ce qu’elle disait avant la révision %(number)s. Les changements suivants restent.")
        % {"number": number},
        "button": _("Annuler ce changement"),
    }
    return _confirmed(request, id_, act, words=words, hidden={"revision": number})


@only(Role.TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def retire(request: HttpRequest, id_: str) -> HttpResponse:
    """Take a programme off the site, with its reason, and perhaps the one that replaces it."""
    moved_to = one(request.POST, "moved_to")

    def act(why: Why) -> object:
        return actions.retire(programme_id=id_, why=why, moved_to=moved_to or None)

    words = {
        "title": _("Retirer la fiche"),
        "lead": _("La fiche quitte le catalogue. Sa page dit pourquoi, ou mène à celle qui la remplace."),
        "button": _("Retirer la fiche"),
    }
    return _confirmed(request, id_, act, words=words, moved_to=moved_to)


@only(Role.TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: HttpRequest, id_: str) -> HttpResponse:
    """Put a retired programme back on the site."""

    def act(why: Why) -> object:
        return actions.restore(programme_id=id_, why=why)

    words = {
        "title": _("Remettre la fiche au catalogue"),
        "lead": _("La fiche revient telle qu’elle était. Relisez-la ensuite."),
        "button": _("Remettre la fiche"),
    }
    return _confirmed(request, id_, act, words=words)


def _done(act: Callable[[Why], object], why: Why) -> str:
    act(why)
    return ""


def _confirmed(
    request: HttpRequest,
    id_: str,
    act: Callable[[Why], object],
    *,
    words: dict[str, str],
    hidden: dict[str, object] | None = None,
    moved_to: str | None = None,
) -> HttpResponse:
    """Ask for a reason, do it, then show the history; what is refused is said, and nothing typed is lost."""
    programme = queries.known(id_)
    if programme is None:
        raise NotYours
    typed, problems, clashes = WhyTyped(), [], list[dict[str, Any]]()
    if request.method == "POST":
        typed = read_reason(request.POST)
        if not typed.wrong:
            try:
                once(key_of(request), at=days.now(), do=lambda: _done(act, why_of(request, typed)))
            except Closed:
                problems = [{"says": _("C’est déjà fait, ou il n’y a rien à annuler."), "do": ""}]
            except Moved as moved:
                clashes = as_rows(moved.clashes)
            except AlliageError as refused:
                problems = [said(problem) for problem in refused.problems]
            else:
                return to("history", programme.id)
    speech, keep = speech_of(request), keep_of(request.POST)
    context = {
        **words,
        "id": programme.id,
        "name": programme.name,
        "why": said_why(typed),
        "hidden": hidden or {},
        "moved_to": moved_to,
        "asks_moved_to": moved_to is not None,
        "others": queries.other_programmes(programme.id, speech=speech) if moved_to is not None else [],
        "problems": problems,
        "clashes": queries.clash_rows(clashes, shelf=speech.shelf, chosen=chosen_of(keep)),
        "kept": kept_of(keep, clashes),
        "ours": _("Ce qui est en ligne maintenant"),
        "theirs": _("Ce qu’il y avait avant"),
        "action": request.path,
        "back": reverse("programmes:history", args=[programme.id]),
    }
    status = WRONG if request.method == "POST" else 200
    return render(request, "programmes/confirm.html", context, status=status)
