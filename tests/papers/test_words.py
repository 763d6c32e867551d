"""The words of the papers: both languages, the same blanks, figures as each language writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

import alliage.papers
from alliage.papers.printable import MARK, printable, typeset, visible
from alliage.papers.words import Words, table

SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in Path(alliage.papers.__file__).parent.glob("*.py"))


def phrases(value: Any, path: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    if "fr" in value or "en" in value:
        yield path, value
        return
    for key, inner in value.items():
        yield from phrases(inner, f"{path}.{key}".lstrip("."))


PHRASES = dict(phrases(table()))


def words(lang: str) -> Words:
    return Words(lang=lang, currency="CAD", clean=printable)


@pytest.mark.parametrize("key", PHRASES)
def test_each_phrase_is_in_both_languages_with_the_same_blanks(key: str):
    assert set(PHRASES[key]) == {"fr", "en"}
    blanks = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in PHRASES[key].values()]
    assert blanks[0] == blanks[1]
    assert all(text.strip() for text in PHRASES[key].values())


def test_no_phrase_is_missing_and_none_is_left_over():
    known = {f"{section}.{key}" for section, keys in table().items() for key in keys}
    asked = set(re.findall(r"words(?:\.count)?\(\s*[\"']([a-z-]+\.[a-z-]+)[\"']", SOURCE))
    asked |= set(re.findall(r"self(?:\.count)?\(\"([a-z-]+\.[a-z-]+)\"", SOURCE))
    in_lists = set(re.findall(r"f\"([a-z-]+)\.\{\w+\}\"", SOURCE))  # words(f"sheet.{key}") for key in ("funds", …)
    listed = {name for name in known if name.partition(".")[0] in in_lists and f'"{name.partition(".")[2]}"' in SOURCE}
    assert len(asked) > 40
    assert asked - known == set()
    assert known - asked - listed == set()


@pytest.mark.parametrize(
    ("lang", "value", "written"),
    [
        ("fr", 50000, "50\u00a0000\u00a0$"),
        ("en", 50000, "$50,000"),
        ("fr", 0.5, "0,50\u00a0$"),
        ("en", 1234.05, "$1,234.05"),
        ("fr", -36799.5, "−36\u00a0799,50\u00a0$"),
        ("en", -36799.5, "−$36,799.50"),
        ("en", -0.25, "−$0.25"),
        ("en", 0, "$0"),
    ],
)
def test_an_amount_is_written_as_its_language_does(lang: str, value: float, written: str):
    assert words(lang).money(value) == written


def test_a_column_shows_cents_on_all_its_amounts_or_on_none():
    assert words("en").amounts([10, 2.5]) == ["$10.00", "$2.50"]
    assert words("en").amounts([10, 2]) == ["$10", "$2"]


def test_shares_are_whole_unless_they_would_vanish():
    assert [words("en").share(value) for value in (0, 0.403276, 0.004, 1)] == ["0%", "40%", "0.4%", "100%"]
    assert [words("fr").rate(value) for value in (0.3, 1 / 3)] == ["30\u00a0%", "33,33\u00a0%"]


def test_a_year_a_month_and_a_day_are_said():
    assert [words("fr").day(day) for day in ("2026", "2026-03", "2026-03-01")] == ["2026", "mars 2026", "1er mars 2026"]


@pytest.mark.parametrize(
    ("intake", "said"),
    [
        ({"state": "open"}, "ouvert"),
        ({"state": "open", "closes": "2027-03-31"}, "ouvert jusqu’au 31 mars 2027"),
        ({"state": "opens-on", "opens": "2027-01-11"}, "ouvre le 11 janvier 2027"),
        (
            {"state": "opens-on", "opens": "2027-01-11", "closes": "2027-02-26"},
            "ouvre le 11 janvier 2027, jusqu’au 26 février 2027",
        ),
        ({"state": "not-known"}, "ouverture non connue"),
    ],
)
def test_an_intake_is_said_with_the_day_that_matters(intake: dict[str, str], said: str):
    assert words("fr").intake(intake) == said


def test_only_an_address_of_the_web_is_a_link():
    assert words("fr").url("javascript:alert(1)") == ""
    assert words("en").url({"fr": "https://example.org/fr"}) == "https://example.org/fr"


def test_what_cannot_be_drawn_is_marked_and_what_cannot_be_seen_goes():
    assert printable("Fonderie 🏭\x00 漢\u202e e\u0301\n") == f"Fonderie {MARK} {MARK} é"
    assert visible("a\tb\x00\u2028 🏭  c") == "a b 🏭 c"


def test_french_is_typeset_and_english_keeps_its_spaces():
    assert (
        typeset("l'aide : 1 200 $, 30 % « x »", lang="fr")
        == "l’aide\u00a0: 1\u00a0200\u00a0$, 30\u00a0% «\u00a0x\u00a0»"
    )
    assert typeset("don't: 30 x", lang="en") == "don’t: 30 x"
