"""The value index: one profile against many programmes at once, without walking their conditions.

For each attribute, an answer gives two bit masks over the pool of distinct leaves (true, false) and two over the programmes
(ruled out, left unknown). A profile is one look-up per attribute, OR-ed; only the nested groups of the programmes that
survive are walked. It gives what the interpreter gives, and could be deleted without changing an answer.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from alliage.core.catalogue.programme import Programme
from alliage.core.rules.condition import All, AnyOf, Condition, Leaf, NoneOf, leaves
from alliage.core.rules.evaluate import Finding, combine, group_cause, leaf_outcome
from alliage.core.vocabulary.answers import Answer, Answers, Span
from alliage.core.vocabulary.truth import Truth
from alliage.core.vocabulary.vocabulary import Vocabulary

MOST_REMEMBERED = 4_096  # answers kept per attribute

_TRUE, _FALSE, _UNKNOWN = 1, 0, -1
Walk: TypeAlias = Callable[[int, int], int]


class Masks(NamedTuple):
    """What one answer says: of the leaves (true, false), of the programmes (ruled out, left unknown)."""

    true: int
    false: int
    out: int
    unknown: int


class Decisions(NamedTuple):
    """Bits over the programmes: those ruled out, those left unknown; the others are eligible."""

    ineligible: int
    possible: int
    true_leaves: int
    false_leaves: int


@dataclass(frozen=True, slots=True)
class _Slot:
    """One distinct leaf of the pool, and the programmes that have it as a top-level condition."""

    leaf: Leaf
    bit: int
    programmes: int


class ValueIndex:
    """An index over sequences of top-level conditions, for one day."""

    def __init__(self, rules: Sequence[Sequence[Condition]], *, vocabulary: Vocabulary, on: date) -> None:
        self._places, self._on, self._rules = vocabulary.places, on, rules
        self.size = len(rules)
        self._bits: dict[tuple[Any, ...], int] = {}
        slots = self._pool(rules)
        self._tables = {
            name: _Table([slot for slot in slots if slot.leaf.attribute == name], name, vocabulary, on)
            for name in dict.fromkeys(slot.leaf.attribute for slot in slots)
        }
        self._top = [self._mask(c for c in rule if isinstance(c, Leaf)) for rule in rules]
        self._nested = [
            (at, 1 << at, tuple(self._walk(c) for c in rule if not isinstance(c, Leaf)))
            for at, rule in enumerate(rules)
            if any(not isinstance(c, Leaf) for c in rule)
        ]
        self._nested_at = {at: walks for at, _, walks in self._nested}

    @classmethod
    def of(cls, programmes: Sequence[Programme], *, vocabulary: Vocabulary, on: date) -> ValueIndex:
        """The index of these programmes, in their order."""
        return cls([programme.conditions for programme in programmes], vocabulary=vocabulary, on=on)

    # ------------------------------------------------------------------------------------------- building

    def _pool(self, rules: Sequence[Sequence[Condition]]) -> list[_Slot]:
        """Each distinct leaf once, whatever its source."""
        owners: dict[tuple[Any, ...], int] = {}
        first: dict[tuple[Any, ...], Leaf] = {}
        for at, rule in enumerate(rules):
            for condition in rule:
                for leaf in leaves(condition):
                    key = _key(leaf)
                    first.setdefault(key, leaf)
                    owners[key] = owners.get(key, 0) | (1 << at if condition is leaf else 0)
        self._bits = {key: 1 << position for position, key in enumerate(first)}
        return [_Slot(leaf, self._bits[key], owners[key]) for key, leaf in first.items()]

    def _mask(self, conditions: Iterator[Condition]) -> int:
        mask = 0
        for condition in conditions:
            assert isinstance(condition, Leaf)
            mask |= self._bits[_key(condition)]
        return mask

    def _walk(self, condition: Condition) -> Walk:
        """A function from the true and false leaves to the truth of a condition."""
        if isinstance(condition, Leaf):
            bit = self._bits[_key(condition)]
            return lambda true, false: _TRUE if true & bit else _FALSE if false & bit else _UNKNOWN
        parts = condition.conditions
        if all(isinstance(part, Leaf) for part in parts):
            return _flat(condition, self._mask(iter(parts)))
        return _deep(condition, tuple(self._walk(part) for part in parts))

    # -------------------------------------------------------------------------------------------- deciding

    def decide(self, answers: Answers) -> Decisions:
        """Every verdict for these answers, as bits in the order of the programmes."""
        true = false = out = unknown = 0
        for name, table in self._tables.items():
            found = table.masks(answers.get(name))
            true |= found.true
            false |= found.false
            out |= found.out
            unknown |= found.unknown
        for _, bit, walks in self._nested:
            if out & bit:
                continue
            for walk in walks:
                truth = walk(true, false)
                if truth == _FALSE:
                    out |= bit
                    break
                if truth == _UNKNOWN:
                    unknown |= bit
        return Decisions(out, unknown & ~out, true, false)

    def explain(self, decisions: Decisions) -> list[tuple[int, int, tuple[int, ...]]]:
        """For each programme: its failed and its missing leaves at the top, as masks, and the truth of its groups."""
        true, false = decisions.true_leaves, decisions.false_leaves
        known = true | false
        nested = self._nested_at
        return [
            (
                false & top,
                top & ~known,
                tuple([walk(true, false) for walk in nested[at]]) if at in nested else (),
            )
            for at, top in enumerate(self._top)
        ]

    def findings(self, answers: Answers) -> list[tuple[Finding, ...]]:
        """What the interpreter finds of every top-level condition, each distinct leaf looked at once."""
        seen = {
            key: outcome
            for name, table in self._tables.items()
            for key, outcome in table.outcomes(answers.get(name)).items()
        }
        return [tuple([_finding(condition, seen) for condition in rule]) for rule in self._rules]


def _key(leaf: Leaf) -> tuple[Any, ...]:
    return (leaf.attribute, leaf.operator, leaf.operand, leaf.holds)


def _finding(condition: Condition, seen: Mapping[tuple[Any, ...], Any]) -> Finding:
    if isinstance(condition, Leaf):
        truth, cause = seen[_key(condition)]
        return Finding(condition, truth, cause)
    parts = tuple([_finding(part, seen) for part in condition.conditions])
    truth = combine(condition, tuple([part.truth for part in parts]))
    return Finding(condition, truth, group_cause(truth, parts), parts)


def _flat(condition: Condition, mask: int) -> Walk:
    """A group of leaves only: its truth is read on the masks."""
    if isinstance(condition, AnyOf):
        return lambda true, false: _TRUE if true & mask else _FALSE if false & mask == mask else _UNKNOWN
    if isinstance(condition, NoneOf):
        return lambda true, false: _FALSE if true & mask else _TRUE if false & mask == mask else _UNKNOWN
    if isinstance(condition, All):
        return lambda true, false: _FALSE if false & mask else _TRUE if true & mask == mask else _UNKNOWN
    return lambda true, false: _TRUE if true & mask == mask else _FALSE if false & mask == mask else _UNKNOWN


def _deep(condition: Condition, walks: tuple[Walk, ...]) -> Walk:
    """A group that holds groups."""

    def walk(true: int, false: int) -> int:
        found = [part(true, false) for part in walks]
        if isinstance(condition, All):
            return _FALSE if _FALSE in found else _UNKNOWN if _UNKNOWN in found else _TRUE
        if isinstance(condition, AnyOf):
            return _TRUE if _TRUE in found else _UNKNOWN if _UNKNOWN in found else _FALSE
        if isinstance(condition, NoneOf):
            return _FALSE if _TRUE in found else _UNKNOWN if _UNKNOWN in found else _TRUE
        return found[0] if len(set(found)) == 1 else _UNKNOWN

    return walk


class _Table:
    """The masks of every answer to one attribute. Numbers fall between cut points; other answers are remembered."""

    def __init__(self, slots: list[_Slot], name: str, vocabulary: Vocabulary, on: date) -> None:
        self._slots, self._places, self._on = slots, vocabulary.places, on
        self._missing = self._look(None)
        self._remembered: dict[Answer, Masks] = {}
        self._outcomes: dict[Answer | None, dict[tuple[Any, ...], Any]] = {}
        self._cuts: list[Any] = []
        self._between: list[Masks] = []
        if vocabulary.attributes[name].ordered:
            self._cut()

    def _cut(self) -> None:
        """The masks on each limit and between two limits: position 2i + 1 is the limit i, 2i the stretch before it."""
        self._cuts = sorted({slot.leaf.operand for slot in self._slots})
        stretches = [Side(low, high) for low, high in zip([None, *self._cuts], [*self._cuts, None], strict=True)]
        for at, stretch in enumerate(stretches):
            self._between.append(self._gather(lambda leaf, s=stretch: s.outcome(leaf, self._on)))
            if at < len(self._cuts):
                cut = self._cuts[at]
                self._between.append(self._look(Span(cut, cut)))

    def masks(self, answer: Answer | None) -> Masks:
        """What this answer says."""
        if answer is None:
            return self._missing
        if self._cuts and type(answer) is Span and answer.low == answer.high:
            at = bisect_left(self._cuts, answer.low)
            on_cut = at < len(self._cuts) and self._cuts[at] == answer.low
            return self._between[2 * at + on_cut]
        found = self._remembered.get(answer)
        if found is None:
            found = self._look(answer)
            if len(self._remembered) < MOST_REMEMBERED:
                self._remembered[answer] = found
        return found

    def outcomes(self, answer: Answer | None) -> dict[tuple[Any, ...], Any]:
        """The truth and the cause of each leaf."""
        found = self._outcomes.get(answer)
        if found is None:
            found = {
                _key(slot.leaf): leaf_outcome(slot.leaf, answer=answer, places=self._places, on=self._on)
                for slot in self._slots
            }
            if len(self._outcomes) < MOST_REMEMBERED:
                self._outcomes[answer] = found
        return found

    def _look(self, answer: Answer | None) -> Masks:
        return self._gather(lambda leaf: leaf_outcome(leaf, answer=answer, places=self._places, on=self._on)[0])

    def _gather(self, truth_of: Callable[[Leaf], Truth]) -> Masks:
        true = false = out = unknown = 0
        for slot in self._slots:
            truth = truth_of(slot.leaf)
            if truth is Truth.TRUE:
                true |= slot.bit
            elif truth is Truth.FALSE:
                false |= slot.bit
                out |= slot.programmes
            else:
                unknown |= slot.programmes
        return Masks(true, false, out, unknown)


class Side(NamedTuple):
    """A stretch strictly between two limits: every value in it is on the same side of each limit."""

    low: Any
    high: Any

    def outcome(self, leaf: Leaf, on: date) -> Truth:
        """Whether a leaf holds all along the stretch."""
        if leaf.holds is not None and not leaf.holds.covers(on):
            return Truth.UNKNOWN
        above = self.low is not None and self.low >= leaf.operand
        upward = leaf.operator in ("at_least", "more_than")
        return Truth.TRUE if above is upward else Truth.FALSE
