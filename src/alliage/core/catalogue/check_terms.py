"""Checking that every code shown to people has a name in the pack's words, in both languages.

Codes are the words that a programme writes for a base, a unit or a payer (``eligible``, ``site``, ``promoter``).
Their names stand in ``phrases.yaml``: ``terms``, with those of intake states, periods, fields and instruments.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from alliage.core.catalogue.check_conditions import close_to
from alliage.core.vocabulary.errors import Problem, shown

Document = Mapping[str, Any]
_SECTIONS = {
    "base": "terms",
    "of": "terms",
    "unit": "terms",
    "who": "terms",
    "costs_from": "terms",
    "counts_as": "terms",
    "state": "intakes",
    "per": "per",
    "instruments": "instruments",
    "background": "change_fields",
}
_FACTS = ("aid", "stacking", "intake", "background")
_NAME = re.compile(r"[a-z]+(?:[_-][a-z]+)*")


def term_problems(document: Document, *, where: str, phrases: Mapping[str, Any]) -> Iterator[Problem]:
    """Every code of a programme that has no name."""
    for part in _FACTS:
        for path, section, code in _codes(document.get(part, {}), part, part):
            known = phrases.get(section, {})
            if code not in known:
                yield Problem("term-unknown", f"{where}::{path}", shown(code), close_to(code, known))


def _codes(value: Any, path: str, key: str) -> Iterator[tuple[str, str, Any]]:
    """Each code with its path and the section of words where its name stands."""
    if isinstance(value, Mapping):
        if key == "hourly_wage_at_most":
            yield from ((f"{path}.{name}", "terms", name) for name in value)
        for name, inner in value.items():
            if name != "when":
                yield from _codes(inner, f"{path}.{name}", name)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _codes(inner, f"{path}[{index}]", key)
    elif key == "rate_formula":
        yield from ((path, "terms", name) for name in _names(value))
    elif key in _SECTIONS:
        yield path, _SECTIONS[key], value


def _names(formula: str) -> Iterable[str]:
    """What a formula counts with, such as ``payroll``."""
    return _NAME.findall(formula)
