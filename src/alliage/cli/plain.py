"""Answers as JSON, for programs."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from alliage.cli.page import can_write

if TYPE_CHECKING:
    from datetime import date

    from alliage.cli.checking import Checked
    from alliage.core.catalogue.catalogue import Catalogue
    from alliage.core.catalogue.programme import Programme
    from alliage.core.matching.results import Results
    from alliage.core.rules.condition import Condition
    from alliage.core.search.results import SearchResults


def as_json(content: object) -> str:
    """Plain data as JSON: on several lines for a person at a terminal, on one line for a program."""
    text = json.dumps(content, ensure_ascii=False, indent=2 if sys.stdout.isatty() else None)
    return text if can_write(sys.stdout, text) else json.dumps(content)


def results_json(results: Results, *, every: bool = False, only: str | None = None) -> str:
    """The results of ``match`` as JSON; ``only`` keeps one programme, by its id or a former one.

    Raises:
        AlliageError: ``programme-unknown``.
    """
    return as_json(results_plain(results, every=every, only=only))


def results_plain(results: Results, *, every: bool = False, only: str | None = None) -> dict[str, Any]:
    """The results of ``match`` as plain data."""
    from alliage.core.matching.answer import results_as_dict

    wanted = results.result(only).match.programme.id if only is not None else None
    answer = results_as_dict(results, every=every or only is not None)
    if wanted is not None:
        answer["results"] = [result for result in answer["results"] if result["programme"] == wanted]
    return answer


def programme_plain(programme: Programme, *, asked: str, on: date, catalogue: Catalogue) -> dict[str, Any]:
    """A programme as plain data: its document, its conditions in words, and its state on a day."""
    from alliage.cli.words import LANGUAGES
    from alliage.core.catalogue.freshness import freshness
    from alliage.core.catalogue.intake import intake_on
    from alliage.core.matching.receipt import source_of, wording

    speakers = {lang: wording(catalogue, lang=lang) for lang in LANGUAGES}
    fresh = freshness(programme, on=on)
    return {
        "on": on.isoformat(),
        "asked": asked,
        "programme": programme.id,
        "provider": {"id": programme.provider.id, "name": programme.provider.name, "level": programme.provider.level},
        "intake": intake_on(programme, on=on, answers={}).as_dict(),
        "freshness": {"state": fresh.state, "months": fresh.months},
        "conditions": [
            {
                "words": {lang: speakers[lang].sentence(condition) for lang in LANGUAGES},
                "sources": [
                    source_of(programme, key=key, catalogue=catalogue) for key in dict.fromkeys(sources_of(condition))
                ],
            }
            for condition in programme.conditions
        ],
        "document": {key: value for key, value in programme.document.items() if key != "file"},
    }


def sources_of(condition: Condition) -> list[str]:
    """The keys of the sources of a condition."""
    from alliage.core.rules.condition import leaves

    return [leaf.source for leaf in leaves(condition)]


def search_plain(found: SearchResults, *, words: str, on: date, catalogue: Catalogue) -> dict[str, Any]:
    """What a search found as plain data, with the names and the intake on a day."""
    from alliage.core.catalogue.intake import intake_on

    answer = {"words": words, "on": on.isoformat(), **found.as_dict()}
    for hit in answer["hits"]:
        programme = catalogue.programmes[hit["programme"]]
        hit["name"] = dict(programme.name)
        hit["intake"] = intake_on(programme, on=on, answers={}).as_dict()
    return answer


def check_plain(found: Checked) -> dict[str, Any]:
    """What a check found as plain data: every error and every warning, with their words."""
    from alliage.cli.problems import as_dict

    return {
        "target": found.target,
        "kind": found.kind,
        "checked": dict(found.counts),
        "errors": [as_dict(problem) for problem in found.errors],
        "warnings": [as_dict(problem) for problem in found.warnings],
    }
