"""Putting two answers to the same question together: what is true in both, or nothing if they contradict."""

from __future__ import annotations

from typing import Any

from alliage.core.vocabulary.answers import Answer, Includes, Listed, Possible, Span
from alliage.core.vocabulary.places import Places


def narrowed(known: Answer, other: Answer, *, places: Places) -> Answer | None:
    """The answer that says what both say; ``None`` if no world satisfies both."""
    if isinstance(known, Listed) and isinstance(other, Listed):
        return _lists(known, other, places)
    if isinstance(known, Span) and isinstance(other, Span):
        return _spans(known, other)
    if isinstance(known, Span):
        known, other = other, known
    if isinstance(known, Includes):
        if isinstance(other, Includes):
            return Includes(known.values | other.values)
        known, other = other, known
    assert isinstance(known, Possible)
    kept = frozenset(value for value in known.values if _agrees(value, other))
    return Possible(kept) if kept else None


def _agrees(value: Any, other: Answer) -> bool:
    if isinstance(other, Span):
        return (other.low is None or other.low <= value) and (other.high is None or value <= other.high)
    if isinstance(other, Includes):
        return bool(other.values <= value)
    return isinstance(other, Possible) and value in other.values


def _spans(known: Span, other: Span) -> Span | None:
    lows = [end for end in (known.low, other.low) if end is not None]
    highs = [end for end in (known.high, other.high) if end is not None]
    low, high = max(lows, default=None), min(highs, default=None)
    if low is not None and high is not None and low > high:
        return None
    return Span(low, high)


def _lists(known: Listed, other: Listed, places: Places) -> Listed | None:
    """Lists of places or codes. One derived item narrows a single answer; among several answers it must fit one."""
    if len(known.items) == len(other.items) == 1:
        item = _items(known.items[0], other.items[0], places)
        return Listed((item,)) if item else None
    fits = all(any(_items(mine, theirs, places) for mine in known.items) for theirs in other.items)
    return known if fits else None


def _items(mine: frozenset[str], theirs: frozenset[str], places: Places) -> frozenset[str]:
    """The narrower of each pair of possibilities of which one lies in the other."""
    kept = set()
    for a in mine:
        for b in theirs:
            if _under(a, b, places):
                kept.add(a)
            elif _under(b, a, places):
                kept.add(b)
    return frozenset(kept)


def _under(code: str, other: str, places: Places) -> bool:
    return places.inside(code, other) if code in places and other in places else code.startswith(other)
