"""Confirmations laid over the documents of the catalogue, so that every page, receipt and file says the same.

A document is never changed for it: a confirmation is of one revision, and holds for what that one says. Once a
programme is retired then restored, it says the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import F

from alliage.hub.programmes.freshness.models import Confirmation

Document = dict[str, Any]


class Confirmations:
    """What the room below lays over its documents (:class:`~alliage.hub.programmes.overlays.Overlay`)."""

    def marks(self) -> list[list[Any]]:
        """What the confirmations add to the exact content of the catalogue, for its stamp."""
        return [list(row) for row in _living().order_by("id").values_list("id", "programme_id")]

    def laid(self, documents: Mapping[str, Document]) -> dict[str, Document]:
        """The documents of the current revisions, each with what confirms it."""
        found = dict(documents)
        for row in _living().reverse():  # the newest is laid last
            if row.programme_id in found:
                found[row.programme_id] = _laid(found[row.programme_id], row)
        return found


def _living() -> Any:
    return Confirmation.objects.filter(revision__digest=F("programme__current__digest"))


def _laid(document: Document, row: Confirmation) -> Document:
    """A provider confirms every fact, whatever page it was read on; the team read one page again."""
    day, sources = row.day.isoformat(), document["sources"]
    if row.kind == Confirmation.Kind.PROVIDER:
        return {**document, "sources": _each(sources, sources, confirmed=day, confirmed_by=row.body["fr"])}
    as_of = max(filter(None, (document.get("as_of"), day)))
    read = max(sources[row.source]["read"], day)  # an older reading than the document's own teaches nothing
    return {**document, "as_of": as_of, "sources": _each(sources, [row.source], read=read)}


def _each(sources: Mapping[str, Document], keys: Iterable[str], **more: str) -> dict[str, Document]:
    wanted = set(keys)
    return {key: {**source, **more} if key in wanted else source for key, source in sources.items()}
