"""All the receipts of the real catalogue: what is found of each condition, in words, with its source."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import alliage
from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.matching.receipt import Receipts
from alliage.core.matching.value_index import ValueIndex
from alliage.core.rules.derivations import derive
from alliage.core.rules.evaluate import evaluate
from alliage.core.vocabulary.answers import Answers
from alliage.core.vocabulary.yaml_files import read_yaml
from benchmarks.workload import ON

EXAMPLES = Path(__file__).parents[1] / "examples"


@dataclass(frozen=True)
class Size:
    """What is drawn each time."""

    programmes: int
    lines: int


class RealReceipts:
    """Draws the receipts of all programmes for the example companies."""

    def __init__(self) -> None:
        self.catalogue = alliage.load_pack()
        self.programmes = list(self.catalogue.programmes.values())
        self.index = ValueIndex.of(self.programmes, vocabulary=self.catalogue.vocabulary, on=ON)
        self.receipts = Receipts(self.catalogue)
        self.draw_all()

    def companies(self) -> Iterator[Answers]:
        """The examples, read afresh: no answer is the same object as before."""
        for path in sorted(EXAMPLES.glob("*.yaml")):
            yield _known(path, self.catalogue)

    def draw_all(self) -> list[float]:
        """The CPU seconds of one company, for each of them: findings and lines of every programme."""
        return [self._draw(answers) for answers in list(self.companies())]

    def _draw(self, answers: Answers) -> float:
        start = time.process_time()
        found = self.index.findings(answers)
        for programme, findings in zip(self.programmes, found, strict=True):
            self.receipts.lines(programme, findings, answers)
        return time.process_time() - start

    def disagreements(self) -> int:
        """How many programmes have another receipt when the interpreter finds and a new pen draws."""
        fresh = Receipts(self.catalogue)
        places = self.catalogue.vocabulary.places
        wrong = 0
        for answers in self.companies():
            for programme, findings in zip(self.programmes, self.index.findings(answers), strict=True):
                slow = tuple(evaluate(c, answers=answers, places=places, on=ON) for c in programme.conditions)
                drawn = self.receipts.lines(programme, findings, answers)
                wrong += slow != findings or drawn != fresh.lines(programme, slow, answers)
        return wrong

    def size(self) -> Size:
        """Programmes, and lines of their receipts."""
        lines = sum(1 + len(getattr(c, "conditions", ())) for p in self.programmes for c in p.conditions)
        return Size(len(self.programmes), lines)


def _known(path: Path, catalogue: Catalogue) -> Answers:
    profile = alliage.read_profile(read_yaml(path), vocabulary=catalogue.vocabulary)
    known = derive(profile, derivations=catalogue.derivations, vocabulary=catalogue.vocabulary, on=ON)
    return known.answers
