"""A question ready to be put: with the answer that it has, or with the one that is proposed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from alliage.core.vocabulary.profile import UNKNOWN
from alliage.hub.finder.dossier import Dossier
from alliage.hub.finder.forms.budget import Budget, shown_budget
from alliage.hub.finder.forms.question import Question, question_of
from alliage.hub.finder.queries.asking import proposed_answer
from alliage.hub.finder.queries.engine import Found
from alliage.hub.finder.queries.voice import Voice


def current_answer(dossier: Dossier, name: str) -> Any:
    """The answer that a question has: plain data, ``unknown``, or ``None``."""
    return UNKNOWN if name in dossier.unknown else dossier.answers.get(name)


def ready_question(name: str, dossier: Dossier, found: Found, *, voice: Voice) -> Question | Budget:
    """A question of the vocabulary, or the budget, as a page shows it."""
    if name == voice.catalogue.vocabulary.roles.lines:
        return shown_budget(dossier.lines, wording=voice.wording)
    attribute, answer = voice.attributes[name], current_answer(dossier, name)
    if answer is not None:
        return question_of(attribute, answer, tools=voice.tools)
    value, note = proposed_answer(name, found, voice=voice)
    return replace(question_of(attribute, value, tools=voice.tools), note=note)
