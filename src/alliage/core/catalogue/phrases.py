"""The words that all packs share, with those that a pack says otherwise in its own ``phrases.yaml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import Any

from alliage.core.catalogue.check_conditions import close_to
from alliage.core.vocabulary.errors import AlliageError, Problem, shown
from alliage.core.vocabulary.yaml_files import read_yaml

FILE = "phrases.yaml"
# A pack brings its own currency, and names what its amounts are counted for and the levels of its places.
_OPEN = ("symbols", "terms", "place_levels")


def read_phrases(folder: Path, *, common: Path) -> dict[str, Any]:
    """The words of a pack: those of ``common``, with its own instead.

    Raises:
        AlliageError: ``phrase-…``, ``field-missing`` or ``value-type``, if its own words could not take their place.
    """
    words: dict[str, Any] = read_yaml(common / FILE)
    own = folder / FILE
    if not own.is_file():
        return words
    said = read_yaml(own)
    problems = list(_problems(said, words))
    if problems:
        raise AlliageError(problems)
    return words | {section: {**words[section], **entries} for section, entries in said.items()}


def _problems(said: Any, words: Mapping[str, Any]) -> Iterator[Problem]:
    if not isinstance(said, Mapping):
        yield Problem("value-type", FILE, shown(said), "{…}")
        return
    for section, entries in said.items():
        where = f"{FILE}::{section}"
        if section not in words:
            yield Problem("phrase-unknown", where, shown(section), close_to(section, words))
        elif not isinstance(entries, Mapping):
            yield Problem("value-type", where, shown(entries), "{…}")
        else:
            for key, text in entries.items():
                usual = words[section].get(key)
                if usual is None and section in _OPEN:
                    usual = next(iter(words[section].values()))
                if usual is None:
                    yield Problem("phrase-unknown", f"{where}.{key}", shown(key), close_to(key, words[section]))
                else:
                    yield from _text_problems(text, usual, f"{where}.{key}")


def _text_problems(text: Any, usual: Any, where: str) -> Iterator[Problem]:
    """The same languages as the usual words, and no blank to fill that the code does not know."""
    if type(text) is not type(usual):
        yield Problem("value-type", where, shown(text), shown(usual))
    elif isinstance(text, Mapping):
        for lang, words in usual.items():
            if lang in text:
                yield from _text_problems(text[lang], words, f"{where}.{lang}")
            else:
                yield Problem("field-missing", f"{where}.{lang}", "", lang)
    elif isinstance(text, str) and not _blanks(text) <= _blanks(usual):
        yield Problem("phrase-form", where, shown(text), ", ".join(f"{{{blank}}}" for blank in sorted(_blanks(usual))))


def _blanks(text: str) -> set[str]:
    """The names between braces; the text itself if its braces do not close."""
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return {text}
