"""The link of a letter: signed, of one request and one purpose. What it opens is in :mod:`actions.confirming`."""

from __future__ import annotations

from alliage.hub.people import links
from alliage.hub.programmes.freshness.models import Request

CONFIRM = links.Purpose("alliage.freshness.confirmation")


def token_of(request: Request) -> str:
    """The secret part of the link of a request: the same each time it is asked for."""
    return links.sign(CONFIRM, request.pk, request.nonce)


def request_of(token: str) -> Request | None:
    """The request of a link; ``None`` if we never signed it for this."""
    found = links.read(CONFIRM, token)
    if found is None:
        return None
    rows = Request.objects.select_related("programme", "revision")
    return rows.filter(pk=int(found[0]), nonce=found[1]).first()


def address(name: str, request: Request) -> str:
    """The whole address of a page of a request, in its language."""
    return links.address(f"freshness:{name}", token_of(request), language=request.language)
