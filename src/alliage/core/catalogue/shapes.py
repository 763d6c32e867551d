"""Checking the shape of a document with its pydantic model, and saying what is wrong in Alliage's own codes."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ValidationError

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
    "greater_than_equal": "number-limits",
    "less_than_equal": "number-limits",
    "finite_number": "number-limits",
}
_TAGS = frozenset({"leaf", "all", "any", "not", "readings"})
_ALTERNATIVES = frozenset({"int", "float", "date", "bool", "str"})


def checked(content: Any, *, model: type[BaseModel], where: str) -> Any:
    """The content as plain JSON data, complete and typed, or every mistake of shape.

    Raises:
        AlliageError: ``field-…``, ``value-…``, ``list-…``, ``text-empty``, ``number-limits`` or ``condition-operator``.
    """
    try:
        document = model.model_validate(content)
    except ValidationError as error:
        raise AlliageError(_problems(error, where)) from None
    return document.model_dump(mode="json", by_alias=True, exclude_none=True)


def _problems(error: ValidationError, where: str) -> list[Problem]:
    found: dict[tuple[str, str], Problem] = {}
    for detail in error.errors(include_url=False):
        place = _path(detail["loc"])
        code = _CODES.get(detail["type"], "value-type")
        context = detail.get("ctx") or {}
        expected = str(context.get("expected") or context.get("pattern") or _limit(context) or _wanted(detail["type"]))
        given = "" if code == "field-missing" else shown(context.get("found") or detail["input"])
        found.setdefault((code, place), Problem(code, f"{where}::{place}", given, expected))
    return list(found.values())


def _limit(context: dict[str, Any]) -> str:
    return " ".join(f"{key} {value}" for key, value in context.items() if key in ("ge", "le", "gt", "lt", "min_length"))


def _wanted(kind: str) -> str:
    return kind.removesuffix("_type").removesuffix("_parsing").replace("_", " ")


def _path(parts: tuple[int | str, ...]) -> str:
    """A path a person can follow: ``eligibility.all[2].at_most``; the names of union branches are left out."""
    text = ""
    for index, part in enumerate(parts):
        if isinstance(part, int):
            text += f"[{part}]"
        elif not _is_branch(part, parts, index):
            text += f".{part}" if text else str(part)
    return text


def _is_branch(part: str, parts: tuple[int | str, ...], index: int) -> bool:
    """Whether a part of a pydantic location names a branch of a union, not a key of the document."""
    if part in _ALTERNATIVES and index == len(parts) - 1:
        return True
    after_item = index > 0 and isinstance(parts[index - 1], int)
    return (part in _TAGS and after_item) or "[" in part or "(" in part
