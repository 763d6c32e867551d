"""After a day: questions get owners and dates; who came gets the answers, and is asked what followed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.db import transaction

from alliage.hub.days.actions import notices
from alliage.hub.days.models import Care, Day, FollowUp, LiveQuestion, Registration
from alliage.hub.days.queries.asked import about
from alliage.hub.days.queries.digest import digest_of
from alliage.hub.days.versions import new_version
from alliage.hub.people.actions.registers import audit
from alliage.hub.people.models import Organisation, Person
from alliage.hub.programmes.queries.stored import current_catalogue
from alliage.hub.questions.actions import Origin, Refused, ask
from alliage.hub.questions.models import Question
from alliage.hub.ui.day import HERE

ANSWER_IN = timedelta(days=14)  # the day promised for what was not answered in the room, unless the team says another
LATEST = timedelta(days=21)  # a follow-up that is so late is not sent
DIGEST_AGAIN = timedelta(days=14)  # after the first, once the answers had time to come
State, Live = Registration.State, LiveQuestion.State
KEPT = (Live.NEW, Live.SHOWN, Live.ON_FLOOR)


class NotOver(Exception):
    """The day is not over: it cannot be closed yet."""


@transaction.atomic
def close_day(day_id: int, *, by: Person | None, at: datetime) -> int:
    """Say that it took place; how many questions got an owner. Done twice, it changes nothing.

    Each question that was not answered in the room becomes one of ``questions``, with its owner and its due day.

    Raises:
        NotOver: it has not ended.
    """
    day = Day.objects.select_for_update().get(pk=day_id)
    if at < day.ends or day.status in (Day.Status.CANCELLED, Day.Status.DRAFT):
        raise NotOver
    if day.status == Day.Status.DONE:
        return 0
    day.status, day.live, day.closed, day.changed = Day.Status.DONE, False, at, at
    day.save(update_fields=("status", "live", "closed", "changed"))
    new_version(day.pk)
    kept = hand_over_all(day, at=at)
    _leave_waiting(day, at=at)
    _write_digest(day, at=at, key="1")
    audit("day-closed", by=by, at=at, on=f"day:{day.pk}", questions=kept)
    return kept


def hand_over_all(day: Day, *, at: datetime) -> int:
    """Give each question that was not answered its owner and its day, once; how many got one."""
    return sum(hand_over(question, at=at) for question in day.live_questions.filter(state__in=KEPT, question=None))


def hand_over(question: LiveQuestion, *, at: datetime) -> bool:
    """Give a question of the room its owner and its day; whether it became one."""
    day = question.day
    try:
        made = ask(
            text=question.text,
            language=question.language,
            at=at,
            asker=_asker(question),
            agreed=bool(question.email),
            programme=question.programme,
            need=question.need,
            region=day.region,
            origin=Origin(Question.Kind.DAY.value, about(day)),
            to=question.owner or question.organisation or _provider(question.programme),
            due=question.due or (at.astimezone(HERE) + ANSWER_IN).date(),
            key=f"live-{question.pk}",
        )
    except Refused:  # too long, or nothing to read: the team sees it on the page of the day
        return False
    LiveQuestion.objects.filter(pk=question.pk).update(question=made.pk)
    return True


def _asker(question: LiveQuestion) -> Person | str | None:
    """Who asked: by their account, unless they left another address for the answer."""
    person = question.person
    return person if person is not None and question.email in ("", person.email.lower()) else question.email or person


def _provider(programme: str) -> Organisation | None:
    found = current_catalogue().programmes.get(programme)
    return Organisation.objects.filter(provider=found.provider.id).first() if found else None


def _leave_waiting(day: Day, *, at: datetime) -> None:
    """Who still waited at the end has no seat to wait for, and is told so."""
    rows = day.registrations.filter(state__in=(State.WAITING, State.OFFERED))
    for registration in rows:
        notices.write(registration, "no-seat", at=at)
    Care.objects.filter(registration__in=rows).delete()  # of no more use
    rows.update(state=State.CANCELLED, seat=None, offer_ends=None, changed=at)


def _write_digest(day: Day, *, at: datetime, key: str) -> None:
    """The answers, to everyone who came and left an address."""
    said = digest_of(day)
    if not (said["answered"] or said["open"]):
        return
    for registration in day.registrations.filter(state=State.CAME, agreed__has_key="after"):
        notices.write(registration, "digest", key=key, at=at, said=said)


def write_late_digest(day: Day, registration: Registration, *, at: datetime) -> None:
    """The same to who is known to have come only once the day is closed: the phone of the door sent late."""
    said = digest_of(day) if day.status == Day.Status.DONE and "after" in registration.agreed else {}
    if said.get("answered") or said.get("open"):
        notices.write(registration, "digest", key="1", at=at, said=said)


@transaction.atomic
def follow_up(*, at: datetime) -> int:
    """« What did you apply for? », to who came and agreed; how many letters were written down."""
    written, today = 0, at.astimezone(HERE).date()
    for day in Day.objects.filter(status=Day.Status.DONE):
        for after in FollowUp.AGES:
            due = day.starts.astimezone(HERE).date() + timedelta(days=after)
            if due <= today <= due + LATEST:
                written += _ask_what_followed(day, after, at=at)
    return written


def _ask_what_followed(day: Day, after: int, *, at: datetime) -> int:
    rows = day.registrations.filter(state=State.CAME, agreed__has_key="after").exclude(email="")
    new = list(rows.exclude(follow_ups__after=after))
    for registration in new:
        FollowUp.objects.get_or_create(
            registration=registration, after=after, defaults={"person": registration.person, "created": at}
        )
        notices.write(registration, "follow", key=str(after), at=at)
    return len(new)


@transaction.atomic
def say_what_followed(
    registration: Registration, *, after: int, answer: str, programmes: Sequence[str], at: datetime
) -> None:
    """Keep the answer of one press; a later press replaces it."""
    row, _ = FollowUp.objects.get_or_create(
        registration=registration, after=after, defaults={"person": registration.person, "created": at}
    )
    row.answer, row.programmes, row.answered = answer, list(programmes), at
    row.save(update_fields=("answer", "programmes", "answered"))


@transaction.atomic
def stop_letters(registration: Registration, *, at: datetime) -> None:
    """No more letters after the day: the consent is withdrawn. Letters about a seat go on, while there is one."""
    agreed = {key: value for key, value in registration.agreed.items() if key not in ("after", "next")}
    Registration.objects.filter(pk=registration.pk).update(agreed=agreed, changed=at)
    registration.notices.filter(kind__in=("digest", "follow"), sent=None).delete()


def digest_again(*, at: datetime) -> int:
    """Two weeks later, the answers that came since."""
    written = 0
    late = at.astimezone(UTC) - DIGEST_AGAIN
    for day in Day.objects.filter(status=Day.Status.DONE, closed__lte=late, closed__gt=late - LATEST):
        _write_digest(day, at=at, key="2")
        written += 1
    return written
