"""The invented pack, loaded once, and short ways to ask it something."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import alliage
from alliage.core.catalogue.catalogue import Catalogue, build_catalogue
from alliage.core.catalogue.programme import Programme
from alliage.core.catalogue.sources import read_pack
from alliage.core.matching.results import Results, match
from alliage.core.rules.condition import Condition, build_condition
from alliage.core.rules.evaluate import Finding, evaluate
from alliage.core.vocabulary.answers import Answer
from alliage.core.vocabulary.profile import Profile, read_answer, read_profile
from alliage.core.vocabulary.vocabulary import Vocabulary

FOLDER = Path(__file__).parent / "packs" / "invented"
TODAY = date(2026, 11, 26)


@cache
def raw() -> dict[str, Any]:
    """The plain data of the pack."""
    return read_pack(FOLDER, common=alliage.COMMON)


@cache
def catalogue() -> Catalogue:
    """The catalogue of the pack."""
    return alliage.load_pack(FOLDER)


def vocabulary() -> Vocabulary:
    """The words of the pack."""
    return catalogue().vocabulary


def condition(written: Mapping[str, Any]) -> Condition:
    """A condition, its source filled in."""
    return build_condition(_sourced(written), vocabulary=vocabulary())


def _sourced(written: Mapping[str, Any]) -> dict[str, Any]:
    for word in ("all", "any", "not", "readings"):
        if word in written:
            return {word: [_sourced(part) for part in written[word]]}
    return {"source": "page", **written}


def answer(attribute: str, value: Any) -> Answer:
    """An answer, as read from a profile."""
    return read_answer(value, attribute=vocabulary().attributes[attribute], vocabulary=vocabulary())


def profile(given: Mapping[str, Any]) -> Profile:
    """A profile from dotted names: ``{"farm.hands": 12}``."""
    parts: dict[str, dict[str, Any]] = {}
    for name, value in given.items():
        scope, _, short = name.partition(".")
        parts.setdefault(scope, {})[short] = value
    return read_profile(parts, vocabulary=vocabulary())


def found(written: Mapping[str, Any], *, on: date = TODAY, **given: Any) -> Finding:
    """What is found of a condition for these answers; ``farm__hands=3`` answers ``farm.hands``."""
    answers = profile({name.replace("__", "."): value for name, value in given.items()}).answers
    return evaluate(condition(written), answers=answers, places=vocabulary().places, on=on)


def results(given: Mapping[str, Any], *, on: date = TODAY) -> Results:
    """The whole catalogue for a profile of dotted names."""
    return match(catalogue(), profile(given), on=on)


def programme(**changes: Any) -> Programme:
    """The Open Hand, which asks nothing, with other facts: written as in its file."""
    (found,) = with_programme(**changes).programmes.values()
    return found


def with_programme(**changes: Any) -> Catalogue:
    """A catalogue of one programme: the Open Hand with other facts."""
    from alliage.core.catalogue.document import ProgrammeDocument
    from alliage.core.catalogue.shapes import checked

    document = {**raw()["programmes"]["open-hand"]}
    document.pop("file")
    document = checked({**document, **changes}, model=ProgrammeDocument, where="open-hand.yaml")
    return build_catalogue({**raw(), "programmes": {document["id"]: document}}, revision="invented")
