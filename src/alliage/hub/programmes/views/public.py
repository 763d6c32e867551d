"""Pages of the catalogue for everyone. Each reads what was asked, makes one call, and shows what it gave."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alliage.hub.people.access import public
from alliage.hub.programmes import queries
from alliage.hub.programmes.queries import Missing
from alliage.hub.programmes.views.common import day_of, may_propose, speech_of
from alliage.hub.programmes.views.feeds import atom


@public
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Programmes found by words and filters, whatever the address says."""
    speech = speech_of(request)
    asked = queries.read_search(request.GET, speech=speech)
    page = queries.search_page(asked, on=day_of(request), speech=speech)
    return render(request, "programmes/search.html", {"found": page})


@public
@require_safe
def detail(request: HttpRequest, id_: str) -> HttpResponse:
    """One programme, whole; a former id leads to the one that replaced it."""
    speech = speech_of(request)
    page = queries.programme_page(id_, on=day_of(request), speech=speech)
    if isinstance(page, Missing):
        return _missing(request, page, "programmes:detail")
    kept = bool(speech.shelf.stamp)  # before the first load, there is no history
    context = {
        "programme": page,
        "kept": kept,
        "may_edit": kept and may_propose(request, page["provider"]["id"]),
        "parts": queries.parts_of_rooms(page["id"], on=day_of(request), speech=speech),
    }
    return render(request, "programmes/detail.html", context)


def missing(request: HttpRequest, id_: str, name: str) -> HttpResponse:
    """The page of an id that leads to no programme: where it moved, since when it is retired, or what looks like it."""
    page = queries.programme_page(id_, on=day_of(request), speech=speech_of(request))
    return _missing(request, page if isinstance(page, Missing) else Missing(id_[:120]), name)


def _missing(request: HttpRequest, missing: Missing, name: str) -> HttpResponse:
    if missing.moved_to:
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(reverse(name, args=[missing.moved_to]) + (f"?{query}" if query else ""))
    status = 410 if missing.retired else 404
    return render(request, "programmes/missing.html", {"missing": missing}, status=status)


@public
@require_safe
def providers(request: HttpRequest) -> HttpResponse:
    """Every provider, by level."""
    page = queries.providers_page(on=day_of(request), speech=speech_of(request))
    return render(request, "programmes/providers.html", {"page": page})


@public
@require_safe
def provider(request: HttpRequest, id_: str) -> HttpResponse:
    """A provider and what it gives."""
    speech = speech_of(request)
    page = queries.provider_page(id_, on=day_of(request), speech=speech)
    if page is None:
        near = queries.like_provider(id_, speech=speech)
        return render(request, "programmes/provider_missing.html", {"asked": id_[:120], "nearest": near}, status=404)
    return render(request, "programmes/provider.html", {"provider": page})


@public
@require_safe
def offer(request: HttpRequest) -> HttpResponse:
    """The whole offer at a glance."""
    speech = speech_of(request)
    glance = queries.read_glance(request.GET, speech=speech)
    return render(
        request, "programmes/offer.html", {"page": queries.offer_page(glance, on=day_of(request), speech=speech)}
    )


@public
@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """What opens, closes and changes."""
    page = queries.news_page(on=day_of(request), speech=speech_of(request))
    return render(request, "programmes/news.html", {"page": page})


@public
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """What changed lately, as Atom."""
    return atom(
        request,
        title=_("Alliage : ce qui change dans les programmes"),
        about=_("Programmes nouveaux, modifiés ou retirés."),
        link=reverse("programmes:news"),
    )
