"""Checking the facts of a programme beside its conditions: references, sources, money, windows, texts, cases."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from alliage.core.catalogue.programme import RECORD_SOURCE
from alliage.core.vocabulary.errors import AlliageError, Problem, shown
from alliage.core.vocabulary.profile import read_profile
from alliage.core.vocabulary.vocabulary import Vocabulary

Document = Mapping[str, Any]
_MARKUP = re.compile(r"<\s*/?\s*[a-zA-Z!]")
_UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|TBD)\b|lorem ipsum", re.IGNORECASE)


def fact_problems(
    document: Document, *, where: str, raw: Mapping[str, Any], vocabulary: Vocabulary
) -> Iterator[Problem]:
    """Every error in the facts of a programme."""
    yield from _reference_problems(document, where, raw, vocabulary)
    yield from _source_problems(document, where)
    yield from _aid_problems(document, where)
    yield from _window_problems(document["intake"], where)
    yield from _text_problems(document, where)
    yield from _case_problems(document, where, vocabulary)


def _reference_problems(
    document: Document, where: str, raw: Mapping[str, Any], vocabulary: Vocabulary
) -> Iterator[Problem]:
    providers = {provider["id"] for provider in raw["providers"]}
    programmes = raw["programmes"].keys() | {document["id"]}
    needs = (vocabulary.attributes[vocabulary.roles.needs].values or {}).keys()
    named = [
        ("provider-unknown", "provider", [document["provider"]], providers),
        ("need-unknown", "needs", document["needs"], needs),
        ("expense-unknown", "expenses", list(_values(document, "expenses")), vocabulary.expenses.keys()),
        (
            "expense-unknown",
            "expenses_excluded",
            list(_values(document, "expenses_excluded")),
            vocabulary.expenses.keys(),
        ),
        ("programme-reference", "not_with", list(_values(document, "not_with")), programmes),
        ("programme-reference", "requires", list(_values(document, "requires")), programmes),
        ("programme-reference", "same_money_as", list(_values(document, "same_money_as")), programmes),
        ("provider-unknown", "not_with_providers", list(_values(document, "not_with_providers")), providers),
        ("provider-unknown", "across", list(_values(document, "across")), providers),
    ]
    for code, key, found, known in named:
        for value in found:
            if value not in known:
                yield Problem(code, f"{where}::{key}", shown(value))
            elif code == "programme-reference" and value == document["id"]:
                yield Problem("programme-itself", f"{where}::{key}", value)


def _values(value: Any, key: str) -> Iterator[str]:
    """Every text under a key, wherever it stands in a document; ``cases`` hold profiles, not references."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if name == key:
                yield from (inner if isinstance(inner, list) else [inner])
            elif name != "cases":
                yield from _values(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from _values(inner, key)


def _source_problems(document: Document, where: str) -> Iterator[Problem]:
    known = {*document["sources"], RECORD_SOURCE}
    facts = {key: value for key, value in document.items() if key not in ("sources", "eligibility", "cases")}
    for key in _values(facts, "source"):
        if key not in known:
            yield Problem("source-unknown", where, shown(key), ", ".join(document["sources"]))
    for key, source in document["sources"].items():
        if not source["url"].startswith(("https://", "http://")):
            yield Problem("source-address", f"{where}::sources.{key}", shown(source["url"]), "https://…")
        if source.get("dated") and source["dated"] > source["read"]:
            yield Problem("source-date", f"{where}::sources.{key}", source["dated"], f"≤ {source['read']}")


def _aid_problems(document: Document, where: str) -> Iterator[Problem]:
    parts = document["aid"].get("parts", ())
    ids = [part["id"] for part in parts if part.get("id")]
    for index, part in enumerate(parts):
        path = f"{where}::aid.parts[{index}]"
        if part.get("id") and ids.count(part["id"]) > 1:
            yield Problem("part-duplicate", path, part["id"])
        for tier_index, tier in enumerate(part["tiers"]):
            yield from _tier_problems(tier, f"{path}.tiers[{tier_index}]", last=tier_index == len(part["tiers"]) - 1)
    for ceiling in document["aid"].get("ceilings", ()):
        for id_ in ceiling.get("parts", ()):
            if id_ not in ids:
                yield Problem("part-unknown", f"{where}::aid.ceilings", id_, ", ".join(ids))


def _tier_problems(tier: Document, where: str, *, last: bool) -> Iterator[Problem]:
    if not last and not tier.get("when") and not tier.get("case") and not tier.get("slice"):
        yield Problem("tier-unreachable", where, "", "when, case")
    amount = tier.get("amount") or {}
    low, high = amount.get("at_least"), amount.get("at_most")
    if low is not None and high is not None and low > high:
        yield Problem("amount-reversed", f"{where}.amount", f"{low} > {high}")


def _window_problems(intake: Document, where: str) -> Iterator[Problem]:
    for index, window in enumerate([*intake.get("windows", ()), *intake.get("cases", ())]):
        if window.get("from") and window.get("to") and window["from"] > window["to"]:
            yield Problem("window-reversed", f"{where}::intake[{index}]", f"{window['from']} > {window['to']}")


def _text_problems(value: Any, where: str) -> Iterator[Problem]:
    """No markup and nothing unfinished, in any text."""
    if isinstance(value, str):
        if _MARKUP.search(value):
            yield Problem("text-markup", where, shown(value))
        if _UNFINISHED.search(value):
            yield Problem("text-unfinished", where, shown(value))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _text_problems(inner, f"{where}::{key}" if "::" not in where else f"{where}.{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _text_problems(inner, f"{where}[{index}]")


def _case_problems(document: Document, where: str, vocabulary: Vocabulary) -> Iterator[Problem]:
    for index, case in enumerate(document.get("cases", ())):
        path = f"{where}::cases[{index}]"
        try:
            read_profile(case["given"], vocabulary=vocabulary, name=path)
        except AlliageError as error:
            yield from error.problems
        for name in case["because"]:
            if name not in vocabulary.attributes:
                yield Problem("attribute-unknown", f"{path}.because", name)
        if (case["expect"] == "eligible") == bool(case["because"]):
            yield Problem("case-reason", path, ", ".join(case["because"]), case["expect"])
