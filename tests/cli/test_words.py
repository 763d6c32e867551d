"""The words of the command line: both languages, the same blanks, French as it is printed."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

import alliage.cli
from alliage.cli.words import TABLE, Words

SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in Path(alliage.cli.__file__).parent.rglob("*.py"))


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("key", TABLE)
def test_each_phrase_is_in_both_languages_with_the_same_blanks(key: str):
    french, english = TABLE[key]
    assert french.strip()
    assert english.strip()
    assert blanks(french) == blanks(english)


def test_each_count_has_one_and_many():
    stems = {key.rpartition(".")[0] for key in TABLE if key.endswith((".one", ".many"))}
    assert [stem for stem in stems if {f"{stem}.one", f"{stem}.many"} - TABLE.keys()] == []


def test_each_phrase_asked_for_exists():
    asked = set(re.findall(r"words\(\"([a-z0-9.?-]+)\"", SOURCE))
    counted = set(re.findall(r"words\.count\(\"([a-z0-9.-]+)\"", SOURCE))
    assert len(asked) > 50
    assert sorted(asked - TABLE.keys()) == []
    assert sorted(stem for stem in counted if f"{stem}.one" not in TABLE) == []


def test_french_counts_zero_as_one_and_english_as_many():
    assert Words("fr").count("check.errors", 0) == "0 erreur"
    assert Words("en").count("check.errors", 0) == "0 errors"


def test_french_never_breaks_before_a_colon_or_inside_guillemets():
    assert Words("fr")("search.none", words="x") == "Aucun programme ne parle de «\u00a0x\u00a0»."
    assert Words("fr")("error.where", where="x") == "Où\u00a0: x"


@pytest.mark.parametrize("key", TABLE)
def test_a_sentence_is_short_enough_to_be_read_at_once(key: str):
    for text in TABLE[key]:
        sentences = re.split(r"[.?!;:·]\s", text)
        assert max(len(sentence.split()) for sentence in sentences) <= 25


def test_no_french_is_written_outside_the_tables():
    accents = re.compile("[éèêàçùôîÉÀ]")
    for path in Path(alliage.cli.__file__).parent.rglob("*.py"):
        if path.parent.name == "words" or path.name == "typed.py":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        said = [
            n.value
            for n in ast.walk(tree)
            if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in prose
        ]
        assert [text for text in said if accents.search(text)] == [], path
