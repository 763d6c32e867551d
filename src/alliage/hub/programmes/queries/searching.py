"""The search page: words, counted facets, an order that is explained, and what was understood of what was typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, TypeAlias
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from alliage.core.catalogue.freshness import freshness
from alliage.core.catalogue.intake import STATES
from alliage.core.catalogue.programme import Programme
from alliage.core.search.analysis import folded
from alliage.core.search.query import LONGEST
from alliage.core.search.results import Only, SearchResults, counted, kept
from alliage.core.search.synonyms import content_words
from alliage.hub.programmes.queries.cards import BY_INTAKE, by_intake, cards
from alliage.hub.programmes.queries.speaking import Plain, Speech
from alliage.hub.ui.asked import whole_number
from alliage.hub.ui.day import keep_on

PAGE_SIZE = 20
SYNONYMS_SHOWN = 8
Sort: TypeAlias = Literal["pertinence", "ouverture", "fraicheur", "nom"]
SORTS: tuple[Sort, ...] = ("pertinence", "ouverture", "fraicheur", "nom")
# The name of each facet in an address, and in the core (``None``: the hub's own).
FACETS: Mapping[str, str | None] = {
    "besoin": "need",
    "forme": "instrument",
    "ouverture": None,
    "lieu": None,
    "palier": "level",
    "organisme": "provider",
}


@dataclass(frozen=True, slots=True)
class Search:
    """What a person asked for, once read: only known values, each fault said in ``notices``."""

    words: str = ""
    chosen: tuple[tuple[str, str], ...] = ()  # facet and value
    sort: Sort | None = None
    page: int = 1
    notices: tuple[str, ...] = ()

    @property
    def order(self) -> Sort:
        """The order asked for; else by relevance if there are words, by intake if there are none."""
        if self.sort == "pertinence" and not self.words:
            return "ouverture"
        return self.sort or ("pertinence" if self.words else "ouverture")

    def value(self, facet: str) -> str | None:
        """The value chosen for a facet."""
        return dict(self.chosen).get(facet)

    def url(self) -> str:
        """Its address, on the day of the page."""
        asked = [("q", self.words), *self.chosen, ("tri", self.sort or "")]
        asked.append(("page", str(self.page) if self.page > 1 else ""))
        query = urlencode([(key, value) for key, value in asked if value])
        return keep_on(reverse("programmes:search") + (f"?{query}" if query else ""))

    def choosing(self, facet: str, value: str | None) -> Search:
        """The same search with another choice for a facet; ``None`` takes the choice away."""
        rest = tuple(pair for pair in self.chosen if pair[0] != facet)
        return replace(self, chosen=(*rest, (facet, value)) if value else rest, page=1, notices=())


def read_search(typed: Mapping[str, str], *, speech: Speech) -> Search:
    """What was typed as a search. Whatever it is, something can be shown: what is not understood is said."""
    notices: list[str] = []
    words = typed.get("q", "").strip()
    if len(words) > LONGEST:
        words = words[:LONGEST]
        longest = speech.wording.number(LONGEST)
        notices.append(_("Votre texte est long : seuls les %(n)s premiers caractères ont été lus.") % {"n": longest})
    chosen = []
    known = facet_values(speech)
    for facet in FACETS:
        value = typed.get(facet, "").strip()
        if value in known[facet]:
            chosen.append((facet, value))
        elif value:
            notices.append(_("Le filtre « %(value)s » n’est pas connu : il a été ignoré.") % {"value": short(value)})
    sort = next((sort for sort in SORTS if sort == typed.get("tri")), None)
    if typed.get("tri") and sort is None:
        notices.append(_("Le tri « %(value)s » n’est pas connu : il a été ignoré.") % {"value": short(typed["tri"])})
    return Search(words, tuple(chosen), sort, _page(typed.get("page", "")), tuple(notices))


def _page(typed: str) -> int:
    return whole_number(typed, digits=5) or 1


def short(typed: str) -> str:
    """What was typed, on one line that a page can show."""
    plain = "".join(char if char.isprintable() else " " for char in typed).strip()
    return plain if len(plain) <= 40 else f"{plain[:39]}…"


def facet_values(speech: Speech) -> dict[str, dict[str, str]]:
    """Every value that each facet may take, with its name."""
    return speech.shelf.remember(("facets", speech.lang), lambda: _facet_values(speech))


def _facet_values(speech: Speech) -> dict[str, dict[str, str]]:
    catalogue, phrases = speech.catalogue, speech.catalogue.raw["phrases"]
    vocabulary = catalogue.vocabulary
    needs = vocabulary.attributes[vocabulary.roles.needs].values or {}
    return {
        "besoin": {id_: speech.text(name) for id_, name in needs.items()},
        "forme": {id_: speech.instrument(id_) for id_ in phrases["instruments"] if id_ != "none"},
        "ouverture": {state: speech.phrase("intakes", state) for state in STATES},
        "lieu": {code: speech.typeset(vocabulary.places.name(code, speech.lang)) for code in speech.shelf.regions},
        "palier": {id_: speech.text(name) for id_, name in catalogue.levels.items()},
        "organisme": {id_: speech.text(provider.name) for id_, provider in catalogue.providers.items()},
    }


def search_page(search: Search, *, on: date, speech: Speech) -> Plain:
    """Everything that the search page shows."""
    found = speech.shelf.indexes[speech.lang].search(search.words, limit=len(speech.catalogue.programmes))
    hits = [speech.catalogue.programmes[hit.programme_id] for hit in found.hits]
    narrowed = _Narrowed(hits, search, on=on, speech=speech)
    ordered = _ordered(narrowed.kept, search, on=on, speech=speech)
    pages = max(1, -(-len(ordered) // PAGE_SIZE))
    page = min(search.page, pages)
    shown = ordered[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    here = replace(search, page=page)
    return {
        "words": search.words,
        "total": len(ordered),
        "total_words": speech.wording.number(len(ordered)),
        "all": len(speech.catalogue.programmes),
        "cards": cards((programme.id for programme in shown), on=on, speech=speech),
        "facets": _facets(narrowed, search, speech),
        "chosen": _chosen(search, speech),
        "understood": _understood(found, search, speech),
        "notices": list(search.notices),
        "sorts": _sorts(search),
        "order_words": _order_words(search.order),
        "pager": _pager(here, pages),
        "clear_url": Search().url(),
        "words_only_url": replace(search, chosen=(), page=1).url(),
        "suggestions": [] if ordered else _suggestions(narrowed, search, speech),
        "kept_fields": [*search.chosen, *([("tri", search.sort)] if search.sort else [])],
    }


class _Narrowed:
    """The programmes that the words found, narrowed by the choices; and counts of what each choice would keep."""

    def __init__(self, hits: list[Programme], search: Search, *, on: date, speech: Speech) -> None:
        self._hits, self._search, self._speech = hits, search, speech
        self._states = speech.shelf.intakes(on)
        self._only: dict[str, Any] = {
            own: value for facet, own in FACETS.items() if own and (value := search.value(facet))
        }
        self.kept = self.but(None)

    def but(self, facet: str | None) -> list[Programme]:
        """What all the choices keep, or all but one."""
        only: Only = self._only  # type: ignore[assignment]  # its keys are those of FACETS
        return kept(self._local(but=facet), only, but=FACETS.get(facet) if facet else None)

    def _local(self, *, but: str | None = None) -> list[Programme]:
        """What the hub's own facets keep: the state on the day, and the region."""
        state = self._search.value("ouverture") if but != "ouverture" else None
        region = self._search.value("lieu") if but != "lieu" else None
        served = self._speech.shelf.regions[region] if region else None
        return [
            programme
            for programme in self._hits
            if (state is None or self._states[programme.id].state == state)
            and (served is None or programme.id in served)
        ]

    def counts(self) -> dict[str, dict[str, int]]:
        """For each facet, how many programmes each of its values would keep, the other facets as they are."""
        only: Only = self._only  # type: ignore[assignment]  # as above
        core = counted(self._local(), only)
        states = Counter(self._states[programme.id].state for programme in self.but("ouverture"))
        here = {programme.id for programme in self.but("lieu")}
        regions = {code: len(here & served) for code, served in self._speech.shelf.regions.items()}
        own = {"ouverture": {state: states[state] for state in BY_INTAKE if states[state]}, "lieu": regions}
        return {facet: core[name] if name else own[facet] for facet, name in FACETS.items()}


def _ordered(programmes: list[Programme], search: Search, *, on: date, speech: Speech) -> list[Programme]:
    """In the order asked; the programmes come by relevance."""
    order = search.order
    if order == "ouverture":
        return by_intake(programmes, on=on, speech=speech)
    if order == "nom":
        return sorted(programmes, key=lambda programme: (_name_key(programme, speech), programme.id))
    if order == "fraicheur":
        return sorted(programmes, key=lambda programme: (_age(programme, on), _name_key(programme, speech)))
    return programmes


def _name_key(programme: Programme, speech: Speech) -> str:
    return folded(programme.name[speech.lang].casefold())


def _age(programme: Programme, on: date) -> int:
    months = freshness(programme, on=on).months
    return 10_000 if months is None else months


# ------------------------------------------------------------------------------------------------ what is shown


def _facet_titles() -> dict[str, str]:
    return {
        "besoin": _("Besoin"),
        "forme": _("Forme d’aide"),
        "ouverture": _("Dépôt des demandes"),
        "lieu": _("Région"),
        "palier": _("Palier de l’organisme"),
        "organisme": _("Organisme"),
    }


def _facets(narrowed: _Narrowed, search: Search, speech: Speech) -> list[Plain]:
    counts, names, titles = narrowed.counts(), facet_values(speech), _facet_titles()
    shown = []
    for facet in FACETS:
        chosen = search.value(facet)
        values = [value for value, count in counts[facet].items() if count or value == chosen]
        if chosen and chosen not in values:
            values.insert(0, chosen)
        options = [
            {
                "value": value,
                "label": speech.capital(names[facet].get(value, value)),
                "count": counts[facet].get(value, 0),
                "chosen": value == chosen,
                "url": search.choosing(facet, None if value == chosen else value).url(),
            }
            for value in values
        ]
        if options:
            shown.append({"name": facet, "title": titles[facet], "options": options, "chosen": chosen or ""})
    return shown


def _chosen(search: Search, speech: Speech) -> list[Plain]:
    """The choices made, each with the address that takes it away."""
    names, titles = facet_values(speech), _facet_titles()
    return [
        {
            "facet": titles[facet],
            "label": speech.capital(names[facet][value]),
            "remove_url": search.choosing(facet, None).url(),
        }
        for facet, value in search.chosen
    ]


def _understood(found: SearchResults, search: Search, speech: Speech) -> Plain:
    """What was made of the words typed: read as others, put aside, looked for under other names too."""
    asked = content_words(search.words[:LONGEST])
    others = (" ".join(entry) for meaning in speech.shelf.synonyms.of(asked) for entry in meaning.others)
    synonyms = [word for word in dict.fromkeys(others) if word not in search.words.lower()]
    return {
        "corrected": [{"typed": short(word.typed), "used": word.used} for word in found.corrected],
        "unknown": [short(word) for word in found.unknown],
        "synonyms": synonyms[:SYNONYMS_SHOWN],
    }


def _sorts(search: Search) -> list[Plain]:
    names: dict[Sort, str] = {
        "pertinence": _("Pertinence"),
        "ouverture": _("Ouverts d’abord"),
        "fraicheur": _("Faits les plus récents"),
        "nom": _("Nom"),
    }
    return [
        {
            "value": sort,
            "label": names[sort],
            "chosen": sort == search.order,
            "url": replace(search, sort=sort, page=1, notices=()).url(),
        }
        for sort in SORTS
        if sort != "pertinence" or search.words
    ]


def _order_words(order: Sort) -> str:
    said: dict[Sort, Callable[[], str]] = {
        "pertinence": lambda: _(
            "D’abord ceux qui contiennent le plus de vos mots : dans leur nom surtout, puis dans leurs besoins, leur"
            " résumé et leurs conditions."
        ),
        "ouverture": lambda: _(
            "D’abord ceux qui reçoivent des demandes ce jour-là, puis ceux dont l’ouverture n’est pas connue; les"
            " fermés à la fin. À égalité, les faits les plus sûrs et les plus récents."
        ),
        "fraicheur": lambda: _("D’abord ceux dont les faits sont les plus récents; les faits sans date à la fin."),
        "nom": lambda: _("Par ordre alphabétique."),
    }
    return said[order]()


def _pager(search: Search, pages: int) -> Plain:
    def at(page: int) -> str:
        return replace(search, page=page, notices=()).url()

    around: Iterable[int] = sorted({1, pages, *range(max(1, search.page - 2), min(pages, search.page + 2) + 1)})
    return {
        "page": search.page,
        "pages": pages,
        "previous_url": at(search.page - 1) if search.page > 1 else "",
        "next_url": at(search.page + 1) if search.page < pages else "",
        "links": [{"page": page, "url": at(page), "current": page == search.page} for page in around],
    }


def _suggestions(narrowed: _Narrowed, search: Search, speech: Speech) -> list[Plain]:
    """What would show something when nothing is found: one choice less, with how many it gives back."""
    names = facet_values(speech)
    less = []
    for facet, value in search.chosen:
        count = len(narrowed.but(facet))
        if count:
            label = _("Sans le filtre « %(name)s »") % {"name": names[facet][value]}
            less.append({"label": label, "count": count, "url": search.choosing(facet, None).url()})
    return sorted(less, key=lambda item: -item["count"])
