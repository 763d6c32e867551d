"""Places as a tree: country, province, region, MRC, municipality; and named sets of territories."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from alliage.core.vocabulary.errors import AlliageError, Problem
from alliage.core.vocabulary.truth import Cause, Truth

_COMBINING = re.compile("[\u0300-\u036f]")
_BETWEEN = re.compile(r"[\s\-–—'’]+")


@dataclass(frozen=True, slots=True)
class Place:
    """One place; ``parent`` is the smallest place that holds it, if any."""

    code: str
    parent: str | None
    level: str
    name: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PlaceSet:
    """Territories that a programme names. Inside ``perhaps`` and outside ``places``, the rule is not settled."""

    id: str
    name: Mapping[str, str]
    places: tuple[str, ...]
    perhaps: tuple[str, ...] = ()


def folded(text: str) -> str:
    """Text without accents, case, dashes or double spaces, to compare names."""
    plain = _COMBINING.sub("", unicodedata.normalize("NFKD", text))
    return _BETWEEN.sub(" ", plain).strip().casefold()


@dataclass(frozen=True)
class Places:
    """The tree. Codes carry their level; each code's ancestors are known once."""

    places: Mapping[str, Place]
    sets: Mapping[str, PlaceSet]
    _ancestors: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    _by_name: dict[str, list[str]] = field(default_factory=dict, repr=False)

    def __contains__(self, code: str) -> bool:
        return code in self.places

    def ancestors(self, code: str) -> tuple[str, ...]:
        """The code itself, then what holds it, up to the root."""
        known = self._ancestors.get(code)
        if known is None:
            parent = self.places[code].parent
            known = (code, *(self.ancestors(parent) if parent else ()))
            self._ancestors[code] = known
        return known

    def inside(self, code: str, area: str) -> bool:
        """Whether a place is this area or lies in it."""
        return area in self.ancestors(code)

    def relation(self, code: str, areas: Iterable[str]) -> tuple[Truth, Cause | None]:
        """Whether a place is inside the areas: true, false if disjoint from all, else unknown and why.

        ``areas`` are codes of places or ids of place sets.
        """
        named, perhaps = self.expand(areas)
        truth = self._within(code, named)
        if truth is Truth.TRUE:
            return truth, None
        doubt = self._within(code, perhaps)
        if doubt is Truth.TRUE and truth is Truth.FALSE:
            return Truth.UNKNOWN, Cause.UNSETTLED
        if truth is Truth.FALSE and doubt is Truth.FALSE:
            return Truth.FALSE, None
        return Truth.UNKNOWN, Cause.IMPRECISE

    def expand(self, areas: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The codes named by areas, and those where a set may be incomplete."""
        named: list[str] = []
        perhaps: list[str] = []
        for area in areas:
            group = self.sets.get(area)
            named.extend(group.places if group else (area,))
            perhaps.extend(group.perhaps if group else ())
        return tuple(named), tuple(perhaps)

    def _within(self, code: str, areas: tuple[str, ...]) -> Truth:
        line = self.ancestors(code)
        if any(area in line for area in areas):
            return Truth.TRUE
        return Truth.UNKNOWN if any(code in self.ancestors(area) for area in areas) else Truth.FALSE

    def named(self, name: str) -> list[str]:
        """The codes of the places that bear this name, in either language, whatever the accents and dashes.

        Of places that sit directly in one another (a city alone in its district), the smallest is meant.
        """
        if not self._by_name:
            for place in self.places.values():
                for key in {folded(word) for word in place.name.values()}:
                    self._by_name.setdefault(key, []).append(place.code)
        line = sorted(self._by_name.get(folded(name), []), key=lambda code: -len(self.ancestors(code)))
        nested = all(self.places[inner].parent == outer for inner, outer in pairwise(line))
        return line[:1] if nested else line

    def name(self, code: str, lang: str) -> str:
        """What to call a place or a set of places."""
        found = self.sets.get(code) or self.places.get(code)
        return found.name[lang] if found else code


def build_places(rows: Iterable[Mapping[str, str]], sets: Iterable[Mapping[str, object]] = ()) -> Places:
    """The tree from rows of ``code, parent, level, name_fr, name_en`` and documents of place sets.

    Raises:
        AlliageError: ``place-duplicate``, ``place-parent`` or ``place-set``.
    """
    places: dict[str, Place] = {}
    problems: list[Problem] = []
    for row in rows:
        code = row["code"]
        if code in places:
            problems.append(Problem("place-duplicate", f"places.csv::{code}", code))
        name = {"fr": row["name_fr"], "en": row["name_en"] or row["name_fr"]}
        places[code] = Place(code, row["parent"] or None, row["level"], name)
    problems += [
        Problem("place-parent", f"places.csv::{place.code}", place.parent)
        for place in places.values()
        if place.parent and not _is_held(place, places)
    ]
    built = {}
    for raw in sets:
        group = _place_set(raw)
        built[group.id] = group
        problems += [
            Problem("place-set", f"place_sets.yaml::{group.id}", code)
            for code in (*group.places, *group.perhaps)
            if code not in places
        ]
    if problems:
        raise AlliageError(problems)
    return Places(places, built)


def _is_held(place: Place, places: Mapping[str, Place]) -> bool:
    """Whether the parent of a place exists, and going up from it never comes back to the place itself."""
    seen: set[str] = set()
    at = places.get(place.parent or "")
    if at is None:
        return False
    while at is not None and at.code not in seen and at is not place:
        seen.add(at.code)
        at = places.get(at.parent or "")
    return at is not place


def _place_set(raw: Mapping[str, object]) -> PlaceSet:
    def codes(key: str) -> tuple[str, ...]:
        value = raw.get(key) or ()
        assert isinstance(value, list | tuple)
        return tuple(str(code) for code in value)

    name = raw.get("name") or {"fr": str(raw["id"]), "en": str(raw["id"])}
    assert isinstance(name, Mapping)
    return PlaceSet(str(raw["id"]), name, codes("places"), codes("perhaps"))
