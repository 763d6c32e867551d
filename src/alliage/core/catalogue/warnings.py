"""What a team should look at next: facts that are old, undated, unsourced or uncertain. Never an error."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.catalogue.freshness import freshness
from alliage.core.catalogue.programme import RECORD_SOURCE, Programme
from alliage.core.vocabulary.errors import Problem


def warnings(catalogue: Catalogue, *, on: date) -> list[Problem]:
    """Every warning on a day, programme by programme."""
    return [problem for programme in catalogue.programmes.values() for problem in programme_warnings(programme, on=on)]


def programme_warnings(programme: Programme, *, on: date) -> Iterator[Problem]:
    """The warnings on one programme."""
    where = str(programme.document.get("file", programme.id))
    age = freshness(programme, on=on)
    if age.state == "stale":
        yield Problem("fact-stale", where, f"{age.months}", "12", "warning")
    if age.state == "undated":
        yield Problem("fact-undated", where, "", "", "warning")
    unsourced = sum(1 for _ in _record_sources(programme.document))
    if unsourced:
        yield Problem("fact-unsourced", where, str(unsourced), "", "warning")
    for key, source in programme.document["sources"].items():
        if date.fromisoformat(source["read"]) > on:
            yield Problem("source-future", f"{where}::sources.{key}.read", source["read"], f"≤ {on}", "warning")
    if programme.confidence == "low":
        yield Problem("fact-uncertain", where, programme.confidence, "", "warning")
    if programme.nothing_read and programme.kind == "programme":
        yield Problem("condition-none", where, "", "", "warning")


def _record_sources(value: Any) -> Iterator[Any]:
    """The figures whose own source was not noted."""
    if isinstance(value, dict):
        if value.get("source") == RECORD_SOURCE:
            yield value
        for key, inner in value.items():
            if key != "intake":
                yield from _record_sources(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _record_sources(inner)
