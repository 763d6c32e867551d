"""What the pages of people share: who asks, what was just done, and where to go next."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.apps import apps
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alliage.hub.people.access import View, who
from alliage.hub.people.telling import tell, told
from alliage.hub.ui.asked import WRONG, SeeOther


def me(request: HttpRequest) -> Any:
    """Who is signed in, on a page that is theirs alone."""
    return who(request).person


def fresh(view: View) -> View:
    """A page that wants a proof of less than ``ACCOUNT_REAUTHENTICATION_TIMEOUT`` that it is the person."""
    proved: View = reauthentication_required(view)
    return proved


def pages_of_rooms(kind: str) -> list[tuple[str, Any]]:
    """The pages (address, label) that rooms name in their ``AppConfig``, such as its ``account_pages``."""
    return [link for config in apps.get_app_configs() for link in getattr(config, kind, ())]


def rooms_of_team() -> dict[str, list[dict[str, Any]]]:
    """The pages of the team and how much waits behind each, under the ``verbose_name`` of their rooms."""
    waits, groups = _waits(), defaultdict(list)
    for config in apps.get_app_configs():
        for name, label in getattr(config, "team_pages", ()):
            groups[str(config.verbose_name)].append({"name": name, "label": label, "waits": waits.get(name)})
    return dict(groups)


def _waits() -> dict[str, int]:
    """How much waits behind pages of the team, by address, as rooms count it (``waits``)."""
    counts: dict[str, int] = {}
    for config in apps.get_app_configs():
        counts |= getattr(config, "waits", dict)()
    return counts


def page(request: HttpRequest, template: str, *, wrong: bool = False, **context: Any) -> HttpResponse:
    """A page, with what was just done said once."""
    return render(request, template, {**told(request), **context}, status=WRONG if wrong else 200)


def done(request: HttpRequest, code: str, name: str, *args: Any) -> HttpResponse:
    """To another page, that says what was done; to sign in again, if it ended the very session that asked it."""
    ended = not request.session.exists(request.session.session_key or "")
    if ended:
        logout(request)
    tell(request, code)
    if ended:
        return SeeOther(reverse("account_request_login_code"))
    return SeeOther(reverse(f"people:{name}", args=args))
