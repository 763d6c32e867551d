"""What the team does with accounts: duties, closing, and the first administrator."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q

from alliage.hub.people.access import NotYours
from alliage.hub.people.actions.registers import audit
from alliage.hub.people.actions.sessions import end_sessions
from alliage.hub.people.models import Duty, Person


class LastAdministrator(Exception):
    """Nobody would be left to give duties."""


@transaction.atomic
def set_duty(person_id: int, *, duty: str, by: Person, at: datetime) -> None:
    """Another duty for a person; what their sessions had opened closes.

    Raises:
        NotYours: there is no such person, or no such duty.
        LastAdministrator: they are the last one.
    """
    person = locked(person_id)
    if duty not in Duty.values:
        raise NotYours
    if duty == person.duty:
        return
    another_administrator(person)
    person.duty = duty
    person.save(update_fields=["duty"])
    end_sessions(person)
    audit("duty-changed", by=by, at=at, on=f"person:{person.pk}", duty=duty)


@transaction.atomic
def set_open(person_id: int, *, wanted: str, by: Person, at: datetime) -> None:
    """Close an account, or open it again (``wanted``: "open" or "closed"). Its sessions end at once.

    Raises:
        NotYours: there is no such person; an administrator is closed by another administrator alone.
        LastAdministrator: they are the last one.
    """
    person = locked(person_id)
    if person.duty == Duty.ADMINISTRATOR and by.duty != Duty.ADMINISTRATOR:
        raise NotYours
    if wanted == "closed":
        another_administrator(person)
    person.is_active = wanted == "open"
    person.save(update_fields=["is_active"])
    end_sessions(person)
    audit(f"account-{'opened' if person.is_active else 'closed'}", by=by, at=at, on=f"person:{person.pk}")


@transaction.atomic
def make_administrator(email: str, *, language: str, at: datetime) -> Person:
    """The person of an e-mail becomes an administrator; the account is made if there is none, its e-mail confirmed."""
    email = email.strip().lower()
    person = Person.objects.filter(email__iexact=email).first()
    if person is None:
        person = Person(email=email, language=language, created=at, last_seen=at)
        person.set_unusable_password()
    person.duty, person.is_active = Duty.ADMINISTRATOR, True
    person.save()
    EmailAddress.objects.update_or_create(user=person, email=email, defaults={"verified": True, "primary": True})
    end_sessions(person)
    audit("duty-changed", by=None, at=at, on=f"person:{person.pk}", duty=Duty.ADMINISTRATOR)
    return person


def locked(person_id: int) -> Person:
    """A person, held with all administrators until the end of the transaction, in the order of their ids.

    Two administrators who act on each other at once then wait for one another, and never both for each other.

    Raises:
        NotYours: there is no such person.
    """
    wanted = Q(pk=person_id) | Q(duty=Duty.ADMINISTRATOR)
    held = {person.pk: person for person in Person.objects.select_for_update().filter(wanted).order_by("pk")}
    if person_id not in held:
        raise NotYours
    return held[person_id]


def another_administrator(person: Person) -> None:
    """That somebody else gives duties, if this person (``locked``) does.

    Raises:
        LastAdministrator: nobody would.
    """
    others = Person.objects.filter(duty=Duty.ADMINISTRATOR, is_active=True).exclude(pk=person.pk)
    if person.duty == Duty.ADMINISTRATOR and not others.exists():
        raise LastAdministrator
