"""Activities found by words: the codes whose titles, or the pack's words for them, say what was typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.rules.condition import leaves
from alliage.core.search.analysis import LANGUAGES, STOP_WORDS, compounds, folded, stems
from alliage.core.vocabulary.attributes import Attribute

MOST_OFFERED = 12
LONGEST = 120
_BROAD = 3  # digits of a code that says a whole industry
_USUAL = 10


@dataclass(frozen=True, slots=True)
class Activity:
    """One code with its title. ``lang`` is the language of the title if it is not the reader's."""

    code: str
    title: str
    lang: str | None


class Activities:
    """The codes of one question, ready to be searched, with titles in one language where they are known."""

    def __init__(self, catalogue: Catalogue, attribute: Attribute, *, lang: str) -> None:
        self._table = catalogue.vocabulary.codes[attribute.codes or ""]
        self._lang = lang
        more = catalogue.vocabulary.code_words.get(attribute.codes or "", {})
        self._words = {code: _terms([*title.values(), *more.get(code, ())]) for code, title in self._table.items()}
        named = Counter(
            prefix[:_BROAD]
            for programme in catalogue.programmes.values()
            for condition in programme.conditions
            for leaf in leaves(condition)
            if leaf.attribute == attribute.id
            for prefix in leaf.operand
            if len(prefix) > _BROAD
        )
        self._usual = tuple(code for code, _ in named.most_common(_USUAL) if self._table.get(code, {}).get(lang))

    def one(self, code: str) -> Activity:
        """A code with its title."""
        title = self._table.get(code, {})
        own = title.get(self._lang)
        if own:
            return Activity(code, own, None)
        other = next(((lang, text) for lang, text in title.items() if text), None)
        return Activity(code, other[1] if other else "", other[0] if other else None)

    def usual(self) -> list[Activity]:
        """Broad activities that the programmes speak of, for who finds no words."""
        return [self.one(code) for code in self._usual]

    def search(self, typed: str) -> list[Activity]:
        """The codes that begin with the digits typed, or whose titles hold the words: the best first."""
        text = typed.strip()[:LONGEST]
        digits = text.replace(" ", "")
        if digits.isdecimal():
            found = [code for code in self._table if code.startswith(digits)]
            return [self.one(code) for code in sorted(found, key=lambda code: (len(code), code))[:MOST_OFFERED]]
        wanted = [
            frozenset(term for lang in LANGUAGES for term in stems(word, lang))
            for word in compounds(text)
            if folded(word) not in STOP_WORDS
        ]
        scored = [(held, code) for code, words in self._words.items() if (held := _held(wanted, words))]
        most = max((held for held, _ in scored), default=0)
        best = [code for held, code in scored if held == most]
        best = [code for code in best if not self._repeats(code, best)]
        best.sort(key=lambda code: (not self._table[code].get(self._lang), len(code), code))
        return [self.one(code) for code in best[:MOST_OFFERED]]

    def _repeats(self, code: str, found: list[str]) -> bool:
        """Whether a longer code of the list says the same: the longer one is the more precise."""
        title = self._table[code]
        return any(other != code and other.startswith(code) and self._table[other] == title for other in found)


def _held(wanted: list[frozenset[str]], words: frozenset[str]) -> int:
    """How many words a title holds; the beginning of a word counts from four letters."""
    return sum(1 for terms in wanted if not terms.isdisjoint(words) or _begun(terms, words))


def _begun(terms: frozenset[str], words: frozenset[str]) -> bool:
    return any(len(term) >= 4 and word.startswith(term) for term in terms for word in words)


def _terms(titles: Iterable[str]) -> frozenset[str]:
    return frozenset(
        term
        for title in titles
        for word in compounds(title)
        if folded(word) not in STOP_WORDS
        for lang in LANGUAGES
        for term in stems(word, lang)
    )
