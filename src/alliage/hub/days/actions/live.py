"""Questions of the room: asked, moderated, voted for, merged, answered. Each change makes a new version of the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F

from alliage.hub.days.actions import closing
from alliage.hub.days.models import Day, LiveQuestion, Vote
from alliage.hub.days.versions import new_version
from alliage.hub.people.actions.registers import audit
from alliage.hub.people.models import Organisation, Person
from alliage.hub.questions.actions import Refused, moving
from alliage.hub.questions.actions.records import By
from alliage.hub.questions.models import WAITING, Move, Question

State = LiveQuestion.State
LONGEST = 500
PER_ASKER = 5  # questions of one phone in ten minutes
WINDOW = timedelta(minutes=10)
MOST_NEW = 300  # that wait for a moderator: spam stops there
OPEN = (State.SHOWN, State.ON_FLOOR)  # may be voted for


class NotAsked(Exception):
    """A question that was not kept. ``why``: ``shut``, ``too-many`` (of this phone), ``full`` (for the room)."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class NoAnswer(Exception):
    """A question that has an owner was said to be answered, without a note of what was answered."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was typed."""

    text: str
    language: str
    asker: str = ""
    organisation: Organisation | None = None
    programme: str = ""
    email: str = ""
    person: Person | None = None
    origin: str = LiveQuestion.Origin.ROOM


@transaction.atomic
def ask(day_id: int, asked: Asked, *, at: datetime) -> LiveQuestion:
    """Keep a question for the moderators; asked again in the same words by the same phone, it is kept once.

    Raises:
        NotAsked: the day takes no questions now, or there are too many.
    """
    day = Day.objects.select_for_update().get(pk=day_id)
    paper = asked.origin == LiveQuestion.Origin.PAPER
    if not paper and not day.live:
        raise NotAsked("shut")
    same = LiveQuestion.objects.filter(day=day, asker=asked.asker, text=asked.text.strip()).first()
    if same is not None and asked.asker:
        return same
    _check_flood(day, asked, at=at)
    made = LiveQuestion.objects.create(
        day=day, text=asked.text.strip(), language=asked.language, organisation=asked.organisation,
        programme=asked.programme, origin=asked.origin, asker=asked.asker, person=asked.person,
        email=asked.email.strip().lower(), created=at, changed=at,
    )  # fmt: skip
    new_version(day.pk)
    _follow_day(made, at=at)
    return made


def _follow_day(question: LiveQuestion, *, at: datetime) -> None:
    """What is asked once the day is over, or opened again, has no other moment to get its owner and its day."""
    over = question.day.status in (Day.Status.DONE, Day.Status.CANCELLED)
    if over and question.state in closing.KEPT and question.question is None:
        closing.hand_over(question, at=at)


def _check_flood(day: Day, asked: Asked, *, at: datetime) -> None:
    if asked.origin == LiveQuestion.Origin.PAPER:
        return
    latest = LiveQuestion.objects.filter(day=day, asker=asked.asker, created__gt=at - WINDOW)
    if asked.asker and latest.count() >= PER_ASKER:
        raise NotAsked("too-many")
    if LiveQuestion.objects.filter(day=day, state=State.NEW).count() >= MOST_NEW:
        raise NotAsked("full")


def vote(day_id: int, question_id: int, *, voter: str, at: datetime) -> int | None:
    """One voice for a question, once for each voter; how many it has, or ``None`` if it cannot be voted for.

    A vote for a question that was merged meanwhile goes to the one that stays.
    """
    with transaction.atomic():
        question = LiveQuestion.objects.filter(pk=question_id, day_id=day_id, day__live=True).first()
        if question is not None and question.into_id:
            question = LiveQuestion.objects.filter(pk=question.into_id).first()
        if question is None or question.state not in OPEN:
            return None
        _made, new = Vote.objects.get_or_create(question=question, voter=voter, defaults={"at": at})
        if new:
            LiveQuestion.objects.filter(pk=question.pk).update(votes=F("votes") + 1)
            new_version(day_id)
        return question.votes + new


@transaction.atomic
def unvote(day_id: int, question_id: int, *, voter: str) -> int | None:
    """Take one's voice back."""
    gone = Vote.objects.filter(question_id=question_id, question__day_id=day_id, voter=voter).delete()[0]
    if gone:
        LiveQuestion.objects.filter(pk=question_id).update(votes=F("votes") - 1)
        new_version(day_id)
    question = LiveQuestion.objects.filter(pk=question_id, day_id=day_id).first()
    return question.votes if question else None


@transaction.atomic
def moderate(question_id: int, *, state: str, by: Person | None, at: datetime) -> bool:
    """Show a question, put it on the floor, say that it was answered, or refuse it. One is on the floor at a time.

    Whether it was done: one that was merged meanwhile is no longer moderated. One that has an owner already is answered
    there too, aloud, in the words that were noted.

    Raises:
        NoAnswer: it has an owner who still owes an answer, and nothing was noted.
    """
    question = _held(question_id)
    if question.state == State.MERGED:
        return False
    if state == State.ANSWERED and question.question is not None:
        _answer_aloud(question, by=by, at=at)
    if state == State.ON_FLOOR:
        LiveQuestion.objects.filter(day=question.day_id, state=State.ON_FLOOR).update(state=State.SHOWN, changed=at)
    LiveQuestion.objects.filter(pk=question.pk).update(state=state, changed=at)
    question.state = state
    _follow_day(question, at=at)
    new_version(question.day_id)
    audit("live-moderated", by=by, at=at, on=f"live:{question.pk}", state=str(state))
    return True


def _answer_aloud(question: LiveQuestion, *, by: Person | None, at: datetime) -> None:
    """Who asked is told what was answered in the room, and its owner owes nothing more."""
    number = question.question or 0
    if not Question.objects.filter(pk=number, state__in=WAITING).exists():
        return
    try:
        said = moving.Said(question.answer, Question.Channel.LIVE.value)
        moving.answer(number, by=By(Move.Role.TEAM, at, by), said=said)
    except Refused as refused:
        if refused.why == "empty":
            raise NoAnswer from refused  # else it ended at this very moment: there is nothing to close


def _held(question_id: int) -> LiveQuestion:
    """A question, once nobody else ends its day: whoever writes here takes the day first."""
    day = Day.objects.select_for_update(of=("self",)).get(live_questions=question_id)
    return day.live_questions.select_for_update().get(pk=question_id)


@transaction.atomic
def reword(
    question_id: int, *, text: str, answer: str, owner: Organisation | None, due: date | None, at: datetime
) -> None:
    """Correct the words of a question, note what was answered in the room, and say who owes the rest, and when."""
    question = _held(question_id)
    question.text, question.answer = text.strip() or question.text, answer.strip()
    question.owner, question.due, question.changed = owner, due, at
    question.save(update_fields=("text", "answer", "owner", "due", "changed"))
    new_version(question.day_id)


@transaction.atomic
def merge(question_id: int, *, into: int, by: Person | None, at: datetime) -> bool:
    """Two that ask the same: the voices of both are those of the one that stays, each voter once.

    Whether they are one now: not if one of them is of another day, or was merged with a third one meanwhile.
    """
    both = {q.pk: q for q in LiveQuestion.objects.select_for_update().filter(pk__in=(question_id, into)).order_by("pk")}
    gone, stays = both.get(question_id), both.get(into)
    if gone is None or stays is None or gone == stays or gone.day_id != stays.day_id:
        return False
    if State.MERGED in (gone.state, stays.state):
        return gone.into_id == stays.pk  # pressed twice
    for voice in gone.voices.all():
        try:
            with transaction.atomic():
                Vote.objects.filter(pk=voice.pk).update(question=stays)
        except IntegrityError:  # they voted for both
            voice.delete()
    LiveQuestion.objects.filter(into=gone).update(into=stays)
    gone.state, gone.into, gone.votes, gone.changed = State.MERGED, stays, 0, at
    gone.save(update_fields=("state", "into", "votes", "changed"))
    if stays.state == State.NEW:
        stays.state = State.SHOWN
    stays.votes, stays.changed = stays.voices.count(), at
    stays.save(update_fields=("votes", "state", "changed"))
    new_version(stays.day_id)
    audit("live-merged", by=by, at=at, on=f"live:{gone.pk}", into=stays.pk)
    return True


@transaction.atomic
def switch(day_id: int, *, on: bool, by: Person | None, at: datetime) -> None:
    """Let the room ask and vote, or stop."""
    Day.objects.filter(pk=day_id).update(live=on, changed=at)
    new_version(day_id)
    audit("live-on" if on else "live-off", by=by, at=at, on=f"day:{day_id}")
