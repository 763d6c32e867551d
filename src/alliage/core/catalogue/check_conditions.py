"""Checking every condition of a programme: eligibility, tiers, parts, intake and stacking cases."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

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
            yield from leaf_problems(leaf, f"{where}::{place}", vocabulary)
    top = document["eligibility"]["all"]
    yield from _repeated(top, where)
    yield from _impossible(top, where, vocabulary)


def close_to(value: object, known: Iterable[str]) -> str:
    """The known names that look like what was written, else the first ones."""
    names = list(known)
    return ", ".join(get_close_matches(str(value), names, n=4, cutoff=0.6) or names[:8])


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


def leaf_problems(leaf: Document, where: str, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Every error of meaning in one written leaf, but for its source."""
    holds = leaf.get("holds") or {}
    if holds.get("from") and holds.get("to") and holds["from"] > holds["to"]:
        yield Problem("period-reversed", f"{where}.holds", f"{holds['from']} > {holds['to']}", "from ≤ to")
    attribute = vocabulary.attributes.get(leaf["attribute"])
    if attribute is None:
        close = close_to(leaf["attribute"], vocabulary.attributes)
        yield Problem("attribute-unknown", f"{where}.attribute", shown(leaf["attribute"]), close)
        return
    if attribute.filter:
        yield Problem("attribute-filter", f"{where}.attribute", attribute.id)
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
                close = ", ".join(known.named(code)[:3]) or close_to(code, (*known.sets, *known.places))
                yield Problem("place-unknown", where, shown(code), close)
    elif attribute.type == "code":
        table = vocabulary.codes.get(attribute.codes or "", {})
        unknown = (code for code in operand if table and code not in table)
        yield from (Problem("code-unknown", where, shown(code), close_to(code, table)) for code in unknown)
    elif attribute.type != "flag":
        values = attribute.values or {}
        yield from (
            Problem("value-unknown", where, shown(value), ", ".join(values)) for value in operand if value not in values
        )


def _limit_problems(operand: Any, where: str, attribute: Attribute) -> Iterator[Problem]:
    limit = number(attribute.type, operand)
    if limit is None:
        yield Problem("limit-type", where, shown(operand), attribute.type)
    elif attribute.limits and not attribute.limits[0] <= limit <= attribute.limits[1]:
        yield Problem("limit-range", where, shown(operand), f"{attribute.limits[0]} – {attribute.limits[1]}")
    elif not attribute.limits and attribute.type != "date" and limit < 0:
        yield Problem("limit-range", where, shown(operand), "≥ 0")


def _repeated(conditions: list[Document], where: str) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for index, condition in enumerate(conditions):
        key = json.dumps({k: v for k, v in condition.items() if k != "source"}, sort_keys=True, default=str)
        if key in seen:
            yield Problem("condition-repeated", f"{where}::eligibility.all[{index}]", f"= eligibility.all[{seen[key]}]")
        seen.setdefault(key, index)


_LOWS, _HIGHS = {"at_least": "≥", "more_than": ">"}, {"at_most": "≤", "below": "<"}


def _impossible(conditions: list[Document], where: str, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Two limits that no answer can satisfy."""
    for name, limits in _limits(conditions, vocabulary).items():
        lows = [(limit, sign) for sign, limit in limits if sign in _LOWS.values()]
        highs = [(limit, sign) for sign, limit in limits if sign in _HIGHS.values()]
        if not lows or not highs:
            continue
        low, high = max(lows), min(highs)
        if low[0] > high[0] or (low[0] == high[0] and (low[1], high[1]) != ("≥", "≤")):
            found = f"{name}: {low[1]} {low[0]}, {high[1]} {high[0]}"
            yield Problem("condition-impossible", f"{where}::eligibility", found)


def _limits(conditions: list[Document], vocabulary: Vocabulary) -> dict[str, list[tuple[str, Any]]]:
    """The limits on each ordered attribute, with the sign of each, that hold on any day."""
    found: dict[str, list[tuple[str, Any]]] = {}
    for condition in conditions:
        attribute = vocabulary.attributes.get(condition.get("attribute", ""))
        if attribute is None or not attribute.ordered or "holds" in condition:
            continue
        for operator, sign in {**_LOWS, **_HIGHS}.items():
            limit = number(attribute.type, condition.get(operator))
            if limit is not None:
                found.setdefault(attribute.id, []).append((sign, limit))
    return found
