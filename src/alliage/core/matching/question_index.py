"""The next question, found on the bits of the value index.

It gives what :func:`alliage.core.matching.next_question.next_question` gives, without any result being made, and could
be deleted without changing a question.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from alliage.core.matching.answer_table import FALSE, OPEN, AnswerTable, Effect
from alliage.core.matching.next_question import NextQuestion, answer_classes, asked_through, told_elsewhere
from alliage.core.matching.value_index import Seen, Sight, ValueIndex, Walked
from alliage.core.rules.derivations import Derivations
from alliage.core.vocabulary.answers import Answer, Answers
from alliage.core.vocabulary.truth import Truth
from alliage.core.vocabulary.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Play:
    """The programmes that a question is for (see ``ValueIndex.marks``), and what each could give (asked for a few)."""

    marks: int
    aid: Callable[[int], Decimal]


@dataclass(frozen=True, slots=True)
class _Score:
    """What the answer to one attribute is expected to settle, with marks of the programmes."""

    attribute: str
    expected: Fraction
    decided: int


class QuestionIndex:
    """Asks the next question about the programmes of a value index; ``ids`` are theirs, in its order."""

    def __init__(
        self, index: ValueIndex, *, ids: Sequence[str], vocabulary: Vocabulary, derivations: Derivations
    ) -> None:
        self._index, self._ids, self._vocabulary, self._derivations = index, ids, vocabulary, derivations

    def ask(self, sight: Sight, play: Play, *, skip: frozenset[str] = frozenset()) -> NextQuestion | None:
        """The best question to ask now, or ``None`` if no answer can change anything.

        ``sight`` is all that is known, as the index sees it; ``skip`` names attributes not to ask, those answered
        "I don't know" included.
        """
        later = told_elsewhere(sight.answers, derivations=self._derivations)
        best = self._found(sight, play, skip | later) or self._found(sight, play, skip)
        if best is None:
            return None
        return asked_through(
            self._question(best, sight.answers, play),
            derivations=self._derivations,
            vocabulary=self._vocabulary,
            answers=sight.answers,
            skipped=skip,
        )

    def _found(self, sight: Sight, play: Play, skip: frozenset[str]) -> _Score | None:
        missing_in, alone = self._missing(sight, play.marks, skip)
        scores = [
            self._score(name, missing_in[name], alone, sight)
            for name in self._vocabulary.attributes
            if missing_in.get(name)
        ]
        return self._best(scores, play)

    def _missing(self, sight: Sight, in_play: int, skip: frozenset[str]) -> tuple[dict[str, int], int]:
        """For each attribute, the open programmes that miss it; and those that miss nothing else, whatever it is."""
        index = self._index
        open_ = sight.decisions.possible & in_play
        walked = self._walked(sight, open_)
        unknown = sight.states.missing
        asked, hopeless = self._asked(sight, unknown)
        unknown |= index.bits(group.number for group, _ in walked)
        hopeless |= index.marks(group.at for group, seen in walked if seen.hopeless)
        self._only_to_refuse(asked, sight, hopeless)
        self._add(asked, walked, set(index.programmes(hopeless)) if walked else set())
        wanted = {name: bits for name, bits in asked.items() if bits and name not in skip}
        settled = 0
        for bits in wanted.values():
            settled |= bits
        once, twice = index.touched(unknown & ~settled) & open_, 0  # some conditions wait for no answer to come
        missing_in = {}
        for name, bits in wanted.items():
            marks = missing_in[name] = index.touched(bits) & open_
            once, twice = once | marks, twice | once & marks
        return missing_in, once & ~twice

    def _walked(self, sight: Sight, open_: int) -> list[tuple[Walked, Seen]]:
        """The walked conditions of the open programmes that are not known, with what is found of them."""
        if not sight.walked:
            return []
        places = set(self._index.programmes(open_))
        return [
            (group, seen) for group, seen in sight.walked if seen.finding.truth is Truth.UNKNOWN and group.at in places
        ]

    def _add(self, asked: dict[str, int], walked: Sequence[tuple[Walked, Seen]], hopeless: set[int]) -> None:
        """Add what could settle the walked conditions to what could settle the others."""
        more: dict[str, list[int]] = {}
        for group, seen in walked:
            for name in seen.asked_to_refuse if group.at in hopeless else seen.asked:
                more.setdefault(name, []).append(group.number)
        for name, numbers in more.items():
            asked[name] |= self._index.bits(numbers)

    def _asked(self, sight: Sight, unknown: int) -> tuple[dict[str, int], int]:
        """For each attribute, the flat conditions that its answer could settle; and marks of the hopeless programmes.

        A programme is hopeless if one of its conditions cannot become true: an ``any`` with no leaf to ask about, or
        another condition with a leaf that no answer can settle.
        """
        index, open_leaves, unsettled = self._index, 0, 0
        asked = {}
        for name, effect in sight.effects.items():
            asked[name] = effect.askable & unknown
            open_leaves |= effect.askable
            unsettled |= effect.unsettled
        stuck = unknown & (index.any_of & ~open_leaves | ~index.any_of & unsettled)
        return asked, index.touched(stuck)

    def _only_to_refuse(self, asked: dict[str, int], sight: Sight, hopeless: int) -> None:
        """In hopeless programmes, put aside each ``any`` that no answer can make false."""
        if not hopeless:
            return
        index, unsettled = self._index, 0
        for effect in sight.effects.values():
            unsettled |= effect.unsettled
        useless = index.any_of & unsettled & index.fields(hopeless)
        for name, bits in asked.items():
            asked[name] = bits & ~useless

    def _score(self, name: str, missing: int, alone: int, sight: Sight) -> _Score:
        table, answer, now = self._index.tables[name], sight.answers.get(name), sight.effects[name]
        completed = missing & alone
        others = missing & ~alone & now.open
        leaves = [
            slot.leaf
            for slot, outcome in zip(table.slots, now.outcomes, strict=True)
            if outcome in OPEN and slot.alone_in & others
        ]
        classes = answer_classes(name, leaves=leaves, now=answer, vocabulary=self._vocabulary)
        failed = [ruled_out(table, now, then, answer) & others for then in dict.fromkeys(classes)]
        decided = completed
        for marks in failed:
            decided |= marks
        share = Fraction(sum(marks.bit_count() for marks in failed), len(classes)) if classes else Fraction(0)
        return _Score(name, completed.bit_count() + share, decided)

    def _best(self, scores: Sequence[_Score], play: Play) -> _Score | None:
        """The highest expectation; then the largest aid, then the first of the vocabulary."""
        highest = max((score.expected for score in scores), default=None)
        best = [score for score in scores if score.expected == highest]
        return max(best, key=lambda score: self._aid(score, play)) if len(best) > 1 else next(iter(best), None)

    def _aid(self, score: _Score, play: Play) -> Decimal:
        return sum(map(play.aid, self._index.programmes(score.decided)), Decimal(0))

    def _question(self, score: _Score, answers: Answers, play: Play) -> NextQuestion:
        decided = [(-play.aid(at), self._ids[at]) for at in self._index.programmes(score.decided)]
        return NextQuestion(
            attribute=score.attribute,
            settles=len(decided),
            expected=score.expected,
            aid=self._aid(score, play),
            closer=score.attribute in answers,
            programmes=tuple(id_ for _, id_ in sorted(decided)),
        )


def ruled_out(table: AnswerTable, now: Effect, then: Answer, answer: Answer | None) -> int:
    """Marks of the programmes of which a top-level leaf that is open now fails with another answer."""
    found = table.effect(then)
    if answer is None:
        return found.out
    marks = 0
    for slot, before, after in zip(table.slots, now.outcomes, found.outcomes, strict=True):
        if before in OPEN and after == FALSE:
            marks |= slot.alone_in
    return marks
