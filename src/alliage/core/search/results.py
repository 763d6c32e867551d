"""What a search gives: the best hits, how many there are, and counts for each way to narrow them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypedDict

from alliage.core.catalogue.programme import Programme
from alliage.core.search.fields import instrument_ids

FACETS = ("need", "instrument", "level", "provider")


class Only(TypedDict, total=False):
    """What narrows a search; what is absent or ``None`` narrows nothing, and what nothing has leaves nothing.

    ``place`` keeps what is not ruled out there; ``among`` keeps these ids (those open today, say).
    """

    need: str | None
    instrument: str | None
    level: str | None
    provider: str | None
    place: str | None
    among: Collection[str] | None


@dataclass(frozen=True, slots=True)
class Correction:
    """A word that nothing holds, and the known word that was looked for instead."""

    typed: str
    used: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A programme found; ``matched`` are the words of the query that it holds, in one form or another."""

    programme_id: str
    score: float
    matched: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SearchResults:
    """The best hits, how many there are in all, and how many each choice of each facet would keep.

    ``corrected`` says which words were read as others; ``unknown`` those that were put aside.
    """

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, Mapping[str, int]]
    corrected: tuple[Correction, ...] = ()
    unknown: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The results as plain data, for JSON."""
        return {
            "total": self.total,
            "hits": [
                {"programme": hit.programme_id, "score": hit.score, "matched": list(hit.matched)} for hit in self.hits
            ],
            "facets": {facet: dict(counts) for facet, counts in self.facets.items()},
            "corrected": [{"typed": word.typed, "used": word.used} for word in self.corrected],
            "unknown": list(self.unknown),
        }


def kept(programmes: Iterable[Programme], only: Only, *, but: str | None = None) -> list[Programme]:
    """The programmes that the facets of a search keep, all of them or all ``but`` one."""
    wanted = {facet: value for facet in FACETS if facet != but and (value := only.get(facet)) is not None}
    return [p for p in programmes if all(value in _values(p, facet) for facet, value in wanted.items())]


def counted(programmes: Iterable[Programme], only: Only) -> dict[str, dict[str, int]]:
    """For each facet, how many programmes each of its values would keep, the other facets as they are.

    The commonest value first.
    """
    found = list(programmes)
    return {facet: _counts(kept(found, only, but=facet), facet) for facet in FACETS}


def _counts(programmes: Iterable[Programme], facet: str) -> dict[str, int]:
    counts = Counter(value for programme in programmes for value in _values(programme, facet))
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _values(programme: Programme, facet: str) -> tuple[str, ...]:
    if facet == "need":
        return programme.needs
    if facet == "instrument":
        return instrument_ids(programme)
    return (programme.provider.level,) if facet == "level" else (programme.provider.id,)
