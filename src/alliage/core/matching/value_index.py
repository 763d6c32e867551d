"""The value index: one profile against many programmes at once, without walking their conditions.

Each programme has a field of bits, one for each of its top-level conditions, and all fields stand side by side in one
integer. An answer says, for all programmes together, which conditions it decides and which it leaves unknown; a profile
is one look-up per attribute, OR-ed. What fails and what is missing is then known for every condition, hence every
verdict. It gives what the interpreter gives, and could be deleted without changing an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, NamedTuple, TypeAlias

from alliage.core.catalogue.programme import Programme
from alliage.core.matching.answer_table import OUTCOMES, AnswerTable, Effect, Slot
from alliage.core.matching.bit_fields import BitFields
from alliage.core.rules.condition import All, AnyOf, Condition, Leaf, NoneOf, leaves
from alliage.core.rules.evaluate import ANYWHERE, ONLY_FALSE, Finding, Reach, askable_names, combine, group_cause, reach
from alliage.core.vocabulary.answers import Answers
from alliage.core.vocabulary.truth import Truth
from alliage.core.vocabulary.vocabulary import Vocabulary

MOST_SEEN = 16  # findings kept of each walked condition

# From the outcomes of leaves to what the interpreter finds of a condition.
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


@dataclass(frozen=True)
class Seen:
    """What is found of a condition, and what answers could still make of it; each worked out once."""

    finding: Finding

    @cached_property
    def hopeless(self) -> bool:
        """Whether no answer can make it true."""
        return not reach(self.finding).true

    @cached_property
    def asked(self) -> frozenset[str]:
        """The attributes whose answer could settle it."""
        return self._asked(ANYWHERE)

    @cached_property
    def asked_to_refuse(self) -> frozenset[str]:
        """The attributes whose answer could make it false."""
        return self._asked(ONLY_FALSE)

    def _asked(self, wanted: Reach) -> frozenset[str]:
        return frozenset(askable_names(self.finding, wanted=wanted))


class Walked:
    """A condition that bits cannot decide, since it holds groups or readings: it is put together leaf by leaf.

    The same outcomes of its leaves are put together once.
    """

    def __init__(self, condition: Condition, *, at: int, number: int, order: Mapping[Any, int]) -> None:
        self.at, self.number = at, number  # of its programme, and of its bit
        own = list(dict.fromkeys(_key(leaf) for leaf in leaves(condition)))
        self._leaves = [order[key] for key in own]
        draw = _draw(condition, {key: place for place, key in enumerate(own)})
        self._seen = lru_cache(maxsize=MOST_SEEN)(lambda outcomes: Seen(draw(outcomes)))

    def see(self, outcomes: bytes) -> Seen:
        """What the outcomes of all leaves make of it."""
        return self._seen(bytes([outcomes[leaf] for leaf in self._leaves]))


class ValueIndex:
    """An index over sequences of top-level conditions, for one day.

    A programme's *field* holds its conditions; its *mark* is the highest bit of its field.
    """

    def __init__(self, rules: Sequence[Sequence[Condition]], *, vocabulary: Vocabulary, on: date) -> None:
        self.rules = rules
        self._fields = BitFields(len(rules), longest=max(map(len, rules), default=0))
        slots = _slots(rules)
        self._order = {key: at for at, key in enumerate(slots)}
        self.any_of = 0  # the conditions that are an ``any`` of leaves
        self.walked: list[Walked] = []
        self._drawn: dict[int, tuple[Draw, ...]] = {}
        for at, rule in enumerate(rules):
            for position, condition in enumerate(rule):
                self._place(condition, at, self._fields.number(at, position), slots)
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

    def _place(self, condition: Condition, at: int, number: int, slots: Mapping[Any, Slot]) -> None:
        """Tell each leaf of a condition which bit it helps to decide."""
        parts = (condition,) if isinstance(condition, Leaf) else condition.conditions
        flat = [slots[_key(part)] for part in parts if isinstance(part, Leaf)]
        if len(flat) < len(parts) or not isinstance(condition, Leaf | All | AnyOf | NoneOf):
            self.walked.append(Walked(condition, at=at, number=number, order=self._order))
            return
        bit = 1 << number
        if isinstance(condition, AnyOf):
            self.any_of |= bit
        for slot in flat:
            slot.conditions |= bit
            if isinstance(condition, AnyOf | NoneOf):
                slot.decides_if_true |= bit
            else:
                slot.decides_if_false |= bit
            if isinstance(condition, Leaf):
                slot.alone_in |= self._fields.mark(at)

    # -------------------------------------------------------------------------------------------- deciding

    def see(self, answers: Answers) -> Sight:
        """A profile as this index sees it."""
        return Sight(self, answers)

    def decide(self, answers: Answers) -> Decisions:
        """Every verdict for these answers; ``programmes`` says who bears a mark."""
        return self.see(answers).decisions

    def explain(self, answers: Answers) -> Explanations:
        """What fails and what is missing, for every programme."""
        sight = self.see(answers)
        failed = sight.states.failed | self.bits(group.number for group in sight.walked_that_are(Truth.FALSE))
        missing = sight.states.missing | self.bits(group.number for group in sight.walked_that_are(Truth.UNKNOWN))
        return Explanations(self._fields.split(failed), self._fields.split(missing))

    def programmes(self, marks: int) -> list[int]:
        """The programmes that bear these marks, by their place."""
        return self._fields.marked(marks)

    def marks(self, programmes: Iterable[int]) -> int:
        """The marks of these programmes."""
        return self._fields.mark_all(programmes)

    def bits(self, numbers: Iterable[int]) -> int:
        """The bits of these numbers, each of one condition of one programme."""
        return self._fields.bits(numbers)

    def touched(self, bits: int) -> int:
        """The marks of the programmes in whose fields at least one of these bits is set."""
        return self._fields.marks(bits)

    def fields(self, marks: int) -> int:
        """All the bits of the fields that bear these marks."""
        return self._fields.filled(marks)

    # -------------------------------------------------------------------------------------------- receipts

    def findings(self, answers: Answers) -> list[tuple[Finding, ...]]:
        """What the interpreter finds of every top-level condition, each distinct leaf looked at once."""
        outcomes = self.see(answers).outcomes
        return [self.findings_of(at, outcomes) for at in range(len(self.rules))]

    def findings_of(self, at: int, outcomes: bytes) -> tuple[Finding, ...]:
        """The same, of one programme, from the outcomes of all leaves."""
        draws = self._drawn.get(at)
        if draws is None:
            draws = self._drawn[at] = tuple(_draw(condition, self._order) for condition in self.rules[at])
        return tuple([draw(outcomes) for draw in draws])


class Sight:
    """A profile as an index sees it: what each answer does is looked up once, the rest follows when it is asked."""

    def __init__(self, index: ValueIndex, answers: Answers) -> None:
        self._index, self.answers = index, answers
        self.effects: dict[str, Effect] = {
            name: table.effect(answers.get(name)) for name, table in index.tables.items()
        }

    @cached_property
    def states(self) -> States:
        """The states of all conditions but the walked ones."""
        decided = unknown = 0
        for effect in self.effects.values():
            decided |= effect.decided
            if effect.unknown:  # seldom: an exact answer leaves nothing unknown
                unknown |= effect.unknown
        missing = unknown & ~decided
        return States((decided ^ self._index.any_of) & ~missing, missing)  # an `any` fails where no leaf decides it

    @cached_property
    def outcomes(self) -> bytes:
        """For each distinct leaf, the place of its outcome in ``OUTCOMES``."""
        return b"".join([effect.outcomes for effect in self.effects.values()])

    @cached_property
    def walked(self) -> list[tuple[Walked, Seen]]:
        """The walked conditions, with what is found of them."""
        walked = self._index.walked
        outcomes = self.outcomes if walked else b""
        return [(group, group.see(outcomes)) for group in walked]

    def walked_that_are(self, truth: Truth) -> Iterator[Walked]:
        """The walked conditions of one truth."""
        return (group for group, seen in self.walked if seen.finding.truth is truth)

    @cached_property
    def decisions(self) -> Decisions:
        """Every verdict."""
        index, (failed, missing) = self._index, self.states
        out, unknown = index.touched(failed), index.touched(missing)
        if self.walked:
            out |= index.marks(group.at for group in self.walked_that_are(Truth.FALSE))
            unknown |= index.marks(group.at for group in self.walked_that_are(Truth.UNKNOWN))
        return Decisions(out, unknown & ~out)

    def findings(self, at: int) -> tuple[Finding, ...]:
        """What the interpreter finds of the top-level conditions of one programme."""
        return self._index.findings_of(at, self.outcomes)


def _key(leaf: Leaf) -> tuple[Any, ...]:
    """What makes a leaf distinct, whatever its source."""
    return (leaf.attribute, leaf.operator, leaf.operand, leaf.holds)


def _slots(rules: Sequence[Sequence[Condition]]) -> dict[tuple[Any, ...], Slot]:
    """Each distinct leaf once, those of an attribute side by side."""
    found = (leaf for rule in rules for condition in rule for leaf in leaves(condition))
    return {_key(leaf): Slot(leaf) for leaf in sorted(found, key=lambda leaf: leaf.attribute)}


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
