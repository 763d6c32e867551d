"""What a person does with their own account."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from alliage.hub.people.actions.registers import audit
from alliage.hub.people.actions.sessions import end_sessions
from alliage.hub.people.models import Person, SignedIn
from alliage.hub.ui.asked import fingerprint


@transaction.atomic
def set_myself(person: Person, *, name: str, language: str) -> None:
    """Another name, another language of letters."""
    Person.objects.filter(pk=person.pk).update(name=name, language=language)


@transaction.atomic
def end_my_sessions(person: Person, *, wanted: str, but: str, at: datetime) -> None:
    """End one other session of theirs (``wanted``: the name that the page gave it), or all the others (empty)."""
    if not wanted:
        end_sessions(person, but=but)
    for row in SignedIn.objects.filter(person=person).exclude(session_key=but) if wanted else ():
        if session_id(row) == wanted:
            row.delete()
    audit("sessions-ended", by=person, at=at)


def session_id(row: SignedIn) -> str:
    """A name for a session that opens nothing: a part of the fingerprint of its key."""
    return fingerprint(row.session_key)[:16]
