"""Programmes of the invented pack, written in a few words, and the offers that they make of one project."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from alliage.core.catalogue.catalogue import Catalogue, build_catalogue
from alliage.core.catalogue.document import ProgrammeDocument
from alliage.core.catalogue.shapes import checked
from alliage.core.financing.offers import Entry, Offered, offered
from alliage.core.financing.wishes import Wishes, preferences_of
from alliage.core.matching.results import match
from tests import invented

# Two wells, of 10,000 and 2,000, timber of 6,000, wages of 4,000: 22,000 in all.
BUDGET = (
    {"category": "wells", "amount": 10000, "date": "2027-03-01"},
    {"category": "wells", "amount": 2000, "date": "2028-03-01"},
    {"category": "timber", "amount": 6000},
    {"category": "wages", "amount": 4000},
)
ORGANIC = {"attribute": "farm.organic", "is": True, "source": "page"}
FARM: Mapping[str, Any] = {
    "farm.sites": ["av-ost"],
    "farm.organic": True,
    "farm.helped": False,
    "plan.aims": ["water", "barns", "schooling"],
    "plan.begun": False,
    "plan.single": True,
}


def part(*tiers: Mapping[str, Any], **facts: Any) -> dict[str, Any]:
    """A part of aid: a grant on wells, unless it says otherwise."""
    written = [{"source": "page", **tier} for tier in tiers or ({"rate_at_most": 0.5},)]
    facts = {"instrument": "grant", "expenses": ["wells"], "base": "eligible", "source": "page", **facts}
    return {key: value for key, value in facts.items() if value is not None} | {"tiers": written}


def programme(id_: str = "hand", *parts: dict[str, Any], aid: Mapping[str, Any] | None = None, **facts: Any) -> Any:
    """A programme of the Crown, open, that asks for an organic farm, unless it says otherwise."""
    document = {
        "id": id_,
        "name": {"fr": id_, "en": id_},
        "provider": "crown-purse",
        "url": {},
        "needs": ["water"],
        "summary": {"fr": "Inventé.", "en": "Invented."},
        "eligibility": {"all": [ORGANIC]},
        "intake": {"kind": "continuous", "source": "page"},
        "sources": {"page": {"url": "https://a.example/", "publisher": "A", "read": date(2026, 11, 1)}},
        "confidence": "high",
        "aid": {"parts": list(parts or (part(),)), **(aid or {})},
        **facts,
    }
    return checked(document, model=ProgrammeDocument, where=f"{id_}.yaml")


def catalogue(*documents: Any) -> Catalogue:
    """A catalogue of these programmes."""
    return build_catalogue({**invented.raw(), "programmes": {one["id"]: one for one in documents}}, revision="invented")


def offers(
    *documents: Any, given: Mapping[str, Any] | None = None, budget: Any = BUDGET, held: frozenset[str] = frozenset()
) -> Offered:
    """What these programmes offer to the farm."""
    known = catalogue(*documents)
    answers = {**FARM, **(given or {})}
    if budget is not None:
        answers["plan.budget"] = list(budget)
    results = match(known, invented.profile(answers), on=invented.TODAY)
    return offered(results, preferences=preferences_of(known, Wishes()), held=held)


def entry(*parts: dict[str, Any], given: Mapping[str, Any] | None = None, budget: Any = BUDGET, **facts: Any) -> Entry:
    """The one offer of a programme."""
    return offers(programme("hand", *parts, **facts), given=given, budget=budget).entries["hand"]


def reason(*parts: dict[str, Any], given: Mapping[str, Any] | None = None, budget: Any = BUDGET, **facts: Any) -> str:
    """Why a programme cannot enter."""
    found = offers(programme("hand", *parts, **facts), given=given, budget=budget)
    assert not found.entries
    return found.outside[0].code
