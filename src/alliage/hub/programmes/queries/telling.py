"""What changed between two documents, in words, as revisions keep it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

import alliage
from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.catalogue.programme import build_programme
from alliage.hub.programmes.queries.speaking import Speech

Document = Mapping[str, Any]
Changes = list[dict[str, Any]]


def told(before: Catalogue, after: Catalogue, ids: Iterable[str]) -> Mapping[str, Changes]:
    """What changed in some programmes, in words, as revisions keep it."""
    wanted, found = set(ids), dict[str, Changes]()
    for change in alliage.diff(before, after) if wanted else ():
        if change.subject == "programme" and change.id in wanted:
            kept = {"kind": change.kind, "path": change.path, "text": dict(change.text)}
            found.setdefault(change.id, []).append(kept)
    return found


def told_of_one(catalogue: Catalogue, before: Document | None, after: Document) -> Changes:
    """What one document changes of another, in words: nothing else of the catalogue is looked at."""
    sides = [_alone(catalogue, document) for document in (before, after)]
    return list(told(sides[0], sides[1], [str(after["id"])]).get(str(after["id"]), ()))


def _alone(catalogue: Catalogue, document: Document | None) -> Catalogue:
    if document is None or document.get("provider") not in catalogue.providers:
        return dataclasses.replace(catalogue, programmes={}, redirects={})
    provider = catalogue.providers[document["provider"]]
    try:
        programme = build_programme(document, provider=provider, vocabulary=catalogue.vocabulary)
    except LookupError:  # written with an older vocabulary
        return dataclasses.replace(catalogue, programmes={}, redirects={})
    return dataclasses.replace(catalogue, programmes={programme.id: programme}, redirects={})


def changes_of(before: Document, after: Document, *, speech: Speech) -> list[str]:
    """What a document that was checked changes of another, in the language of the page."""
    return [speech.text(change["text"]) for change in told_of_one(speech.catalogue, before, after)]
