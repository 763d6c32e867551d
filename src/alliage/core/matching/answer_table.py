"""What each answer to one attribute says of many conditions at once, remembered as bits."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from alliage.core.rules.condition import Leaf
from alliage.core.rules.evaluate import Outcome, leaf_outcome
from alliage.core.vocabulary.answers import Answer, Listed, Possible, Span
from alliage.core.vocabulary.places import Places
from alliage.core.vocabulary.truth import Cause, Truth

MOST_REMEMBERED = 1_024  # answers kept per attribute

OUTCOMES: tuple[Outcome, ...] = (
    (Truth.TRUE, None),
    (Truth.FALSE, None),
    (Truth.UNKNOWN, Cause.MISSING),
    (Truth.UNKNOWN, Cause.IMPRECISE),
    (Truth.UNKNOWN, Cause.UNSETTLED),
)
FALSE = 1
OPEN = frozenset({2, 3})  # a better answer could settle it


@dataclass(slots=True)
class Slot:
    """One distinct leaf, and where it stands: bits of top-level conditions, and marks of programmes.

    A condition is decided by one true leaf (``any``, ``not``) or by one false leaf (``all``, or the leaf itself).
    """

    leaf: Leaf
    conditions: int = 0
    decides_if_true: int = 0
    decides_if_false: int = 0
    alone_in: int = 0  # marks of the programmes that have it as a top-level condition


class Effect(NamedTuple):
    """What one answer does to the conditions that its attribute enters, and to the programmes."""

    decided: int  # conditions with a leaf that decides them
    unknown: int  # conditions with a leaf that is not known
    askable: int  # conditions with a leaf that a better answer could settle
    unsettled: int  # conditions with a leaf that no answer can settle
    out: int  # marks of the programmes that a top-level leaf rules out
    open: int  # marks of the programmes with a top-level leaf that a better answer could settle
    outcomes: bytes  # for each leaf of the table, its place in OUTCOMES


class AnswerTable:
    """The effect of every answer to one attribute: the interpreter finds it once, then it is remembered.

    All numbers strictly between two neighbouring limits do the same, so they share one effect.
    """

    def __init__(self, slots: Sequence[Slot], *, places: Places, on: date, ordered: bool) -> None:
        self.slots = slots
        self._places, self._on = places, on
        self._limits: list[Any] = sorted({slot.leaf.operand for slot in slots}) if ordered else []
        self._remembered: dict[Any, Effect] = {}
        self._missing = self._look(None)

    def effect(self, answer: Answer | None) -> Effect:
        """What this answer does."""
        if answer is None:
            return self._missing
        key: Any = answer  # or what is inside it, which is quicker to find and of another type for each kind of answer
        if type(answer) is Span:
            low = answer.low
            if self._limits and low is not None and low == answer.high:
                key = bisect_left(self._limits, low) + bisect_right(self._limits, low)
        elif type(answer) is Possible:
            key = answer.values
        elif type(answer) is Listed:
            key = answer.items
        found = self._remembered.get(key)
        if found is None:
            found = self._look(answer)
            if len(self._remembered) < MOST_REMEMBERED:
                self._remembered[key] = found
        return found

    def _look(self, answer: Answer | None) -> Effect:
        decided = unknown = askable = unsettled = out = open_ = 0
        outcomes = bytearray()
        for slot in self.slots:
            outcome = leaf_outcome(slot.leaf, answer=answer, places=self._places, on=self._on)
            outcomes.append(OUTCOMES.index(outcome))
            truth, cause = outcome
            if truth is Truth.TRUE:
                decided |= slot.decides_if_true
            elif truth is Truth.FALSE:
                decided |= slot.decides_if_false
                out |= slot.alone_in
            else:
                unknown |= slot.conditions
                if cause is Cause.UNSETTLED:
                    unsettled |= slot.conditions
                else:
                    askable |= slot.conditions
                    open_ |= slot.alone_in
        return Effect(decided, unknown, askable, unsettled, out, open_, bytes(outcomes))
