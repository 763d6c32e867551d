"""Asking: a question is kept and given an owner at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from alliage.hub.people.links import new_nonce
from alliage.hub.people.models import Organisation, Person
from alliage.hub.programmes.queries.stored import current_catalogue
from alliage.hub.questions.actions.owners import give
from alliage.hub.questions.actions.records import By, Refused, note
from alliage.hub.questions.models import Move, Question
from alliage.hub.ui.asked import says_something

LONGEST = 5_000  # signs of a question: more is a file, and nobody answers a file

__all__ = ["LONGEST", "Origin", "Refused", "ask"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a question was asked: ``programme``, ``receipt``, ``plan``, ``day`` or ``open``, and which line or day."""

    kind: str = Question.Kind.OPEN.value
    about: str = ""


@transaction.atomic
def ask(  # noqa: PLR0913 - the facts of a question, each by its name
    *,
    text: str,
    language: str,
    at: datetime,
    asker: Person | str | None = None,
    agreed: bool = True,
    programme: str = "",
    need: str = "",
    region: str = "",
    organisation: Organisation | None = None,
    origin: Origin | None = None,
    to: Organisation | None = None,
    due: date | None = None,
    key: str = "",
) -> Question:
    """Keep a question and give it an owner; no letter leaves now (the clock sends them).

    ``asker``: an account, or an e-mail of somebody who agreed to be written to about this question, or nobody.
    ``agreed``: whether an account agreed to it too; else they see their question, and no letter leaves.
    ``organisation``: for whom they ask. ``to``: the organisation whose officers are to answer, where it is known
    (a day's agency); else the programme's provider. ``due``: a day promised for the answer. ``key``: of what it
    comes from; the same one again gives the first question. A programme, a need or a place that the pack does
    not know is left out.

    Raises:
        Refused: ``empty`` or ``too-long``.
    """
    words = _words(text)
    origin = origin or Origin()
    person, email = (asker, "") if isinstance(asker, Person) else (None, (asker or "").strip().lower())
    question, new = _once(
        key,
        text=words,
        language=language,
        person=person,
        email=email,
        agreed=at if email or (person and agreed) else None,
        asked_for=organisation,
        programme=_programme(programme),
        need=_need(need),
        region=_region(region),
        kind=origin.kind,
        about=origin.about[:200],
        due=due,
        created=at,
        since=at,
        transmitted=at,
        nonce=new_nonce(),
    )
    if not new:
        return question
    note(question, Move.What.ASKED, by=By(Move.Role.ASKER, at, person))
    return give(question, at=at, to=to)


def _words(text: str) -> str:
    words = text.strip()
    if not says_something(words):
        raise Refused("empty")
    if len(words) > LONGEST:
        raise Refused("too-long")
    return words


def _once(key: str, **facts: Any) -> tuple[Question, bool]:
    """A new row, or the one that was kept under this key already, even at this very moment; whether it is new."""
    if not key:
        return Question.objects.create(**facts), True
    return Question.objects.get_or_create(key=key, defaults=facts)


def _programme(id_: str) -> str:
    catalogue = current_catalogue()
    id_ = catalogue.redirects.get(id_, id_)
    return id_ if id_ in catalogue.programmes else ""


def _need(id_: str) -> str:
    vocabulary = current_catalogue().vocabulary
    return id_ if id_ in (vocabulary.attributes[vocabulary.roles.needs].values or ()) else ""


def _region(code: str) -> str:
    return code if code in current_catalogue().vocabulary.places else ""
