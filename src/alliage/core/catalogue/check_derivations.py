"""Checking what a pack derives: each derivation names what exists, can be applied, and contradicts no other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from alliage.core.catalogue.check_conditions import close_to, leaf_problems
from alliage.core.catalogue.programme import RECORD_SOURCE
from alliage.core.catalogue.shapes import checked
from alliage.core.rules.derivations import build_derivations, derive
from alliage.core.rules.document import LeafDocument
from alliage.core.vocabulary.attributes import ORDERED_TYPES
from alliage.core.vocabulary.errors import AlliageError, Problem, shown
from alliage.core.vocabulary.profile import Profile, Refusal, read_answer
from alliage.core.vocabulary.vocabulary import Vocabulary

FILE = "derivations.yaml"


def derivation_problems(vocabulary: Vocabulary) -> list[Problem]:
    """Every error in the derivations of a vocabulary."""
    raw = vocabulary.derivations
    problems: list[Problem] = []
    for index, item in enumerate(raw.get("implications", ())):
        problems += _implication_problems(item, f"{FILE}::implications[{index}]", vocabulary)
    for index, item in enumerate(raw.get("bounds", ())):
        problems += _bound_problems(item, f"{FILE}::bounds[{index}]", vocabulary)
    for index, item in enumerate(raw.get("tables", ())):
        problems += _table_problems(item, f"{FILE}::tables[{index}]", vocabulary)
    return problems or list(_contradictions(vocabulary))


def _implication_problems(item: Mapping[str, Any], where: str, vocabulary: Vocabulary) -> Iterator[Problem]:
    try:
        leaf = checked({"source": RECORD_SOURCE, **item["if"]}, model=LeafDocument, where="")
    except AlliageError as error:
        for problem in error.problems:
            place = problem.where.removeprefix("::")
            yield replace(problem, where=f"{where}.if.{place}" if place else f"{where}.if")
    else:
        yield from leaf_problems(leaf, f"{where}.if", vocabulary)
    for name, value in item["then"].items():
        attribute = vocabulary.attributes.get(name)
        if attribute is None:
            yield _unknown(name, f"{where}.then", vocabulary)
            continue
        try:
            read_answer(value, attribute=attribute, vocabulary=vocabulary)
        except Refusal as refusal:
            yield Problem(refusal.code, f"{where}.then.{name}", refusal.found, refusal.expected)


def _bound_problems(item: Mapping[str, str], where: str, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Both ends are of one type, which has an order."""
    types = []
    for key, name in item.items():
        if name not in vocabulary.attributes:
            yield _unknown(name, f"{where}.{key}", vocabulary)
            return
        types.append(vocabulary.attributes[name].type)
    if types[0] != types[1] or types[0] not in ORDERED_TYPES:
        yield Problem(
            "derivation-form", where, " ≤ ".join(types), ", ".join(f"{t} ≤ {t}" for t in sorted(ORDERED_TYPES))
        )


def _table_problems(item: Mapping[str, Any], where: str, vocabulary: Vocabulary) -> Iterator[Problem]:
    """A table leads from a code to places."""
    for key, type_ in (("from", "code"), ("to", "place")):
        attribute = vocabulary.attributes.get(item[key])
        if attribute is None:
            yield _unknown(item[key], f"{where}.{key}", vocabulary)
        elif attribute.type != type_:
            yield Problem("derivation-form", f"{where}.{key}", f"{attribute.id} ({attribute.type})", type_)
    for row in item["rows"]:
        for code in row["places"].split("|"):
            if code not in vocabulary.places:
                close = close_to(code, vocabulary.places.places)
                yield Problem("place-unknown", f"{item['file']}::{row['prefix']}", shown(code), close)


def _unknown(name: str, where: str, vocabulary: Vocabulary) -> Problem:
    return Problem("attribute-unknown", where, shown(name), close_to(name, vocabulary.attributes))


def _contradictions(vocabulary: Vocabulary) -> Iterator[Problem]:
    """Each answer that starts a derivation must be possible, once all that follows from it is known."""
    derivations = build_derivations(vocabulary)
    tried: set[tuple[str, str]] = set()
    for index, item in enumerate(vocabulary.derivations.get("implications", ())):
        name = item["if"]["attribute"]
        attribute = vocabulary.attributes[name]
        for value in _starts(item["if"], attribute.type):
            if (name, str(value)) in tried:
                continue
            tried.add((name, str(value)))
            answer = read_answer(value, attribute=attribute, vocabulary=vocabulary)
            try:
                derive(Profile({name: answer}), derivations=derivations, vocabulary=vocabulary, on=date.min)
            except AlliageError as error:
                clash = error.problems[0]
                about = clash.where.rpartition("::")[2]
                found = f"{name}: {shown(value)} → {about}: {clash.found} ≠ {clash.expected}"
                yield Problem("derivation-contradiction", f"{FILE}::implications[{index}]", found)


def _starts(leaf: Mapping[str, Any], type_: str) -> list[Any]:
    """The simplest answers for which a leaf holds; none where they are too many to try."""
    if type_ == "flag":
        return [leaf["is"]]
    if type_ in ("choice", "choices"):
        return list(leaf.get("one_of") or leaf.get("any_of") or ([leaf["all_of"]] if "all_of" in leaf else []))
    return []
