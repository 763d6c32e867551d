"""Alliage on the workload: the value index, the interpreter that it must equal, and the next question both ways."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.catalogue.freshness import Freshness
from alliage.core.catalogue.intake import OPEN, Intake
from alliage.core.catalogue.programme import Programme, Provider
from alliage.core.matching.aid import Aid
from alliage.core.matching.next_question import NextQuestion, next_question
from alliage.core.matching.question_index import Play, QuestionIndex
from alliage.core.matching.results import Result, Results
from alliage.core.matching.value_index import ValueIndex
from alliage.core.matching.verdict import Match, Verdict
from alliage.core.rules.condition import Condition
from alliage.core.rules.derivations import Known
from alliage.core.rules.evaluate import evaluate
from alliage.core.vocabulary.answers import Answers
from alliage.core.vocabulary.profile import Profile
from alliage.core.vocabulary.truth import Truth, every
from benchmarks.peers import FALSE, TRUE, UNKNOWN
from benchmarks.workload import ON, SEED, Workload

LETTERS = {Truth.TRUE: TRUE, Truth.FALSE: FALSE, Truth.UNKNOWN: UNKNOWN}
VERDICTS = {Truth.TRUE: Verdict.ELIGIBLE, Truth.UNKNOWN: Verdict.POSSIBLE, Truth.FALSE: Verdict.INELIGIBLE}


class Ours:
    """The index over the workload's rules; all programmes are open, with aids drawn once."""

    def __init__(self, workload: Workload) -> None:
        self.workload, self.rules = workload, workload.rules
        self.index = new_index(workload)
        self._catalogue = _catalogue(workload)
        self._aids = _aids(len(self.rules))
        self._questions = QuestionIndex(
            self.index,
            ids=list(self._catalogue.programmes),
            vocabulary=workload.vocabulary,
            derivations=self._catalogue.derivations,
        )
        self._play = Play(self.index.marks(range(len(self.rules))), aid=self._aids.__getitem__)

    def verdicts(self, answers: Answers) -> str:
        """What the index decides, a letter for each rule."""
        decisions = self.index.decide(answers)
        letters = [TRUE] * len(self.rules)
        for marks, letter in ((decisions.ineligible, FALSE), (decisions.possible, UNKNOWN)):
            for at in self.index.programmes(marks):
                letters[at] = letter
        return "".join(letters)

    def interpreted(self, answers: Answers) -> str:
        """What the interpreter decides."""
        return "".join(LETTERS[every(self._truths(rule, answers))] for rule in self.rules)

    def interpreted_states(self, answers: Answers) -> tuple[list[list[int]], list[list[int]]]:
        """Which conditions of each rule the interpreter finds false, and which unknown."""
        truths = [self._truths(rule, answers) for rule in self.rules]
        return _places(truths, Truth.FALSE), _places(truths, Truth.UNKNOWN)

    def explained(self, answers: Answers) -> tuple[list[list[int]], list[list[int]]]:
        """The same from the index."""
        found = self.index.explain(answers)
        return [_bits(field) for field in found.failed], [_bits(field) for field in found.missing]

    def question(self, answers: Answers) -> NextQuestion | None:
        """The next question, from the index."""
        return self._questions.ask(self.index.see(answers), self._play)

    def slow_question(self, answers: Answers) -> NextQuestion | None:
        """The next question, from results."""
        return next_question(self.results(answers))

    def results(self, answers: Answers) -> Results:
        """Results as the interpreter makes them."""
        results = tuple(
            _result(programme, answers, aid)
            for programme, aid in zip(self._catalogue.programmes.values(), self._aids, strict=True)
        )
        return Results(self._catalogue, Profile(answers), Known(answers, {}), ON, results)

    def _truths(self, rule: Sequence[Condition], answers: Answers) -> list[Truth]:
        places = self.workload.vocabulary.places
        return [evaluate(condition, answers=answers, places=places, on=ON).truth for condition in rule]


def new_index(workload: Workload) -> ValueIndex:
    """An index that has seen no answer."""
    return ValueIndex(workload.rules, vocabulary=workload.vocabulary, on=ON)


def _aids(count: int) -> list[Decimal]:
    random = Random(SEED)
    return [Decimal(random.randint(0, 40) * 2_500) for _ in range(count)]


def _places(truths: list[list[Truth]], wanted: Truth) -> list[list[int]]:
    return [[at for at, truth in enumerate(rule) if truth is wanted] for rule in truths]


def _bits(field: int) -> list[int]:
    return [at for at in range(field.bit_length()) if field >> at & 1]


def _result(programme: Programme, answers: Answers, aid: Decimal) -> Result:
    places = programme.vocabulary.places
    found = tuple(evaluate(c, answers=answers, places=places, on=ON) for c in programme.conditions)
    verdict = VERDICTS[every(finding.truth for finding in found)]
    return Result(
        Match(programme, verdict, Intake(OPEN), found, (), (), ()),
        Aid(None, aid, ()),
        Freshness(None),
        serves_needs=True,
    )


def _catalogue(workload: Workload) -> Catalogue:
    provider = Provider("p", {"fr": "p", "en": "p"}, "p", ())
    programmes = {
        f"r{at}": Programme({"id": f"r{at}"}, provider, rule, workload.vocabulary)
        for at, rule in enumerate(workload.rules)
    }
    return Catalogue("made-up", {}, "made-up", workload.vocabulary, {"p": provider}, programmes, {}, {})


# ------------------------------------------------------------------------------------------ time and memory


@dataclass(frozen=True)
class Cost:
    """What an index costs: seconds to build, bytes once built, bytes after many companies."""

    seconds: float
    built: int
    used: int


def cost_of_index(workload: Workload, companies: Sequence[Answers], *, repeats: int = 9) -> Cost:
    """The median time to build, and the memory as Python's own tracer counts it."""
    seconds = sorted(cpu_seconds(lambda: new_index(workload)) for _ in range(repeats))[repeats // 2]
    tracemalloc.start()
    index = new_index(workload)
    built = tracemalloc.get_traced_memory()[0]
    for answers in companies:
        index.decide(answers)
    used = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return Cost(seconds, built, used)


def cpu_seconds(work: Callable[[], object]) -> float:
    """The CPU time of this process for some work."""
    start = time.process_time()
    work()
    return time.process_time() - start
