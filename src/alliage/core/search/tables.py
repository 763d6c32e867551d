"""The words of texts in two SQLite FTS5 tables in memory, one a language.

They hold the index only, made from the texts and thrown away with them: the core never reads a database.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from alliage.core.search.analysis import LANGUAGES, Nearest, compound_terms, compounds, folded, joined, parts, stems
from alliage.core.search.synonyms import Entry, content_words, word_terms
from alliage.core.search.texts import Text
from alliage.core.vocabulary.errors import AlliageError, Problem

OTHER_LANGUAGE = 0.8  # worth of a word found in the language that is not the reader's
NEAR = 6  # terms within which the words of an expression stand
SHORTEST_BEGINNING = 4  # letters from which an unknown word may be the beginning of a known one

Scores = dict[str, float]


class Tables:
    """Which texts hold a word or an expression, and how well."""

    def __init__(self, texts: Mapping[str, Text], *, weights: Mapping[str, float], lang: str) -> None:
        """Both languages are kept; what is found in ``lang`` counts a little more.

        ``weights``: what a word counts for in each field, by the name of the field.

        Raises:
            AlliageError: ``search-engine-missing`` if this Python's SQLite was built without FTS5.
        """
        self._texts = texts
        self._ids = sorted(texts)
        self._worth = {each: 1.0 if each == lang else OTHER_LANGUAGE for each in LANGUAGES}
        self._met: Counter[str] = Counter()
        self._tables = _engine(weights)
        self._select = {each: _selection(each, weights) for each in LANGUAGES}
        for each in LANGUAGES:
            self._tables.executemany(_insertion(each, weights), self._rows(each))

    def _rows(self, lang: str) -> Iterable[tuple[int | str, ...]]:
        """A row for each text: its number, then the terms of each field."""
        for row, id_ in enumerate(self._ids, start=1):
            fields = [list(compounds(field)) for field in self._texts[id_].fields[lang]]
            for field in fields:
                self._met.update(field)
            yield (row, *(" ".join(t for word in field for t in compound_terms(word, lang)) for field in fields))

    def holding(self, word: str) -> Scores:
        """The texts that hold a word, with how well."""
        return self._best((lang, _word_expression(word, lang), 1) for lang in LANGUAGES)

    def saying(self, entries: Iterable[Entry]) -> Scores:
        """The texts that hold one of several expressions, with how well; the words of one share its score."""
        return self._best((lang, _entry_expression(entry, lang), len(entry)) for entry in entries for lang in LANGUAGES)

    def _best(self, expressions: Iterable[tuple[str, str, int]]) -> Scores:
        """For each text, its best score over the expressions: a meaning said in ten ways counts once."""
        best: Scores = {}
        for lang, expression, size in expressions:
            for row, score in self._tables.execute(self._select[lang], (expression,)):
                id_ = self._ids[row - 1]
                best[id_] = max(best.get(id_, 0.0), self._worth[lang] * score / size)
        return best

    def known_word(self, word: str) -> str | None:
        """The known word that an unknown one begins, else the nearest one; ``None`` if there is none."""
        bare = folded(word)
        begun = [known for known in self._surface if known.startswith(bare)] if len(bare) >= SHORTEST_BEGINNING else []
        if begun:
            return min(begun, key=lambda known: (-self._surface[known], known))
        return self._nearest.of(bare)

    @cached_property
    def _surface(self) -> Mapping[str, int]:
        """Every word met, without accents, and how often."""
        words: Counter[str] = Counter()
        for compound, times in self._met.items():
            for part in parts(compound):
                words[folded(part)] += times
        return words

    @cached_property
    def _nearest(self) -> Nearest:
        return Nearest(self._surface)

    def named(self, id_: str, said: frozenset[str]) -> float:
        """The share of a name of a text that these terms say, in letters, in the language that says most of it."""
        return max((_share(name, said) for name in self._names[id_]), default=0.0)

    @cached_property
    def _names(self) -> Mapping[str, list[list[tuple[int, frozenset[str]]]]]:
        """The words of each name of each text: their length and their terms."""
        return {
            id_: [[(len(word), word_terms(word)) for word in content_words(name)] for name in text.names]
            for id_, text in self._texts.items()
        }


# Only names of fields and numbers of ours enter these statements; what is searched is always a parameter.


def _insertion(lang: str, weights: Mapping[str, float]) -> str:
    marks = ", ".join("?" for _ in weights)
    return f"INSERT INTO {lang} (rowid, {', '.join(weights)}) VALUES (?, {marks})"  # noqa: S608 - as above


def _selection(lang: str, weights: Mapping[str, float]) -> str:
    numbers = ", ".join(str(weight) for weight in weights.values())
    return f"SELECT rowid, -bm25({lang}, {numbers}) FROM {lang} WHERE {lang} MATCH ?"  # noqa: S608 - as above


def _engine(weights: Mapping[str, float]) -> sqlite3.Connection:
    # Several threads may search: SQLite takes them one at a time, and nothing is written after the index is made.
    tables = sqlite3.connect(":memory:", check_same_thread=False)
    try:
        for lang in LANGUAGES:
            columns = f"{', '.join(weights)}, content='', tokenize='unicode61 remove_diacritics 0'"
            tables.execute(f"CREATE VIRTUAL TABLE {lang} USING fts5({columns})")
    except sqlite3.OperationalError:
        found = f"SQLite {sqlite3.sqlite_version}"
        raise AlliageError([Problem("search-engine-missing", "sqlite3", found, "FTS5")]) from None
    return tables


def _share(name: Sequence[tuple[int, frozenset[str]]], said: frozenset[str]) -> float:
    letters = sum(length for length, _ in name)
    return sum(length for length, terms in name if not terms.isdisjoint(said)) / letters if letters else 0.0


def _word_expression(word: str, lang: str) -> str:
    """A word as FTS5 looks for it: any of its stems; for a compound, in one piece or its parts side by side."""
    inside, whole = parts(word), joined(word)
    ways = [_quoted(term) for term in stems(whole or word, lang)]
    return " OR ".join([*ways, _side_by_side(inside, lang)] if whole and inside else ways)


def _entry_expression(entry: Entry, lang: str) -> str:
    """An expression as FTS5 looks for it."""
    if len(entry) == 1:
        return _word_expression(entry[0], lang)
    return _side_by_side([part for word in entry for part in (parts(word) or (joined(word) or word,))], lang)


def _side_by_side(words: Sequence[str], lang: str) -> str:
    quoted = [_quoted(stems(word, lang)[0]) for word in words]
    return quoted[0] if len(quoted) == 1 else f"NEAR({' '.join(quoted)}, {NEAR})"


def _quoted(term: str) -> str:
    """A term as a string of FTS5: letters and digits only, so nothing to escape."""
    return f'"{term}"'
