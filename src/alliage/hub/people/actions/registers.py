"""The registers: who did what, and who looked at whose personal data."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from alliage.hub.people.models import AccessEntry, AuditEntry, Person


def audit(what: str, *, by: Person | None, at: datetime, on: str = "", **data: Any) -> None:
    """Write down that a person (or the site itself: ``None``) did something to something.

    ``what`` is a code (``member-removed``), ``on`` names the thing (``organisation:12``). ``data`` holds codes, numbers
    and ids alone: never a name, an e-mail, or what a person wrote.
    """
    AuditEntry.objects.create(by=by, what=what, on=on, data=data, at=at)


def looked_at(about: Iterable[Person], *, by: Person, why: str, at: datetime) -> None:
    """Write down that somebody saw the personal data of others."""
    AccessEntry.objects.bulk_create(
        AccessEntry(by=by, about=person, why=why, at=at) for person in about if person.pk != by.pk
    )
