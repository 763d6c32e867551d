"""Words to terms: the same analysis for what is indexed and for what is asked, in French and in English.

A word gives the stem of its accented form and the stem of its bare form, both without accents: `« prêts »`, `prets`
and `prêt` then meet. A compound (`R-D`, `R&D`, `4.0`) gives its parts and itself in one piece (`rd`, `40`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

import Stemmer

LANGUAGES = ("fr", "en")

_STEMMERS = {"fr": Stemmer.Stemmer("french"), "en": Stemmer.Stemmer("english")}
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "’": "'", "‘": "'", "–": " ", "—": " "})
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:[ ,\u00a0\u202f]\d{3})+(?![\d,])")
_COMPOUND = re.compile(r"[^\W_]+(?:[-&.'+][^\W_]+)*")
_PART = re.compile(r"[^\W_]+")
_ELISION = re.compile(r"(?<![^\W_])(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)'(?=[^\W_])")
_POSSESSIVE = re.compile(r"'s(?![^\W_])")

_SMALL_WORDS = {
    "fr": "au aux avec ce ces cette dans de des du elle en est et il ils je la le les leur leurs ma mes mon ne nos "
    "notre nous on ou par pas plus pour qu que qui sa se ses son sont sur ta te tes ton un une vos votre vous",
    "en": "about an and are as at be by can for from has have how in is it my of or our that the their this to we "
    "what which with you your",
}
STOP_WORDS = frozenset(" ".join(_SMALL_WORDS.values()).split())  # without accents


def folded(text: str) -> str:
    """Lower case, without accents."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LIGATURES))
    return "".join(char for char in plain if not unicodedata.combining(char)) or text


def compounds(text: str) -> Iterator[str]:
    """The words of a text in lower case, accents kept, without elisions; a compound stays in one piece.

    >>> list(compounds("L'aide à la R-D : jusqu'à 50 000 $"))
    ['aide', 'à', 'la', 'r-d', 'à', '50000']
    """
    lower = unicodedata.normalize("NFC", text).lower().translate(_LIGATURES)
    lower = _THOUSANDS.sub(lambda found: re.sub(r"\D", "", found.group()), lower)
    lower = _POSSESSIVE.sub("", _ELISION.sub("", lower))
    yield from _COMPOUND.findall(lower)


def parts(compound: str) -> tuple[str, ...]:
    """The words of a compound that are worth looking for: no stop word, no letter on its own.

    >>> parts("saguenay-lac-saint-jean"), parts("r-d"), parts("essor")
    (('saguenay', 'lac', 'saint', 'jean'), (), ('essor',))
    """
    found = _PART.findall(compound)
    return tuple(part for part in found if (len(part) > 1 or part.isdigit()) and folded(part) not in STOP_WORDS)


def joined(compound: str) -> str | None:
    """A compound in one piece, without accents; ``None`` for a plain word.

    >>> joined("r-d"), joined("sr&ed"), joined("prêt")
    ('rd', 'sred', None)
    """
    found = _PART.findall(compound)
    return folded("".join(found)) if len(found) > 1 else None


@lru_cache(maxsize=50_000)
def stems(word: str, lang: str) -> tuple[str, ...]:
    """The stems of a word in a language, of its accented and of its bare form, without accents.

    >>> stems("équipements", "fr"), stems("hiring", "en")
    (('equip',), ('hire',))
    """
    stem = _STEMMERS[lang].stemWord
    bare = folded(word)
    if bare.isdigit():
        return (bare,)
    return tuple(dict.fromkeys((folded(stem(word)), folded(stem(bare)))))


@lru_cache(maxsize=50_000)
def compound_terms(compound: str, lang: str) -> tuple[str, ...]:
    """All the terms under which a compound is indexed."""
    whole = joined(compound)
    found = [term for part in parts(compound) for term in stems(part, lang)]
    return tuple(found) if whole is None else (*found, *stems(whole, lang))


def terms(text: str, *, lang: str) -> list[str]:
    """The terms of a text in one language, in its order.

    >>> terms("Prêts pour l'équipement et la R-D", lang="fr")
    ['pret', 'equip', 'rd']
    """
    return [term for compound in compounds(text) for term in compound_terms(compound, lang)]


class Nearest:
    """Known words near an unknown one: those that share trigrams, then the fewest edits, then the commonest."""

    def __init__(self, words: Mapping[str, int]) -> None:
        """``words``: known words without accents, and how often each is met."""
        self._words = words
        self._by_trigram: dict[str, list[str]] = {}
        for word in sorted(words):
            for trigram in _trigrams(word):
                self._by_trigram.setdefault(trigram, []).append(word)

    def of(self, word: str) -> str | None:
        """The nearest known word: one edit away at most, two from eight letters; ``None`` if there is none."""
        limit = 1 if len(word) < 8 else 2
        if not 4 <= len(word) <= 30 or word.isdigit():
            return None
        shared: dict[str, int] = {}
        for trigram in _trigrams(word):
            for known in self._by_trigram.get(trigram, ()):
                if abs(len(known) - len(word)) <= limit:
                    shared[known] = shared.get(known, 0) + 1
        likely = sorted(shared, key=lambda known: (-shared[known], known))[:40]
        near = [(distance, -self._words[known], known) for known in likely if (distance := edits(word, known)) <= limit]
        return min(near)[2] if near else None


def _trigrams(word: str) -> set[str]:
    padded = f"^{word}$"
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


def edits(one: str, other: str) -> int:
    """Edits between two words: letters put, taken, changed, or swapped with the next (optimal string alignment).

    >>> edits("canexprot", "canexport"), edits("prêt", "prêts"), edits("abc", "")
    (1, 1, 3)
    """
    earlier: list[int] = []
    previous = list(range(len(other) + 1))
    for row, char in enumerate(one, start=1):
        current = [row]
        for column, match in enumerate(other, start=1):
            best = min(previous[column] + 1, current[-1] + 1, previous[column - 1] + (char != match))
            if row > 1 and column > 1 and char == other[column - 2] and one[row - 2] == match:
                best = min(best, earlier[column - 2] + 1)
            current.append(best)
        earlier, previous = previous, current
    return previous[-1]
