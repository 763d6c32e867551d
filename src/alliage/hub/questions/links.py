"""Secret links: signed, each of one purpose. What they open is in the actions and queries."""

from __future__ import annotations

from django.db.models import QuerySet

from alliage.hub.people.links import Purpose, read, sign
from alliage.hub.people.models import Person
from alliage.hub.questions.models import Question

MINE, OFFICE = Purpose("alliage.questions.mine", parts=3), Purpose("alliage.questions.office", parts=3)
DIGEST = Purpose("alliage.questions.digest", parts=3)


def token_of(question: Question) -> str:
    """The secret part of the address of a question for who asked it: the same each time."""
    return sign(MINE, question.pk, 0, question.nonce)


def office_token(question: Question) -> str:
    """For an organisation, in a letter to its shared box or its managers: good for this round alone."""
    return sign(OFFICE, question.pk, question.round, question.nonce)


def question_of(token: str) -> Question | None:
    """The question of who holds its link."""
    found = read(MINE, token)
    return _found(found).first() if found else None


def question_of_office(token: str) -> Question | None:
    """The question of an organisation that holds its link, while it is the organisation's to answer."""
    found = read(OFFICE, token)
    if not found:
        return None
    return _found(found).filter(round=int(found[1])).exclude(organisation_asked=None).first()


def _found(signed: tuple[str, ...]) -> QuerySet[Question]:
    rows = Question.objects.select_related("organisation_asked", "officer", "person", "merged_into")
    return rows.filter(pk=int(signed[0]), nonce=signed[2])


def digest_token(person: Person) -> str:
    """What stops the digests of an officer."""
    return sign(DIGEST, person.pk, 0, 0)


def person_of_digest(token: str) -> Person | None:
    """Whose digests a link stops."""
    found = read(DIGEST, token)
    return Person.objects.filter(pk=int(found[0])).first() if found else None
