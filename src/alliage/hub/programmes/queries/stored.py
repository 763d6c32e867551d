"""The catalogue as the database has it, kept by each process for as long as it is true.

One row names the exact content (:class:`~alliage.hub.programmes.models.CatalogueState`): reading it is the one query
that a page pays; everything else is read again only when that row says so.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Hashable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from django.conf import settings

import alliage
from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.catalogue.intake import Intake, intake_on
from alliage.core.matching.receipt import Receipts, wording
from alliage.core.rules.wording import LANGUAGES, Wording
from alliage.core.search.search import SearchIndex
from alliage.core.search.synonyms import Synonyms
from alliage.core.vocabulary.errors import AlliageError
from alliage.hub.programmes import documents, overlays
from alliage.hub.programmes.documents import Document
from alliage.hub.programmes.models import CatalogueState, Programme, Redirect

REGION = "region"  # the level of places by which a person narrows a list
DAYS_KEPT = 8
MOST_REMEMBERED = 32
Made = TypeVar("Made")

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Shelf:
    """A catalogue with what is made from it once: its words, its receipts, a search index for each language."""

    stamp: str
    catalogue: Catalogue
    _intakes: dict[date, Mapping[str, Intake]] = field(default_factory=dict, repr=False)
    _remembered: dict[Hashable, Any] = field(default_factory=dict, repr=False)

    @cached_property
    def words(self) -> Mapping[str, Wording]:
        """The words of the catalogue by language."""
        return {lang: wording(self.catalogue, lang=lang) for lang in LANGUAGES}

    @cached_property
    def indexes(self) -> Mapping[str, SearchIndex]:
        """A search index by language."""
        return {lang: SearchIndex.of(self.catalogue, lang=lang) for lang in LANGUAGES}

    @cached_property
    def receipts(self) -> Receipts:
        """What draws receipts for this catalogue."""
        return Receipts(self.catalogue)

    @cached_property
    def synonyms(self) -> Synonyms:
        """The words that mean the same in a search."""
        return Synonyms(self.catalogue.synonyms)

    @cached_property
    def regions(self) -> Mapping[str, frozenset[str]]:
        """For each region, the programmes that it does not rule out."""
        places, every = self.catalogue.vocabulary.places.places, len(self.catalogue.programmes)
        index = self.indexes[LANGUAGES[0]]
        return {
            place.code: frozenset(hit.programme_id for hit in index.search("", limit=every, place=place.code).hits)
            for place in places.values()
            if place.level == REGION
        }

    def remember(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What was made under a key, or is made now; it is shown as it is, never changed. A few things are kept."""
        known: Made | None = self._remembered.get(key)
        if known is None:
            known = make()
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            self._remembered[key] = known
        return known

    def intakes(self, on: date) -> Mapping[str, Intake]:
        """The intake of every programme on a day, for any company; the last days asked are kept."""
        found = self._intakes.get(on)
        if found is None:
            programmes = self.catalogue.programmes.values()
            found = {programme.id: intake_on(programme, on=on, answers={}) for programme in programmes}
            if len(self._intakes) >= DAYS_KEPT:
                self._intakes.clear()
            self._intakes[on] = found
        return found


@dataclass
class _Page:
    """What the request under way has read."""

    shelf: Shelf | None = None


_page: ContextVar[_Page | None] = ContextVar("catalogue_of_the_page", default=None)
_kept: Shelf | None = None
_lock = threading.Lock()


def current_shelf() -> Shelf:
    """What the site shows now, the same for a whole request; before the first load, the pack as it is on disk."""
    page = _page.get()
    if page is None:
        return _shelf_now()
    if page.shelf is None:
        page.shelf = _shelf_now()
    return page.shelf


def begin_page(**_signal: object) -> None:
    """A request begins: what it reads first, it keeps."""
    _page.set(_Page())


def end_page(**_signal: object) -> None:
    """A request ends, or has just changed the catalogue."""
    _page.set(None)


def _shelf_now() -> Shelf:
    state = CatalogueState.objects.defer("parts").first()
    stamp = state.stamp if state else ""
    found = _kept
    if found is not None and found.stamp == stamp:
        return found
    with _lock:
        return _renewed(state)


def current_catalogue() -> Catalogue:
    """The catalogue that the site shows now: the documents of the database with the vocabulary of their pack."""
    return current_shelf().catalogue


def stored_catalogue() -> Catalogue | None:
    """The catalogue of the documents alone, without their confirmations, read again; ``None`` before the first load.

    For actions, which compare documents: a confirmation is no change of one. It is never kept.
    """
    state = CatalogueState.objects.select_related("parts").first()
    return _read(state, lay=dict) if state else None


@lru_cache(maxsize=1)
def _on_disk() -> Catalogue:
    """The pack as its files are; a broken programme takes no other with it."""
    try:
        return alliage.load_pack(settings.ALLIAGE_PACK, cache=settings.DATA / "compiled")
    except AlliageError:
        found = documents.read(settings.ALLIAGE_PACK)
    for refused in found.refused:
        log.error("programme left out: %s: %s", refused.id, [problem.as_dict() for problem in refused.problems])
    return documents.assemble(found.parts, found.documents, {}, revision=found.revision)[0]


def _renewed(state: CatalogueState | None) -> Shelf:
    global _kept  # noqa: PLW0603 - a process keeps one catalogue
    stamp = state.stamp if state else ""
    if _kept is None or _kept.stamp != stamp:
        catalogue = _read(state) if state else _on_disk()
        _kept = Shelf(stamp, catalogue)
    return _kept


def _read(
    state: CatalogueState, *, lay: Callable[[Mapping[str, Document]], dict[str, Document]] = overlays.laid
) -> Catalogue:
    living = Programme.objects.filter(retired=None).order_by("id").values_list("id", "current__document")
    redirects = dict(Redirect.objects.values_list("old", "programme_id"))
    revision = state.stamp[:12] if state.edited else state.pack_revision
    catalogue, wrong = documents.assemble(state.parts.content, lay(dict(living)), redirects, revision=revision)
    for id_, problems in wrong.items():
        # an edit that was good with an older vocabulary: the rest of the site lives on without it
        log.error("programme left out of the catalogue: %s: %s", id_, [problem.as_dict() for problem in problems])
    return catalogue
