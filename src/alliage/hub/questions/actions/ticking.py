"""The clock of questions, run by a task: what is due is done once, whatever day it runs, and however often.

A letter is claimed in the database before it leaves, so that none leaves twice. One that the server refuses, or whose
process died before it was sent, is claimed by a later run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.utils.timezone import localdate

from alliage.hub.people.mail import MailNotSent
from alliage.hub.people.models import MemberRole, Membership
from alliage.hub.questions.actions import letters
from alliage.hub.questions.actions.owners import away, boxes, give, hand, merged_into
from alliage.hub.questions.actions.records import note, site
from alliage.hub.questions.clock import Ages, Held, Step, steps
from alliage.hub.questions.models import ENDED, WAITING, Move, Notice, Question, State
from alliage.hub.questions.routing import TEAM

MOST_PASSES = 3  # of one question in one run
STUCK = timedelta(minutes=15)  # a process that died while it sent: another one may try
_FOLLOWED = frozenset({Step.REROUTE, Step.TO_THE_TEAM, Step.ABANDON})  # after which something else is due


def ages() -> Ages:
    """The ages of the clock, from the settings."""
    return Ages(**settings.QUESTION_CLOCK)


def tick(*, now: datetime) -> dict[str, int]:
    """Do all that is due now; how many of each step."""
    done: Counter[str] = Counter()
    world = _World(now)
    for number in [question.pk for question in _alive() if steps(held(question, world), on=world.on, ages=ages())]:
        done.update(_done(number, world))
    return {step: count for step, count in done.items() if count}


def _done(number: int, world: _World) -> Counter[str]:
    """What was due about one question, read again: somebody may have answered since. Who is new is told at once."""
    done: Counter[str] = Counter()
    for _ in range(MOST_PASSES):
        due = _due(number, world)
        for step in due:
            done[step.value] += _DOES[step](number, world.now)
        if _FOLLOWED.isdisjoint(due):
            break
    return done


class _World:
    """What is true of every owner on the day."""

    def __init__(self, now: datetime) -> None:
        self.now, self.on = now, localdate(now)
        ties = Membership.objects.filter(role=MemberRole.OFFICER, person__is_active=True)
        self.officers = set(ties.values_list("person", "organisation"))
        self.boxes = boxes()
        self.absent = set(away(on=self.on))


def _alive() -> QuerySet[Question]:
    rows = Question.objects.filter(state__in=(*WAITING, *ENDED)).order_by("pk")
    return rows.select_related("person").prefetch_related(
        Prefetch("notices", Notice.objects.exclude(sent=None), to_attr="told")
    )


def _due(number: int, world: _World) -> list[Step]:
    question = _alive().filter(pk=number).first()
    return [] if question is None else steps(held(question, world), on=world.on, ages=ages())


def held(question: Question, world: _World) -> Held:
    """A question as its clock sees it."""
    team = question.officer_id is None and question.organisation_asked_id is None
    if question.officer_id is not None:
        able = (question.officer_id, question.organisation_asked_id) in world.officers
    else:
        able = team or question.organisation_asked_id in world.boxes
    return Held(
        state=question.state,
        transmitted=localdate(question.transmitted),
        since=localdate(question.since),
        ended=localdate(question.ended) if question.ended else None,
        due=question.due,
        team=team,
        able=able,
        present=question.officer_id not in world.absent,
        at_risk=question.at_risk,
        reachable=bool(letters.asker(question)),
        sent=frozenset(_sent(question)),
    )


def _sent(question: Question) -> Iterator[str]:
    for notice in question.told:  # type: ignore[attr-defined]  # prefetched
        silence = notice.kind == Notice.Kind.SILENCE and notice.at >= question.since
        if silence or (notice.kind != Notice.Kind.SILENCE and notice.round == question.round):
            yield notice.kind


# --------------------------------------------------------------------------------------- what is done, step by step


Do = Callable[[int, datetime], bool]  # a question and the moment; whether it was done


def _locked(*states: State) -> Callable[[Callable[[Question, datetime], object]], Do]:
    """An action on the row of a question, held, if it is still one of these states."""

    def decorate(act: Callable[[Question, datetime], object]) -> Do:
        @transaction.atomic
        def done(number: int, now: datetime) -> bool:
            question = Question.objects.select_for_update().filter(pk=number, state__in=states).first()
            if question is not None:
                act(question, now)
            return question is not None

        return done

    return decorate


@_locked(*WAITING)
def _rerouted(question: Question, now: datetime) -> None:
    give(question, at=now, to=question.organisation_asked)


@_locked(*WAITING)
def _to_the_team(question: Question, now: datetime) -> None:
    hand(question, TEAM, by=site(now))


@_locked(*WAITING)
def _abandoned(question: Question, now: datetime) -> None:
    for row in (question, *merged_into(question)):
        row.state, row.ended, row.at_risk = State.ABANDONED, now, False
        row.save()
        note(row, Move.What.ABANDONED, by=site(now))


@_locked(*ENDED)
def _archived(question: Question, now: datetime) -> None:
    question.state = State.ARCHIVED
    question.save()
    note(question, Move.What.ARCHIVED, by=site(now))


@_locked(*WAITING)
def _at_risk(question: Question, now: datetime) -> None:
    if question.at_risk:  # it is known since a run that died before its letter
        return
    question.at_risk = True
    question.save(update_fields=["at_risk"])
    note(question, Move.What.ESCALATED, by=site(now))


def _escalated(number: int, now: datetime) -> bool:
    """The team sees it at once; the organisation is written to, if anybody there may be."""
    done = _at_risk(number, now)
    if done:
        _letter(Notice.Kind.ESCALATION, letters.escalate)(number, now)
    return done


def _letter(kind: Notice.Kind, write: Callable[[Question], int]) -> Do:
    """What sends one letter about a question, once in its round."""

    def sent(number: int, now: datetime) -> bool:
        question = Question.objects.select_related("officer", "organisation_asked", "person").get(pk=number)
        notice = _claimed(question, kind, now)
        if notice is None:
            return False
        try:
            left = write(question)
        except MailNotSent:
            notice.delete()  # a later run tries again
            return False
        Notice.objects.filter(pk=notice.pk).update(sent=now)
        return bool(left)

    return sent


def _claimed(question: Question, kind: Notice.Kind, now: datetime) -> Notice | None:
    """The letter, if it is ours to send: of two processes that look at once, one has it."""
    notice, new = Notice.objects.get_or_create(question=question, kind=kind, round=question.round, defaults={"at": now})
    stuck = Notice.objects.filter(pk=notice.pk, sent=None, at__lte=now.astimezone(UTC) - STUCK)
    return notice if new or stuck.update(at=now) else None


_DOES: Mapping[Step, Do] = {
    Step.REROUTE: _rerouted,
    Step.TRANSMIT: _letter(Notice.Kind.TRANSMITTED, letters.transmit),
    Step.REMIND: _letter(Notice.Kind.REMINDER, letters.remind),
    Step.ESCALATE: _escalated,
    Step.SILENCE: _letter(Notice.Kind.SILENCE, letters.tell_silence),
    Step.TO_THE_TEAM: _to_the_team,
    Step.ABANDON: _abandoned,
    Step.TELL_END: _letter(Notice.Kind.ENDED, letters.tell_end),
    Step.ARCHIVE: _archived,
}
