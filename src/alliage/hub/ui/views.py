"""Pages of the ground floor: what does not depend on the catalogue."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alliage.hub.ui import glossary, icons, samples
from alliage.hub.ui.access import public
from alliage.hub.ui.contact import team_address
from alliage.hub.ui.day import asked

DAY = 86_400  # seconds


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "ui/pages/accessibility.html", {"contact": team_address()})


@public
@require_safe
def cookies(request: HttpRequest) -> HttpResponse:
    """Which cookies, why, for how long."""
    return render(
        request,
        "ui/pages/cookies.html",
        {
            "answers": settings.ANSWERS_COOKIE_NAME,
            "csrf": settings.CSRF_COOKIE_NAME,
            "session": settings.SESSION_COOKIE_NAME,
            "days": settings.ANSWERS_COOKIE_AGE // DAY,
            "session_days": settings.SESSION_COOKIE_AGE // DAY,
        },
    )


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Personal information: what, why, how long, who answers for it."""
    return render(
        request,
        "ui/pages/privacy.html",
        {
            "person": settings.PRIVACY,
            "keep": settings.RETENTION,
            "session_days": settings.SESSION_COOKIE_AGE // DAY,
            "answers_days": settings.ANSWERS_COOKIE_AGE // DAY,
            "shared_days": settings.SHARED_DAYS,
            "profiles": settings.PROFILES_IN_MEMORY,
            "days": settings.DAYS_IN_MEMORY,
        },
    )


@public
@require_safe
def glossary_page(request: HttpRequest) -> HttpResponse:
    """Words of funding, in plain language."""
    return render(request, "ui/pages/glossary.html", {"groups": glossary.groups()})


@public
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every component in every state."""
    return render(request, "ui/pages/components.html", {"icons": icons.names(), **samples.samples(on=asked().on)})
