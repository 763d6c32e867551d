"""Every text of the hub exists in English, and what is compiled is what is written."""

import re

import pytest

from alliage.hub.config import messages

FOUND = messages.collect(messages.HUB)
BLANK = re.compile(r"%\(\w+\)s|%%|\{\w+\}")


def texts(lang: str) -> dict[object, object]:
    return {message.id: message.string for message in messages.read(lang) if message.id}


def test_every_text_of_templates_and_code_is_collected_and_none_is_left_over() -> None:
    assert {m.id for m in FOUND if m.id} == set(texts("en"))


def test_every_text_has_its_english() -> None:
    lacking = [m.id for m in messages.read("en") if m.id and (m.fuzzy or not messages.translated(m.string))]
    assert lacking == []


def test_english_fills_the_same_blanks_as_french() -> None:
    for french, english in texts("en").items():
        pairs = [(french, english)] if isinstance(french, str) else [(french[1], english[1])]
        for one, other in pairs:
            assert sorted(BLANK.findall(one)) == sorted(BLANK.findall(other)), one


def test_english_is_typeset_in_the_english_way() -> None:
    for english in texts("en").values():
        for text in [english] if isinstance(english, str) else english:
            assert "«" not in text
            assert " :" not in text
            assert "'" not in text, text


def test_french_uses_the_typographic_apostrophe() -> None:
    for french in texts("en"):
        for text in [french] if isinstance(french, str) else french:
            assert "'" not in text, text


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_what_is_compiled_is_what_is_written(lang: str) -> None:
    written = messages.updated(FOUND, lang=lang)
    assert {m.id: m.string for m in written if m.id} == texts(lang)
    assert messages.po(lang).with_suffix(".mo").read_bytes() == messages.compiled(lang)
