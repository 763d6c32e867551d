"""Receiving what anyone types on the page of questions: the same as :func:`asking.ask`, with a brake."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from alliage.hub.people.models import Organisation, Person
from alliage.hub.questions.actions.asking import Origin, ask
from alliage.hub.questions.actions.moving import stop_letters
from alliage.hub.questions.models import Question

A_DAY = 300  # questions of pages that the whole site takes in a day: nobody fills its disk, or the boxes of officers
AN_HOUR = 60  # without an account
EACH = 10  # in a day, of one account or one address


class TooMany(Exception):
    """The site has taken as many questions as it may for now. ``why``: ``mine``, ``hour``, ``day``."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Typed:
    """What the form says. ``write``: they agree to be written to about this question."""

    text: str
    language: str
    programme: str = ""
    need: str = ""
    region: str = ""
    email: str = ""
    write: bool = False
    owner: str = ""  # the organisation for which they ask
    to: str = ""  # the agency of a day that is to answer


@transaction.atomic
def receive(typed: Typed, *, person: Person | None, origin: Origin, at: datetime) -> Question:
    """Keep a question of a page. The organisation for which they ask is one of theirs, or is left out.

    Raises:
        Refused: ``empty`` or ``too-long``.
        TooMany: one of the brakes.
    """
    email = typed.email.strip().lower() if person is None and typed.write else ""
    _brake(person, email, at=at)
    question = ask(
        text=typed.text,
        language=typed.language,
        at=at,
        asker=person or email or None,
        programme=typed.programme,
        need=typed.need,
        region=typed.region,
        organisation=_owner(typed.owner, person),
        origin=origin,
        to=Organisation.objects.filter(slug=typed.to).first() if typed.to else None,
    )
    if person is not None and not typed.write:
        stop_letters(question)
    return question


def _owner(slug: str, person: Person | None) -> Organisation | None:
    return Organisation.objects.filter(slug=slug, memberships__person=person).first() if slug and person else None


def _brake(person: Person | None, email: str, *, at: datetime) -> None:
    # What has a key was handed over by another room, all at once: it is no page's.
    lately = Question.objects.filter(created__gt=at - timedelta(days=1), key=None)
    mine = lately.filter(person=person) if person else lately.filter(email=email) if email else lately.none()
    if mine.count() >= EACH:
        raise TooMany("mine")
    if person is None and lately.filter(person=None, created__gt=at - timedelta(hours=1)).count() >= AN_HOUR:
        raise TooMany("hour")
    if lately.count() >= A_DAY:
        raise TooMany("day")
