"""What the pages of the finder share: where to go next, what a page always shows, answers never kept by a cache."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeAlias, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django_htmx.http import reselect, reswap, retarget
from django_htmx.middleware import HtmxDetails

from alliage.core.financing.failures import FAILED, worded
from alliage.core.vocabulary.errors import AlliageError
from alliage.hub.finder.forms.data import one
from alliage.hub.finder.queries.contradictions import disagreeing, said
from alliage.hub.finder.queries.project_files import open_file
from alliage.hub.finder.visit import TooMuch, Visit, visit, write_answers
from alliage.hub.people.access import who
from alliage.hub.ui import problems
from alliage.hub.ui.asked import WRONG, SeeOther
from alliage.hub.ui.day import keep_on

RESULTS, NEXT, PLAN, FORM = "results", "next", "plan", "form"

log = logging.getLogger(__name__)

View: TypeAlias = Callable[..., HttpResponse]


def private(view: View) -> View:
    """A page of one person's answers: no cache keeps it, no robot lists it."""
    unkept_view = unkept(view)

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = unkept_view(request, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return shown


def unkept(view: View) -> View:
    """A page that may show answers: no cache keeps it.

    Answers that disagree, or that do not fit, or that no plan can be made of, are told.
    """

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            with worded():
                response = view(request, *args, **kwargs)
        except AlliageError as error:
            response = _refused(request, error)
        except TooMuch:
            response = too_much(request)
        write_answers(request, response)
        add_never_cache_headers(response)
        patch_vary_headers(response, ("Cookie",))
        return response

    return shown


def _refused(request: HttpRequest, error: AlliageError) -> HttpResponse:
    """The page of what the core refuses of a person's answers; what it refuses of ours is not told here."""
    code = error.problems[0].code
    if code == "profile-contradiction":
        return contradiction(request)
    if not code.startswith("plan-"):
        raise error
    if code == FAILED:
        log.error("A plan could not be made", exc_info=error)
    return no_plan(request, error)


def no_plan(request: HttpRequest, error: AlliageError) -> HttpResponse:
    """No plan can be made of these answers: why, and what to change. They stay as they are."""
    here = visit(request)
    kept = here.voice.programmes(here.dossier.pinned)
    filled = context(here, told=[problems.said(problem) for problem in error.problems], kept=kept)
    return whole(render(request, "finder/no_plan.html", filled, status=WRONG))


def contradiction(request: HttpRequest) -> HttpResponse:
    """Answers that disagree, since the catalogue learned to compare them: which one is right?"""
    here = visit(request)
    profile = here.dossier.profile(here.engine.vocabulary)
    names = disagreeing(profile, here.engine)
    filled = context(here, said=said(names, profile, voice=here.voice))
    return whole(render(request, "finder/contradiction.html", filled))


def too_much(request: HttpRequest) -> HttpResponse:
    """The browser has no room for what was asked: what it keeps is as before, and can be saved to a file."""
    return whole(render(request, "finder/too_much.html", context(visit(request)), status=WRONG))


def whole(response: HttpResponse) -> HttpResponse:
    """A whole page, that htmx puts in the place of the whole page, whichever part it asked for."""
    return retarget(reswap(reselect(response, "unset"), "innerHTML"), "body")


def context(here: Visit, **more: Any) -> dict[str, Any]:
    """What every template of the finder may show."""
    return {
        "dossier": here.dossier,
        "seen": here.dossier.count,
        "needs_name": here.engine.vocabulary.roles.needs,
        "lines_name": here.engine.vocabulary.roles.lines,
        "shared_days": settings.SHARED_DAYS,
        "project_file": open_file(here.dossier, who(here.request), voice=here.voice),
        **more,
    }


def then(request: HttpRequest) -> str:
    """Where the person wants to be after an answer: the results, the plan, the next question, or a page of the form."""
    asked = one(request.POST, "then") or one(request.GET, "then")
    return asked if asked in (RESULTS, PLAN, NEXT) or asked.startswith(f"{FORM}-") else NEXT


def go(name: str, *args: str, anchor: str = "") -> HttpResponse:
    """To another page, on the same day; a reload does not send the form again."""
    address = keep_on(reverse(f"finder:{name}", args=args)) + (f"#{anchor}" if anchor else "")
    return SeeOther(address)


def go_then(here: Visit, where: str) -> HttpResponse:
    """To where the person wanted to be."""
    if where in (RESULTS, PLAN):
        return go(where)
    group = where.removeprefix(f"{FORM}-")
    if where.startswith(f"{FORM}-") and group in {group.id for group in here.engine.vocabulary.groups}:
        return go("page", group)
    return go("next")


def is_htmx(request: HttpRequest) -> bool:
    """Whether htmx asks, for a part of the page."""
    htmx: HtmxDetails = cast("Any", request).htmx
    return bool(htmx) and not htmx.boosted
