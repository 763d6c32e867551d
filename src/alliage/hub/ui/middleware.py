"""What surrounds every page: protective headers, the language of the address, the day asked, kind errors."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from alliage.hub.ui import errors
from alliage.hub.ui.asked import all_readable, readable_text
from alliage.hub.ui.day import PARAMETER, asked_day, forget, remember
from alliage.hub.ui.language import language_of
from alliage.hub.ui.large_form import reads_its_form

Respond = Callable[[HttpRequest], HttpResponse]

# Everything from this site, nothing inline, nothing evaluated, no frame.
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in POLICY.items()),
    "Permissions-Policy": "browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-cache",  # a page may show answers: no one else keeps it; static files say otherwise
}


def security_headers(respond: Respond) -> Respond:
    """Headers that keep a page to itself."""
    headers = dict(HEADERS)
    if settings.PUBLIC:
        headers["Content-Security-Policy"] += "; upgrade-insecure-requests"

    def middleware(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        return response

    return middleware


def readable(respond: Respond) -> Respond:
    """No NUL in what is asked: no page needs it, and PostgreSQL keeps no text that holds one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.path_info = readable_text(request.path_info)
        request.GET = all_readable(request.GET)  # type: ignore[assignment]  # it is immutable too
        return respond(request)

    def process_view(request: HttpRequest, view: object, *_: object) -> None:  # after the form's key was looked at
        if not reads_its_form(view):  # a form read here would be read within Django's limit
            request.POST = all_readable(request.POST)  # type: ignore[assignment]  # it is immutable too

    middleware.process_view = process_view  # type: ignore[attr-defined]  # where Django looks for it
    return middleware


def language(respond: Respond) -> Respond:
    """The language is in the address, and only there: French unless it begins with ``/en/``."""

    def middleware(request: HttpRequest) -> HttpResponse:
        code = language_of(request.path_info)
        request.LANGUAGE_CODE = code
        with translation.override(code):
            response = respond(request)
        response.headers.setdefault("Content-Language", f"{code}-CA")
        return response

    return middleware


def day(respond: Respond) -> Respond:
    """The day asked by ``?on=``, as ``request.day`` and for the templates' links."""

    def middleware(request: HttpRequest) -> HttpResponse:
        asked = asked_day(request.GET.get(PARAMETER))
        request.day = asked  # type: ignore[attr-defined]  # beside `request.htmx`, where views look for it
        before = remember(asked)
        try:
            response = respond(request)
        finally:
            forget(before)
        patch_vary_headers(response, ("HX-Request",))
        return response

    return middleware


def kind_errors(respond: Respond) -> Respond:
    """An error without words of its own (a wrong method…) gets a page that says what to do."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        if response.status_code in errors.KINDS and not response.streaming and not response.content:
            return errors.worded(request, response)
        return response

    return middleware
