"""What every page knows: its language and the other one, its day. Rooms above add the catalogue (`pack`)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest

from alliage.hub.ui.day import PARAMETER, asked_day
from alliage.hub.ui.language import in_other_language, language_of
from alliage.hub.ui.navigation import navigation


def page(request: HttpRequest) -> dict[str, Any]:
    """The context of the base page."""
    lang = language_of(request.path_info)
    asked = getattr(request, "day", None) or asked_day(None)
    return {
        "lang": lang,
        "other_lang_url": in_other_language(request.get_full_path(), lang),
        "on": asked.on,
        "on_is_today": asked.is_today,
        "on_refused": asked.refused or "",
        "today_url": _without_day(request),
        "navigation": navigation(request),
        "privacy": settings.PRIVACY,
        "notice_days": settings.NOTICE_DAYS,
        "invitation_days": settings.INVITATION_DAYS,
    }


def _without_day(request: HttpRequest) -> str:
    """The same page, today."""
    try:
        query = request.GET.copy()
    except SuspiciousOperation:  # an address that cannot be read: the page that says so is being made
        return request.path
    query.pop(PARAMETER, None)
    return request.path + (f"?{query.urlencode()}" if query else "")
