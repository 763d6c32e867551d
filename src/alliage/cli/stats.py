"""Counting what a pack holds, on a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.catalogue.fitness import Fitness, fitness
from alliage.core.catalogue.freshness import freshness
from alliage.core.catalogue.intake import intake_on
from alliage.core.catalogue.programme import Programme
from alliage.core.rules.condition import leaves

PLAN = ("enters", "rate", "expenses", "figures", "base", "announced", "words", "cases")
CEILINGS = ("known", "none", "unsure", "private", "words", "unknown")
STATES = ("confirmed", "fresh", "stale", "undated")


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts of programmes by each of their traits, and counts of what is known of them."""

    by: dict[str, dict[str, int]]
    facts: dict[str, int]


def stats_of(catalogue: Catalogue, *, on: date) -> Stats:
    """The counts of a catalogue on a day."""
    programmes = list(catalogue.programmes.values())
    needs = catalogue.vocabulary.attributes[catalogue.vocabulary.roles.needs].values or {}
    by = {
        "level": _in_order((p.provider.level for p in programmes), catalogue.levels),
        "instrument": _commonest(p.instrument or "none" for p in programmes),
        "need": _in_order((need for p in programmes for need in p.needs), needs),
        "intake": _commonest(intake_on(p, on=on, answers={}).state for p in programmes),
        "freshness": _in_order((freshness(p, on=on).state for p in programmes), STATES),
        "confidence": _in_order((p.confidence for p in programmes), ("high", "medium", "low")),
        "kind": _commonest(p.kind for p in programmes),
        **_fit(fitness(catalogue, on=on)),
    }
    return Stats(by, _facts(catalogue, programmes))


def _facts(catalogue: Catalogue, programmes: list[Programme]) -> dict[str, int]:
    return {
        "programmes": len(programmes),
        "redirects": len(catalogue.redirects),
        "providers": len(catalogue.providers),
        "attributes": len(catalogue.vocabulary.attributes),
        "conditions": sum(1 for p in programmes for condition in p.conditions for _ in leaves(condition)),
        "no-condition": sum(p.nothing_read and p.kind == "programme" for p in programmes),
        "confirm": sum(len(p.document.get("confirm", ())) for p in programmes),
        "sources": sum(len(p.document["sources"]) for p in programmes),
        "money": sum(any(_known(p.document["aid"])) for p in programmes),
        "stacking": sum("stacking" in p.document for p in programmes),
        "cases": sum(len(p.document.get("cases", ())) for p in programmes),
    }


def _fit(found: list[Fitness]) -> dict[str, dict[str, int]]:
    """What a plan may use of the programmes that pay money, neither closed nor suspended."""
    live = [one for one in found if not one.shut]
    lacks = (lack for one in live for lack in one.lacks or ("enters",))
    ceilings = (one.ceiling for one in live)
    return {"plan": _in_order(lacks, PLAN), "ceiling": _in_order(ceilings, CEILINGS)}


def _known(aid: dict[str, Any]) -> Iterable[bool]:
    """Whether each tier gives a rate or an amount."""
    return ("rate_at_most" in tier or "amount" in tier for part in aid.get("parts", ()) for tier in part["tiers"])


def _commonest(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items(), key=lambda item: (-item[1], item[0])))


def _in_order(values: Iterable[str], order: Iterable[str]) -> dict[str, int]:
    counts = Counter(values)
    return {value: counts[value] for value in order if counts[value]}
