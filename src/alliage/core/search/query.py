"""One search: the words as they are typed and as they are looked for, and the texts that hold them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from alliage.core.search.analysis import parts
from alliage.core.search.results import Correction
from alliage.core.search.synonyms import Synonyms, content_words, word_terms
from alliage.core.search.tables import Scores, Tables

LONGEST = 2_000  # characters of a query that are read
LONGEST_WORD = 60
MOST_WORDS = 16  # different words of a query that are looked for
SAME_MEANING = 0.6  # worth of a word found by what means the same
HALF = 0.5

Found: TypeAlias = Mapping[str, tuple[float, tuple[str, ...]]]  # score and words matched, by the id of the text


def read_words(typed: str) -> list[str]:
    """The words of what was typed that are looked for."""
    read = (word[:LONGEST_WORD] for word in content_words(typed[:LONGEST]))
    return list(dict.fromkeys(read))[:MOST_WORDS]


class Query:
    """The words as typed and as looked for, and the texts that hold each."""

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

    def found(self, *, share: float = HALF) -> Found:
        """Texts that hold at least this share of the words; the more of them, and of their name, the better."""
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
            if len(held) >= share * size
        }
