"""Ending sessions, from wherever the person is."""

from __future__ import annotations

from alliage.hub.people.models import Person, SignedIn


def end_sessions(person: Person, *, but: str = "") -> int:
    """End every session of a person, except one (its key); how many ended."""
    return SignedIn.objects.filter(person=person).exclude(session_key=but).delete()[0]
