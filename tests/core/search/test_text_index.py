"""Any texts are searched as programmes are: accents, plurals, typing mistakes, both languages, synonyms of the pack."""

from __future__ import annotations

import pytest

from alliage.core.search.synonyms import Synonyms
from alliage.core.search.text_index import TextIndex
from alliage.core.search.texts import Text

WEIGHTS = {"question": 3, "answer": 1}


def text(fr: str, en: str, answer: str = "") -> Text:
    return Text({"fr": (fr, answer), "en": (en, answer)}, (fr, en))


INDEX = TextIndex(
    {
        "1": text("Les frais de douane comptent-ils?", "Do customs duties count?"),
        "2": text("Faut-il un prêt de la banque?", "Is a bank loan needed?", "Non, pour un équipement."),
    },
    weights=WEIGHTS,
    synonyms=Synonyms([["douane", "tarif"]]),
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("prets", ["2"]),  # accents and plurals
        ("dounae", ["1"]),  # a typing mistake
        ("loans", ["2"]),  # the other language
        ("tarifs", ["1"]),  # what means the same
        ("équipements", ["2"]),  # the answer is searched too
        ("frais douane banque", ["1"]),  # at least half of the words
        ("girafe", []),
        ("", []),
        ("'\"*)(", []),
    ],
)
def test_what_is_typed_finds_the_texts_that_hold_it(typed: str, found: list[str]) -> None:
    assert INDEX.search(typed) == found


def test_words_that_no_text_holds_are_put_aside() -> None:
    assert INDEX.search("bonjour girafe voici une situation zygomatique, puis la douane") == ["1"]


def test_a_smaller_share_of_the_words_may_be_enough() -> None:
    typed = "douane prêt banque équipement"
    assert INDEX.search(typed) == ["2"]
    assert INDEX.search(typed, share=0.25) == ["2", "1"]


def test_no_text_is_searched_without_an_error() -> None:
    assert TextIndex({}, weights=WEIGHTS, synonyms=Synonyms([])).search("douane") == []
