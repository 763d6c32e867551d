"""A programme in a list: its card, and the order of a list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from alliage.core.catalogue.freshness import freshness
from alliage.core.catalogue.intake import CLOSED, NOT_KNOWN, OPEN, OPENS_ON, SUSPENDED, Intake
from alliage.core.catalogue.programme import Programme
from alliage.hub.programmes.queries.money import headline
from alliage.hub.programmes.queries.speaking import Plain, Speech
from alliage.hub.ui.day import keep_on

# How a list that follows the intake is ordered: what may be asked for today first.
BY_INTAKE = (OPEN, NOT_KNOWN, OPENS_ON, SUSPENDED, CLOSED)
_BY_CONFIDENCE = ("high", "medium", "low")


def card(programme: Programme, *, on: date, speech: Speech) -> Plain:
    """What a list shows of a programme."""
    provider = programme.provider
    return {
        "id": programme.id,
        "name": speech.text(programme.name),
        "url": detail_url(programme.id),
        "kind": programme.kind,
        "kind_words": "" if programme.kind == "programme" else speech.phrase("kinds", programme.kind),
        "provider": {
            "id": provider.id,
            "name": speech.text(provider.name),
            "level": speech.level(provider.level),
            "url": provider_url(provider.id),
        },
        "summary": speech.text(programme.document["summary"]),
        "instrument": programme.instrument or "none",
        "needs": [speech.need(need) for need in programme.needs],
        "headline": headline(programme, speech),
        "intake": speech.intake(state_on(speech, programme, on=on)),
        "freshness": speech.freshness(freshness(programme, on=on), programme.document.get("as_of")),
        "confidence": speech.confidence(programme.confidence),
    }


def cards(ids: Iterable[str], *, on: date, speech: Speech) -> list[Plain]:
    """The cards of programmes, in the order given."""
    return [card(speech.catalogue.programmes[id_], on=on, speech=speech) for id_ in ids]


def state_on(speech: Speech, programme: Programme, *, on: date) -> Intake:
    """The intake of a programme on a day, for any company."""
    return speech.shelf.intakes(on)[programme.id]


def by_intake(programmes: Iterable[Programme], *, on: date, speech: Speech) -> list[Programme]:
    """Open first, then closed last; the surest and the freshest facts first among equals; then by name."""

    def rank(programme: Programme) -> tuple[int, bool, int, int, str]:
        months = freshness(programme, on=on).months
        return (
            BY_INTAKE.index(state_on(speech, programme, on=on).state),
            programme.kind != "programme",
            _BY_CONFIDENCE.index(programme.confidence),
            10_000 if months is None else months,
            programme.name[speech.lang].casefold(),
        )

    return sorted(programmes, key=rank)


def detail_url(id_: str) -> str:
    """The page of a programme, on the day of this page."""
    return keep_on(reverse("programmes:detail", args=[id_]))


def provider_url(id_: str) -> str:
    """The page of a provider, on the day of this page."""
    return keep_on(reverse("programmes:provider", args=[id_]))
