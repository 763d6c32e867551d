"""The registers: who did what, and who looked at whose personal data."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from alliage.hub.people.models import AccessEntry, AuditEntry, Person


def audit(what: str, *, by: Person | None, at: datetime, on: str = "", **data: Any) -> None:
    """Write down that a person (or the site itself: ``None``) did something to something.

    ``what`` is a code (``member-removed``), ``on`` names the thing (``organisation:12``). ``data`` holds codes, numbers
    and ids alone: never a name, an e-mail, or what a person wrote.
    """
    AuditEntry.objects.create(by=by, what=what, on=on, data=data, at=at)


def looked_at(
    about: Iterable[Person | None], *, by: Person, why: str, at: datetime, emails: Collection[str] = ()
) -> None:
    """Write down that somebody saw the personal data of others, once each: these, and who has one of the e-mails."""
    named = Person.objects.filter(email__in={email.lower() for email in emails if email}) if any(emails) else ()
    seen = {person.pk for person in (*about, *named) if person is not None} - {by.pk}
    AccessEntry.objects.bulk_create(AccessEntry(by=by, about_id=id_, why=why, at=at) for id_ in sorted(seen))
