"""Each text of a pack exists in French and in English, and is a text."""

import re
from pathlib import Path

import pytest

from tests.house.repository import load, mappings_in, name_of, pack_texts

LANGUAGES = {"fr", "en"}
# An official page may exist in one language only: an address is not a text.
ADDRESSES = ("/url",)
SOURCE_KEY = re.compile(r"\b[Ss]ources? s\d|\(s\d")  # a reader sees titles of sources, never their keys


def texts_of(path: Path) -> dict[str, dict[str, object]]:
    """The mappings of a file that speak at least one of the languages, by place."""
    spoken = ((place, value) for place, value in mappings_in(load(path)) if LANGUAGES & value.keys())
    return {place: value for place, value in spoken if not place.endswith(ADDRESSES)}


def test_the_packs_have_texts():
    assert len(pack_texts()) > 100
    assert sum(len(texts_of(path)) for path in pack_texts()[:20]) > 100


@pytest.mark.parametrize("path", pack_texts(), ids=name_of)
def test_each_text_is_in_french_and_in_english(path: Path):
    texts = texts_of(path)
    assert [place for place, text in texts.items() if not text.keys() >= LANGUAGES] == []
    assert [
        place
        for place, text in texts.items()
        if any(text[language] is None or not str(text[language]).strip(" \n\t") for language in LANGUAGES)
    ] == []


@pytest.mark.parametrize("path", pack_texts(), ids=name_of)
def test_no_text_holds_markup_or_an_unfinished_word(path: Path):
    words = [str(text.get(language, "")) for text in texts_of(path).values() for language in LANGUAGES]
    unfinished = [text for text in words if any(mark in text for mark in ("TODO", "FIXME", "XXX", "lorem"))]
    assert unfinished == []
    assert [text for text in words if "</" in text or "<br" in text] == []


@pytest.mark.parametrize("path", pack_texts(), ids=name_of)
def test_no_text_names_a_source_by_its_key(path: Path):
    words = [str(text.get(language, "")) for text in texts_of(path).values() for language in LANGUAGES]
    assert [text for text in words if SOURCE_KEY.search(text)] == []
