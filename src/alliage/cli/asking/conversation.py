"""The conversation of ``alliage ask``: what to ask, what was answered, how to go back. It neither prints nor reads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.financing.questions import plan_question
from alliage.core.matching.next_question import NextQuestion, first_questions, next_question
from alliage.core.matching.results import Result, Results, match
from alliage.core.matching.value_index import ValueIndex
from alliage.core.matching.verdict import Verdict
from alliage.core.vocabulary.answers import Answer
from alliage.core.vocabulary.profile import Profile


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to put: its attribute, and what the engine says of it (``None`` where it does not choose it)."""

    attribute: str
    why: NextQuestion | None = None


class Conversation:
    """A profile that grows answer by answer, with its results after each; every state is kept, to go back."""

    def __init__(self, catalogue: Catalogue, profile: Profile, *, on: date) -> None:
        self.catalogue, self.on = catalogue, on
        programmes = list(catalogue.programmes.values())
        self._index = ValueIndex.of(programmes, vocabulary=catalogue.vocabulary, on=on)
        self._states = [(profile, self._match(profile))]

    @property
    def profile(self) -> Profile:
        """What was answered so far."""
        return self._states[-1][0]

    @property
    def results(self) -> Results:
        """What it gives."""
        return self._states[-1][1]

    def next(self) -> Asked | None:
        """The question to ask now: the needs, the place, the cost, what money waits for, then what settles the most."""
        for name in self._first():
            if name not in self.profile.unknown and name not in self.results.known.answers:
                return Asked(name)
        waited = self._for_money()
        if waited is not None:
            return Asked(waited)
        question = next_question(self.results)
        return Asked(question.attribute, question) if question else None

    def _for_money(self) -> str | None:
        """What the money of a programme that the company may ask for waits for, though no condition asks it."""
        ready = [r for r in self.results.shown if r.match.verdict is Verdict.ELIGIBLE and not r.closed]
        return plan_question(
            [one.match.programme for one in ready],
            lines=self.profile.lines,
            known={*self.results.known.answers, *self.profile.unknown},
            vocabulary=self.catalogue.vocabulary,
        )

    def _first(self) -> tuple[str, ...]:
        """What is asked before anything is counted."""
        catalogue = self.catalogue
        return first_questions(
            self.results.known.answers, derivations=catalogue.derivations, vocabulary=catalogue.vocabulary
        )

    def answer(self, attribute: str, answer: Answer | None) -> None:
        """Take an answer, or that the person does not know (more): what was known before is then kept.

        Raises:
            AlliageError: ``profile-contradiction``; the answer is then not taken.
        """
        if answer is None:
            profile = replace(self.profile, unknown=self.profile.unknown | {attribute})
        else:
            given = {**self.profile.answers, attribute: answer}
            profile = replace(self.profile, answers=given, unknown=self.profile.unknown - {attribute})
        self._states.append((profile, self._match(profile)))

    def back(self) -> bool:
        """Forget the last answer; false if there is none to forget."""
        if len(self._states) == 1:
            return False
        self._states.pop()
        return True

    def counts(self) -> dict[Verdict, tuple[int, int]]:
        """How many programmes of each verdict, before and after the last answer."""
        before, after = self._states[-2:][0][1], self.results
        return {verdict: (_count(before, verdict), _count(after, verdict)) for verdict in Verdict}

    def best(self, most: int) -> list[Result]:
        """The first programmes that may be applied for."""
        return [r for r in self.results.shown if r.match.verdict is not Verdict.INELIGIBLE and not r.closed][:most]

    def _match(self, profile: Profile) -> Results:
        return match(self.catalogue, profile, on=self.on, finder=self._index.findings)


def _count(results: Results, verdict: Verdict) -> int:
    return sum(result.match.verdict is verdict for result in results.shown)
