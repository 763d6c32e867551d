"""Results: live with htmx, complete without; each opens its receipt; two or three side by side; one page to print."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from alliage.hub.finder.forms.data import one
from alliage.hub.finder.queries.asking import Next
from alliage.hub.finder.queries.cards import cards
from alliage.hub.finder.queries.compare_page import compare_page
from alliage.hub.finder.queries.in_view import in_view
from alliage.hub.finder.queries.milestones import milestones, noted_on
from alliage.hub.finder.queries.print_page import print_page
from alliage.hub.finder.queries.putting import ready_question
from alliage.hub.finder.queries.receipt_page import receipt_page
from alliage.hub.finder.queries.refusals import offices, refusals, within_reach
from alliage.hub.finder.queries.results_page import results_page
from alliage.hub.finder.queries.understood import understood
from alliage.hub.finder.views.common import RESULTS, context, go, is_htmx, private
from alliage.hub.finder.views.slot import question_context
from alliage.hub.finder.visit import Visit, visit
from alliage.hub.people.access import public
from alliage.hub.programmes.queries import Missing
from alliage.hub.ui.day import keep_on


@public
@require_safe
@private
def results(request: HttpRequest) -> HttpResponse:
    """What fits, what to check, and the next question."""
    here = visit(request)
    found = here.found
    page = results_page(found, here.dossier, voice=here.voice, whole=request.GET.getlist("plus"))
    filled = context(
        here,
        page=page,
        counts=page.counts,
        wanted=in_view(found, here.dossier, voice=here.voice),
        offices=() if found.live else offices(found, voice=here.voice),  # whom to call, when nothing can be applied for
        **_asked(here, page.next),
    )
    opened = filled["project_file"]
    filled["noted"] = noted_on(opened.id, voice=here.voice) if opened else {}
    return render(request, "finder/_live.html" if is_htmx(request) else "finder/results.html", filled)


def _asked(here: Visit, asked: Next | None) -> dict[str, object]:
    """The next question, in its place on the page."""
    if asked is None:
        return {"name": "", "question": None, "budget": None}
    shown = ready_question(asked.attribute, here.dossier, here.found, voice=here.voice)
    return question_context(here, shown, where=RESULTS, why=asked.why)


@public
@require_POST
@private
def narrow(request: HttpRequest) -> HttpResponse:
    """Show only some of the results: by need, by kind of money, or what speaks of the project's words."""
    here = visit(request)
    need, instrument = one(request.POST, "need"), one(request.POST, "instrument")
    needs = here.engine.vocabulary.attributes[here.engine.vocabulary.roles.needs].values or {}
    phrases = here.engine.catalogue.raw["phrases"]["instruments"]
    here.keep(
        replace(
            here.dossier,
            need=need if need in needs else "",
            instrument=instrument if instrument in phrases else "",
            about=bool(one(request.POST, "about")),
        )
    )
    return go("results", anchor="liste")


@public
@require_POST
@private
def out_of_view(request: HttpRequest) -> HttpResponse:
    """The programme that the person came for is no longer shown first."""
    here = visit(request)
    here.keep(replace(here.dossier, in_view=""))
    return go("results")


@public
@require_safe
@private
def answers(request: HttpRequest) -> HttpResponse:
    """Every answer, and what follows from them: a part of the page of results; the pages of the form by itself."""
    here = visit(request)
    if not is_htmx(request):
        return go("questions")
    said = understood(here.found, here.dossier, voice=here.voice)
    return render(request, "finder/_answers.html", context(here, understood=said))


@public
@require_safe
@private
def shut(request: HttpRequest) -> HttpResponse:
    """What would fit, and takes no application now."""
    here = visit(request)
    found = here.found
    listed = cards(found.closed, voice=here.voice)
    template = "finder/_shut.html" if is_htmx(request) else "finder/shut.html"
    return render(request, template, context(here, cards=listed))


@public
@require_safe
@private
def refused(request: HttpRequest) -> HttpResponse:
    """What says no, by reason; and what would change the answer."""
    here = visit(request)
    found = here.found
    page = refusals(found, voice=here.voice)
    template = "finder/_refused.html" if is_htmx(request) else "finder/refused.html"
    return render(request, template, context(here, refusals=page))


@public
@require_safe
@private
def reach(request: HttpRequest) -> HttpResponse:
    """The changes that would turn a no into a yes: a part of the page of results; what says no, by itself."""
    here = visit(request)
    if not is_htmx(request):
        return go("refused")
    return render(request, "finder/_reach.html", context(here, todos=within_reach(here.found, voice=here.voice)))


@public
@require_safe
@private
def receipt(request: HttpRequest, id_: str) -> HttpResponse:
    """One programme for these answers, condition by condition."""
    here = visit(request)
    page = receipt_page(here.found, id_, voice=here.voice)
    if not isinstance(page, Missing):
        chosen = {"pinned": id_ in here.dossier.pinned, "banned": id_ in here.dossier.banned}
        filled = context(here, page=page, **chosen)
        opened = filled["project_file"]
        filled["noted"] = milestones(opened.id, voice=here.voice, programme=id_) if opened else ()
        return render(request, "finder/receipt.html", filled)
    if page.moved_to:
        return HttpResponsePermanentRedirect(keep_on(reverse("finder:receipt", args=[page.moved_to])))
    return render(request, "programmes/missing.html", {"missing": page}, status=410 if page.retired else 404)


@public
@require_safe
@private
def compare(request: HttpRequest) -> HttpResponse:
    """Two or three programmes side by side."""
    here = visit(request)
    page = compare_page(here.found, request.GET.getlist("p"), voice=here.voice)
    return render(request, "finder/compare.html", context(here, page=page))


@public
@require_safe
@private
def to_print(request: HttpRequest) -> HttpResponse:
    """One page to bring to the bank, the accountant, the board."""
    here = visit(request)
    found = here.found
    page = print_page(found, voice=here.voice)
    said = understood(found, here.dossier, voice=here.voice)
    return render(request, "finder/print.html", context(here, page=page, understood=said))
