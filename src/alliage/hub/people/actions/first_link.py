"""The link by which a new administrator signs in once: signed, bound to this purpose, dead in an hour or once used."""

from __future__ import annotations

from django.core import signing
from django.urls import reverse

from alliage.hub.people.mail import whole_url
from alliage.hub.people.models import Person

_SALT = "alliage.first-link"
LIFE = 60 * 60  # seconds


def first_link(person: Person) -> str:
    """The whole address. It is bound to the last visit: signing in makes it useless."""
    token = signing.dumps([person.pk, person.last_seen.timestamp()], salt=_SALT)
    return whole_url(reverse("people:first-link", args=[token]))


def invited_by(token: str) -> Person | None:
    """Whose link it is; ``None`` if it is not ours, is too old or was used."""
    try:
        id_, seen = signing.loads(token, salt=_SALT, max_age=LIFE)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    person = Person.objects.filter(pk=id_, is_active=True).first()
    return person if person is not None and person.last_seen.timestamp() == seen else None
