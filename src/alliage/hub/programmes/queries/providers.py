"""Who gives aid: the list of providers by level, and the page of each with its programmes."""

from __future__ import annotations

from collections import Counter
from datetime import date
from difflib import get_close_matches

from alliage.core.catalogue.intake import OPEN
from alliage.core.catalogue.programme import Programme, Provider
from alliage.core.search.analysis import folded
from alliage.hub.programmes.queries.cards import by_intake, cards, provider_url
from alliage.hub.programmes.queries.speaking import Plain, Speech


def by_provider(speech: Speech) -> dict[str, list[Programme]]:
    """The programmes of each provider."""
    found: dict[str, list[Programme]] = {id_: [] for id_ in speech.catalogue.providers}
    for programme in speech.catalogue.programmes.values():
        found[programme.provider.id].append(programme)
    return found


def providers_page(*, on: date, speech: Speech) -> Plain:
    """Providers by level, each with how many programmes it has and how many are open on the day."""
    given = by_provider(speech)
    levels = []
    for level, name in speech.catalogue.levels.items():
        known = [provider for provider in speech.catalogue.providers.values() if provider.level == level]
        rows = [_row(provider, given[provider.id], on, speech) for provider in known if given[provider.id]]
        if rows:
            rows.sort(key=lambda row: folded(row["name"].casefold()))
            levels.append({"id": level, "name": speech.capital(speech.text(name)), "providers": rows})
    return {
        "levels": levels,
        "total": sum(len(level["providers"]) for level in levels),
        "programmes": len(speech.catalogue.programmes),
    }


def _row(provider: Provider, programmes: list[Programme], on: date, speech: Speech) -> Plain:
    intakes = speech.shelf.intakes(on)
    instruments = Counter(programme.instrument or "none" for programme in programmes)
    return {
        "id": provider.id,
        "name": speech.text(provider.name),
        "url": provider_url(provider.id),
        "count": len(programmes),
        "open": sum(intakes[programme.id].state == OPEN for programme in programmes),
        "instruments": [
            {"id": id_, "words": speech.instrument(id_), "count": count} for id_, count in instruments.most_common()
        ],
    }


def provider_page(id_: str, *, on: date, speech: Speech) -> Plain | None:
    """A provider with its programmes, or ``None`` if there is none of this id."""
    provider = speech.catalogue.providers.get(id_)
    if provider is None:
        return None
    programmes = by_provider(speech)[id_]
    places = speech.catalogue.vocabulary.places
    served = [speech.typeset(places.name(code, speech.lang)) for code in provider.serves]
    return {
        **_row(provider, programmes, on, speech),
        "level": speech.level(provider.level),
        "serves": speech.listing(served),
        "site": provider.url or "",
        "note": speech.text(provider.note) if provider.note else "",
        "cards": cards(
            [programme.id for programme in by_intake(programmes, on=on, speech=speech)], on=on, speech=speech
        ),
    }


def like_provider(id_: str, *, speech: Speech) -> list[Plain]:
    """Providers whose id looks like one that is not known."""
    found = get_close_matches(id_[:120], list(speech.catalogue.providers), n=5, cutoff=0.5)
    return [{**item, "url": provider_url(item["id"])} for item in speech.providers(found)]
