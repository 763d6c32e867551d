"""Problems in words: the code, the place, what was found, what was expected, and what to do.

The words are in ``packs/common/errors.yaml``; a command that goes well never reads them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from functools import cache
from typing import Any

import typer

import alliage
from alliage.cli.page import Page, Span, show
from alliage.cli.words import LANGUAGES, Words
from alliage.core.vocabulary.errors import Problem

MOST_SHOWN = 40


@cache
def registry() -> dict[str, dict[str, dict[str, str]]]:
    """Each code with what it says and what to do, in both languages."""
    from alliage.core.vocabulary.yaml_files import read_yaml

    words: dict[str, dict[str, dict[str, str]]] = read_yaml(alliage.COMMON / "errors.yaml")
    return words


def said(problem: Problem, part: str, lang: str) -> str:
    """What a problem ``says``, or what to ``do`` about it."""
    text = registry().get(problem.code, {}).get(part, {}).get(lang, problem.code if part == "says" else "")
    return text.replace("{found}", problem.found).replace("{expected}", problem.expected)


def as_dict(problem: Problem) -> dict[str, Any]:
    """A problem as plain data, with its words."""
    words = {part: {lang: said(problem, part, lang) for lang in LANGUAGES} for part in ("says", "do")}
    return {**problem.as_dict(), **words}


def report(problems: Sequence[Problem], *, words: Words, as_json: bool) -> None:
    """Say why something is refused: words on standard error, or JSON on standard output."""
    if as_json:
        typer.echo(json.dumps({"errors": [as_dict(problem) for problem in problems]}, ensure_ascii=False, indent=2))
        return
    page = Page(sys.stderr)
    tell(page, problems[:MOST_SHOWN], words=words)
    if len(problems) > MOST_SHOWN:
        page.blank()
        page.line(words.count("error.more", len(problems) - MOST_SHOWN))
    show(page, stream=sys.stderr)


def tell(page: Page, problems: Sequence[Problem], *, words: Words) -> None:
    """Put problems on a page, one block for each."""
    for problem in problems:
        page.blank()
        page.item(
            "failed", Span(said(problem, "says", words.lang), "strong"), Span(f"  {problem.code}", "quiet"), indent=0
        )
        page.line(words("error.where", where=problem.where), indent=1)
        if problem.found:
            page.line(words("error.found", found=problem.found), indent=1)
        if problem.expected:
            page.line(words("error.expected", expected=problem.expected), indent=1)
        advice = said(problem, "do", words.lang)
        if advice:
            page.line(words("error.do", do=advice), indent=1)
