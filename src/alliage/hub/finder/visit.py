"""One visit: the answers that the browser holds, the catalogue of the day, the language of the page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from alliage.hub.finder.dossier import Dossier
from alliage.hub.finder.queries.engine import Engine, Found, engine
from alliage.hub.finder.queries.voice import Voice, voice
from alliage.hub.programmes.queries import current_shelf
from alliage.hub.ui.day import AskedDay
from alliage.hub.ui.language import language_of

SALT = "alliage.answers"
LARGEST = 3_300  # signs of the cookie: a browser keeps 4,096 with its name and its dates
_TO_KEEP = "_answers_to_keep"


class TooMuch(Exception):
    """These answers do not fit in a cookie."""


@dataclass(frozen=True)
class Visit:
    """What every page of the finder needs."""

    request: HttpRequest
    dossier: Dossier
    engine: Engine
    voice: Voice

    @cached_property
    def found(self) -> Found:
        """What the catalogue gives to these answers.

        Raises:
            AlliageError: ``profile-contradiction``.
        """
        return self.engine.found(self.dossier.profile(self.engine.vocabulary))

    def keep(self, dossier: Dossier) -> Visit:
        """The same visit with other answers, kept in the browser with the answer to this request.

        Raises:
            TooMuch: they do not fit; the former ones stay.
        """
        written = signed(dossier.as_dict())
        if len(written) > LARGEST:
            raise TooMuch
        setattr(self.request, _TO_KEEP, written)
        return Visit(self.request, dossier, self.engine, self.voice)


def visit(request: HttpRequest) -> Visit:
    """The visit of a request."""
    shelf = current_shelf()
    asked = cast("AskedDay", cast("Any", request).day)
    dossier = Dossier.from_dict(kept(request))
    return Visit(request, dossier, engine(shelf, on=asked.on), voice(shelf, language_of(request.path_info)))


def signed(saved: Any) -> str:
    """Answers as their cookie holds them."""
    written: str = signing.dumps(saved, salt=SALT, compress=True)
    return written


def kept(request: HttpRequest) -> Any:
    """What the cookie of answers holds: just written by this request, or brought by the browser; else nothing."""
    written = getattr(request, _TO_KEEP, None) or request.COOKIES.get(settings.ANSWERS_COOKIE_NAME, "")
    try:
        return signing.loads(written, salt=SALT, max_age=settings.ANSWERS_COOKIE_AGE)
    except signing.BadSignature:  # none, forged, too old, or signed with a key that is no longer ours
        return None


def write_answers(request: HttpRequest, response: HttpResponseBase) -> None:
    """Give the browser what was kept in this request, if anything was."""
    written = getattr(request, _TO_KEEP, None)
    if written is not None:
        response.set_cookie(
            settings.ANSWERS_COOKIE_NAME,
            written,
            max_age=settings.ANSWERS_COOKIE_AGE,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def lost(request: HttpRequest, dossier: Dossier) -> bool:
    """Whether a form was filled beside answers that are no longer there: a cookie erased, expired or forged."""
    return request.method == "POST" and request.POST.get("seen", "0") not in ("0", "") and dossier.empty
