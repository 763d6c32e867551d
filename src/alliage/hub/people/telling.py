"""What was just done, or refused, said once on the next page: a code waits in the session."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from alliage.hub.people.queries.words import TOLD

_KEPT = "told"
_WARNINGS = ("last-", "code-")  # how the codes of what was not done begin


def tell(request: HttpRequest, code: str) -> None:
    """Say it on the next page."""
    request.session[_KEPT] = code


def told(request: HttpRequest) -> dict[str, Any]:
    """``told`` and ``told_kind`` for ``people/_told.html``: what waits to be said, which is then forgotten."""
    code = request.session.pop(_KEPT, "") if _KEPT in request.session else ""
    return {"told": TOLD.get(code, ""), "told_kind": "warn" if code.startswith(_WARNINGS) else "ok"}
