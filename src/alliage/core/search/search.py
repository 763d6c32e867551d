"""Full-text search over a catalogue in both languages, with counted facets.

Each word of a query counts by its best form: itself, or at a lower worth what the pack says means the same.
"""

from __future__ import annotations

from typing import Unpack

from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.catalogue.programme import Programme
from alliage.core.rules.condition import Leaf
from alliage.core.search.fields import WEIGHTS, texts_of
from alliage.core.search.query import Found, Query, read_words
from alliage.core.search.results import Hit, Only, SearchResults, counted, kept
from alliage.core.search.synonyms import Synonyms
from alliage.core.search.tables import Tables
from alliage.core.vocabulary.truth import Truth

_REFUSED = {"within": Truth.FALSE, "not_within": Truth.TRUE}


class SearchIndex:
    """The words of a catalogue, ready to be searched. Make one with :meth:`of` and keep it with its catalogue."""

    def __init__(self, *, catalogue: Catalogue, tables: Tables, synonyms: Synonyms) -> None:
        self._catalogue, self._tables, self._synonyms = catalogue, tables, synonyms

    @classmethod
    def of(cls, catalogue: Catalogue, *, lang: str = "fr") -> SearchIndex:
        """The index of a catalogue. Both languages are searched; words in the reader's ``lang`` count a little more.

        Raises:
            AlliageError: ``search-engine-missing`` if this Python's SQLite was built without FTS5.
        """
        tables = Tables(texts_of(catalogue), weights=WEIGHTS, lang=lang)
        return cls(catalogue=catalogue, tables=tables, synonyms=Synonyms(catalogue.synonyms))

    def search(self, words: str, *, limit: int = 20, **only: Unpack[Only]) -> SearchResults:
        """The programmes that hold at least half of the words, best first, then by id. Never raises.

        No words at all: every programme by id, so that the filters browse. Words of which nothing is known: none.
        A word that nothing holds is completed or corrected, and said; failing that it is put aside, and said.
        """
        if not words.strip():
            return self._results(dict.fromkeys(self._catalogue.programmes, (0.0, ())), limit=limit, only=only)
        query = Query(read_words(words), tables=self._tables, synonyms=self._synonyms)
        return self._results(query.found(), limit=limit, only=only, query=query)

    def _results(self, found: Found, *, limit: int, only: Only, query: Query | None = None) -> SearchResults:
        programmes = [self._catalogue.programmes[id_] for id_ in found]
        programmes = [programme for programme in programmes if self._stays(programme, only)]
        hits = [Hit(p.id, round(found[p.id][0], 4), found[p.id][1]) for p in kept(programmes, only)]
        hits.sort(key=lambda hit: (-hit.score, hit.programme_id))
        return SearchResults(
            hits=tuple(hits[: max(limit, 0)]),
            total=len(hits),
            facets=counted(programmes, only),
            corrected=tuple(query.corrected) if query else (),
            unknown=tuple(query.unknown) if query else (),
        )

    def _stays(self, programme: Programme, only: Only) -> bool:
        among, place = only.get("among"), only.get("place")
        return (among is None or programme.id in among) and (place is None or self._serves(programme, place))

    def _serves(self, programme: Programme, place: str) -> bool:
        """Whether no condition of a programme on the territory is surely false for a place."""
        vocabulary = self._catalogue.vocabulary
        if place not in vocabulary.places:
            return False
        return not any(
            vocabulary.places.relation(place, leaf.operand)[0] is _REFUSED[leaf.operator]
            for leaf in programme.conditions
            if isinstance(leaf, Leaf) and leaf.attribute == vocabulary.roles.territory
        )
