"""What each programme says now, by its revision, for those who look for what changed since they last looked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from alliage.hub.programmes.models import Programme, Revision

_QUIET = frozenset({"example"})


@dataclass(frozen=True, slots=True)
class Published:
    """A programme at its current revision."""

    id: str
    number: int
    retired: bool
    name: Mapping[str, str]

    def document_of(self, number: int) -> Mapping[str, Any] | None:
        """What it said at a revision; nothing if there is no such revision."""
        found = Revision.objects.filter(programme=self.id, number=number).first()
        document: Mapping[str, Any] | None = found.document if found else None
        return document

    def changes_since(self, number: int) -> list[dict[str, str]]:
        """What changed after a revision up to this one, in the words of the revisions, in both languages."""
        rows = Revision.objects.filter(programme=self.id, number__gt=number, number__lte=self.number)
        told = rows.order_by("number").values_list("changes", flat=True)
        return [dict(change["text"]) for changes in told for change in changes if change["kind"] not in _QUIET]


def published() -> list[Published]:
    """Every programme, the retired ones too."""
    rows = Programme.objects.exclude(current=None).values_list(
        "id", "current__number", "retired", "current__document__name"
    )
    return [Published(id_, number, retired is not None, name or {}) for id_, number, retired, name in rows]
