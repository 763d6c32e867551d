"""Problems found in what was given: a stable code, a place, what was found, what was expected.

The words for each code are in ``packs/common/errors.yaml``, in French and in English, with what to do.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. ``where`` is ``file::path`` or the path in what was given."""

    code: str
    where: str
    found: str = ""
    expected: str = ""
    severity: Severity = field(default="error")

    def as_dict(self) -> dict[str, str]:
        """The problem as plain data, for JSON."""
        return {
            "code": self.code,
            "where": self.where,
            "found": self.found,
            "expected": self.expected,
            "severity": self.severity,
        }


class AlliageError(Exception):
    """What was given is refused, whole. ``problems`` says why; nothing was half-loaded."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("; ".join(f"{p.code} at {p.where}: found {p.found}" for p in self.problems))


def shown(value: object, *, longest: int = 80) -> str:
    """A short, one-line picture of a value that was given, safe to print."""
    text = value if isinstance(value, str) else _written(value)
    text = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _written(value: object) -> str:
    """A value as it would be written in a file: ``true``, ``2026-11-23``, ``["a", "b"]``."""
    if isinstance(value, date):
        return value.isoformat()
    try:
        return json.dumps(value, ensure_ascii=False, default=str)
    except (TypeError, ValueError):
        return repr(value)
