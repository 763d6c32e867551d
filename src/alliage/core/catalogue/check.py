"""Checking the meaning of a pack: does each attribute, place, value, source, provider and reference exist and agree?

Shapes are checked before (:mod:`.shapes`). Every mistake is reported, with its place; nothing is skipped in silence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from alliage.core.catalogue.check_conditions import close_to, condition_problems
from alliage.core.catalogue.check_derivations import derivation_problems
from alliage.core.catalogue.check_facts import fact_problems
from alliage.core.catalogue.check_terms import term_problems
from alliage.core.vocabulary.attributes import Attribute
from alliage.core.vocabulary.errors import AlliageError, Problem, shown
from alliage.core.vocabulary.profile import read_profile
from alliage.core.vocabulary.vocabulary import Vocabulary, build_vocabulary

Document = Mapping[str, Any]
_ROLE_TYPES = {
    "needs": "choices",
    "territory": "place",
    "cost": "money",
    "eligible_cost": "money",
    "persons": "count",
    "employees": "count",
    "duration": "count",
    "started": "flag",
    "one_per_line": "flag",
    "received": "flag",
    "private_share": "share",
}


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
    problems = [
        *_vocabulary_problems(raw, vocabulary),
        *_provider_problems(raw, vocabulary),
        *_plan_problems(raw),
        *_company_problems(raw, vocabulary),
    ]
    if not problems:
        problems += derivation_problems(vocabulary)
    for document in raw["programmes"].values():
        problems += programme_problems(document, raw=raw, vocabulary=vocabulary)
    return problems + redirect_problems(raw["programmes"])


def programme_problems(document: Document, *, raw: Mapping[str, Any], vocabulary: Vocabulary) -> list[Problem]:
    """Every error of meaning in one programme, against the pack that it belongs to."""
    where = str(document.get("file", document["id"]))
    return [
        *condition_problems(document, where=where, vocabulary=vocabulary),
        *fact_problems(document, where=where, raw=raw, vocabulary=vocabulary),
        *term_problems(document, where=where, phrases=raw["phrases"]),
    ]


def _vocabulary_problems(raw: Mapping[str, Any], vocabulary: Vocabulary) -> Iterator[Problem]:
    for attribute in vocabulary.attributes.values():
        yield from _attribute_problems(attribute, raw, vocabulary)
    for role, type_ in _ROLE_TYPES.items():
        name = getattr(vocabulary.roles, role)
        if name is not None and vocabulary.attributes[name].type != type_:
            yield Problem("manifest-role", f"pack.yaml::roles.{role}", name, type_)
    yield from _code_words_problems(raw.get("code_words", {}), vocabulary)
    for code, file, ids in _named(raw):
        for id_ in _duplicates(ids):
            yield Problem(code, f"{file}::{id_}", id_)


def _code_words_problems(words: Mapping[str, Any], vocabulary: Vocabulary) -> Iterator[Problem]:
    for name, table in words.items():
        known = vocabulary.codes.get(name, {})
        for code in table:
            if code not in known:
                yield Problem("code-unknown", f"code_words.yaml::{name}", shown(code), close_to(code, known))


def _named(raw: Mapping[str, Any]) -> Iterator[tuple[str, str, Iterable[str]]]:
    """Everything that is found by its name, and so may have it only once (see also ``vocabulary`` and ``places``)."""
    yield "group-duplicate", "attributes.yaml", (group["id"] for group in raw["attributes"]["groups"])
    yield "provider-duplicate", "providers.yaml", (provider["id"] for provider in raw["providers"])
    yield "expense-duplicate", "expenses.yaml", (expense["id"] for expense in raw["expenses"])
    codes = {row["code"] for row in raw["places"]}
    yield "place-duplicate", "place_sets.yaml", (*codes, *(group["id"] for group in raw["place_sets"]))
    for table, rows in raw["codes"].items():
        yield "code-duplicate", f"{table}.csv", (row["code"] for row in rows)
    for table in raw["derivations"].get("tables", ()):
        yield "code-duplicate", table["file"], (row["prefix"] for row in table["rows"])


def _attribute_problems(attribute: Attribute, raw: Mapping[str, Any], vocabulary: Vocabulary) -> Iterator[Problem]:
    where = f"attributes.yaml::{attribute.id}"
    if attribute.type == "flag" and not attribute.says:
        yield Problem("attribute-missing", where, "", "says")
    if attribute.type == "code" and not attribute.pattern and not attribute.codes:
        yield Problem("attribute-missing", where, "", "codes, pattern")
    if attribute.pattern and not _compiles(attribute.pattern):
        yield Problem("attribute-pattern", where, shown(attribute.pattern), "[A-Z]{2}")
    if attribute.suggest and attribute.suggest not in vocabulary.attributes:
        close = close_to(attribute.suggest, vocabulary.attributes)
        yield Problem("attribute-unknown", f"{where}.suggest", attribute.suggest, close)
    if attribute.limits and (None in attribute.limits or attribute.limits[0] > attribute.limits[1]):
        written = next(item["limits"] for item in raw["attributes"]["attributes"] if item["id"] == attribute.id)
        yield Problem("attribute-limits", where, shown(written), f"[a, b], a ≤ b, {attribute.type}")


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


def _provider_problems(raw: Mapping[str, Any], vocabulary: Vocabulary) -> Iterator[Problem]:
    levels = raw["manifest"]["levels"]
    for provider in raw["providers"]:
        where = f"providers.yaml::{provider['id']}"
        if provider["level"] not in levels:
            yield Problem("level-unknown", f"{where}.level", provider["level"], ", ".join(levels))
        for code in provider["serves"]:
            if code not in vocabulary.places:
                close = close_to(code, vocabulary.places.places)
                yield Problem("place-unknown", f"{where}.serves", shown(code), close)


def _plan_problems(raw: Mapping[str, Any]) -> Iterator[Problem]:
    """The levels that a financing plan counts apart must exist, and what pays nothing is not awaited."""
    plan = raw["manifest"].get("plan", {})
    levels = raw["manifest"]["levels"]
    for level in plan.get("public", {}):
        if level not in levels:
            yield Problem("level-unknown", f"pack.yaml::plan.public.{level}", level, ", ".join(levels))
    awaited = plan.get("months_until_paid", {})
    for kind in plan.get("pays_nothing", ()):
        if kind in awaited:
            found = f"{kind}: {awaited[kind]}"
            yield Problem("pays-nothing-awaited", f"pack.yaml::plan.months_until_paid.{kind}", found, "pays_nothing")


def _company_problems(raw: Mapping[str, Any], vocabulary: Vocabulary) -> Iterator[Problem]:
    """The answers of the invented companies must be answers."""
    for company in raw.get("companies", ()):
        try:
            read_profile(company["given"], vocabulary=vocabulary, name="")
        except AlliageError as error:
            front = f"companies.yaml::{company['id']}."
            yield from (replace(one, where=front + one.where.removeprefix("::")) for one in error.problems)


def redirect_problems(programmes: Mapping[str, Document]) -> list[Problem]:
    """Every error of the former ids of these programmes: an id redirects once, and never hides a living programme."""
    return list(_redirect_problems(programmes))


def _redirect_problems(programmes: Mapping[str, Document]) -> Iterator[Problem]:
    claimed: dict[str, str] = {}
    for id_, document in programmes.items():
        where = f"{document.get('file', id_)}::replaces"
        for old in document.get("replaces", ()):
            if old in programmes:
                yield Problem("redirect-living", where, old)
            elif old in claimed:
                yield Problem("redirect-duplicate", where, old, claimed[old])
            claimed[old] = id_


def _duplicates(items: Iterable[str]) -> list[str]:
    """The items that come more than once."""
    return [item for item, count in Counter(items).items() if count > 1]
