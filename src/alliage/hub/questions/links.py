"""Secret links: signed, each of one purpose. What they open is in the actions and queries."""

from __future__ import annotations

from django.core import signing
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation

from alliage.hub.people.mail import whole_url
from alliage.hub.people.models import Person
from alliage.hub.questions.models import Question

LONGEST = 200
_SALT = "alliage.questions."
MINE, OFFICE, DIGEST = "mine", "office", "digest"


def _sign(purpose: str, value: str) -> str:
    return signing.Signer(salt=_SALT + purpose, sep=".").sign(value)


def _read(purpose: str, token: str) -> list[str]:
    """What was signed for a purpose; nothing if we never signed it for this."""
    if len(token) > LONGEST:
        return []
    try:
        return signing.Signer(salt=_SALT + purpose, sep=".").unsign(token).split("-", 2)
    except signing.BadSignature:
        return []


def token_of(question: Question) -> str:
    """The secret part of the address of a question for who asked it: the same each time."""
    return _sign(MINE, f"{question.pk}-0-{question.nonce}")


def office_token(question: Question) -> str:
    """For an organisation, in a letter to its shared box or its managers: good for this round alone."""
    return _sign(OFFICE, f"{question.pk}-{question.round}-{question.nonce}")


def question_of(token: str) -> Question | None:
    """The question of who holds its link."""
    read = _read(MINE, token)
    return _found(read).first() if read else None


def question_of_office(token: str) -> Question | None:
    """The question of an organisation that holds its link, while it is the organisation's to answer."""
    read = _read(OFFICE, token)
    if not read:
        return None
    return _found(read).filter(round=int(read[1])).exclude(organisation_asked=None).first()


def _found(read: list[str]) -> QuerySet[Question]:
    rows = Question.objects.select_related("organisation_asked", "officer", "person", "merged_into")
    return rows.filter(pk=int(read[0]), nonce=read[2])


def digest_token(person: Person) -> str:
    """What stops the digests of an officer."""
    return _sign(DIGEST, f"{person.pk}-0-0")


def person_of_digest(token: str) -> Person | None:
    """Whose digests a link stops."""
    read = _read(DIGEST, token)
    return Person.objects.filter(pk=int(read[0])).first() if read else None


def address(name: str, language: str, *args: object) -> str:
    """The whole address of a page of questions, in a language, for a letter."""
    with translation.override(language):
        return whole_url(reverse(f"questions:{name}", args=args))
