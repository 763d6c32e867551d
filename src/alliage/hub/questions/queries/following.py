"""A question as who asked sees it, and the list of those of an account."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.timezone import localdate

from alliage.hub.people.models import Person
from alliage.hub.programmes.queries.speaking import Plain, Speech
from alliage.hub.questions.links import token_of
from alliage.hub.questions.models import ENDED, Answer, Move, Question, State
from alliage.hub.questions.queries.about import about_question, organisation_name
from alliage.hub.questions.queries.words import ICONS, channel_words, clock, move_words, state_words

SHORT = 160  # signs of a question in a list
_SAYS = (Move.What.PROMISED, Move.What.ANSWERED, Move.What.HELPLESS, Move.What.UNREACHABLE, Move.What.FOLLOWED_UP)


def history(question: Question, *, speech: Speech, inside: bool) -> list[Plain]:
    """What happened, in order. ``inside``: for who answers, with what was said among them.

    The answer that stands on the page already is not said again.
    """
    last = _last_end(question)
    told = last.pk if last else None
    moves = question.moves.select_related("organisation_asked", "by")
    shown = [move for move in moves if inside or move.what != Move.What.DECLINED]
    return [
        {
            "at": localdate(move.at),
            "words": move_words(
                move.what, organisation=speech.text(move.organisation_asked.name) if move.organisation_asked else ""
            ),
            "text": move.why if inside or (move.what in _SAYS and move.pk != told) else "",
            "mine": move.role == Move.Role.ASKER,
            "who": str(move.by) if inside and move.by and move.role != Move.Role.ASKER else "",
        }
        for move in shown
    ]


def page_of(row: int) -> str:
    """The secret address of a question that was just asked; that of the search, if it is gone since."""
    question = Question.objects.filter(pk=row).first()
    return reverse("questions:mine", args=[token_of(question)]) if question else reverse("questions:search")


def mine(question: Question, *, on: date, speech: Speech) -> Plain:
    """The page of who asked."""
    return {
        **summary(question, speech=speech),
        "text": question.text,
        "about": about_question(question, speech=speech),
        "history": history(question, speech=speech, inside=False),
        "clock": clock(question, on=on),
        "waiting": question.waiting,
        "promised": question.due if question.waiting else None,
        "answer": last_answer(question),
        "channel": channel_words(question.channel) if question.channel else "",
        "may_judge": question.state in (State.ANSWERED, State.HELPLESS),
        "satisfied": question.satisfied,
        "may_add": question.waiting or (question.state in ENDED and question.state != State.WITHDRAWN),
        "written_to": bool(question.agreed),
        "has_account": question.person_id is not None,
        "published": Answer.objects.filter(asked=question, state=Answer.State.PUBLISHED)
        .values_list("pk", flat=True)
        .first(),
    }


def last_answer(question: Question) -> str:
    """What was answered last, or why it was not."""
    move = _last_end(question)
    return move.why if move else ""


def _last_end(question: Question) -> Move | None:
    ends = (Move.What.ANSWERED, Move.What.HELPLESS, Move.What.UNREACHABLE)
    if question.state not in (*ends, State.ARCHIVED):
        return None
    return question.moves.filter(what__in=ends).last()


def summary(question: Question, *, speech: Speech) -> dict[str, Any]:
    """A question in a line."""
    return {
        "number": question.pk,
        "state": question.state,
        "state_words": state_words(question.state),
        "icon": ICONS.get(State(question.state), "info"),
        "asked": localdate(question.created),
        "given": localdate(question.transmitted),
        "organisation": organisation_name(question, speech=speech),
        "short": Truncator(" ".join(question.text.split())).chars(SHORT),
        "ended": localdate(question.ended) if question.ended else None,
        "forgotten": question.forgotten,
        "due": question.due if question.waiting else None,
    }


def my_questions(person: Person, *, speech: Speech) -> list[Plain]:
    """The questions of an account, each with its page."""
    rows = Question.objects.filter(person=person).select_related("organisation_asked")
    return [{**summary(row, speech=speech), "token": token_of(row)} for row in rows]
