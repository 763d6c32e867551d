"""The team's queues: proposals, and what a pack and an edit made by hand both changed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alliage.core.catalogue.merging import Side
from alliage.core.vocabulary.days import read_day
from alliage.core.vocabulary.errors import AlliageError
from alliage.hub.people.access import NotYours, Role, number_of, only, who
from alliage.hub.people.actions.once import once
from alliage.hub.people.form_key import key_of
from alliage.hub.programmes import actions, queries
from alliage.hub.programmes.actions import TAKEN, Closed, Moved, Rewritten
from alliage.hub.programmes.forms.page import WhyTyped, keep_of, read_reason
from alliage.hub.programmes.forms.values import one
from alliage.hub.programmes.views.common import (
    as_rows,
    chosen_of,
    is_team,
    kept_of,
    may_write,
    said_why,
    seen_by_team,
    speech_of,
    to,
    why_of,
)
from alliage.hub.programmes.views.desk import CONFLICT, VERSION
from alliage.hub.ui import day as days
from alliage.hub.ui.asked import WRONG
from alliage.hub.ui.problems import said


@only(Role.OFFICER, Role.TEAM)
@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """What waits and what was decided: of every provider for the team, of their own for officers."""
    own = None if is_team(request) else who(request).providers
    page = queries.proposals_page(speech=speech_of(request), providers=own)
    seen_by_team(request, page, why="proposals")
    return render(request, "programmes/proposals.html", {"page": page, "team": own is None})


@only(Role.OFFICER, Role.TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: HttpRequest, number: str) -> HttpResponse:
    """A proposal: read it, discuss it, decide."""
    asked = queries.asked(number_of(number))
    if asked is None:
        raise NotYours
    team = may_write(request, asked.provider)
    own = asked.person is not None and asked.person == getattr(who(request).person, "pk", None)
    if request.method != "POST":
        return _proposal_page(request, asked.id, team=team, own=own)
    do = one(request.POST, "do")
    if (do in ("accept", "refuse") and not team) or (do == "withdraw" and not own):
        raise NotYours
    return _decided(request, asked.id, do, team=team, own=own)


def _decided(request: HttpRequest, number: int, do: str, *, team: bool, own: bool) -> HttpResponse:
    typed = read_reason(request.POST)
    day = one(request.POST, "publish_on")
    wrong_day = bool(day) and read_day(day) is None
    wanted = {**typed.wrong} if do != "accept" or typed.reason else {}
    problems: list[dict[str, str]] = []
    clashes: list[dict[str, Any]] = []
    status = WRONG
    if wrong_day and do == "accept":
        problems = [
            {"says": _("Cette date ne se lit pas. Écrivez l’année, le mois et le jour : 2026-11-26."), "do": ""}
        ]
    elif not wanted:
        try:
            once(key_of(request), at=days.now(), do=lambda: _do(request, number, do, typed, day))
        except Rewritten:
            status, problems = CONFLICT, [_rewritten()]
        except Closed as closed:
            problems = [{"says": _closed(closed.state), "do": ""}]
        except Moved as moved:
            clashes = as_rows(moved.clashes)
        except AlliageError as refused:
            problems = [said(problem) for problem in refused.problems]
        else:
            return to("proposal", number)
    shown = WhyTyped(typed.reason, wrong=wanted)
    return _proposal_page(
        request, number, team=team, own=own, typed=shown, day=day, problems=problems, clashes=clashes, status=status
    )


def _rewritten() -> dict[str, str]:
    return {
        "says": _("La proposition a été corrigée depuis que vous l’avez ouverte : rien n’est décidé."),
        "do": _("Relisez ce qui change, puis décidez. Votre mot est gardé."),
    }


def _closed(state: str) -> str:
    if state == TAKEN:
        return _("Une autre fiche a pris son identifiant. Corrigez la proposition : elle en prendra un autre.")
    return _("Cette proposition est déjà décidée, ou sa fiche est retirée.")


def _do(request: HttpRequest, number: int, do: str, typed: WhyTyped, day: str) -> str:
    """Do it; of the same form sent twice, once."""
    why = why_of(request, typed)
    if do == "accept":
        actions.accept_proposal(
            proposal=number,
            why=why,
            keep=keep_of(request.POST),
            publish_on=read_day(day) if day else None,
            version=one(request.POST, VERSION),
        )
    elif do == "refuse":
        actions.refuse_proposal(proposal=number, why=why)
    elif do == "withdraw":
        actions.withdraw_proposal(proposal=number, why=why)
    else:
        actions.comment_proposal(proposal=number, why=why)
    return do


def _proposal_page(request: HttpRequest, number: int, *, status: int = 200, **more: Any) -> HttpResponse:
    speech = speech_of(request)
    clashes, keep = more.get("clashes", []), keep_of(request.POST)
    page = queries.proposal_page(number, speech=speech, team=more["team"])
    seen_by_team(request, page, why="proposal")
    context = {
        "proposal": page,
        "team": more["team"],
        "own": more["own"],
        "why": said_why(more.get("typed", WhyTyped())),
        "publish_on": more.get("day", ""),
        "problems": more.get("problems", []),
        "clashes": queries.clash_rows(clashes, shelf=speech.shelf, chosen=chosen_of(keep)),
        "kept": kept_of(keep, clashes),
        "ours": _("Ce qui est en ligne maintenant"),
        "theirs": _("Ce qui est proposé"),
        "action": reverse("programmes:proposal", args=[number]),
    }
    return render(request, "programmes/proposal.html", context, status=status)


@only(Role.TEAM)
@require_safe
def conflicts(request: HttpRequest) -> HttpResponse:
    """What a pack and an edit made by hand both changed; and the programmes that are retired."""
    speech = speech_of(request)
    context = {"conflicts": queries.conflicts_page(speech=speech), "retired": queries.retired_page(speech=speech)}
    return render(request, "programmes/conflicts.html", context)


@only(Role.TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def conflict(request: HttpRequest, number: str) -> HttpResponse:
    """One of them: choose place by place, or one side whole."""
    row, keep = number_of(number), keep_of(request.POST)
    problems, clashes, typed, status = [], None, WhyTyped(), 200
    if request.method == "POST":
        status, typed = WRONG, read_reason(request.POST)
        whole = next((side for side in Side if one(request.POST, "whole") == side.value), None)
        try:
            if not typed.wrong:
                actions.settle_conflict(conflict=row, keep=keep, why=why_of(request, typed), whole=whole)
                return to("conflicts")
        except Closed:
            return to("conflicts")
        except Moved as moved:
            clashes = as_rows(moved.clashes)
            if not clashes:  # of a programme that the pack dropped
                problems = [{"says": _("Choisissez : garder la fiche comme elle est, ou la retirer."), "do": ""}]
        except AlliageError as refused:
            problems = [said(problem) for problem in refused.problems]
    page = queries.conflict_page(row, speech=speech_of(request), chosen=chosen_of(keep), clashes=clashes)
    if page is None:
        return to("conflicts")
    context = {
        "conflict": page,
        "why": said_why(typed),
        "problems": problems,
        "ours": _("Ce qui est en ligne maintenant"),
        "theirs": _("Ce que dit l’ensemble de données"),
        "action": reverse("programmes:conflict", args=[row]),
    }
    return render(request, "programmes/conflict.html", context, status=status)
