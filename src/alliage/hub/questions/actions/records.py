"""Who does something to a question, and how it is written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from alliage.hub.people.actions.registers import audit
from alliage.hub.people.models import Person
from alliage.hub.questions.models import Move, Question

__all__ = ["By", "Question", "Refused", "asker", "note", "office", "officer", "site", "team"]


class Refused(Exception):
    """What cannot be done to a question. ``why``: ``empty``, ``too-long``, ``ended``, ``moved``, ``day``."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class By:
    """Who does it: as whom, their account if they have one, and when."""

    role: str
    at: datetime
    person: Person | None = None


def site(at: datetime) -> By:
    """The site itself."""
    return By(Move.Role.SITE, at)


def asker(at: datetime, person: Person | None) -> By:
    """Who asked, with their account if there is one."""
    return By(Move.Role.ASKER, at, person)


def officer(at: datetime, person: Person) -> By:
    """An officer of the office that answers."""
    return By(Move.Role.OFFICER, at, person)


def office(at: datetime) -> By:
    """An office, by the link of a letter: no account."""
    return By(Move.Role.OFFICE, at)


def team(at: datetime, person: Person) -> By:
    """Somebody of the team."""
    return By(Move.Role.TEAM, at, person)


def note(question: Question, what: str, *, by: By, why: str = "") -> Move:
    """Write down one move of a question, in its own history and in the register of the site."""
    move = Move.objects.create(
        question=question,
        what=what,
        role=by.role,
        by=by.person,
        organisation_asked_id=question.organisation_asked_id,
        why=why,
        at=by.at,
    )
    audit("question-moved", by=by.person, at=by.at, on=f"question:{question.pk}", move=str(what), role=str(by.role))
    return move
