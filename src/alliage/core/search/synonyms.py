"""Words that mean the same in a search: where a query says one of a group, the others are looked for too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from alliage.core.search.analysis import LANGUAGES, compound_terms, compounds, parts

Entry = tuple[str, ...]  # the words of an entry, stop words left out


@dataclass(frozen=True, slots=True)
class Meaning:
    """Words ``first`` to ``last`` (left out) of a query, and other entries that mean the same."""

    first: int
    last: int
    others: tuple[Entry, ...]


class Synonyms:
    """The groups of a pack, ready to be met in a query."""

    def __init__(self, groups: Iterable[Iterable[str]]) -> None:
        self._groups = [tuple(dict.fromkeys(content_words(entry) for entry in group)) for group in groups]
        self._by_term: dict[str, list[tuple[int, Entry]]] = {}
        for at, group in enumerate(self._groups):
            for entry in group:
                for term in sorted(word_terms(entry[0])) if entry else ():
                    self._by_term.setdefault(term, []).append((at, entry))

    def of(self, words: Sequence[str]) -> Iterator[Meaning]:
        """The meanings found in the words of a query; a longer entry hides the shorter ones inside it."""
        found: dict[tuple[int, int], dict[int, None]] = {}
        for first, word in enumerate(words):
            for term in sorted(word_terms(word)):
                for group, entry in self._by_term.get(term, ()):
                    last = first + len(entry)
                    if _same(words[first:last], entry):
                        found.setdefault((first, last), {})[group] = None
        for (first, last), groups in sorted(found.items()):
            if any(start <= first and last <= end and (start, end) != (first, last) for start, end in found):
                continue
            said = tuple(words[first:last])
            others = (entry for group in groups for entry in self._groups[group] if not _same(said, entry))
            yield Meaning(first, last, tuple(dict.fromkeys(others)))


def content_words(text: str) -> Entry:
    """The words of a text that are worth looking for."""
    return tuple(word for word in compounds(text) if word_terms(word))


def word_terms(word: str) -> frozenset[str]:
    """Every term of a word, in all languages."""
    return frozenset(term for lang in LANGUAGES for term in compound_terms(word, lang))


def _same(words: Sequence[str], entry: Entry) -> bool:
    return len(words) == len(entry) and all(_meet(word, other) for word, other in zip(words, entry, strict=True))


def _meet(word: str, other: str) -> bool:
    """Whether two words share a term; a compound must be the same in one piece, or have all the same parts."""
    if len(parts(word)) > 1 or len(parts(other)) > 1:
        return any(set(compound_terms(word, lang)) == set(compound_terms(other, lang)) for lang in LANGUAGES)
    return not word_terms(word).isdisjoint(word_terms(other))
