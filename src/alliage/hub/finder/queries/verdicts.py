"""A few programmes against many dossiers at once: what a change of one programme does to thousands of files.

Only the answers that these programmes ask for, and what those follow from, are read and derived; the same answers are
decided once. What it gives is what :func:`alliage.match` gives: a test compares them. Cohorts as bit columns would come
in by this one door, :func:`verdicts_of`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Any, TypeAlias

from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.catalogue.programme import Programme
from alliage.core.matching.value_index import ValueIndex
from alliage.core.matching.verdict import Verdict
from alliage.core.rules.condition import leaves
from alliage.core.rules.derivations import Derivations, derive
from alliage.core.vocabulary.answers import Answer
from alliage.core.vocabulary.errors import AlliageError
from alliage.core.vocabulary.profile import Profile, Refusal, read_answer
from alliage.hub.finder.dossier import Dossier, expense_line

Verdicts: TypeAlias = tuple[Verdict, ...] | None  # one for each programme; nothing if the answers disagree
MOST_KEPT = 50_000


def verdicts_of(
    programmes: Sequence[Programme], dossiers: Iterable[Dossier], *, catalogue: Catalogue, on: date
) -> list[Verdicts]:
    """The verdicts of these programmes (or of their former documents) on each dossier, on a day."""
    column = _Column(programmes, catalogue, on)
    return [column.decide(dossier) for dossier in dossiers]


def verdicts_of_each(
    groups: Sequence[Sequence[Programme]], dossiers: Iterable[Dossier], *, catalogue: Catalogue, on: date
) -> list[list[Verdicts]]:
    """As :func:`verdicts_of`, for several groups at once: of each dossier, what each group would give alone.

    All are decided together. Only a dossier whose answers disagree on what some group asks is decided group by group:
    the others still have their verdicts.
    """
    together = _Column([programme for group in groups for programme in group], catalogue, on)
    alone: list[_Column] = []
    found: list[list[Verdicts]] = []
    for dossier in dossiers:
        verdicts = together.decide(dossier)
        if verdicts is None:
            alone = alone or [_Column(group, catalogue, on) for group in groups]
            found.append([column.decide(dossier) for column in alone])
        else:
            each = iter(verdicts)
            found.append([tuple(islice(each, len(group))) for group in groups])
    return found


@dataclass(frozen=True, slots=True)
class Asked:
    """What these programmes ask for: the attributes, with all that they may follow from, and how."""

    names: tuple[str, ...]
    lines: bool  # whether the budget says something of it
    derivations: Derivations


def asked_by(programmes: Iterable[Programme], *, catalogue: Catalogue) -> Asked:
    """The attributes of the conditions of these programmes, and those from which they are derived."""
    every = catalogue.derivations
    names = {leaf.attribute for p in programmes for condition in p.conditions for leaf in leaves(condition)}
    before: set[str] = set()
    while names != before:
        before = set(names)
        for implication in every.implications:
            if implication.attribute in names:
                names |= {leaf.attribute for leaf in leaves(implication.condition)}
        for bound in every.bounds:
            if {bound.lower, bound.upper} & names:
                names |= {bound.lower, bound.upper}
        names |= {table.given for table in every.tables if table.attribute in names}
    derivations = Derivations(
        implications=tuple(i for i in every.implications if i.attribute in names),
        closures=tuple(c for c in every.closures if c.attribute in names),
        bounds=tuple(b for b in every.bounds if b.lower in names),
        tables=tuple(t for t in every.tables if t.attribute in names),
    )
    return Asked(tuple(sorted(names)), catalogue.vocabulary.roles.cost in names, derivations)


class _Column:
    """These programmes on one day, and what was decided already."""

    def __init__(self, programmes: Sequence[Programme], catalogue: Catalogue, on: date) -> None:
        self._catalogue, self._on, self._count = catalogue, on, len(programmes)
        self._asked = asked_by(programmes, catalogue=catalogue)
        self._index = ValueIndex.of(programmes, vocabulary=catalogue.vocabulary, on=on)
        self._marks = [self._index.marks([at]) for at in range(len(programmes))]
        self._read: dict[tuple[str, str], Answer | None] = {}
        self._decided: dict[Any, Verdicts] = {}

    def decide(self, dossier: Dossier) -> Verdicts:
        answers, lines = dossier.answers, dossier.lines if self._asked.lines else ()
        key = (repr([answers.get(name) for name in self._asked.names]), lines)
        if key not in self._decided:
            if len(self._decided) >= MOST_KEPT:
                self._decided.clear()
            self._decided[key] = self._verdicts(replace(dossier, lines=lines))
        return self._decided[key]

    def _verdicts(self, dossier: Dossier) -> Verdicts:
        vocabulary = self._catalogue.vocabulary
        read = {
            name: self._answer(name, dossier.answers[name]) for name in self._asked.names if name in dossier.answers
        }
        lines = tuple(line for raw in dossier.lines if (line := expense_line(raw, vocabulary)) is not None)
        profile = Profile({name: answer for name, answer in read.items() if answer is not None}, lines)
        try:
            known = derive(profile, derivations=self._asked.derivations, vocabulary=vocabulary, on=self._on)
        except AlliageError:
            return None
        out, unknown = self._index.decide(known.answers)
        return tuple(
            Verdict.INELIGIBLE if mark & out else Verdict.POSSIBLE if mark & unknown else Verdict.ELIGIBLE
            for mark in self._marks
        )

    def _answer(self, name: str, value: Any) -> Answer | None:
        """An answer, read once for all who gave it; nothing if it is no longer one."""
        key = (name, repr(value))
        if key not in self._read:
            if len(self._read) >= MOST_KEPT:
                self._read.clear()
            self._read[key] = self._newly_read(name, value)
        return self._read[key]

    def _newly_read(self, name: str, value: Any) -> Answer | None:
        vocabulary = self._catalogue.vocabulary
        attribute = vocabulary.attributes.get(name)
        if attribute is None:
            return None
        try:
            return read_answer(value, attribute=attribute, vocabulary=vocabulary)
        except Refusal:
            return None
