"""A document written as YAML is read back equal, whatever its words; the same document gives the same text."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import alliage
from alliage.core.catalogue.document import ProgrammeDocument
from alliage.core.catalogue.shapes import checked
from alliage.core.catalogue.sources import read_programme
from alliage.core.catalogue.writing import programme_yaml

Document = dict[str, Any]
DOCUMENTS: list[Document] = [
    {key: value for key, value in document.items() if key != "file"}
    for document in alliage.load_pack().raw["programmes"].values()
]
WORDS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300),
    st.sampled_from(
        ["true", "no", "on", "1_000", "08", "1:30", "2026-11-26", "~", "null", "- a", "a: b", "# x", "{x}", "'\"\\'",
         " x ", "x\n", "\n\nx", "\t", "\x85", "\u2028", "\ufeff", "%a", "@a", "=", "<<", "é" * 400, "a " * 200]
    ),
)  # fmt: skip
NUMBERS = st.one_of(st.integers(0, 10**15), st.floats(0, 1e300, allow_nan=False))


def back(document: Document) -> Document:
    return read_programme(programme_yaml(document).encode(), name="x.yaml")


def test_every_programme_of_the_pack_is_read_back_equal() -> None:
    assert len(DOCUMENTS) > 200
    assert [document["id"] for document in DOCUMENTS if back(document) != document] == []


@pytest.mark.parametrize("document", DOCUMENTS[::30], ids=lambda document: document["id"])
def test_the_text_depends_on_the_document_alone(document: Document) -> None:
    """Not on the order of its keys; and what is read back is written the same."""
    shuffled = {key: document[key] for key in sorted(document, reverse=True)}
    assert programme_yaml(shuffled) == programme_yaml(document) == programme_yaml(back(document))
    assert programme_yaml(document).startswith(f"id: {document['id']}\n")
    assert max(map(len, programme_yaml(document).splitlines())) < 260


@settings(max_examples=150)
@given(document=st.sampled_from(DOCUMENTS), data=st.data())
def test_any_words_and_any_numbers_are_read_back(document: Document, data: st.DataObject) -> None:
    written = copy.deepcopy(document)
    for owner, key in data.draw(st.lists(st.sampled_from(list(spots(written))), max_size=8, unique_by=id)):
        owner[key] = data.draw(WORDS if isinstance(owner[key], str) else NUMBERS)
    try:
        good: Document = checked(written, model=ProgrammeDocument, where="x")
    except alliage.AlliageError:
        return
    assert back(good) == good


def spots(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place of a document that holds words or a number."""
    for key, item in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(item, dict | list):
            yield from spots(item)
        elif not isinstance(item, bool):
            yield value, key


def test_a_document_from_a_file_is_written_without_the_name_of_its_file() -> None:
    document = next(iter(alliage.load_pack().raw["programmes"].values()))
    assert "file" in document
    assert "\nfile:" not in programme_yaml(document)
