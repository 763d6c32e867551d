"""Activities found by the words of the trade, in French above all: most titles are known in English only."""

from __future__ import annotations

import pytest
from django.test import Client

from alliage.core.catalogue.catalogue import Catalogue
from alliage.hub.finder.forms.activities import Activities
from tests.hub.finder.test_pages import text

# A word, and the codes of which one at least is what the person means: the first to be offered.
TRADE = [
    ("soudure", {"332319"}),
    ("soudage", {"332319"}),
    ("welding", {"332319"}),
    ("usinage", {"3327", "332710"}),
    ("fonderie", {"3315"}),
    ("extrusion", {"331317"}),
    ("moules", {"333511"}),
    ("fenêtre", {"332321"}),
    ("portes et fenetres", {"332321"}),
    ("chaudronnerie", {"332319"}),
    ("remorque", {"336212"}),
    ("bateaux", {"336612"}),
    ("anodisation", {"332810"}),
    ("peinture en poudre", {"332810"}),
    ("peinture", {"332810"}),
    ("construction", {"23"}),
    ("transport", {"48"}),
    ("camionnage", {"484"}),
    ("recyclage", {"418110", "562920"}),
]


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(("word", "codes"), TRADE, ids=[word for word, _ in TRADE])
def test_a_word_of_the_trade_finds_its_activity(catalogue: Catalogue, lang: str, word: str, codes: set[str]) -> None:
    found = Activities(catalogue, catalogue.vocabulary.attributes["company.naics"], lang=lang).search(word)
    assert codes <= {activity.code for activity in found}


def test_a_title_of_the_other_language_comes_last_and_says_so(visitor: Client) -> None:
    address = "/trouver/question/company.naics/"
    sent = {"company.naics__here": "1", "company.naics__search": "peinture", "do": "search"}
    page = visitor.post(address, sent)
    options = page.context["question"].options
    assert [option.lang or "" for option in options] == sorted(option.lang or "" for option in options)
    assert '<span lang="en">Paint and coating manufacturing</span>' in page.content.decode()
    assert "titre connu en anglais seulement" in text(page)


@pytest.mark.parametrize(("start", "words"), [("", "un mot anglais"), ("/en", "an English word")])
def test_words_that_find_nothing_are_told_what_else_to_try(visitor: Client, start: str, words: str) -> None:
    sent = {"company.naics__here": "1", "company.naics__search": "zzzz", "do": "search"}
    assert words in text(visitor.post(f"{start}/trouver/question/company.naics/", sent))
