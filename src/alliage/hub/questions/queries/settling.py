"""Which conditions of a programme an answer may settle."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from alliage.core.rules.condition import Condition
from alliage.hub.programmes.queries.speaking import Speech

Place = tuple[str, str]  # the place in the document, and the condition in words


def settled_by(programme_id: str, *, speech: Speech) -> list[Place]:
    """The conditions of a programme, and what it says to confirm, each with its place in the document."""
    programme = speech.catalogue.programmes.get(programme_id)
    if programme is None:
        return []
    document = programme.document
    items = list(_items(document.get("eligibility"), "eligibility"))
    own = programme.conditions[len(programme.conditions) - len(items) :]  # the provider's territory comes before them
    found = [
        (place, _words(condition, speech))
        for (place, node), condition in zip(items, own, strict=True)
        if "source" in node
    ]
    confirm = enumerate(document.get("confirm", ()))
    return [*found, *((f"confirm.{at}", speech.text(item["text"])) for at, item in confirm)]


def _items(raw: Any, place: str) -> Iterator[tuple[str, Any]]:
    """The conditions as written at the top of a document, in their order."""
    if isinstance(raw, dict) and isinstance(raw.get("all"), list):
        yield from ((f"{place}.all.{at}", node) for at, node in enumerate(raw["all"]))
    elif isinstance(raw, dict) and raw:
        yield place, raw


def _words(condition: Condition, speech: Speech) -> str:
    return speech.capital(speech.typeset(speech.wording.sentence(condition)))
