"""Pages of the catalogue for everyone. Each reads what was asked, makes one call, and shows what it gave."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import feedgenerator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alliage.hub.people.access import public
from alliage.hub.programmes import queries
from alliage.hub.programmes.queries import Missing
from alliage.hub.programmes.views.common import day_of, may_propose, speech_of
from alliage.hub.ui.day import HERE
from alliage.hub.ui.language import language_of


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
    lang = language_of(request.path_info)
    atom = feedgenerator.Atom1Feed(
        title=_("Alliage : ce qui change dans les programmes"),
        link=request.build_absolute_uri(reverse("programmes:news")),
        description=_("Programmes nouveaux, modifiés ou retirés."),
        language=f"{lang}-CA",
        feed_url=request.build_absolute_uri(request.path),
    )
    for change in queries.changed_lately(on=day_of(request), speech=speech_of(request)):
        link = request.build_absolute_uri(change["url"])
        atom.add_item(
            title=change["name"],
            link=link,
            description="\n".join(line["words"] for line in change["lines"]),
            unique_id=f"{link}#{change['key']}",
            pubdate=change["at"],
            updateddate=change["at"],
        )
    speech = speech_of(request)
    for item in queries.closing_soon(on=day_of(request), speech=speech):
        link = request.build_absolute_uri(item["url"])
        told = datetime.combine(item["day"] - timedelta(days=queries.CLOSING_DAYS), time(), tzinfo=HERE)
        atom.add_item(
            title=item["name"],
            link=link,
            description=_("Ferme le %(day)s") % {"day": speech.day(item["day"])},
            unique_id=f"{link}#closes-{item['day'].isoformat()}",
            pubdate=told,
            updateddate=told,
        )
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
