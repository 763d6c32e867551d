"""The link of a letter: signed, of one request and one purpose. What it opens is in :mod:`actions.confirming`."""

from __future__ import annotations

from django.core import signing
from django.urls import reverse
from django.utils import translation

from alliage.hub.people.mail import whole_url
from alliage.hub.programmes.freshness.models import Request

LONGEST = 200
_PURPOSE = "alliage.freshness.confirmation"


def token_of(request: Request) -> str:
    """The secret part of the link of a request: the same each time it is asked for."""
    return signing.Signer(salt=_PURPOSE, sep=".").sign(f"{request.pk}-{request.nonce}")


def request_of(token: str) -> Request | None:
    """The request of a link; ``None`` if we never signed it for this."""
    if len(token) > LONGEST:
        return None
    try:
        number, _, nonce = signing.Signer(salt=_PURPOSE, sep=".").unsign(token).partition("-")
    except signing.BadSignature:
        return None
    return Request.objects.select_related("programme", "revision").filter(pk=int(number), nonce=nonce).first()


def address(name: str, request: Request) -> str:
    """The whole address of a page of a request, in its language."""
    with translation.override(request.language):
        return whole_url(reverse(f"freshness:{name}", args=[token_of(request)]))
