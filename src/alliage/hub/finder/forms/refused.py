"""What the core refuses, in its own words: what it says, where, what was found, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import alliage
from alliage.core.vocabulary.errors import Problem
from alliage.core.vocabulary.yaml_files import read_yaml


def told(problems: Sequence[Problem], *, lang: str) -> list[dict[str, Any]]:
    """Problems as a page shows them."""
    return [
        {
            "says": _words(problem, "says", lang),
            "do": _words(problem, "do", lang),
            "where": problem.where,
            "found": problem.found,
            "expected": problem.expected,
        }
        for problem in problems
    ]


def _words(problem: Problem, part: str, lang: str) -> str:
    said: str = registry().get(problem.code, {}).get(part, {}).get(lang, problem.code if part == "says" else "")
    return said.replace("{found}", problem.found).replace("{expected}", problem.expected)


@cache
def registry() -> dict[str, Any]:
    """The words of each code of error."""
    words: dict[str, Any] = read_yaml(alliage.COMMON / "errors.yaml")
    return words
