"""Two versions of a document that come from one: what both changed is merged, what they changed otherwise is asked.

A three-way merge (Khanna, Kunal and Pierce, "A formal investigation of diff3", FSTTCS 2007) over a document in place of
lines: mappings by key, lists by the items that :mod:`differences` finds to be the same item. Words in two languages and
conditions on one attribute are changed whole: half of one rule and half of another make a rule that nobody wrote.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import count
from typing import Any

from alliage.core.catalogue.differences import ORDERED, Path, is_leaf, is_text, pairs_of, same, with_named_sources

NOTHING: Any = None  # no document holds an explicit null: what is not known is absent


class Side(Enum):
    """Whose version is kept where the two differ."""

    OURS = "ours"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class Clash:
    """One place that both versions changed, each in its own way. ``None`` where a version has nothing."""

    place: str  # in our version: aid.parts[0].tiers[1].rate_at_most
    path: Path
    base: Any
    ours: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged document, and the places where a choice was or is to be made: ours is kept where nothing is said."""

    document: Mapping[str, Any]
    clashes: tuple[Clash, ...]


def merge(
    *,
    base: Mapping[str, Any],
    ours: Mapping[str, Any],
    theirs: Mapping[str, Any],
    keep: Mapping[str, Side] | None = None,
) -> Merged:
    """One document with the changes of both versions.

    ``keep`` says, by the place of a clash, whose version to take. Keys of sources are only names: those of ``base``
    and ``theirs`` are read as ours for the same pages.
    """
    base, theirs = _named_as(ours, base), _named_as(ours, theirs)
    merging = _Merging(keep or {})
    document = merging.mappings(base, ours, theirs, ())
    return Merged(document=document, clashes=tuple(merging.clashes))


def _named_as(ours: Mapping[str, Any], other: Mapping[str, Any]) -> Mapping[str, Any]:
    return with_named_sources(ours, other) if "sources" in other else other


def place_of(path: Path) -> str:
    """A path as it is written: ``aid.parts[0].rate_at_most``."""
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path).removeprefix(".")


@dataclass(slots=True)
class _Merging:
    keep: Mapping[str, Side]
    clashes: list[Clash] = field(default_factory=list)

    def values(self, base: Any, ours: Any, theirs: Any, path: Path) -> Any:
        """The value of one place; ``NOTHING`` where there is none."""
        name = path[-1]
        if same(base, theirs, name=name) or same(ours, theirs, name=name):
            return ours
        if same(base, ours, name=name):
            return theirs
        if all(map(_is_open_mapping, (ours, theirs))) and (base is NOTHING or _is_open_mapping(base)):
            return self.mappings(base or {}, ours, theirs, path)
        if _mergeable_lists(base, ours, theirs, str(name)):
            return self.lists(base or (), ours, theirs, path)
        return self._asked(base, ours, theirs, path)

    def mappings(self, base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any], path: Path) -> Any:
        """Key by key, in our order, then theirs."""
        found = {
            key: self.values(base.get(key), ours.get(key), theirs.get(key), (*path, key))
            for key in dict.fromkeys((*ours, *theirs))
        }
        return {key: value for key, value in found.items() if value is not NOTHING}

    def lists(self, base: Sequence[Any], ours: Sequence[Any], theirs: Sequence[Any], path: Path) -> list[Any]:
        """Item by item, in our order; what they add comes after the item that it follows in theirs."""
        rows = _rows(base, ours, theirs, str(path[-1]))
        placed: list[tuple[int | None, Any]] = []  # the rank in theirs, the item
        added = count(len(ours))
        for was, our, their in rows:
            rank = next(added) if our is None else our
            values = (_at(base, was), _at(ours, our), _at(theirs, their))
            item = self.values(*values, (*path, rank))
            if item is not NOTHING:
                _put(placed, their, item, after_all=our is not None)
        return [item for _, item in placed]

    def _asked(self, base: Any, ours: Any, theirs: Any, path: Path) -> Any:
        clash = Clash(place=place_of(path), path=path, base=base, ours=ours, theirs=theirs)
        self.clashes.append(clash)
        return theirs if self.keep.get(clash.place) is Side.THEIRS else ours


def _is_open_mapping(value: Any) -> bool:
    """Whether a value may be merged key by key."""
    return isinstance(value, Mapping) and not is_text(value) and not is_leaf(value)


def _mergeable_lists(base: Any, ours: Any, theirs: Any, name: str) -> bool:
    """Whether three values are lists to merge item by item; of those whose order counts, none may be put in another."""
    if not all(isinstance(value, list | tuple) for value in (ours, theirs, () if base is NOTHING else base)):
        return False
    if name not in ORDERED:
        return True
    if name == "tiers":  # the first that holds applies: one more before it changes what the others mean
        return base is not NOTHING and len(base) == len(ours) == len(theirs) and _in_order(base, ours, theirs, name)
    return _in_order(base or (), ours, theirs, name)


def _in_order(base: Sequence[Any], ours: Sequence[Any], theirs: Sequence[Any], name: str) -> bool:
    ranks = [[there for _, there in sorted(_pairs(base, items, name))] for items in (ours, theirs)]
    return all(found == sorted(found) for found in ranks)


def _pairs(before: Sequence[Any], after: Sequence[Any], name: str, *, any_item: bool = True) -> list[tuple[int, int]]:
    """The same items of two lists; of plain values (needs, expenses), the same value."""
    plain = not any(isinstance(item, Mapping) for item in (*before, *after))
    return pairs_of(before, after, "confirm" if plain else name, any_item=any_item and not plain)


def _rows(
    base: Sequence[Any], ours: Sequence[Any], theirs: Sequence[Any], name: str
) -> list[tuple[int | None, int | None, int | None]]:
    """Which ranks of the three lists are one item: ours in our order, then what only theirs has, in their order."""
    was_ours = {here: was for was, here in _pairs(base, ours, name)}
    was_theirs = {there: was for was, there in _pairs(base, theirs, name)}
    now_theirs = {was: there for there, was in was_theirs.items()}
    added = dict(_pairs(ours, theirs, name, any_item=False))  # by both, alike
    rows: list[tuple[int | None, int | None, int | None]] = []
    for here in range(len(ours)):
        was = was_ours.get(here)
        there = added.get(here) if was is None else now_theirs.get(was)
        rows.append((was, here, None if was is None and there in was_theirs else there))
    met = {there for _, _, there in rows}
    return rows + [(was_theirs.get(there), None, there) for there in range(len(theirs)) if there not in met]


def _at(items: Sequence[Any], rank: int | None) -> Any:
    return NOTHING if rank is None else items[rank]


def _put(placed: list[tuple[int | None, Any]], their: int | None, item: Any, *, after_all: bool) -> None:
    """Put an item at the end, or, if it is only theirs, after the nearest item that comes before it in theirs."""
    at = len(placed)
    if not after_all and their is not None:
        before = [(rank, here) for here, (rank, _) in enumerate(placed) if rank is not None and rank < their]
        at = max(before)[1] + 1 if before else 0
    placed.insert(at, (their, item))


def sides(choices: Iterable[tuple[str, str]]) -> dict[str, Side]:
    """What a person chose, by place; what is not a side is left out."""
    known = {side.value: side for side in Side}
    return {place: known[said] for place, said in choices if said in known}
