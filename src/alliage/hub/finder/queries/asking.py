"""The next question: what to ask now, why, and what its answer settles."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliage.core.financing.questions import plan_question
from alliage.core.matching.aid import highest
from alliage.core.matching.next_question import NextQuestion, first_questions
from alliage.core.vocabulary.answers import Answers, plain
from alliage.hub.finder.dossier import Dossier
from alliage.hub.finder.queries.engine import Engine, Found
from alliage.hub.finder.queries.in_view import missing_in_view
from alliage.hub.finder.queries.voice import Voice


@dataclass(frozen=True, slots=True)
class Next:
    """A question to put, with what its answer would settle."""

    attribute: str
    why: str


def next_to_ask(found: Found, dossier: Dossier, *, voice: Voice) -> Next | None:
    """The needs, the place, what the programme in view waits for, the cost, what money waits for, what settles most."""
    put_aside, cost = {*dossier.unknown, *dossier.skipped}, found.engine.vocabulary.roles.cost
    wanted = missing_in_view(found, dossier)
    for name in first_asked(found.engine, found.known.answers):
        if name not in found.known.answers and name not in put_aside and not (wanted and name == cost):
            return Next(name, _first_why(name, found))
    if wanted is not None:
        return Next(wanted, _("Pour savoir si le programme pour lequel vous veniez vous convient."))
    waited = _for_money(found, put_aside)
    if waited is not None:
        return Next(waited, _money_why())
    question = found.engine.ask(found, skip=frozenset(dossier.skipped))
    return Next(question.attribute, why(question, found, voice=voice)) if question else None


def why_ask(name: str, found: Found, *, voice: Voice) -> str:
    """What the answer to one question is good for, whichever was asked."""
    question = found.engine.ask(found, skip=frozenset(voice.attributes) - {name})
    if question is not None and question.attribute == name:
        return why(question, found, voice=voice)
    if name == _for_money(found, frozenset(voice.attributes) - {name}):
        return _money_why()
    return _first_why(name, found) if name in first_asked(found.engine, found.known.answers) else ""


def why(question: NextQuestion, found: Found, *, voice: Voice) -> str:
    """What an answer settles, and the aid in play once the cost of the project bounds it."""
    cost = highest(found.known.answers.get(found.engine.vocabulary.roles.cost))
    count, worth = question.settles, int(question.aid) if cost is not None else 0
    blanks = {"count": count, "money": voice.money(worth)}
    if worth:
        said = ngettext(
            "Votre réponse peut décider de %(count)s programme, qui vaut jusqu’à %(money)s pour vous (estimation).",
            "Votre réponse peut décider de %(count)s programmes, qui valent jusqu’à %(money)s pour vous (estimation).",
            count,
        )
    else:
        said = ngettext(
            "Votre réponse peut décider de %(count)s programme.",
            "Votre réponse peut décider de %(count)s programmes.",
            count,
        )
    closer = _("Une réponse plus précise est utile.") if question.closer else ""
    return f"{said % blanks} {closer}".rstrip()


def proposed_answer(name: str, found: Found, *, voice: Voice) -> tuple[Any, str]:
    """What a page may propose in answer, and where it comes from: what follows from another answer, or a default."""
    attribute, answers = voice.attributes[name], found.known.answers
    origin = found.known.derived_from.get(name)
    if origin is not None and name in answers and name not in found.profile.answers and not attribute.ordered:
        return plain(answers[name]), _("D’après votre réponse : %(label)s. Corrigez si c’est faux.") % {
            "label": voice.label(origin)
        }
    likely = answers.get(attribute.suggest) if attribute.suggest else None
    if likely is not None and attribute.suggest and name not in answers:
        return plain(likely), _("Nous proposons la même réponse que : %(label)s. Confirmez ou changez.") % {
            "label": voice.label(attribute.suggest)
        }
    return None, ""


def first_asked(engine: Engine, answers: Answers) -> tuple[str, ...]:
    """What is asked before anything is counted: the needs, the place by its easiest way, the cost."""
    catalogue = engine.catalogue
    return first_questions(answers, derivations=catalogue.derivations, vocabulary=catalogue.vocabulary)


def _for_money(found: Found, put_aside: Collection[str]) -> str | None:
    """What the money of a programme that the company may ask for waits for, though no condition asks it."""
    return plan_question(
        found.programmes(found.eligible),
        lines=found.profile.lines,
        known={*found.known.answers, *put_aside},
        vocabulary=found.engine.vocabulary,
    )


def _money_why() -> str:
    return _("Votre réponse dit ce que votre plan de financement peut compter comme sûr.")


def _first_why(name: str, found: Found) -> str:
    if name == found.engine.vocabulary.roles.needs:
        return _("Elle choisit les programmes à montrer. Vous pourrez changer d’idée.")
    if name == found.engine.vocabulary.roles.cost:
        return _("Elle dit ce que chaque programme pourrait couvrir de votre projet. Un intervalle suffit.")
    return _("Presque chaque programme sert un territoire précis.")
