"""Welcoming people: a page for a phone, by a secret link, that works without a network for an hour."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from alliage.hub.days import links
from alliage.hub.days.actions import checking_in
from alliage.hub.days.actions.checking_in import MOST_SCANS, Scan, Seen, Shut
from alliage.hub.days.queries.door import counts, door_list
from alliage.hub.days.queries.plan import head
from alliage.hub.days.views.common import METHODS
from alliage.hub.days.words import hour
from alliage.hub.people.access import public
from alliage.hub.ui import day as days
from alliage.hub.ui.asked import GONE, WRONG, fingerprint, row_number

LONGEST = 400_000  # signs of what a phone sends at once
_WORKER = Path(__file__).parent.parent / "static" / "days" / "door-worker.js"
HOWS = ("badge", "code", "name", "at-door")


def _open(token: str) -> Any:
    """The door of a link.

    Raises:
        Shut: it opens nothing now.
    """
    door = links.door_of(token)
    if door is None:
        raise Shut
    checking_in.check_open(door, at=days.now())
    return door


@public
@require_http_methods(METHODS)
@never_cache
def door(request: HttpRequest, token: str) -> HttpResponse:
    """The page of the steward; without JavaScript, a code or a name is sent as a form."""
    try:
        found = _open(token)
        seen = checking_in.take(found, [_typed(request)], at=days.now()) if request.method == "POST" else []
    except Shut:
        return render(request, "days/door_shut.html", status=GONE)
    day = found.day
    context = {
        "day": head(day, now=days.now()),
        "token": token,
        "people": door_list(day),
        "counts": counts(day),
        "seen": [_words(one) for one in seen],
        "list_url": reverse("days:door-list", args=[token]),
        "worker_url": reverse("days:worker"),
        "label": found.label,
    }
    status = WRONG if any(one.state == "unknown" for one in seen) else 200
    response = render(request, "days/door.html", context, status=status)
    response.headers["Permissions-Policy"] = (
        "browsing-topics=(), camera=(self), geolocation=(), microphone=(), payment=(), usb=()"
    )
    return response


def _typed(request: HttpRequest) -> Scan:
    """What the form of the page says. Its key and what was typed make it one scan, however often it is sent."""
    post = request.POST
    person, name = row_number(post.get("person")), _clean(post.get("walk_in")).strip()
    code, company = _clean(post.get("code"))[:20], _clean(post.get("company")).strip()
    typed = json.dumps([post.get("csrfmiddlewaretoken", ""), person, code, name, company])
    how = "name" if person else "at-door" if name else "code"
    return Scan(
        scan=fingerprint(typed)[:40], at=days.now(), how=how, registration=person or None,
        code="" if person or name else code, name=name, company=company,
    )  # fmt: skip


def _words(seen: Seen) -> dict[str, Any]:
    """What became of a scan, kindly."""
    name = seen.name
    said = {
        "in": _("Bienvenue, %(name)s.") % {"name": name},
        "again": _("%(name)s est déjà là depuis %(hour)s. Tout va bien : rien n’est compté deux fois.")
        % {"name": name, "hour": hour(seen.since) if seen.since else ""},
        "unknown": _("Ce code n’est pas de cette journée. Cherchez le nom dans la liste."),
    }
    return {"state": seen.state, "words": said[seen.state], "scan": seen.scan, "registration": seen.registration}


@public
@csrf_exempt  # a phone sends what it kept while it had no network, and no page to take a key from; the link is the key
@require_http_methods(METHODS)
@never_cache
def door_data(request: HttpRequest, token: str) -> HttpResponse:
    """The list that a phone keeps, and what it saw meanwhile: sent as often as it likes."""
    try:
        found = _open(token)
        seen: list[Seen] = []
        if request.method == "POST":
            scans = _read(request)
            if scans is None:
                return JsonResponse({"error": "scans-unreadable"}, status=WRONG)
            seen = checking_in.take(found, scans, at=days.now())
    except Shut:
        return JsonResponse({"error": "door-shut"}, status=GONE)
    return JsonResponse(
        {
            "seen": [_words(one) for one in seen],
            "people": door_list(found.day),
            "counts": counts(found.day),
            "until": (found.day.ends + checking_in.AFTER).isoformat(),
        }
    )


def _read(request: HttpRequest) -> list[Scan] | None:
    """What a phone sent; ``None`` if it is not of its shape."""
    if len(request.body) > LONGEST:
        return None
    try:
        rows = json.loads(request.body)["scans"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return [_scan(row) for row in rows[:MOST_SCANS]] if isinstance(rows, list) else None


def _scan(row: Any) -> Scan:
    """One line. What cannot be read finds nobody: the others of the phone are not to wait for it."""
    try:
        at, how, scan = datetime.fromisoformat(str(row["at"])), str(row["how"]), _clean(row["scan"])[:40]
        if at.tzinfo is None or how not in HOWS or not scan.strip():
            raise ValueError
    except (ValueError, KeyError, TypeError):
        named = row.get("scan") if isinstance(row, dict) else ""
        return Scan(scan=_clean(named)[:40], at=days.now(), how="code")
    return Scan(
        scan=scan, at=at, how=how, registration=row_number(row.get("registration")) or None,
        code=_clean(row.get("code"))[:20], name=_clean(row.get("name")), company=_clean(row.get("company")),
    )  # fmt: skip


def _clean(typed: object) -> str:
    return "".join(sign for sign in str(typed or "") if sign.isprintable())[:160]


@public
@require_safe
def worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view takes it
    """The service worker of the page: served beside it, so that it may speak for it."""
    response = HttpResponse(_WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response
