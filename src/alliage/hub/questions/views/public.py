"""Pages for everyone: published answers, and how long answers take."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alliage.hub.people.access import public
from alliage.hub.programmes.views.common import day_of, speech_of
from alliage.hub.questions.queries.delays import delays_page
from alliage.hub.questions.queries.published import answer_page, search_page
from alliage.hub.questions.views.common import one
from alliage.hub.ui.asked import row_number

LONGEST_WORDS = 2_000


@public
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Published answers, found by words."""
    found = search_page(
        one(request.GET, "q", most=LONGEST_WORDS),
        programme=one(request.GET, "programme"),
        page=row_number(request.GET.get("page", "1")),
        on=day_of(request),
        speech=speech_of(request),
    )
    return render(request, "questions/search.html", {"found": found})


@public
@require_safe
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """One published answer."""
    page = answer_page(row_number(number), on=day_of(request), speech=speech_of(request))
    if page is None:
        raise Http404
    return render(request, "questions/answer.html", {"page": page})


@public
@require_safe
def delays(request: HttpRequest) -> HttpResponse:
    """How many questions wait, and how long answers take, by organisation."""
    return render(
        request, "questions/delays.html", {"page": delays_page(on=day_of(request), speech=speech_of(request))}
    )
