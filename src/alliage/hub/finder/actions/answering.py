"""Answering: each action takes the dossier of a person and gives the next one, or says why it cannot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from alliage.hub.finder.dossier import Dossier, Line
from alliage.hub.finder.queries.contradictions import agrees, disagreeing
from alliage.hub.finder.queries.engine import Engine


class Contradiction(Exception):
    """An answer disagrees with others. ``names`` are all those at fault, the new one among them."""

    def __init__(self, new: str, names: tuple[str, ...], dossier: Dossier) -> None:
        super().__init__(new)
        self.new, self.names, self.dossier = new, names, dossier

    @property
    def others(self) -> tuple[str, ...]:
        """The answers that stand against the new one."""
        return tuple(name for name in self.names if name != self.new)


def answer(dossier: Dossier, name: str, value: Any, *, engine: Engine) -> Dossier:
    """Take an answer: a value, ``unknown``, or ``None`` to take it back.

    Raises:
        Contradiction: it disagrees with another; nothing is taken.
    """
    return _agreed(dossier, dossier.answered(name, value), name, engine)


def answer_again(dossier: Dossier, name: str, value: Any, *, engine: Engine) -> Dossier:
    """Take the answer to a question put by itself; whoever had answered it already is not asked to be closer again.

    Raises:
        Contradiction: it disagrees with another; nothing is taken.
    """
    before = dossier.answers.get(name)
    after = answer(dossier, name, value, engine=engine)
    return after.passed(name) if before is not None and name in after.answers else after


def budget(dossier: Dossier, lines: Iterable[Line], *, engine: Engine) -> Dossier:
    """Take the lines of the project's budget.

    Raises:
        Contradiction: they disagree with an answer on the cost; nothing is taken.
    """
    return _agreed(dossier, dossier.budgeted(lines), engine.vocabulary.roles.lines, engine)


def answer_many(
    dossier: Dossier, values: Mapping[str, Any], *, engine: Engine
) -> tuple[Dossier, tuple[Contradiction, ...]]:
    """Take the answers of a whole page, one after the other; those that contradict the others are not taken."""
    refused = []
    for name, value in values.items():
        try:
            dossier = answer(dossier, name, value, engine=engine)
        except Contradiction as contradiction:
            refused.append(contradiction)
    return dossier, tuple(refused)


def give_up(dossier: Dossier, names: Iterable[str], *, engine: Engine) -> Dossier:
    """Take back answers, the budget among them."""
    for name in names:
        lines = name == engine.vocabulary.roles.lines
        dossier = dossier.budgeted(()) if lines else dossier.answered(name, None)
    return dossier


def _agreed(before: Dossier, after: Dossier, name: str, engine: Engine) -> Dossier:
    profile = after.profile(engine.vocabulary)
    if agrees(profile, engine) or not agrees(before.profile(engine.vocabulary), engine):
        return after  # what disagreed already is put to the person on the page of results
    raise Contradiction(name, disagreeing(profile, engine), after)
