"""The value index: one profile against many programmes at once, without walking their conditions.

Each programme has a field of bits, one for each of its top-level conditions, and all fields stand side by side in one
integer. An answer says, for all programmes together, which conditions it decides and which it leaves unknown; a profile
is one look-up per attribute, OR-ed. What fails and what is missing is then known for every condition, hence every
verdict. It gives what the interpreter gives, and could be deleted without changing an answer.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import compress
from typing import Any, NamedTuple, TypeAlias

from alliage.core.catalogue.programme import Programme
from alliage.core.matching.answer_table import OUTCOMES, AnswerTable, Slot
from alliage.core.rules.condition import All, AnyOf, Condition, Leaf, NoneOf, leaves
from alliage.core.rules.evaluate import Finding, combine, group_cause
from alliage.core.vocabulary.answers import Answers
from alliage.core.vocabulary.truth import Truth
from alliage.core.vocabulary.vocabulary import Vocabulary

# From the outcomes of all leaves, to the truth of a condition, and to all that the interpreter finds of it.
Walk: TypeAlias = Callable[[bytes], Truth]
Draw: TypeAlias = Callable[[bytes], Finding]


class Decisions(NamedTuple):
    """Marks of the programmes ruled out, and of those left unknown; the others are eligible."""

    ineligible: int
    possible: int


class States(NamedTuple):
    """The top-level conditions that are false, and those that are not known: bits in the fields of all programmes."""

    failed: int
    missing: int


class Explanations(NamedTuple):
    """For each programme, its false and its unknown top-level conditions: bits, the first condition the lowest."""

    failed: tuple[int, ...]
    missing: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Walked:
    """A condition that bits cannot decide, since it holds groups or readings: it is put together leaf by leaf."""

    bit: int
    mark: int
    walk: Walk
    draw: Draw


class ValueIndex:
    """An index over sequences of top-level conditions, for one day.

    A programme's *field* holds its conditions; its *mark* is the highest bit of its field.
    """

    def __init__(self, rules: Sequence[Sequence[Condition]], *, vocabulary: Vocabulary, on: date) -> None:
        self.rules = rules
        self._fields = _Fields(len(rules), longest=max(map(len, rules), default=0))
        slots = _slots(rules)
        self._order = {key: at for at, key in enumerate(slots)}
        self.any_of = 0  # the conditions that are an ``any`` of leaves
        self.walked: list[Walked] = []
        for at, rule in enumerate(rules):
            for position, condition in enumerate(rule):
                self._place(condition, self._fields.bit(at, position), self._fields.mark(at), slots)
        self.tables = {
            name: AnswerTable(
                [slot for slot in slots.values() if slot.leaf.attribute == name],
                places=vocabulary.places,
                on=on,
                ordered=vocabulary.attributes[name].ordered,
            )
            for name in dict.fromkeys(slot.leaf.attribute for slot in slots.values())
        }

    @classmethod
    def of(cls, programmes: Sequence[Programme], *, vocabulary: Vocabulary, on: date) -> ValueIndex:
        """The index of these programmes, in their order."""
        return cls([programme.conditions for programme in programmes], vocabulary=vocabulary, on=on)

    def _place(self, condition: Condition, bit: int, mark: int, slots: Mapping[Any, Slot]) -> None:
        """Tell each leaf of a condition which bit it helps to decide."""
        parts = (condition,) if isinstance(condition, Leaf) else condition.conditions
        flat = [slots[_key(part)] for part in parts if isinstance(part, Leaf)]
        if len(flat) < len(parts) or not isinstance(condition, Leaf | All | AnyOf | NoneOf):
            self.walked.append(Walked(bit, mark, _walk(condition, self._order), _draw(condition, self._order)))
            return
        if isinstance(condition, AnyOf):
            self.any_of |= bit
        for slot in flat:
            slot.conditions |= bit
            if isinstance(condition, AnyOf | NoneOf):
                slot.decides_if_true |= bit
            else:
                slot.decides_if_false |= bit
            if isinstance(condition, Leaf):
                slot.alone_in |= mark

    # -------------------------------------------------------------------------------------------- deciding

    def decide(self, answers: Answers) -> Decisions:
        """Every verdict for these answers; ``programmes`` says who bears a mark."""
        failed, missing = self.flat_states(answers)
        out, unknown = self._fields.marks(failed), self._fields.marks(missing)
        if self.walked:
            outcomes = self.outcomes(answers)
            for group in self.walked:
                if not out & group.mark:
                    truth = group.walk(outcomes)
                    out |= group.mark if truth is Truth.FALSE else 0
                    unknown |= group.mark if truth is Truth.UNKNOWN else 0
        return Decisions(out, unknown & ~out)

    def explain(self, answers: Answers) -> Explanations:
        """What fails and what is missing, for every programme."""
        failed, missing = self.flat_states(answers)
        outcomes = self.outcomes(answers) if self.walked else b""
        for group in self.walked:
            truth = group.walk(outcomes)
            failed |= group.bit if truth is Truth.FALSE else 0
            missing |= group.bit if truth is Truth.UNKNOWN else 0
        return Explanations(self._fields.split(failed), self._fields.split(missing))

    def flat_states(self, answers: Answers) -> States:
        """The states of all conditions but the walked ones."""
        decided = unknown = 0
        for name, table in self.tables.items():
            effect = table.effect(answers.get(name))
            decided |= effect.decided
            if effect.unknown:  # seldom: an exact answer leaves nothing unknown
                unknown |= effect.unknown
        missing = unknown & ~decided
        return States((decided ^ self.any_of) & ~missing, missing)  # an `any` fails where no leaf decides it

    def programmes(self, marks: int) -> list[int]:
        """The programmes that bear these marks, by their place."""
        return self._fields.marked(marks)

    def marks(self, programmes: Iterable[int]) -> int:
        """The marks of these programmes."""
        return self._fields.mark_all(programmes)

    def touched(self, bits: int) -> int:
        """The marks of the programmes in whose fields at least one of these bits is set."""
        return self._fields.marks(bits)

    def fields(self, marks: int) -> int:
        """All the bits of the fields that bear these marks."""
        return self._fields.filled(marks)

    # -------------------------------------------------------------------------------------------- receipts

    def findings(self, answers: Answers) -> list[tuple[Finding, ...]]:
        """What the interpreter finds of every top-level condition, each distinct leaf looked at once."""
        outcomes = self.outcomes(answers)
        return [tuple([draw(outcomes) for draw in rule]) for rule in self._drawn]

    def outcomes(self, answers: Answers) -> bytes:
        """For each distinct leaf, the place of its outcome in ``OUTCOMES``."""
        return b"".join([table.effect(answers.get(name)).outcomes for name, table in self.tables.items()])

    @cached_property
    def _drawn(self) -> list[tuple[Draw, ...]]:
        return [tuple(_draw(condition, self._order) for condition in rule) for rule in self.rules]


class _Fields:
    """Fields of equal width, a whole number of bytes, side by side in one integer."""

    def __init__(self, count: int, *, longest: int) -> None:
        self.count = count
        self.bytes = next((size for size in _UNSIGNED if longest <= 8 * size), -(-longest // 8))
        self.width = 8 * self.bytes
        self._tops = self.mark_all(range(count))
        self._rest = self._tops - (self._tops >> (self.width - 1))

    def bit(self, at: int, position: int) -> int:
        return 1 << (at * self.width + position)

    def mark(self, at: int) -> int:
        return self.bit(at, self.width - 1)

    def mark_all(self, places: Iterable[int]) -> int:
        written = bytearray(self.count * self.bytes)
        for at in places:
            written[(at + 1) * self.bytes - 1] = 0x80
        return int.from_bytes(written, "little")

    def marks(self, bits: int) -> int:
        """The top bit of each field that is not zero: adding all the other bits carries into it."""
        return ((bits & self._rest) + self._rest | bits) & self._tops

    def filled(self, marks: int) -> int:
        return marks | marks - (marks >> (self.width - 1))

    def marked(self, marks: int) -> list[int]:
        return list(compress(range(self.count), self.split(marks)))

    def split(self, bits: int) -> tuple[int, ...]:
        """Each field as a number."""
        written = bits.to_bytes(self.count * self.bytes, "little")
        if self.bytes in _UNSIGNED:
            return struct.unpack(f"<{self.count}{_UNSIGNED[self.bytes]}", written)
        return tuple(
            int.from_bytes(written[at : at + self.bytes], "little") for at in range(0, len(written), self.bytes)
        )


_UNSIGNED = {1: "B", 2: "H", 4: "I", 8: "Q"}  # the letters by which `struct` calls numbers of so many bytes


def _key(leaf: Leaf) -> tuple[Any, ...]:
    """What makes a leaf distinct, whatever its source."""
    return (leaf.attribute, leaf.operator, leaf.operand, leaf.holds)


def _slots(rules: Sequence[Sequence[Condition]]) -> dict[tuple[Any, ...], Slot]:
    """Each distinct leaf once, those of an attribute side by side."""
    found = (leaf for rule in rules for condition in rule for leaf in leaves(condition))
    return {_key(leaf): Slot(leaf) for leaf in sorted(found, key=lambda leaf: leaf.attribute)}


def _walk(condition: Condition, order: Mapping[tuple[Any, ...], int]) -> Walk:
    """How to know the truth of a condition."""
    if isinstance(condition, Leaf):
        at = order[_key(condition)]
        truths = tuple(truth for truth, _ in OUTCOMES)
        return lambda outcomes: truths[outcomes[at]]
    walks = tuple(_walk(part, order) for part in condition.conditions)
    return lambda outcomes: combine(condition, tuple([walk(outcomes) for walk in walks]))


def _draw(condition: Condition, order: Mapping[tuple[Any, ...], int]) -> Draw:
    """How to make what the interpreter finds of a condition; a leaf has one finding ready for each outcome."""
    if isinstance(condition, Leaf):
        at = order[_key(condition)]
        ready = tuple(Finding(condition, *outcome) for outcome in OUTCOMES)
        return lambda outcomes: ready[outcomes[at]]
    draws = tuple(_draw(part, order) for part in condition.conditions)

    def draw(outcomes: bytes) -> Finding:
        parts = tuple([draw_part(outcomes) for draw_part in draws])
        truth = combine(condition, tuple([part.truth for part in parts]))
        return Finding(condition, truth, group_cause(truth, parts), parts)

    return draw
