"""The clock of questions, run by a task: what is due is done once, whatever day it runs, and however often.

Each letter leaves once, and what is wrong with one stops no other (:mod:`~alliage.hub.people.actions.sending`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from alliage.hub.people.actions import sending
from alliage.hub.people.models import MemberRole, Membership
from alliage.hub.questions.actions import letters
from alliage.hub.questions.actions.owners import away, boxes, give, hand, merged_into
from alliage.hub.questions.actions.records import note, site
from alliage.hub.questions.clock import Ages, Held, Step, steps
from alliage.hub.questions.models import ENDED, WAITING, Move, Notice, Question, State
from alliage.hub.questions.routing import TEAM

MOST_PASSES = 3  # of one question in one run
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
    done["catalogued"] = _catalogued(now)
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
    return rows.select_related("person").prefetch_related("notices")


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
    """The kinds of letters that have all left: in this round, or of a silence, since who asked waits."""
    of_round = [notice for notice in question.notices.all() if notice.round == question.round]
    waiting = {notice.kind for notice in of_round if notice.sent is None}
    yield from {notice.kind for notice in of_round if notice.kind != Notice.Kind.SILENCE} - waiting
    silences = (notice for notice in question.notices.all() if notice.kind == Notice.Kind.SILENCE and notice.sent)
    if any(notice.created >= question.since for notice in silences):
        yield Notice.Kind.SILENCE


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
    known = letters.escalation_of(question) if done and (question := _question(number)) else {}
    for notice in _written(number, Notice.Kind.ESCALATION, now, to=known):
        _left(notice, now, lambda question, notice: letters.escalate(question, known.get(notice.to_id)))
    return done


def _letter(kind: Notice.Kind, write: Callable[[Question], bool]) -> Do:
    """What sends one letter about a question, once in its round."""

    def sent(number: int, now: datetime) -> bool:
        rows = _written(number, kind, now)
        return sum(_left(notice, now, lambda question, _: write(question)) for notice in rows) > 0

    return sent


@transaction.atomic
def _written(number: int, kind: Notice.Kind, now: datetime, *, to: Collection[int | None] = ()) -> list[Notice]:
    """The letters of one kind in this round, written down; none if the question was erased meanwhile."""
    question = Question.objects.select_for_update().filter(pk=number).first()
    if question is None:
        return []
    known = list(question.notices.filter(kind=kind, round=question.round))
    made = (Notice(question=question, kind=kind, round=question.round, created=now, to_id=id_) for id_ in to or [None])
    return known or Notice.objects.bulk_create(made)


def _catalogued(now: datetime) -> int:
    """Who asked is told that their answer is in the programme: it was written down with the change."""
    related = ("question__organisation_asked", "question__person")
    rows = Notice.objects.filter(kind=Notice.Kind.CATALOGUED).select_related(*related)
    return sending.send_due(rows, at=now, write=lambda notice: letters.tell_catalogued(notice.question))


def _left(notice: Notice, now: datetime, write: Callable[[Question, Notice], bool]) -> bool:
    def written(notice: Notice) -> bool:
        question = _question(notice.question_id)
        return question is not None and write(question, notice)

    return sending.send_once(notice, of=Notice.objects.all(), at=now, write=written)


def _question(number: int) -> Question | None:
    return Question.objects.select_related("officer", "organisation_asked", "person").filter(pk=number).first()


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
