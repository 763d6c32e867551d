"""The page of one programme: everything that its document says, in words, each fact with its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from alliage.core.catalogue.programme import Programme
from alliage.hub.programmes.models import Programme as Row
from alliage.hub.programmes.queries.cards import by_intake, card, cards
from alliage.hub.programmes.queries.contacts import contact
from alliage.hub.programmes.queries.money import money, stacking
from alliage.hub.programmes.queries.searching import Search
from alliage.hub.programmes.queries.speaking import Plain, Speech

NEAREST = 5


@dataclass(frozen=True, slots=True)
class Missing:
    """An id that leads to no programme: where it redirects, or since when it is retired, or what looks like it."""

    asked: str
    moved_to: str | None = None
    retired: datetime | None = None
    reason: str = ""
    name: str = ""
    nearest: tuple[Plain, ...] = ()


def programme_page(id_: str, *, on: date, speech: Speech) -> Plain | Missing:
    """Everything that the page of a programme shows, or why there is none."""
    programme = speech.catalogue.programmes.get(id_)
    return _page(programme, on=on, speech=speech) if programme else _missing(id_, on=on, speech=speech)


def _page(programme: Programme, *, on: date, speech: Speech) -> Plain:
    document = programme.document
    return {
        **card(programme, on=on, speech=speech),
        "name_unverified": speech.lang in document.get("name_unverified", ()),
        "former": list(document.get("replaces", ())),
        "delivered_by": [speech.typeset(name) for name in document.get("delivered_by", ())],
        "need_links": [
            {"label": speech.capital(speech.need(need)), "url": Search(chosen=(("besoin", need),)).url()}
            for need in programme.needs
        ],
        "money": money(programme, speech),
        "intake_source": speech.source(programme, document["intake"]["source"]),
        "intake_note": speech.text(document["intake"]["note"]) if document["intake"].get("note") else "",
        "conditions": [speech.condition(programme, condition) for condition in programme.conditions],
        "nothing_read": programme.nothing_read,
        "confirm": [_sourced(item, programme, speech) for item in document.get("confirm", ())],
        "stacking": stacking(programme, speech),
        "steps": [_step(step, programme, speech) for step in document.get("steps", ())],
        "contact": contact(programme, speech=speech),
        "doubts": [speech.text(note) for note in document.get("notes", ())],
        "sources": [speech.source(programme, key) for key in document["sources"]],
    }


def _sourced(item: Mapping[str, Any], programme: Programme, speech: Speech) -> Plain:
    return {"words": speech.text(item["text"]), "source": speech.source(programme, item["source"])}


def _step(step: Mapping[str, Any], programme: Programme, speech: Speech) -> Plain:
    return {
        **_sourced(step, programme, speech),
        "first": speech.programmes([step["requires"]] if step.get("requires") else ()),
    }


def _missing(id_: str, *, on: date, speech: Speech) -> Missing:
    catalogue = speech.catalogue
    target = catalogue.redirects.get(id_)
    if target:
        return Missing(id_, moved_to=target)
    row = (
        Row.objects.filter(id=id_[:120]).exclude(retired=None).select_related("current").defer("pack_document").first()
    )
    close = get_close_matches(id_[:120], [*catalogue.programmes, *catalogue.redirects], n=NEAREST, cutoff=0.5)
    ids = dict.fromkeys(catalogue.redirects.get(close_id, close_id) for close_id in close)
    if row is None or row.current is None:
        return Missing(id_[:120], nearest=tuple(cards(ids, on=on, speech=speech)))
    return Missing(
        row.id,
        retired=row.retired,
        reason=row.retired_reason,
        name=speech.text(row.current.document["name"]),
        nearest=tuple(cards(_serving(row.current.document.get("needs", ()), on, speech), on=on, speech=speech)),
    )


def _serving(needs: list[str], on: date, speech: Speech) -> list[str]:
    """A few programmes of the same needs, those that may be asked for first."""
    alike = [p for p in speech.catalogue.programmes.values() if set(needs) <= set(p.needs)]
    return [programme.id for programme in by_intake(alike, on=on, speech=speech)[:NEAREST]]
