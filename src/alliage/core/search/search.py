"""Full-text search over a catalogue in both languages, with counted facets.

Each word of a query counts by its best form: itself, or at a lower worth what the pack says means the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias, Unpack

from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.catalogue.programme import Programme
from alliage.core.rules.condition import Leaf
from alliage.core.search.analysis import parts
from alliage.core.search.results import Correction, Hit, Only, SearchResults, counted, kept
from alliage.core.search.synonyms import Synonyms, content_words, word_terms
from alliage.core.search.tables import Scores, Tables
from alliage.core.vocabulary.truth import Truth

LONGEST = 2_000  # characters of a query that are read
LONGEST_WORD = 60
MOST_WORDS = 16  # different words of a query that are looked for
SAME_MEANING = 0.6  # worth of a word found by what means the same

Found: TypeAlias = Mapping[str, tuple[float, tuple[str, ...]]]  # score and words matched, by programme
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
        tables = Tables(catalogue, lang=lang)
        return cls(catalogue=catalogue, tables=tables, synonyms=Synonyms(catalogue.synonyms))

    def search(self, words: str, *, limit: int = 20, **only: Unpack[Only]) -> SearchResults:
        """The programmes that hold at least half of the words, best first, then by id. Never raises.

        No words at all: every programme by id, so that the filters browse. Words of which nothing is known: none.
        A word that nothing holds is completed or corrected, and said; failing that it is put aside, and said.
        """
        if not words.strip():
            return self._results(dict.fromkeys(self._catalogue.programmes, (0.0, ())), limit=limit, only=only)
        read = (word[:LONGEST_WORD] for word in content_words(words[:LONGEST]))
        query = _Query(list(dict.fromkeys(read))[:MOST_WORDS], tables=self._tables, synonyms=self._synonyms)
        return self._results(query.found(), limit=limit, only=only, query=query)

    def _results(self, found: Found, *, limit: int, only: Only, query: _Query | None = None) -> SearchResults:
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


class _Query:
    """One search: the words as typed and as looked for, and the programmes that hold each."""

    def __init__(self, words: Sequence[str], *, tables: Tables, synonyms: Synonyms) -> None:
        self._tables, self._synonyms = tables, synonyms
        self.corrected: list[Correction] = []
        self.unknown: list[str] = []
        self._typed: dict[str, str] = {}  # by the word looked for
        self._scores: list[Scores] = []
        for word in words:
            self._add(word)
        self._add_meanings()

    def _add(self, word: str) -> None:
        """Look for a word; if nothing holds it, for the parts of the compound, else for a known word."""
        scores, used = self._tables.holding(word), word
        inside = parts(word)
        if not scores and len(inside) > 1:
            for part in inside:
                self._add(part)
            return
        if not scores and not any(self._synonyms.of([word])):
            known = self._tables.known_word(word)
            if known is None:
                self.unknown.append(word)
                return
            self.corrected.append(Correction(word, known))
            scores, used = self._tables.holding(known), known
        if used not in self._typed:
            self._typed[used] = word
            self._scores.append(scores)

    def _add_meanings(self) -> None:
        """Where words mean something that can be said otherwise, what says it otherwise is found too."""
        for meaning in self._synonyms.of(list(self._typed)):
            for id_, score in self._tables.saying(meaning.others).items():
                for own in self._scores[meaning.first : meaning.last]:
                    own[id_] = max(own.get(id_, 0.0), SAME_MEANING * score)

    def found(self) -> Found:
        """Programmes that hold at least half of the words; the more of them, and of its name, the better."""
        sums: Scores = {}
        matched: dict[str, list[str]] = {}
        for typed, scores in zip(self._typed.values(), self._scores, strict=True):
            for id_, score in scores.items():
                sums[id_] = sums.get(id_, 0.0) + score
                matched.setdefault(id_, []).append(typed)
        size = len(self._typed)
        said = frozenset[str]().union(*(word_terms(word) for word in self._typed))
        return {
            id_: (sums[id_] * len(held) / size * (1 + self._tables.named(id_, said)), tuple(held))
            for id_, held in matched.items()
            if 2 * len(held) >= size
        }
