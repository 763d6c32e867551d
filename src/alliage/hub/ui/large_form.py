"""A form that holds more fields than the site takes elsewhere: the limit is raised for its address alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from alliage.hub.ui.asked import all_readable
from alliage.hub.ui.errors import kind_page

View = Callable[..., HttpResponse]
TOO_LONG = 413
_OWN = "reads_its_form"


def large_form(*, fields: int) -> Callable[[View], View]:
    """Take so many fields. Beyond that, nothing is read, and a page says it; while one types (htmx), the page stays.

    Django reads a form to find its key (CSRF) before the view is called, and gives up at its own limit: here the form
    is read first, then its key is checked.
    """

    def decorate(view: View) -> View:
        @csrf_protect
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            request.POST = all_readable(request.POST)  # type: ignore[assignment]  # it is immutable too
            return view(request, *args, **kwargs)

        @wraps(view)
        def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST" and request.content_type == "application/x-www-form-urlencoded":
                read = _read(request, most=fields)
                if read is None:
                    return _refused(request)
                request.POST = read  # type: ignore[assignment]  # what Django itself would have put there
            return guarded(request, *args, **kwargs)

        exempt = csrf_exempt(shown)
        setattr(exempt, _OWN, True)
        return exempt

    return decorate


def reads_its_form(view: object) -> bool:
    """Whether a view reads its form by itself, beyond Django's limit: nobody is to read it before."""
    return getattr(view, _OWN, False)


def _read(request: HttpRequest, *, most: int) -> QueryDict | None:
    """The fields of a form, as Django reads them; nothing if there are too many."""
    encoding = request.encoding or "utf-8"
    try:
        pairs = parse_qsl(
            request.body.decode(encoding, "replace"), keep_blank_values=True, encoding=encoding, max_num_fields=most
        )
    except (LookupError, ValueError):
        return None
    read = QueryDict(mutable=True)
    for name, value in pairs:
        read.appendlist(name, value)
    read._mutable = False  # noqa: SLF001 - as Django gives it
    return read


def _refused(request: HttpRequest) -> HttpResponse:
    response = kind_page(request, TOO_LONG)
    if request.headers.get("HX-Request"):
        response.headers["HX-Reswap"] = "none"
    return response
