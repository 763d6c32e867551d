"""Links of letters: signed, each of one purpose, some for a time. Each room keeps its purposes, and what a link opens.

The row that a link is signed from makes no link by itself: that needs our key. A link of one purpose opens nothing of
another.
"""

from __future__ import annotations

import secrets  # noqa: TID251 - a link is made from chance; the core never is
from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.urls import reverse
from django.utils import translation

from alliage.hub.people.mail import whole_url

LONGEST = 200
_BYTES = 24  # of chance: 192 bits


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a link is for. ``salt`` never changes: links that were sent would open nothing.

    ``parts``: how many things it is signed from; only the last may hold a hyphen. ``dated``: the link says when it was
    signed, so that it may have a ``life``.
    """

    salt: str
    parts: int = 2
    dated: bool = False
    life: timedelta | None = None


def new_nonce() -> str:
    """What makes the links of a row such that nobody guesses them; another one makes them useless."""
    return secrets.token_urlsafe(_BYTES)


def sign(purpose: Purpose, *parts: object) -> str:
    """The secret part of a link: the same each time that it is asked for, unless it is dated."""
    if purpose.dated:
        return signing.dumps(parts, salt=purpose.salt)
    return _signer(purpose).sign("-".join(map(str, parts)))


def read(purpose: Purpose, token: str) -> tuple[str, ...] | None:
    """What a link was signed from; ``None`` if we never signed it for this, or if its life is over."""
    if len(token) > LONGEST:
        return None
    try:
        return _dated(purpose, token) if purpose.dated else _plain(purpose, token)
    except signing.BadSignature:
        return None


def address(name: str, *args: object, language: str) -> str:
    """The whole address of a page, in the language of whom it is written to."""
    with translation.override(language):
        return whole_url(reverse(name, args=args))


def _signer(purpose: Purpose) -> signing.Signer:
    return signing.Signer(salt=purpose.salt, sep=".")


def _plain(purpose: Purpose, token: str) -> tuple[str, ...]:
    return tuple(_signer(purpose).unsign(token).split("-", purpose.parts - 1))


def _dated(purpose: Purpose, token: str) -> tuple[str, ...]:
    said = signing.loads(token, salt=purpose.salt, max_age=purpose.life)
    return tuple(map(str, said if isinstance(said, list) else [said]))  # one part was once signed bare
