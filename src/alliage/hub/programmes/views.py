"""Public pages of the catalogue. Each reads what was asked, makes one call, and shows what it gave."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import feedgenerator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alliage.hub.people.access import public
from alliage.hub.programmes import queries
from alliage.hub.programmes.queries import Missing, Speech
from alliage.hub.ui.day import AskedDay
from alliage.hub.ui.language import language_of


def _speech(request: HttpRequest) -> Speech:
    """The catalogue as it is now, spoken of in the language of the address."""
    return Speech(queries.current_shelf(), lang=language_of(request.path_info))


def _asked(request: HttpRequest) -> AskedDay:
    """The day that the page is about."""
    return cast("AskedDay", cast("Any", request).day)


@public
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Programmes found by words and filters, whatever the address says."""
    speech = _speech(request)
    asked = queries.read_search(request.GET, speech=speech)
    page = queries.search_page(asked, on=_asked(request).on, speech=speech)
    return render(request, "programmes/search.html", {"found": page})


@public
@require_safe
def detail(request: HttpRequest, id_: str) -> HttpResponse:
    """One programme, whole; a former id leads to the one that replaced it."""
    page = queries.programme_page(id_, on=_asked(request).on, speech=_speech(request))
    if isinstance(page, Missing):
        return _missing(request, page, "programmes:detail")
    return render(request, "programmes/detail.html", {"programme": page})


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
    page = queries.providers_page(on=_asked(request).on, speech=_speech(request))
    return render(request, "programmes/providers.html", {"page": page})


@public
@require_safe
def provider(request: HttpRequest, id_: str) -> HttpResponse:
    """A provider and what it gives."""
    speech = _speech(request)
    page = queries.provider_page(id_, on=_asked(request).on, speech=speech)
    if page is None:
        near = queries.like_provider(id_, speech=speech)
        return render(request, "programmes/provider_missing.html", {"asked": id_[:120], "nearest": near}, status=404)
    return render(request, "programmes/provider.html", {"provider": page})


@public
@require_safe
def offer(request: HttpRequest) -> HttpResponse:
    """The whole offer at a glance."""
    speech = _speech(request)
    glance = queries.read_glance(request.GET, speech=speech)
    return render(
        request, "programmes/offer.html", {"page": queries.offer_page(glance, on=_asked(request).on, speech=speech)}
    )


@public
@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """What opens, closes and changes."""
    page = queries.news_page(on=_asked(request).on, speech=_speech(request))
    return render(request, "programmes/news.html", {"page": page})


@public
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """What changed lately, as Atom."""
    lang = language_of(request.path_info)
    atom = feedgenerator.Atom1Feed(
        title=_("Alliage : ce qui change dans les programmes"),
        link=request.build_absolute_uri(reverse("programmes:news")),
        description=_("Programmes nouveaux, modifiés ou retirés."),
        language=f"{lang}-CA",
        feed_url=request.build_absolute_uri(request.path),
    )
    for change in queries.changed_lately(on=_asked(request).on, speech=_speech(request)):
        link = request.build_absolute_uri(change["url"])
        atom.add_item(
            title=change["name"],
            link=link,
            description="\n".join(line["words"] for line in change["lines"]),
            unique_id=f"{link}#{change['key']}",
            pubdate=change["at"],
            updateddate=change["at"],
        )
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
