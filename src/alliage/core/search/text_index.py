"""Full-text search over any texts in both languages, by the same analysis as programmes."""

from __future__ import annotations

from collections.abc import Mapping

from alliage.core.search.query import HALF, Query, read_words
from alliage.core.search.synonyms import Synonyms
from alliage.core.search.tables import Tables
from alliage.core.search.texts import Text


class TextIndex:
    """The words of texts by their ids, ready to be searched."""

    def __init__(
        self, texts: Mapping[str, Text], *, weights: Mapping[str, float], synonyms: Synonyms, lang: str = "fr"
    ) -> None:
        """``weights``: what a word counts for in each field of the texts, by the name of the field.

        Raises:
            AlliageError: ``search-engine-missing`` if this Python's SQLite was built without FTS5.
        """
        self._tables, self._synonyms = Tables(texts, weights=weights, lang=lang), synonyms

    def search(self, words: str, *, limit: int = 20, share: float = HALF) -> list[str]:
        """The ids of the texts that hold at least this share of the words, best first. Never raises.

        Words of which nothing is known, or none at all, give none. Typing mistakes are corrected, as for programmes.
        """
        found = Query(read_words(words), tables=self._tables, synonyms=self._synonyms).found(share=share)
        return sorted(found, key=lambda id_: (-found[id_][0], id_))[:limit]
