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
from alliage.core.matching.next_question import NextQuestion, answer_classes, asked_through
from alliage.core.matching.value_index import ValueIndex, Walked
from alliage.core.rules.condition import Leaf
from alliage.core.rules.derivations import Derivations
from alliage.core.rules.evaluate import ANYWHERE, ONLY_FALSE, Finding, askable, reach
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

    def ask(self, answers: Answers, play: Play, *, skip: frozenset[str] = frozenset()) -> NextQuestion | None:
        """The best question to ask now, or ``None`` if no answer can change anything.

        ``answers`` are all that is known; ``skip`` names attributes not to ask, those answered "I don't know" included.
        """
        missing_in, alone = self._missing(answers, play.marks, skip)
        scores = [
            self._score(name, missing_in[name], alone, answers)
            for name in self._vocabulary.attributes
            if missing_in.get(name)
        ]
        best = self._best(scores, play)
        if best is None:
            return None
        question = self._question(best, answers, play)
        return asked_through(question, derivations=self._derivations, answers=answers, skipped=skip)

    def _missing(self, answers: Answers, in_play: int, skip: frozenset[str]) -> tuple[dict[str, int], int]:
        """For each attribute, the open programmes that miss it; and those that miss nothing else, whatever it is."""
        index = self._index
        open_ = index.decide(answers).possible & in_play
        unknown = index.flat_states(answers).missing
        walked = self._walked(answers, open_)
        asked, hopeless = self._asked(answers, unknown)
        for group, finding in walked:
            unknown |= group.bit
            hopeless |= 0 if reach(finding).true else group.mark
        self._only_to_refuse(asked, answers, hopeless)
        for group, finding in walked:
            for leaf in askable(finding, wanted=ONLY_FALSE if group.mark & hopeless else ANYWHERE):
                assert isinstance(leaf.condition, Leaf)
                asked[leaf.condition.attribute] |= group.bit
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

    def _walked(self, answers: Answers, open_: int) -> list[tuple[Walked, Finding]]:
        """The walked conditions of the open programmes that are not known, with what is found of them."""
        index = self._index
        outcomes = index.outcomes(answers) if index.walked else b""
        drawn = [(group, group.draw(outcomes)) for group in index.walked if group.mark & open_]
        return [(group, finding) for group, finding in drawn if finding.truth is Truth.UNKNOWN]

    def _asked(self, answers: Answers, unknown: int) -> tuple[dict[str, int], int]:
        """For each attribute, the flat conditions that its answer could settle; and marks of the hopeless programmes.

        A programme is hopeless if one of its conditions cannot become true: an ``any`` with no leaf to ask about, or
        another condition with a leaf that no answer can settle.
        """
        index, open_leaves, unsettled = self._index, 0, 0
        asked = {}
        for name, table in index.tables.items():
            effect = table.effect(answers.get(name))
            asked[name] = effect.askable & unknown
            open_leaves |= effect.askable
            unsettled |= effect.unsettled
        stuck = unknown & (index.any_of & ~open_leaves | ~index.any_of & unsettled)
        return asked, index.touched(stuck)

    def _only_to_refuse(self, asked: dict[str, int], answers: Answers, hopeless: int) -> None:
        """In hopeless programmes, put aside each ``any`` that no answer can make false."""
        if not hopeless:
            return
        index, unsettled = self._index, 0
        for name, table in index.tables.items():
            unsettled |= table.effect(answers.get(name)).unsettled
        useless = index.any_of & unsettled & index.fields(hopeless)
        for name, bits in asked.items():
            asked[name] = bits & ~useless

    def _score(self, name: str, missing: int, alone: int, answers: Answers) -> _Score:
        table, answer = self._index.tables[name], answers.get(name)
        now = table.effect(answer)
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
