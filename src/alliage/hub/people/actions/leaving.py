"""Taking one's data away, and erasing one's account: whatever table of whatever room names the person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import models, transaction

from alliage.hub.people.actions.duties import another_administrator, locked
from alliage.hub.people.actions.organisations import hand_over
from alliage.hub.people.actions.registers import audit
from alliage.hub.people.models import Invitation, Person, Personal

# Tables of others that name a person, said for them.
THEIRS: Mapping[type[models.Model], Personal] = {
    EmailAddress: Personal(owner="user", erased="deleted"),
    Authenticator: Personal(owner="user", erased="deleted", secret=("data",)),
}


@dataclass(frozen=True, slots=True)
class Kept:
    """A table that names people."""

    model: type[models.Model]
    personal: Personal

    @property
    def label(self) -> str:
        """Its name."""
        return self.model._meta.label  # noqa: SLF001 - what Django documents for this


def tables() -> Iterator[Kept]:
    """Every table of every room that names a person."""
    for model in apps.get_models():
        personal = getattr(model, "personal", None) or THEIRS.get(model)
        if personal is not None:
            yield Kept(model, personal)


def taken(person: Person) -> dict[str, list[dict[str, Any]]]:
    """All that is kept of a person, table by table, without the secrets that would open their account.

    What was written to their address or left with it before they had an account is theirs too.
    """
    return {kept.label: [_plain(row, kept.personal, person) for row in _rows(kept, person)] for kept in tables()}


def _rows(kept: Kept, person: Person) -> models.QuerySet[models.Model]:
    rows = kept.model._default_manager  # noqa: SLF001 - what Django documents for a table that is not known in advance
    theirs = models.Q(**{kept.personal.owner: person.pk})
    if kept.personal.email:
        theirs |= models.Q(**{f"{kept.personal.email}__iexact": person.email})
    return rows.filter(theirs).order_by("pk")


def _plain(row: models.Model, personal: Personal, person: Person) -> dict[str, Any]:
    by_address = str(getattr(row, personal.email or "pk")).lower() == person.email.lower()
    hidden = {*personal.secret, *(() if by_address else personal.others)}
    return {
        field.attname: field.value_from_object(row)
        for field in row._meta.concrete_fields  # noqa: SLF001 - what Django documents for this
        if field.name not in hidden
    }


@transaction.atomic
def erase(person: Person, *, at: datetime) -> None:
    """Erase a person: what is theirs goes, what others need stays and no longer says who.

    Organisations that they alone managed pass to whoever came next; those that nobody else belongs to go too.

    Raises:
        LastAdministrator: nobody would be left to give duties.
    """
    hand_over(person, at=at)  # organisations are held before people, here as elsewhere
    another_administrator(locked(person.pk))
    Invitation.objects.filter(email=person.email.lower()).delete()
    person.delete()
    audit("account-erased", by=None, at=at)
