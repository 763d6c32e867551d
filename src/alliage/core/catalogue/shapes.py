"""Checking the shape of a document with its pydantic model, and saying what is wrong in Alliage's own codes.

What was expected is said without words of any language: the form of a value, the values or the names allowed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from alliage.core.rules.document import OPERATORS
from alliage.core.vocabulary.errors import AlliageError, Problem, shown

_CODES = {
    "missing": "field-missing",
    "extra_forbidden": "field-unknown",
    "condition-operator": "condition-operator",
    "literal_error": "value-unknown",
    "string_pattern_mismatch": "value-form",
    "too_short": "list-too-short",
    "too_long": "list-too-long",
    "string_too_short": "text-empty",
    "string_too_long": "text-too-long",
    "greater_than_equal": "number-limits",
    "less_than_equal": "number-limits",
    "finite_number": "number-limits",
}
_FORMS = {
    "dict": "{…}",
    "list": "[…]",
    "string": '"…"',
    "int": "42",
    "float": "0.5",
    "finite": "0.5",
    "bool": "true, false",
    "date": "2026-11-23",
}
_EXAMPLES = {
    r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$": "machine-grant",
    r"^[a-z][a-z0-9_]*$": "my_pack",
    r"^[a-z]+\.[a-z][a-z0-9_]*$": "company.employees",
    r"^[A-Z]{3}$": "CAD",
    r"^\d{1,2}:[0-5]\d$": '"9:30"',
    r"^\d{4}-\d{2}-\d{2}$": '"2026-11-23"',
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "machine-grant",
    r"^\d{4}(-\d{2}(-\d{2})?)?$": '"2026", "2026-11", "2026-11-23"',
}
_TAGS = frozenset({"leaf", "all", "any", "not", "readings"})  # the branches of a condition
_BOUNDS = {"ge": "≥", "le": "≤", "gt": ">", "lt": "<", "min_length": "≥", "max_length": "≤"}


def checked(content: Any, *, model: type[BaseModel], where: str) -> Any:
    """The content as plain JSON data, complete and typed, or every mistake of shape.

    Raises:
        AlliageError: ``field-…``, ``value-…``, ``list-…``, ``text-empty``, ``number-limits`` or ``condition-operator``.
    """
    try:
        document = model.model_validate(content)
    except ValidationError as error:
        details = error.errors(include_url=False)
        raise AlliageError(_problems(details, content=content, model=model, where=where)) from None
    return document.model_dump(mode="json", by_alias=True, exclude_none=True)


def _problems(details: list[ErrorDetails], *, content: Any, model: type[BaseModel], where: str) -> Iterator[Problem]:
    """One problem for each cause: where several forms are allowed, each of them says what it wanted."""
    found: dict[str, list[Problem]] = {}
    for detail in _without_misspelled(details):
        place = _path(detail, content)
        code = _CODES.get(detail["type"], "value-type")
        at = f"{where}::{place}" if place else where
        found.setdefault(place, []).append(Problem(code, at, _found(detail), _expected(detail, model)))
    for place, problems in found.items():
        if any(other.startswith((f"{place}.", f"{place}[")) for other in found):
            continue  # the form that came nearest says more
        telling = next((problem for problem in problems if problem.code != "value-type"), problems[0])
        wanted = dict.fromkeys(problem.expected for problem in problems if problem.expected)
        yield replace(telling, expected=", ".join(wanted))


def _without_misspelled(details: list[ErrorDetails]) -> list[ErrorDetails]:
    """The details without the fields that are missing because their name is misspelled."""
    unknown = [detail["loc"] for detail in details if detail["type"] == "extra_forbidden"]
    return [
        detail
        for detail in details
        if detail["type"] != "missing"
        or not get_close_matches(
            str(detail["loc"][-1]), [str(loc[-1]) for loc in unknown if loc[:-1] == detail["loc"][:-1]]
        )
    ]


def _found(detail: ErrorDetails) -> str:
    """What is wrong: the name of a field that should not be there, the operators of a condition, else the value."""
    if detail["type"] == "missing":
        return ""
    if detail["type"] == "extra_forbidden":
        return shown(detail["loc"][-1])
    written = detail.get("ctx", {}).get("found", "none")
    return shown(detail["input"]) if written == "none" else shown(written)


def _expected(detail: ErrorDetails, model: type[BaseModel]) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "missing":
        return str(detail["loc"][-1])
    if kind == "extra_forbidden":
        name = str(detail["loc"][-1])
        return ", ".join(get_close_matches(name, sorted(_fields(model.model_json_schema()) - {name}), cutoff=0.7))
    if kind == "condition-operator":
        return ", ".join(OPERATORS)
    if kind == "literal_error":
        return ", ".join(re.findall(r"'([^']*)'", context["expected"]))
    if kind == "string_pattern_mismatch":
        return _EXAMPLES.get(context["pattern"], str(context["pattern"]))
    if kind == "model_type":
        return _fields_wanted(context["class_name"], model.model_json_schema())
    bounds = [f"{sign} {context[name]}" for name, sign in _BOUNDS.items() if name in context]
    return " ".join(bounds) or _FORMS.get(kind.split("_")[0], "")


def _fields(schema: Mapping[str, Any]) -> set[str]:
    """The names of all the fields that a document may have, at any depth."""
    parts = (schema, *schema.get("$defs", {}).values())
    return {name for part in parts for name in part.get("properties", ())}


def _fields_wanted(name: str, schema: Mapping[str, Any]) -> str:
    part = schema.get("$defs", {}).get(name, schema)
    required = part.get("required", [])
    others = ["…"] if len(part.get("properties", ())) > len(required) else []
    return "{" + ", ".join([*required, *others]) + "}"


def _path(detail: ErrorDetails, content: Any) -> str:
    """A path a person can follow: ``eligibility.all[2].at_most``.

    Pydantic also names the branches of unions; only what is in the content, or is missing from it, is kept.
    """
    text, at, parts = "", content, detail["loc"]
    for index, part in enumerate(parts):
        if isinstance(part, int):
            text, at = f"{text}[{part}]", at[part]
        elif part in _TAGS and index and isinstance(parts[index - 1], int):
            continue
        elif isinstance(at, Mapping) and part in at:
            text, at = f"{text}.{part}" if text else part, at[part]
        elif detail["type"] == "missing" and index == len(parts) - 1:
            text = f"{text}.{part}" if text else part
    return text
