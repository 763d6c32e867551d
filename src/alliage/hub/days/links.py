"""The links of letters: signed from a registration, an invitation or a door, each for one purpose.

The row alone makes no link, and a link of one purpose opens no page of another.
"""

from __future__ import annotations

import hashlib
import secrets  # noqa: TID251 - a link is made from chance; the core never is

from django.core import signing
from django.urls import reverse
from django.utils import translation

from alliage.hub.days.models import Day, DayInvitation, Door, Registration
from alliage.hub.people.mail import whole_url

LONGEST = 200
_BYTES = 18
_CODE_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is read as another
CODE_LENGTH = 8
MINE, STOP, FOLLOW, STOP_INVITING = "mine", "stop", "follow", "stop-inviting"
VOTE = "vote"  # says whose voice it is, and opens nothing


def new_nonce() -> str:
    """What makes a link that nobody can guess."""
    return secrets.token_urlsafe(_BYTES)


def new_code() -> str:
    """The code of a badge: read by a camera, or typed."""
    return "".join(secrets.choice(_CODE_SIGNS) for _ in range(CODE_LENGTH))


def token_of(row: Registration | DayInvitation, purpose: str) -> str:
    """The secret part of a link: the same each time that it is asked for."""
    return _signer(purpose).sign(f"{row.pk}-{row.nonce}")


def registration_of(token: str, purpose: str = MINE) -> Registration | None:
    """The registration of a link; ``None`` if we never signed it for this, or if it is gone."""
    found = _read(token, purpose)
    if found is None:
        return None
    return Registration.objects.select_related("day__tour", "care").filter(pk=found[0], nonce=found[1]).first()


def invitation_of(token: str) -> DayInvitation | None:
    """The invitation of a link that stops letters of this kind."""
    found = _read(token, STOP_INVITING)
    if found is None:
        return None
    return DayInvitation.objects.filter(pk=found[0], nonce=found[1]).first()


def _signer(purpose: str) -> signing.Signer:
    return signing.Signer(salt=f"alliage.days.{purpose}", sep=".")


def _read(token: str, purpose: str) -> tuple[int, str] | None:
    if len(token) > LONGEST:
        return None
    try:
        number, _, nonce = _signer(purpose).unsign(token).partition("-")
    except signing.BadSignature:
        return None
    return int(number), nonce


def address(name: str, argument: str, *, language: str) -> str:
    """The whole address of a page, in the language of whom it is written to."""
    with translation.override(language):
        return whole_url(reverse(f"days:{name}", args=[argument]))


def mine(registration: Registration) -> str:
    """The whole address of somebody's own page of a day."""
    return address("mine", token_of(registration, MINE), language=registration.language)


def public(day: Day, *, language: str) -> str:
    """The whole address of the page of a day."""
    return address("day", day.slug, language=language)


def fingerprint(text: str) -> str:
    """What is kept of a secret, or of an address that is no longer written to."""
    return hashlib.sha256(text.encode()).hexdigest()


def door_of(token: str) -> Door | None:
    """The door of a link, if it was not taken back."""
    if len(token) > LONGEST:
        return None
    return Door.objects.select_related("day__tour").filter(token=fingerprint(token), revoked=None).first()


def whole(name: str, language: str) -> str:
    """The whole address of a page that names nothing."""
    with translation.override(language):
        return whole_url(reverse(name))
