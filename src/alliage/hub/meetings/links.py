"""The links of letters about meetings: signed, each for one purpose. Those of guests are signed from registrations."""

from __future__ import annotations

from django.core import signing

from alliage.hub.days import links as of_days
from alliage.hub.days.models import Registration
from alliage.hub.meetings.models import Desk, Guest

MEETINGS = "meetings"  # the purpose of the link of a guest
_SIGNER = signing.Signer(salt="alliage.meetings.desk", sep=".")


def guest_token(guest: Guest) -> str:
    """The secret part of the link of a guest."""
    return of_days.token_of(guest.registration, MEETINGS)


def registration_of(token: str) -> Registration | None:
    """Whose link it is; ``None`` if we never signed it, or if it is gone."""
    found = of_days.registration_of(token, MEETINGS)
    return found if found is not None and found.email else None


def desk_token(desk: Desk) -> str:
    """The secret part of the link of a desk."""
    return _SIGNER.sign(f"{desk.pk}-{desk.nonce}")


def desk_of(token: str) -> Desk | None:
    """The desk of a link; ``None`` if we never signed it."""
    if len(token) > of_days.LONGEST:
        return None
    try:
        number, _, nonce = _SIGNER.unsign(token).partition("-")
    except signing.BadSignature:
        return None
    return Desk.objects.select_related("plan__day__tour", "organisation", "room").filter(pk=number, nonce=nonce).first()
