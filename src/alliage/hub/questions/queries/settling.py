"""Which conditions of a programme an answer may settle.

What is chosen is kept as a place in the document with a fingerprint of what stood there, but for its source
(``eligibility.all.2#1f…``): another revision may hold another condition at the same place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from alliage.core.rules.condition import Condition
from alliage.hub.programmes.documents import digest
from alliage.hub.programmes.queries.speaking import Speech

Place = tuple[str, str]  # what is kept of the choice, and the condition in words
_SIGNS = 16  # of a fingerprint


def settled_by(programme_id: str, *, speech: Speech) -> list[Place]:
    """The conditions of a programme, and what it says to confirm, each as it may be chosen."""
    programme = speech.catalogue.programmes.get(programme_id)
    if programme is None:
        return []
    document = programme.document
    items = list(_items(document.get("eligibility"), "eligibility"))
    own = programme.conditions[len(programme.conditions) - len(items) :]  # the provider's territory comes before them
    found = [
        (_chosen(place, node), _words(condition, speech))
        for (place, node), condition in zip(items, own, strict=True)
        if "source" in node
    ]
    confirm = enumerate(document.get("confirm", ()))
    return [*found, *((_chosen(f"confirm.{at}", item), speech.text(item["text"])) for at, item in confirm)]


def settled_in(document: Mapping[str, Any], settles: str) -> dict[str, Any] | None:
    """What was chosen, in a revision of the document; nothing if it does not stand there, or says something else."""
    place, _hash, seen = settles.partition("#")
    found: Any = document
    for part in place.split("."):
        if isinstance(found, list) and part.isdigit() and int(part) < len(found):
            found = found[int(part)]
        elif isinstance(found, dict) and part in found:
            found = found[part]
        else:
            return None
    return found if isinstance(found, dict) and _chosen(place, found) == f"{place}#{seen}" else None


def _chosen(place: str, node: Mapping[str, Any]) -> str:
    return f"{place}#{digest({key: value for key, value in node.items() if key != 'source'})[:_SIGNS]}"


def _items(raw: Any, place: str) -> Iterator[tuple[str, Any]]:
    """The conditions as written at the top of a document, in their order."""
    if isinstance(raw, dict) and isinstance(raw.get("all"), list):
        yield from ((f"{place}.all.{at}", node) for at, node in enumerate(raw["all"]))
    elif isinstance(raw, dict) and raw:
        yield place, raw


def _words(condition: Condition, speech: Speech) -> str:
    return speech.capital(speech.typeset(speech.wording.sentence(condition)))
