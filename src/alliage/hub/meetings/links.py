"""The links of letters about meetings: signed, each for one purpose. Those of guests are signed from registrations."""

from __future__ import annotations

from alliage.hub.days import links as of_days
from alliage.hub.days.models import Registration
from alliage.hub.meetings.apps import GUEST
from alliage.hub.meetings.models import Desk, Guest
from alliage.hub.people.links import Purpose, read, sign

DESK = Purpose("alliage.meetings.desk")


def guest_token(guest: Guest) -> str:
    """The secret part of the link of a guest."""
    return of_days.token_of(guest.registration, GUEST)


def registration_of(token: str) -> Registration | None:
    """Whose link it is; ``None`` if we never signed it, or if it is gone."""
    found = of_days.registration_of(token, GUEST)
    return found if found is not None and found.email else None


def desk_token(desk: Desk) -> str:
    """The secret part of the link of a desk."""
    return sign(DESK, desk.pk, desk.nonce)


def desk_of(token: str) -> Desk | None:
    """The desk of a link; ``None`` if we never signed it."""
    found = read(DESK, token)
    if found is None:
        return None
    rows = Desk.objects.select_related("plan__day__tour", "organisation", "room")
    return rows.filter(pk=found[0], nonce=found[1]).first()
