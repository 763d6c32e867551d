"""The whole offer at a glance: needs × providers, what kinds of money, how many, how many open on the day."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliage.core.catalogue.intake import CLOSED, OPEN, SUSPENDED
from alliage.core.catalogue.programme import Programme, Provider
from alliage.core.search.analysis import folded
from alliage.hub.programmes.queries.cards import provider_url
from alliage.hub.programmes.queries.providers import by_provider
from alliage.hub.programmes.queries.searching import Search, short
from alliage.hub.programmes.queries.speaking import Plain, Speech
from alliage.hub.ui.day import keep_on

# The drawing of each kind of money.
ICONS = {
    "grant": "coins",
    "wage-subsidy": "people",
    "voucher": "document",
    "tax-credit": "percent",
    "tax-deduction": "receipt",
    "repayable-contribution": "history",
    "loan": "bank",
    "loan-guarantee": "shield",
    "equity": "stack",
    "insurance": "lock",
    "advice": "idea",
}
NO_ICON = "question-circle"
_ACRONYM = re.compile(r"\(([A-ZÉÈÀ][A-ZÉÈÀ&+-]{1,9})\)")


@dataclass(frozen=True, slots=True)
class Glance:
    """What a person asked of the table: a region, and whether what is closed is shown."""

    region: str = ""
    open_only: str = ""  # "oui", as in the address
    notices: tuple[str, ...] = ()


def read_glance(typed: Mapping[str, str], *, speech: Speech) -> Glance:
    """What was typed in the address; what is not understood is said."""
    region, only = typed.get("lieu", "").strip(), typed.get("ouverts", "").strip()
    faults = [
        value for value, good in ((region, region in speech.shelf.regions), (only, only == "oui")) if value and not good
    ]
    said = [
        _("Le filtre « %(value)s » n’est pas connu : il a été ignoré.") % {"value": short(value)} for value in faults
    ]
    return Glance(
        region=region if region in speech.shelf.regions else "",
        open_only=only if only == "oui" else "",
        notices=tuple(said),
    )


def offer_page(glance: Glance, *, on: date, speech: Speech) -> Plain:
    """The whole table, its totals and its legend; the same question has one answer. ``drawn`` names it."""
    asked = (glance.region, glance.open_only, on, speech.lang, keep_on("?"))
    page = speech.shelf.remember(("offer", asked), lambda: _offer_page(glance, on=on, speech=speech))
    return {
        **page,
        "notices": list(glance.notices),
        "drawn": f"{speech.catalogue.revision} {speech.shelf.stamp} {asked}",
    }


def _offer_page(glance: Glance, *, on: date, speech: Speech) -> Plain:
    table = _Table(glance, on=on, speech=speech)
    rows = table.rows()
    needs = table.needs()
    for at, need in enumerate(needs):
        filled = ((row, row["cells"][at]) for level in rows for row in level["rows"])
        need["lines"] = [{**cell, "name": row["name"]} for row, cell in filled if cell["count"]]
    return {
        "region": glance.region,
        "region_name": speech.catalogue.vocabulary.places.name(glance.region, speech.lang) if glance.region else "",
        "regions": [
            {"id": code, "name": speech.typeset(speech.catalogue.vocabulary.places.name(code, speech.lang))}
            for code in speech.shelf.regions
        ],
        "open_only": bool(glance.open_only),
        "needs": needs,
        "levels": rows,
        "providers": sum(len(level["rows"]) for level in rows),
        "total": len(table.shown),
        "open": table.open_among(table.shown),
        "legend": table.legend(),
    }


class _Table:
    def __init__(self, glance: Glance, *, on: date, speech: Speech) -> None:
        self._glance, self._speech = glance, speech
        self._intakes = speech.shelf.intakes(on)
        served = speech.shelf.regions[glance.region] if glance.region else None
        self.shown = {
            programme.id
            for programme in speech.catalogue.programmes.values()
            if programme.kind == "programme"
            and (served is None or programme.id in served)
            and (not glance.open_only or self._intakes[programme.id].state == OPEN)
        }
        self._given = {
            id_: [programme for programme in programmes if programme.id in self.shown]
            for id_, programmes in by_provider(speech).items()
        }
        self._needs = self._columns()

    def _columns(self) -> list[str]:
        """Needs that have something, the order of the vocabulary."""
        vocabulary = self._speech.catalogue.vocabulary
        every = vocabulary.attributes[vocabulary.roles.needs].values or {}
        met = {need for programmes in self._given.values() for programme in programmes for need in programme.needs}
        return [need for need in every if need in met]

    def open_among(self, ids: Iterable[str]) -> int:
        """How many of these are open on the day."""
        return sum(self._intakes[id_].state == OPEN for id_ in ids)

    def needs(self) -> list[Plain]:
        """The head of each column, with its totals."""
        found = []
        for need in self._needs:
            ids = [p.id for programmes in self._given.values() for p in programmes if need in p.needs]
            name = self._speech.capital(self._speech.need(need))
            url = self._search(need=need).url()
            found.append({"id": need, "name": name, "count": len(ids), "open": self.open_among(ids), "url": url})
        return found

    def rows(self) -> list[Plain]:
        """Providers that give something, by level, each with a cell for each need."""
        levels = []
        for level, name in self._speech.catalogue.levels.items():
            known = (provider for provider in self._speech.catalogue.providers.values() if provider.level == level)
            rows = [self._row(provider) for provider in known if self._given[provider.id]]
            rows.sort(key=lambda row: folded(row["name"].casefold()))
            if rows:
                levels.append({"id": level, "name": self._speech.capital(self._speech.text(name)), "rows": rows})
        return levels

    def _row(self, provider: Provider) -> Plain:
        programmes, name = self._given[provider.id], self._speech.text(provider.name)
        acronym = _ACRONYM.search(name)
        return {
            "id": provider.id,
            "name": name,
            "short": acronym.group(1) if acronym else name,
            "url": provider_url(provider.id),
            "count": len(programmes),
            "cells": [self._cell(need, provider, [p for p in programmes if need in p.needs]) for need in self._needs],
        }

    def _cell(self, need: str, provider: Provider, programmes: list[Programme]) -> Plain:
        """How many of each kind of money, how many open; in words for those who do not see the drawings."""
        kinds = Counter(programme.instrument or "none" for programme in programmes)
        opened = self.open_among(programme.id for programme in programmes)
        instruments = self._kinds(kinds)
        return {
            "need": self._speech.need(need),
            "count": len(programmes),
            "open": opened,
            "state": self._state(programmes, opened),
            "instruments": instruments,
            "words": self._words(instruments, len(programmes), opened),
            "url": self._search(need=need, provider=provider.id).url() if programmes else "",
        }

    def _state(self, programmes: list[Programme], opened: int) -> str:
        """``open`` if one is, ``closed`` if all are closed or suspended, else ``not-known``."""
        if opened:
            return "open"
        return "closed" if all(self._intakes[p.id].state in (CLOSED, SUSPENDED) for p in programmes) else "not-known"

    def _words(self, instruments: list[Plain], count: int, opened: int) -> str:
        kinds = self._speech.listing(f"{item['words']} ({item['count']})" for item in instruments)
        state = ngettext("%(n)s ouvert", "%(n)s ouverts", opened) % {"n": opened} if opened else _("aucun ouvert")
        total = ngettext("%(n)s programme", "%(n)s programmes", count) % {"n": count}
        return _("%(total)s : %(kinds)s; %(state)s") % {"total": total, "kinds": kinds, "state": state}

    def _search(self, *, need: str = "", provider: str = "") -> Search:
        asked = (("besoin", need), ("organisme", provider), ("lieu", self._glance.region))
        state = (("ouverture", OPEN),) if self._glance.open_only else ()
        return Search(chosen=tuple(pair for pair in (*asked, *state) if pair[1]))

    def legend(self) -> list[Plain]:
        """The kinds of money that the table shows, the commonest first."""
        kinds = Counter(p.instrument or "none" for programmes in self._given.values() for p in programmes)
        return self._kinds(kinds)

    def _kinds(self, kinds: Counter[str]) -> list[Plain]:
        """Kinds of money, the commonest first, with their drawings and their names."""
        return [
            {"id": id_, "icon": ICONS.get(id_, NO_ICON), "words": self._speech.instrument(id_), "count": count}
            for id_, count in kinds.most_common()
        ]
