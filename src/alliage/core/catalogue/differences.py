"""What differs between two documents, in places: lists are matched by what their items say, not by their rank.

The order of keys, of plain values, of conditions and of sources is deaf; that of tiers and of steps is not. A key of
``sources`` is only a name: what counts is the page that it stands for.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from alliage.core.rules.condition import OPERATORS

Path = tuple[str | int, ...]
Key = Callable[[Any], Hashable]
Pairs = list[tuple[int, int]]

GROUPS = ("all", "any", "not", "readings")
ORDERED = frozenset({"tiers", "steps", "cases"})  # of these, the order says something
ALIKE = 0.5  # share of words in common from which two texts are one that was reworded


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two documents differ; ``before`` or ``after`` is ``None`` where there is nothing."""

    path: Path
    before: Any
    after: Any
    moved: bool = False  # same items in another order


def differences(before: Any, after: Any, path: Path = ()) -> Iterator[Difference]:
    """Every difference between two plain values, at the smallest place that makes sense to a reader."""
    if same(before, after, name=path[-1] if path else ""):
        return
    if is_leaf(before) and is_leaf(after):
        yield from _leaf_differences(before, after, path)
    elif _is_group(before, path) and _is_group(after, path):
        yield from _group_differences(before, after, path)
    elif isinstance(before, Mapping) and isinstance(after, Mapping) and not (is_text(before) and is_text(after)):
        for key in sorted({*before, *after}):
            yield from differences(before.get(key), after.get(key), (*path, key))
    elif _are_records(before, after):
        yield from _list_differences(before or [], after or [], path)
    else:
        yield Difference(path, before, after)


def same(before: Any, after: Any, *, name: str | int = "") -> bool:
    """Whether two plain values, of the field ``name``, say the same: order counts only where it says something."""
    return before == after or canonical(before, name) == canonical(after, name)


def canonical(value: Any, name: str | int = "") -> str:
    """A value as text, with what has no order put in one."""
    if isinstance(value, Mapping):
        inside = (f"{json.dumps(key)}:{canonical(value[key], key)}" for key in sorted(value) if value[key] is not None)
        return "{" + ",".join(inside) + "}"
    if isinstance(value, list | tuple):
        items = [canonical(item) for item in value]
        return "[" + ",".join(items if name in ORDERED else sorted(items)) + "]"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return json.dumps(value, ensure_ascii=False, default=str)


def is_leaf(value: Any) -> bool:
    """Whether a value is a condition on one attribute."""
    return isinstance(value, Mapping) and "attribute" in value and operator_of(value) is not None


def is_condition(value: Any) -> bool:
    """Whether a value is a condition: on one attribute, or a group."""
    return is_leaf(value) or (isinstance(value, Mapping) and len(value) == 1 and next(iter(value)) in GROUPS)


def is_text(value: Any) -> bool:
    """Whether a value is words in both languages."""
    return isinstance(value, Mapping) and set(value) == {"fr", "en"}


def operator_of(leaf: Mapping[str, Any]) -> str | None:
    """The operator of a condition on one attribute."""
    return next((key for key in sorted(leaf) if key in OPERATORS), None)


def _are_records(before: Any, after: Any) -> bool:
    """Whether two values are lists, at least one of them of mappings."""
    lists = all(value is None or isinstance(value, list | tuple) for value in (before, after))
    return lists and any(isinstance(item, Mapping) for value in (before, after) for item in value or ())


# ------------------------------------------------------------------------------------------------- conditions


def _leaf_differences(before: Any, after: Any, path: Path) -> Iterator[Difference]:
    """A condition that asks something else, and a condition that another source gives, are two differences."""
    sources = before.get("source"), after.get("source")
    if not same({**before, "source": None}, {**after, "source": None}):
        yield Difference(path, before, after)
    if sources[0] != sources[1]:
        yield Difference((*path, "source"), *sources)


def _is_group(value: Any, path: Path) -> bool:
    """Whether a value is a group inside a condition: its whole list of conditions is not one."""
    return bool(path) and isinstance(path[-1], int) and is_condition(value) and not is_leaf(value)


def _group_differences(before: Any, after: Any, path: Path) -> Iterator[Difference]:
    """Limits that moved inside a group are told one by one; else the group is told whole."""
    word = _group(before)
    inside = [] if word != _group(after) else list(differences(before[word], after[word], (*path, str(word))))
    moved = all(found.before is not None and found.after is not None for found in inside)
    yield from inside if inside and moved else [Difference(path, before, after)]


def _asked(condition: Any) -> frozenset[str]:
    """The attributes that a condition names."""
    if is_leaf(condition):
        return frozenset({condition["attribute"]})
    return frozenset().union(*(_asked(part) for word in GROUPS for part in condition.get(word, ())))


def _group(condition: Any) -> Hashable:
    return None if is_leaf(condition) else next((word for word in GROUPS if word in condition), None)


def _group_and_asked(condition: Any) -> Hashable:
    return (word, _asked(condition)) if (word := _group(condition)) else None


def _attribute_and_operator(condition: Any) -> Hashable:
    return (condition["attribute"], operator_of(condition)) if is_leaf(condition) else None


def _attribute(condition: Any) -> Hashable:
    return condition["attribute"] if is_leaf(condition) else None


# ------------------------------------------------------------------------------------------------------ lists


def _field(*names: str) -> Key:
    """A key made of some fields of an item; ``None`` (no key) if it has none of them."""

    def key(item: Any) -> Hashable:
        values = [item.get(name) for name in names] if isinstance(item, Mapping) else []
        return canonical(values, "tiers") if any(value is not None for value in values) else None

    return key


def _any_item(_item: Any) -> Hashable:
    return True


_CONDITION_KEYS: tuple[Key, ...] = (_attribute_and_operator, _attribute, _group_and_asked, _group)
_KEYS: Mapping[str, tuple[Key, ...]] = {
    **dict.fromkeys(GROUPS, _CONDITION_KEYS),
    "parts": (_field("id"), _field("instrument", "case"), _field("instrument"), _any_item),
    "tiers": (_field("when", "case"), _field("rate_at_most", "amount"), _any_item),
    "windows": (_field("from"), _field("to"), _any_item),
    "confirm": (_field("text"),),
    "steps": (_field("text"),),
    "cases": (_field("says"), _field("when", "kind"), _any_item),
}
_OTHER_KEYS: tuple[Key, ...] = (_field("id"), _field("case"), _field("from"), _any_item)
_REWORDED = frozenset({"confirm", "steps", "notes", "expenses_excluded_words"})


def _list_differences(before: Sequence[Any], after: Sequence[Any], path: Path) -> Iterator[Difference]:
    name = str(path[-1]) if path else ""
    pairs = pairs_of(before, after, name)
    ranks = [there for _, there in sorted(pairs)]
    if name in ORDERED and ranks != sorted(ranks):
        yield Difference(path, list(before), list(after), moved=True)
    for here, there in sorted(pairs, key=lambda pair: pair[1]):
        yield from differences(before[here], after[there], (*path, there))
    for here in sorted(set(range(len(before))) - {pair[0] for pair in pairs}):
        yield Difference((*path, here), before[here], None)
    for there in sorted(set(range(len(after))) - {pair[1] for pair in pairs}):
        yield Difference((*path, there), None, after[there])


def pairs_of(before: Sequence[Any], after: Sequence[Any], name: str, *, any_item: bool = True) -> Pairs:
    """The ranks of the items of a list called ``name`` that are the same item on both sides, whole ones first.

    Without ``any_item``, what has nothing in common is not the same item.
    """
    reworded = name in _REWORDED or all(is_text(item) for item in (*before, *after))
    keys = [key for key in _KEYS.get(name, () if reworded else _OTHER_KEYS) if any_item or key is not _any_item]
    pairs: Pairs = []
    for key in (canonical, *keys):
        pairs += _paired(before, after, pairs, key)
    if reworded:
        pairs += _paired_by_words(before, after, pairs)
    return pairs


def _left(items: Sequence[Any], taken: set[int]) -> Iterator[tuple[int, Any]]:
    return ((at, item) for at, item in enumerate(items) if at not in taken)


def _paired(before: Sequence[Any], after: Sequence[Any], pairs: Pairs, key: Key) -> Pairs:
    waiting: dict[Hashable, list[int]] = {}
    for here, item in _left(before, {pair[0] for pair in pairs}):
        if (found := key(item)) is not None:
            waiting.setdefault(found, []).append(here)
    made = []
    for there, item in _left(after, {pair[1] for pair in pairs}):
        found = key(item)
        if found is not None and waiting.get(found):
            made.append((waiting[found].pop(0), there))
    return made


def _paired_by_words(before: Sequence[Any], after: Sequence[Any], pairs: Pairs) -> Pairs:
    """Texts that share at least half of their words, the most alike first."""
    rest = list(_left(after, {pair[1] for pair in pairs}))
    likely = sorted(
        (-alike, here, there)
        for here, item in _left(before, {pair[0] for pair in pairs})
        for there, other in rest
        if (alike := _alike(item, other)) >= ALIKE
    )
    made: Pairs = []
    for _, here, there in likely:
        if all(here != pair[0] and there != pair[1] for pair in made):
            made.append((here, there))
    return made


def _alike(one: Any, other: Any) -> float:
    words, others = (set(canonical(item).lower().split()) for item in (one, other))
    return len(words & others) / len(words | others)


# ---------------------------------------------------------------------------------------------------- sources


def with_named_sources(before: Mapping[str, Any], after: Mapping[str, Any]) -> Mapping[str, Any]:
    """``after``, its sources under the keys that ``before`` has for the same pages.

    Pages are the same by their address and title, then by their address, then by their key.
    """
    old, new = before.get("sources", {}), after.get("sources", {})
    names: dict[str, str] = {}
    keys: tuple[Callable[[str, Mapping[str, Any]], Hashable], ...] = (
        lambda _key, source: (source.get("url"), source.get("title")),
        lambda _key, source: source.get("url"),
        lambda key, _source: key,
    )
    for key_of in keys:
        waiting = {key_of(key, old[key]): key for key in sorted(old, reverse=True) if key not in names.values()}
        for key in sorted(new):
            if key not in names and (found := waiting.pop(key_of(key, new[key]), None)) is not None:
                names[key] = found
    for key in sorted(new):
        names.setdefault(key, _free(key, {*old, *names.values()}))
    renamed: Mapping[str, Any] = _renamed(after, names)
    return {**renamed, "sources": {names[key]: source for key, source in new.items()}}


def _free(key: str, taken: set[str]) -> str:
    """A key that no other source has."""
    while key in taken:
        key += "'"
    return key


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, Mapping):
        return {
            key: names.get(item, item) if key == "source" and isinstance(item, str) else _renamed(item, names)
            for key, item in value.items()
        }
    return [_renamed(item, names) for item in value] if isinstance(value, list | tuple) else value
