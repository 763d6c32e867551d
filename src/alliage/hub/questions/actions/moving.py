"""What is done about a question once it is asked, by its owner, by who asked, by the team. One transaction each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import wraps
from typing import Concatenate, ParamSpec

from django.db import transaction
from django.utils.timezone import localdate

from alliage.hub.questions.actions.owners import give, give_back, hand, merged_into
from alliage.hub.questions.actions.records import By, Refused, note
from alliage.hub.questions.models import ENDED, WAITING, Move, Notice, Question, State
from alliage.hub.questions.routing import TEAM, Owner
from alliage.hub.ui.asked import says_something

LONGEST_PROMISE = timedelta(days=60)
CLOSED = (State.WITHDRAWN, State.ARCHIVED)  # nothing is added any more
P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Said:
    """An answer: its words, and how it was given (``written``, ``live``, ``meeting``)."""

    text: str
    channel: str = Question.Channel.WRITTEN.value


def _held(
    *states: State,
) -> Callable[[Callable[Concatenate[Question, P], Question]], Callable[Concatenate[int, P], Question]]:
    """An action on the row of a question, held while it is one of these states."""

    def decorate(act: Callable[Concatenate[Question, P], Question]) -> Callable[Concatenate[int, P], Question]:
        @wraps(act)
        @transaction.atomic
        def done(number: int, /, *args: P.args, **kwargs: P.kwargs) -> Question:
            question = Question.objects.select_for_update().filter(pk=number).first()
            if question is None:
                raise Refused("unknown")
            if question.state not in states:
                raise Refused("ended")
            return act(question, *args, **kwargs)

        return done

    return decorate


def _own(question: Question, by: By) -> None:
    """Who acts on a question makes it theirs: a colleague may answer for who is away."""
    if by.role == Move.Role.OFFICER and by.person is not None:
        question.officer = by.person
    question.first_taken = question.first_taken or by.at


def _end(question: Question, state: State, *, by: By) -> None:
    question.state, question.ended, question.at_risk, question.due = state, by.at, False, None
    question.save()


@_held(*WAITING)
def take(question: Question, *, by: By) -> Question:
    """Say that one deals with it.

    Raises:
        Refused: ``ended``; ``moved`` if a colleague has taken it meanwhile.
    """
    if question.state != State.ROUTED and question.officer_id != (by.person.pk if by.person else None):
        raise Refused("moved")
    if question.state == State.TAKEN:  # sent twice
        return question
    _own(question, by)
    question.state = State.TAKEN
    question.save()
    note(question, Move.What.TAKEN, by=by)
    return question


@_held(*WAITING)
def decline(question: Question, *, by: By, why: str) -> Question:
    """Say that it is not for oneself: it goes back to routing, to somebody else of the same office first.

    Raises:
        Refused: ``ended``; ``empty`` without a reason.
    """
    _said(why)
    note(question, Move.What.DECLINED, by=by, why=why)
    if by.role == Move.Role.OFFICER:
        return give(question, at=by.at, to=question.organisation_asked)
    return hand(question, TEAM, by=By(Move.Role.SITE, by.at))  # the shared box has nobody behind it


@_held(*WAITING)
def promise(question: Question, *, by: By, day: date, why: str = "") -> Question:
    """Promise an answer for a day.

    Raises:
        Refused: ``ended``; ``day`` if it is past, today, or more than 60 days away.
    """
    if not localdate(by.at) < day <= localdate(by.at) + LONGEST_PROMISE:
        raise Refused("day")
    _own(question, by)
    question.state, question.due = State.PROMISED, day
    question.save()
    note(question, Move.What.PROMISED, by=by, why=why)
    return question


@_held(*WAITING)
def answer(question: Question, *, by: By, said: Said) -> Question:
    """Answer. Those whose question was merged into this one have the same answer.

    Raises:
        Refused: ``ended``; ``empty``.
    """
    _said(said.text)
    _own(question, by)
    for row in (question, *merged_into(question)):
        row.channel, row.answered, row.satisfied = said.channel, by.at, None
        _end(row, State.ANSWERED, by=by)
        note(row, Move.What.ANSWERED, by=by, why=said.text)
    return question


@_held(*WAITING)
def give_up(question: Question, *, by: By, what: str, why: str) -> Question:
    """End it without an answer: ``helpless`` (no help possible) or ``unreachable`` (the company was not reached).

    Those whose question was merged into this one are told the same.

    Raises:
        Refused: ``ended``; ``empty`` without a reason.
    """
    _said(why)
    _own(question, by)
    for row in (question, *merged_into(question)):
        _end(row, State(what), by=by)
        note(row, what, by=by, why=why)
    return question


@_held(*WAITING, *(state for state in ENDED if state not in CLOSED))
def follow_up(question: Question, *, by: By, text: str) -> Question:
    """Who asked adds something: its owner is told; what was ended waits again, for the same owner.

    Raises:
        Refused: ``ended``; ``empty``.
    """
    _said(text)
    note(question, Move.What.FOLLOWED_UP, by=by, why=text)
    if question.state in WAITING:
        # the letter that gave it to them leaves again, with what was added; their clock goes on
        question.notices.filter(kind=Notice.Kind.TRANSMITTED, round=question.round).update(sent=None, sending=None)
        return question
    abandoned = question.state in (State.ABANDONED, State.MERGED)
    question.since, question.satisfied, question.merged_into = by.at, None, None
    site = By(Move.Role.SITE, by.at)
    if abandoned:
        return give(question, at=by.at)
    return hand(question, Owner(question.organisation_asked_id, question.officer_id), by=site)


@_held(State.ANSWERED, State.HELPLESS)
def judge(question: Question, *, by: By, satisfied: bool) -> Question:
    """Who asked says whether it answered their question."""
    question.satisfied = satisfied
    question.save(update_fields=["satisfied"])
    note(question, Move.What.SATISFIED if satisfied else Move.What.UNSATISFIED, by=by)
    return question


@_held(*WAITING)
def withdraw(question: Question, *, by: By, why: str = "") -> Question:
    """Who asked takes it back. Those who asked the same, and were merged into it, still want an answer."""
    _end(question, State.WITHDRAWN, by=by)
    note(question, Move.What.WITHDRAWN, by=by, why=why)
    give_back(question, at=by.at)
    return question


@transaction.atomic
def merge(number: int, /, *, by: By, into: int) -> Question:
    """Join a question to another that asks the same: what is answered there is answered here.

    Both are held, in the order of their numbers: neither is joined elsewhere, nor answered, in between.

    Raises:
        Refused: ``ended``; ``unknown`` if there is no such other question that still waits.
    """
    rows = {row.pk: row for row in Question.objects.select_for_update().filter(pk__in=(number, into)).order_by("pk")}
    question, other = rows.get(number), rows.get(into)
    if question is not None and question.state not in WAITING:
        raise Refused("ended")
    if question is None or other is None or other == question or other.state not in WAITING:
        raise Refused("unknown")
    question.merged_into = other
    question.merged.update(merged_into=other)
    _end(question, State.MERGED, by=by)
    note(question, Move.What.MERGED, by=by)
    return question


@_held(*WAITING, State.ABANDONED)
def reroute(question: Question, *, by: By, to: Owner | None = None) -> Question:
    """The team gives it to somebody, or (``None``) lets routing choose, somebody else than the one who let it wait."""
    if to is not None:
        return hand(question, to, by=by)
    waited = question.officer_id
    return give(question, at=by.at, to=question.organisation_asked, by=by, but=() if waited is None else (waited,))


def _said(text: str) -> None:
    if not says_something(text):
        raise Refused("empty")


@transaction.atomic
def stop_letters(question: Question) -> None:
    """No letter about this question any more; an address without an account is forgotten."""
    Question.objects.filter(pk=question.pk).update(agreed=None, email="")
