"""The state and the clock of a question in plain words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from alliage.hub.questions.models import Move, Question, State

ICONS = {
    State.ANSWERED: "check-circle",
    State.ROUTED: "clock",
    State.TAKEN: "clock",
    State.PROMISED: "calendar",
    State.ABANDONED: "warning",
}


def state_words(state: str) -> str:
    """How far a question is."""
    return {
        State.ROUTED: _("confiée"),
        State.TAKEN: _("prise en charge"),
        State.PROMISED: _("réponse promise"),
        State.ANSWERED: _("répondue"),
        State.HELPLESS: _("aucune aide possible"),
        State.UNREACHABLE: _("impossible à joindre"),
        State.ABANDONED: _("restée sans réponse"),
        State.MERGED: _("jointe à une autre"),
        State.WITHDRAWN: _("retirée"),
        State.ARCHIVED: _("archivée"),
    }[State(state)]


def channel_words(channel: str) -> str:
    """How an answer was given."""
    return {
        Question.Channel.WRITTEN: _("par écrit"),
        Question.Channel.LIVE: _("de vive voix"),
        Question.Channel.MEETING: _("en rencontre"),
    }[Question.Channel(channel)]


def move_words(what: str, *, organisation: str) -> str:
    """What happened, for who asked as for who answers. ``organisation`` answers; the team, if it is nothing."""
    whom = organisation or _("l’équipe d’Alliage")
    said = {
        Move.What.ASKED: _("Question posée"),
        Move.What.ROUTED: _("Confiée à : %(whom)s"),
        Move.What.TAKEN: _("Prise en charge : %(whom)s"),
        Move.What.DECLINED: _("« Pas pour moi »"),
        Move.What.PROMISED: _("Réponse promise"),
        Move.What.ANSWERED: _("Réponse : %(whom)s"),
        Move.What.HELPLESS: _("Aucune aide possible"),
        Move.What.UNREACHABLE: _("Impossible à joindre"),
        Move.What.FOLLOWED_UP: _("Précision ajoutée"),
        Move.What.CATALOGUED: _("La fiche du programme a changé d’après la réponse"),
        Move.What.SATISFIED: _("« Cela répond à ma question »"),
        Move.What.UNSATISFIED: _("« Cela ne répond pas à ma question »"),
        Move.What.ESCALATED: _("L’organisme et l’équipe sont prévenus : personne n’a répondu"),
        Move.What.ABANDONED: _("Fermée : personne ne l’a prise"),
        Move.What.MERGED: _("Jointe à une question semblable"),
        Move.What.WITHDRAWN: _("Question retirée"),
        Move.What.ARCHIVED: _("Archivée"),
    }[Move.What(what)]
    return said % {"whom": whom}


def clock(question: Question, *, on: date) -> list[dict[str, Any]]:
    """What comes next and when, if nobody answers: a day told for each step. Nothing once it has ended."""
    if not question.waiting:
        return []
    ages = settings.QUESTION_CLOCK
    given = localdate(question.transmitted)
    start = max(given, question.due + timedelta(days=1 - ages["reminder"])) if question.due else given
    whom = question.organisation_asked_id is not None
    steps = [
        (ages["reminder"], _("Rappel à qui doit répondre; on vous le dit aussi.")),
        (ages["risk"], _("L’organisme lui-même est prévenu, et l’équipe cherche quelqu’un d’autre."))
        if whom
        else (ages["risk"], _("L’équipe la met en tête de sa liste.")),
        (
            ages["closed"],
            _("Si personne ne l’a prise, elle est fermée, on vous le dit, et elle est comptée en public."),
        ),
    ]
    days = [(start + timedelta(days=age), words) for age, words in steps]
    return [{"day": day, "words": words, "past": day <= on} for day, words in days]
