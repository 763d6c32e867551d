"""Places inside a document: values by their dotted path, whatever the document holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_AT = re.compile(r"\[(\d+)\]")


def value_at(owner: Any, path: str) -> Any:
    """The value of a place, ``None`` where there is none."""
    found = owner
    for key in path.split("."):
        found = found.get(key) if isinstance(found, Mapping) else None
    return found


def put_at(owner: dict[str, Any], path: str, value: Any) -> None:
    """Write a value, or take it away (``None``) with the mappings that it leaves empty."""
    key, _, rest = path.partition(".")
    if not rest:
        if value is None:
            owner.pop(key, None)
        else:
            owner[key] = value
        return
    inside = owner.get(key)
    inner = dict(inside) if isinstance(inside, Mapping) else {}
    put_at(inner, rest, value)
    if inner:
        owner[key] = inner
    elif key in owner and inside != inner:
        del owner[key]


def items_at(owner: Any, path: str) -> list[tuple[str, Any]]:
    """The items of a list by their rank, or of a mapping by their key; what is no item is left out."""
    found = value_at(owner, path)
    if isinstance(found, Mapping):
        return [(str(key), item) for key, item in found.items() if isinstance(item, Mapping)]
    if isinstance(found, list):
        return [(str(rank), item) for rank, item in enumerate(found) if isinstance(item, Mapping)]
    return []


def dotted(place: str) -> str:
    """A place of a problem (``aid.parts[0].tiers[1]``) as the form names its field (``aid.parts.0.tiers.1``)."""
    return _AT.sub(r".\1", place)
