"""The link by which a new administrator signs in once: signed, bound to this purpose, dead in an hour or once used."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from alliage.hub.people.links import Purpose, read, sign
from alliage.hub.people.mail import whole_url
from alliage.hub.people.models import Person

FIRST = Purpose("alliage.first-link", dated=True, life=timedelta(hours=1))


def first_link(person: Person) -> str:
    """The whole address. It is bound to the last visit: signing in makes it useless."""
    token = sign(FIRST, person.pk, _seen(person))
    return whole_url(reverse("people:first-link", args=[token]))


def invited_by(token: str) -> Person | None:
    """Whose link it is; ``None`` if it is not ours, is too old or was used."""
    found = read(FIRST, token)
    if found is None:
        return None
    person = Person.objects.filter(pk=found[0], is_active=True).first()
    return person if person is not None and str(_seen(person)) == found[1] else None


def _seen(person: Person) -> float:
    return person.last_seen.timestamp()
