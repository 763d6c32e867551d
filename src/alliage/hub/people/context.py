"""What every page may show of who is asking, and of a site that is not public yet."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from alliage.hub.people.access import GUARDED, NOBODY, who


def people(request: HttpRequest) -> dict[str, Any]:
    """``signed_in``; ``second_factor_…``: wanted of them, or left out here; ``letters``: the folder where they stay."""
    found = who(request) if hasattr(request, "user") else NOBODY
    guarded = bool(found.roles & GUARDED)
    return {
        "signed_in": found.person is not None,
        "second_factor_wanted": guarded and settings.SECOND_FACTOR,
        "second_factor_left_out": guarded and not settings.SECOND_FACTOR,
        "letters": "" if settings.EMAIL.host or settings.PUBLIC else str(settings.EMAIL_FILE_PATH),
    }
