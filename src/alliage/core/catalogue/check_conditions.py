"""Checking every condition of a programme: eligibility, tiers, parts, intake and stacking cases."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from alliage.core.catalogue.programme import RECORD_SOURCE
from alliage.core.rules.condition import OPERATORS
from alliage.core.vocabulary.attributes import OPERATORS_BY_TYPE, Attribute, number
from alliage.core.vocabulary.errors import Problem, shown
from alliage.core.vocabulary.vocabulary import Vocabulary

Document = Mapping[str, Any]
_GROUPS = ("all", "any", "not", "readings")


def condition_problems(document: Document, *, where: str, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Every error in the conditions of a programme."""
    for path, condition in conditions_of(document):
        for place, leaf in leaves_of(condition, path):
            yield from _leaf_problems(leaf, f"{where}::{place}", document, vocabulary)
    top = document["eligibility"]["all"]
    yield from _repeated(top, where)
    yield from _impossible(top, where)


def conditions_of(document: Document) -> Iterator[tuple[str, Document]]:
    """Every condition of a programme with its path: ``eligibility`` and each ``when``."""
    yield "eligibility", document["eligibility"]
    yield from _whens(document.get("aid", {}), "aid")
    yield from _whens(document.get("stacking", {}), "stacking")
    yield from _whens(document["intake"], "intake")


def _whens(value: Any, path: str) -> Iterator[tuple[str, Document]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key == "when":
                yield f"{path}.when", inner
            else:
                yield from _whens(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _whens(inner, f"{path}[{index}]")


def leaves_of(condition: Document, path: str) -> Iterator[tuple[str, Document]]:
    """Every leaf of a written condition, with its path."""
    for word in _GROUPS:
        if word in condition:
            for index, part in enumerate(condition[word]):
                yield from leaves_of(part, f"{path}.{word}[{index}]")
            return
    yield path, condition


def operator_of(leaf: Document) -> str:
    """The operator that a written leaf uses."""
    return next(key for key in leaf if key in OPERATORS)


def _leaf_problems(leaf: Document, where: str, document: Document, vocabulary: Vocabulary) -> Iterator[Problem]:
    if leaf["source"] not in (*document["sources"], RECORD_SOURCE):
        yield Problem("source-unknown", where, leaf["source"], ", ".join(document["sources"]))
    holds = leaf.get("holds") or {}
    if holds.get("from") and holds.get("to") and holds["from"] > holds["to"]:
        yield Problem("period-reversed", f"{where}.holds", f"{holds['from']} > {holds['to']}")
    attribute = vocabulary.attributes.get(leaf["attribute"])
    if attribute is None:
        yield Problem("attribute-unknown", where, leaf["attribute"])
        return
    if attribute.filter:
        yield Problem("attribute-filter", where, attribute.id)
        return
    operator = operator_of(leaf)
    allowed = OPERATORS_BY_TYPE[attribute.type]
    if operator not in allowed:
        yield Problem("operator-type", where, f"{operator} ({attribute.type})", ", ".join(sorted(allowed)))
        return
    yield from _operand_problems(leaf[operator], f"{where}.{operator}", attribute, vocabulary)


def _operand_problems(operand: Any, where: str, attribute: Attribute, vocabulary: Vocabulary) -> Iterator[Problem]:
    if attribute.ordered:
        yield from _limit_problems(operand, where, attribute)
    elif attribute.type == "place":
        known = vocabulary.places
        for code in operand:
            if code not in known and code not in known.sets:
                close = ", ".join(known.named(code)[:3])
                yield Problem("place-unknown", where, code, close)
    elif attribute.type == "code":
        table = vocabulary.codes.get(attribute.codes or "", {})
        yield from (Problem("code-unknown", where, code) for code in operand if table and code not in table)
    elif attribute.type != "flag":
        values = attribute.values or {}
        yield from (
            Problem("value-unknown", where, value, ", ".join(values)) for value in operand if value not in values
        )


def _limit_problems(operand: Any, where: str, attribute: Attribute) -> Iterator[Problem]:
    limit = number(attribute.type, operand)
    if limit is None:
        yield Problem("limit-type", where, shown(operand), attribute.type)
    elif attribute.limits and not attribute.limits[0] <= limit <= attribute.limits[1]:
        yield Problem("limit-range", where, shown(operand), f"{attribute.limits[0]} – {attribute.limits[1]}")


def _repeated(conditions: list[Document], where: str) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for index, condition in enumerate(conditions):
        key = json.dumps({k: v for k, v in condition.items() if k != "source"}, sort_keys=True, default=str)
        if key in seen:
            yield Problem("condition-repeated", f"{where}::eligibility.all[{index}]", f"= eligibility.all[{seen[key]}]")
        seen.setdefault(key, index)


def _impossible(conditions: list[Document], where: str) -> Iterator[Problem]:
    """Two limits that no answer can satisfy."""
    lows: dict[str, Any] = {}
    highs: dict[str, Any] = {}
    for condition in conditions:
        for operator, limits in (
            ("at_least", lows),
            ("more_than", lows),
            ("at_most", highs),
            ("below", highs),
        ):
            if operator in condition and "holds" not in condition:
                keep = max if limits is lows else min
                value = condition[operator]
                limits[condition["attribute"]] = keep(limits.get(condition["attribute"], value), value)
    for name in lows.keys() & highs.keys():
        if type(lows[name]) is type(highs[name]) and lows[name] > highs[name]:
            yield Problem("condition-impossible", f"{where}::eligibility", f"{name}: {lows[name]} > {highs[name]}")
