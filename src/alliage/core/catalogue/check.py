"""Checking the meaning of a pack: does each attribute, place, value, source, provider and reference exist and agree?

Shapes are checked before (:mod:`.shapes`). Every mistake is reported, with its place; nothing is skipped in silence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from alliage.core.catalogue.check_conditions import condition_problems
from alliage.core.catalogue.check_facts import fact_problems
from alliage.core.rules.derivations import build_derivations
from alliage.core.vocabulary.attributes import Attribute
from alliage.core.vocabulary.errors import AlliageError, Problem
from alliage.core.vocabulary.profile import Refusal
from alliage.core.vocabulary.vocabulary import Vocabulary, build_vocabulary

Document = Mapping[str, Any]


def refuse_errors(raw: Mapping[str, Any]) -> None:
    """Raise :class:`AlliageError` with every error of a pack, if there is any."""
    problems = pack_problems(raw)
    if problems:
        raise AlliageError(problems)


def pack_problems(raw: Mapping[str, Any]) -> list[Problem]:
    """Every error of meaning in a pack's plain data."""
    try:
        vocabulary = build_vocabulary(raw)
    except AlliageError as error:
        return list(error.problems)
    problems = [*_vocabulary_problems(raw, vocabulary), *_provider_problems(raw, vocabulary)]
    if not problems:
        problems += _derivation_problems(vocabulary)
    for document in raw["programmes"].values():
        problems += programme_problems(document, raw=raw, vocabulary=vocabulary)
    return problems + list(_redirect_problems(raw["programmes"]))


def programme_problems(document: Document, *, raw: Mapping[str, Any], vocabulary: Vocabulary) -> list[Problem]:
    """Every error of meaning in one programme, against the pack that it belongs to."""
    where = str(document.get("file", document["id"]))
    return [
        *condition_problems(document, where=where, vocabulary=vocabulary),
        *fact_problems(document, where=where, raw=raw, vocabulary=vocabulary),
    ]


def _vocabulary_problems(raw: Mapping[str, Any], vocabulary: Vocabulary) -> Iterator[Problem]:
    for attribute in vocabulary.attributes.values():
        yield from _attribute_problems(attribute, raw, vocabulary)
    names = Counter(item["id"] for item in raw["expenses"])
    for id_ in (id_ for id_, count in names.items() if count > 1):
        yield Problem("expense-duplicate", f"expenses.yaml::{id_}", id_)


def _attribute_problems(attribute: Attribute, raw: Mapping[str, Any], vocabulary: Vocabulary) -> Iterator[Problem]:
    where = f"attributes.yaml::{attribute.id}"
    if attribute.type == "flag" and not attribute.says:
        yield Problem("attribute-missing", where, "", "says")
    if attribute.type == "code" and not attribute.pattern and attribute.codes not in raw["codes"]:
        yield Problem("attribute-codes", where, str(attribute.codes), ", ".join(raw["codes"]))
    if attribute.suggest and attribute.suggest not in vocabulary.attributes:
        yield Problem("attribute-unknown", f"{where}.suggest", attribute.suggest)
    if attribute.limits and (None in attribute.limits or attribute.limits[0] > attribute.limits[1]):
        yield Problem("attribute-limits", where, str(attribute.limits))


def _provider_problems(raw: Mapping[str, Any], vocabulary: Vocabulary) -> Iterator[Problem]:
    seen: set[str] = set()
    for provider in raw["providers"]:
        where = f"providers.yaml::{provider['id']}"
        if provider["id"] in seen:
            yield Problem("provider-duplicate", where, provider["id"])
        seen.add(provider["id"])
        if provider["level"] not in raw["manifest"]["levels"]:
            yield Problem("level-unknown", where, provider["level"], ", ".join(raw["manifest"]["levels"]))
        for code in provider["serves"]:
            if code not in vocabulary.places:
                yield Problem("place-unknown", f"{where}.serves", code)


def _derivation_problems(vocabulary: Vocabulary) -> Iterator[Problem]:
    """Each derivation must name what exists, and be buildable."""
    raw = vocabulary.derivations
    named = [name for item in raw.get("implications") or () for name in (item["if"].get("attribute"), *item["then"])]
    named += [name for item in raw.get("bounds") or () for name in (item["lower"], item["upper"])]
    named += [name for item in raw.get("tables") or () for name in (item["from"], item["to"])]
    unknown = sorted({str(name) for name in named} - vocabulary.attributes.keys())
    for name in unknown:
        yield Problem("attribute-unknown", "derivations.yaml", name)
    if unknown:
        return
    for item in raw.get("tables") or ():
        for row in item["rows"]:
            for code in row["places"].split("|"):
                if code not in vocabulary.places:
                    yield Problem("place-unknown", f"{item['file']}::{row['prefix']}", code)
    try:
        build_derivations(vocabulary)
    except Refusal as refusal:
        yield Problem(refusal.code, "derivations.yaml", refusal.found, refusal.expected)
    except (StopIteration, KeyError, RuntimeError) as error:
        yield Problem("derivation-form", "derivations.yaml", str(error))


def _redirect_problems(programmes: Mapping[str, Document]) -> Iterator[Problem]:
    """An id redirects once, and never hides a living programme."""
    claimed: dict[str, str] = {}
    for id_, document in programmes.items():
        where = f"{document.get('file', id_)}::replaces"
        for old in document.get("replaces", ()):
            if old in programmes:
                yield Problem("redirect-living", where, old)
            elif old in claimed:
                yield Problem("redirect-duplicate", where, old, claimed[old])
            claimed[old] = id_


def duplicates(items: Iterable[str]) -> list[str]:
    """The items that come more than once."""
    return [item for item, count in Counter(items).items() if count > 1]
