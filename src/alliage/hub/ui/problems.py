"""What each code of the core's errors says, and what to do, in the language of the page."""

from __future__ import annotations

from functools import cache
from typing import Any

import alliage
from alliage.core.vocabulary.errors import Problem
from alliage.core.vocabulary.yaml_files import read_yaml
from alliage.hub.ui.words import language, typeset


def said(problem: Problem) -> dict[str, str]:
    """A problem in words: ``says``, ``do``, and its ``code``, ``where``, ``found``, ``expected``."""
    words = _registry().get(problem.code, {})
    return {
        "says": _worded(words, "says", problem) or problem.code,
        "do": _worded(words, "do", problem),
        **_plain(problem),
    }


def _plain(problem: Problem) -> dict[str, str]:
    return {"code": problem.code, "where": problem.where, "found": problem.found, "expected": problem.expected}


def _worded(words: dict[str, Any], part: str, problem: Problem) -> str:
    text: str = words.get(part, {}).get(language(), "")
    filled = text.replace("{found}", problem.found).replace("{expected}", problem.expected)
    return typeset(filled, lang=language())


@cache
def _registry() -> dict[str, Any]:
    words: dict[str, Any] = read_yaml(alliage.COMMON / "errors.yaml")
    return words
