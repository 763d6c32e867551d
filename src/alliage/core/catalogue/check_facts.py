"""Checking the facts of a programme beside its conditions: references, sources, money, windows, texts, cases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from alliage.core.catalogue.check_conditions import close_to
from alliage.core.catalogue.freshness import last_day
from alliage.core.catalogue.programme import RECORD_SOURCE
from alliage.core.vocabulary.errors import AlliageError, Problem, shown
from alliage.core.vocabulary.profile import read_profile
from alliage.core.vocabulary.vocabulary import Vocabulary

Document = Mapping[str, Any]
_REFERENCES = {
    "provider": "provider-unknown",
    "not_with_providers": "provider-unknown",
    "across": "provider-unknown",
    "needs": "need-unknown",
    "expenses": "expense-unknown",
    "expenses_excluded": "expense-unknown",
    "not_with": "programme-reference",
    "requires": "programme-reference",
    "same_money_as": "programme-reference",
    "programmes": "programme-reference",
    "together_with": "expense-unknown",
    "level": "level-unknown",
    "met_by": "attribute-unknown",
    "source": "source-unknown",
}
_ENDS = (("at_least", "at_most"), ("months_at_least", "months_at_most"), ("from", "to"))
_ADDRESS = re.compile(r"https?://[^\s/]+(/\S*)?")
_MARKUP = re.compile(r"<\s*/?\s*[a-zA-Z!]")
_UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|TBD)\b|lorem ipsum", re.IGNORECASE)


def fact_problems(
    document: Document, *, where: str, raw: Mapping[str, Any], vocabulary: Vocabulary
) -> Iterator[Problem]:
    """Every error in the facts of a programme."""
    yield from _reference_problems(document, where, raw, vocabulary)
    yield from _day_problems(document, where)
    yield from _address_problems(document, where)
    yield from _aid_problems(document, where)
    yield from _stacking_problems(document.get("stacking", {}), where)
    yield from _window_problems(document["intake"], where)
    yield from _text_problems(document, where)
    yield from _case_problems(document, where, vocabulary)


def _reference_problems(
    document: Document, where: str, raw: Mapping[str, Any], vocabulary: Vocabulary
) -> Iterator[Problem]:
    known: Mapping[str, Iterable[str]] = {
        "provider-unknown": [provider["id"] for provider in raw["providers"]],
        "need-unknown": (vocabulary.attributes[vocabulary.roles.needs].values or {}).keys(),
        "expense-unknown": vocabulary.expenses.keys(),
        "programme-reference": raw["programmes"].keys() | {document["id"]},
        "level-unknown": raw["manifest"]["levels"].keys(),
        "attribute-unknown": [id_ for id_, one in vocabulary.attributes.items() if one.type == "flag"],
        "source-unknown": (*document["sources"], RECORD_SOURCE),
    }
    for path, key, value in _facts(document):
        code = _REFERENCES.get(key)
        if code and value not in known[code]:
            yield Problem(code, f"{where}::{path}", shown(value), close_to(value, sorted(known[code])))
        elif code == "programme-reference" and value == document["id"]:
            yield Problem("programme-itself", f"{where}::{path}", value)


def _facts(document: Document) -> Iterator[tuple[str, str, Any]]:
    """Every plain value of a programme with its path and its key; ``cases`` hold profiles, not facts."""
    for key, value in document.items():
        if key != "cases":
            yield from _leaves(value, key, key)


def _leaves(value: Any, path: str, key: str) -> Iterator[tuple[str, str, Any]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _leaves(inner, f"{path}.{name}", name)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _leaves(inner, f"{path}[{index}]", key)
    else:
        yield path, key, value


def _day_problems(document: Document, where: str) -> Iterator[Problem]:
    """Years, months and days must exist, and a source is not dated after it was read."""
    days = {f"sources.{key}.dated": source.get("dated") for key, source in document["sources"].items()}
    days |= {"as_of": document.get("as_of"), "intake.last_seen.day": document["intake"].get("last_seen", {}).get("day")}
    for path, day in days.items():
        if day and not _exists(day):
            yield Problem("value-form", f"{where}::{path}", shown(day), '"2026", "2026-11", "2026-11-23"')
    for key, source in document["sources"].items():
        dated = source.get("dated", "")
        if dated > source["read"] and _exists(dated):
            yield Problem("source-date", f"{where}::sources.{key}.dated", dated, f"≤ {source['read']}")


def _exists(partial: str) -> bool:
    """Whether a year, a month or a day is in the calendar."""
    try:
        last_day(partial)
    except ValueError:
        return False
    return True


def _address_problems(document: Document, where: str) -> Iterator[Problem]:
    pages = {f"url.{lang}": address for lang, address in document["url"].items()}
    pages |= {f"sources.{key}.url": source["url"] for key, source in document["sources"].items()}
    for path, address in pages.items():
        if not _ADDRESS.fullmatch(address):
            yield Problem("source-address", f"{where}::{path}", shown(address), "https://…")


def _aid_problems(document: Document, where: str) -> Iterator[Problem]:
    parts = document["aid"].get("parts", ())
    ids: list[str] = []
    for index, part in enumerate(parts):
        path = f"{where}::aid.parts[{index}]"
        if part.get("id") in ids:
            yield Problem("part-duplicate", f"{path}.id", part["id"])
        if part.get("id"):
            ids.append(part["id"])
        for tier_index, tier in enumerate(part["tiers"]):
            yield from _tier_problems(tier, f"{path}.tiers[{tier_index}]", last=tier_index == len(part["tiers"]) - 1)
        yield from _narrowed_problems(part, path)
        yield from _payment_problems(part.get("paid_when", {}), f"{path}.paid_when")
        yield from _expense_days_problems(part.get("expenses_dated"), f"{path}.expenses_dated")
        yield from _ceiling_problems(part, path, ids=[p["id"] for p in parts if p.get("id")])
    yield from _ceiling_problems(document["aid"], f"{where}::aid", ids=ids)
    yield from _reversed_problems(document["aid"], f"{where}::aid")


def _ceiling_problems(holder: Document, where: str, *, ids: list[str]) -> Iterator[Problem]:
    for index, ceiling in enumerate(holder.get("ceilings", ())):
        for id_ in ceiling.get("parts", ()):
            if id_ not in ids:
                yield Problem("part-unknown", f"{where}.ceilings[{index}].parts", shown(id_), ", ".join(ids))


def _narrowed_problems(part: Document, where: str) -> Iterator[Problem]:
    """Only what a part admits can be narrowed."""
    admitted = part.get("expenses", [])
    for index, narrowed in enumerate(part.get("narrowed", ())):
        for category in narrowed["expenses"]:
            if category not in admitted:
                place = f"{where}.narrowed[{index}].expenses"
                yield Problem("narrowed-not-admitted", place, shown(category), ", ".join(admitted))


def _payment_problems(paid: Document, where: str) -> Iterator[Problem]:
    """Only what is paid as claimed has a rhythm."""
    if "every_months" in paid and paid["moment"] != "as-claimed":
        yield Problem("value-unknown", f"{where}.moment", paid["moment"], "as-claimed")


def _expense_days_problems(stated: Document | None, where: str) -> Iterator[Problem]:
    """Days of expenses have at least one end, and are in order."""
    if stated is not None:
        if not {"from", "to"} & stated.keys():
            yield Problem("field-missing", where, "", "from, to")
        yield from _window_problem(stated, where)


def _reversed_problems(value: Any, where: str) -> Iterator[Problem]:
    """A lower end above the upper one, anywhere in the aid; ``when`` holds conditions, not amounts."""
    if isinstance(value, Mapping):
        for low, high in _ENDS:
            least, most = value.get(low), value.get(high)
            if isinstance(least, int | float) and isinstance(most, int | float) and least > most:
                yield Problem("amount-reversed", where, f"{least} > {most}", f"{low} ≤ {high}")
        for key, inner in value.items():
            if key != "when":
                yield from _reversed_problems(inner, f"{where}.{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _reversed_problems(inner, f"{where}[{index}]")


def _tier_problems(tier: Document, where: str, *, last: bool) -> Iterator[Problem]:
    if not last and not tier.get("when") and not tier.get("case") and not tier.get("slice"):
        yield Problem("tier-unreachable", where, "", "when, case")


def _stacking_problems(stacking: Document, where: str) -> Iterator[Problem]:
    if stacking.get("no_ceiling") and stacking.get("government_at_most"):
        yield Problem("ceiling-contradicted", f"{where}::stacking", "no_ceiling, government_at_most", "no_ceiling")


def _window_problems(intake: Document, where: str) -> Iterator[Problem]:
    for key in ("windows", "cases"):
        for index, window in enumerate(intake.get(key, ())):
            yield from _window_problem(window, f"{where}::intake.{key}[{index}]")


def _window_problem(window: Document, where: str) -> Iterator[Problem]:
    if window.get("from") and window.get("to") and window["from"] > window["to"]:
        yield Problem("window-reversed", where, f"{window['from']} > {window['to']}", "from ≤ to")


def _text_problems(value: Any, where: str) -> Iterator[Problem]:
    """No markup, nothing unfinished and no blank, in any text."""
    if isinstance(value, str):
        if not value.strip():
            yield Problem("text-empty", where, shown(value), '"…"')
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
            read_profile(case["given"], vocabulary=vocabulary, name="")
        except AlliageError as error:
            yield from (replace(p, where=f"{path}.given.{p.where.removeprefix('::')}") for p in error.problems)
        for name in case["because"]:
            if name not in vocabulary.attributes:
                close = close_to(name, vocabulary.attributes)
                yield Problem("attribute-unknown", f"{path}.because", shown(name), close)
        if (case["expect"] == "eligible") == bool(case["because"]):
            wanted = "because: []" if case["expect"] == "eligible" else "because: […]"
            yield Problem("case-reason", path, f"{case['expect']}, because: {shown(case['because'])}", wanted)
