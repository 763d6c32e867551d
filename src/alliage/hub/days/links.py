"""The links of letters: signed from a registration, an invitation or a door, each for one purpose.

The row alone makes no link, and a link of one purpose opens no page of another.
"""

from __future__ import annotations

import secrets  # noqa: TID251 - a link is made from chance; the core never is

from alliage.hub.days.models import Day, DayInvitation, Door, Registration
from alliage.hub.people.links import LONGEST, Purpose, address, read, sign
from alliage.hub.ui.asked import fingerprint

_CODE_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is read as another
CODE_LENGTH = 8
MINE, STOP, FOLLOW = Purpose("alliage.days.mine"), Purpose("alliage.days.stop"), Purpose("alliage.days.follow")
STOP_INVITING = Purpose("alliage.days.stop-inviting")
VOTE = Purpose("alliage.days.vote")  # says whose voice it is, and opens nothing


def new_code() -> str:
    """The code of a badge: read by a camera, or typed."""
    return "".join(secrets.choice(_CODE_SIGNS) for _ in range(CODE_LENGTH))


def token_of(row: Registration | DayInvitation, purpose: Purpose) -> str:
    """The secret part of a link: the same each time that it is asked for."""
    return sign(purpose, row.pk, row.nonce)


def registration_of(token: str, purpose: Purpose = MINE) -> Registration | None:
    """The registration of a link; ``None`` if we never signed it for this, or if it is gone."""
    found = read(purpose, token)
    if found is None:
        return None
    return Registration.objects.select_related("day__tour", "care").filter(pk=found[0], nonce=found[1]).first()


def invitation_of(token: str) -> DayInvitation | None:
    """The invitation of a link that stops letters of this kind."""
    found = read(STOP_INVITING, token)
    if found is None:
        return None
    return DayInvitation.objects.filter(pk=found[0], nonce=found[1]).first()


def mine(registration: Registration) -> str:
    """The whole address of somebody's own page of a day."""
    return address("days:mine", token_of(registration, MINE), language=registration.language)


def public(day: Day, *, language: str) -> str:
    """The whole address of the page of a day."""
    return address("days:day", day.slug, language=language)


def door_of(token: str) -> Door | None:
    """The door of a link, if it was not taken back."""
    if len(token) > LONGEST:
        return None
    return Door.objects.select_related("day__tour").filter(token=fingerprint(token), revoked=None).first()
