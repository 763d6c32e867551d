"""The further ceilings of a programme's aid: over its parts, by year, and over all the programmes of a provider."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from alliage.core.catalogue.programme import Programme
from alliage.core.financing.case import Case, Document, cents, periods, share
from alliage.core.financing.parts import PartRead, reference
from alliage.core.financing.problem import Cap, SharedCap


def caps_of(programme: Programme, *, parts: tuple[PartRead, ...], case: Case) -> tuple[Cap, ...]:
    """The caps of an offer. A ceiling for each person, or for things whose number is not known, is read for one.

    A ceiling for a case told in words holds in any case.
    """
    aid = programme.document["aid"]
    found = [cap for part in parts for cap in part.caps]
    for part in parts:
        for ceiling in aid["parts"][part.index].get("ceilings", ()):
            found += _caps(ceiling, part.ids, parts, programme, case)
    for ceiling in aid.get("ceilings", ()):
        if "across" not in ceiling:
            named = ceiling.get("parts")
            ids = frozenset().union(*(part.ids for part in parts if named is None or part.id in named))
            found += _caps(ceiling, ids, parts, programme, case)
    return tuple(cap for cap in found if cap.parts)


def _caps(
    ceiling: Document, ids: frozenset[str], parts: tuple[PartRead, ...], programme: Programme, case: Case
) -> Iterator[Cap]:
    source = reference(programme, ceiling["source"])
    per = periods(ceiling)
    most = cents(ceiling["at_most"])
    lines = frozenset().union(*(part.lines for read in parts for part in read.parts if part.id in ids))
    if "year" in per and not ceiling.get("years"):
        for of_year in case.years(lines).values():
            yield Cap(most, ids, of_year, "year", source)
    else:
        yield Cap(most, ids, None, min(per, default="project"), source)


def shared_caps(programmes: Iterable[Programme]) -> tuple[SharedCap, ...]:
    """The ceilings over all the programmes of a provider, each once."""
    known = list(programmes)
    found: dict[tuple[Any, ...], SharedCap] = {}
    for programme in known:
        for ceiling in programme.document["aid"].get("ceilings", ()):
            if "across" not in ceiling:
                continue
            offers = frozenset(one.id for one in known if one.provider.id == ceiling["across"])
            weights = {kind: share(weight) for kind, weight in sorted(ceiling.get("weights", {}).items())}
            key = (ceiling["across"], ceiling["at_most"], tuple(weights.items()))
            cap = SharedCap(cents(ceiling["at_most"]), offers, weights, reference(programme, ceiling["source"]))
            found.setdefault(key, cap)
    return tuple(found.values())
