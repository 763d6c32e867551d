"""One visit: the answers that the browser holds, the catalogue of the day, the language of the page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from django.conf import settings
from django.core import signing
from django.http import HttpRequest

from alliage.hub.finder.dossier import Dossier
from alliage.hub.finder.queries.engine import Engine, Found, engine
from alliage.hub.finder.queries.voice import Voice, voice
from alliage.hub.programmes.queries import current_shelf
from alliage.hub.ui.day import AskedDay
from alliage.hub.ui.language import language_of

KEY = "finder"
LARGEST = 3_300  # signs of the cookie: a browser keeps 4,096 with its name and its dates


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
        session = self.request.session
        before = session.get(KEY)
        session[KEY] = dossier.as_dict()
        if _size(dict(session.items())) > LARGEST:
            session[KEY] = before or {}
            raise TooMuch
        return Visit(self.request, dossier, self.engine, self.voice)


def visit(request: HttpRequest) -> Visit:
    """The visit of a request."""
    shelf = current_shelf()
    asked = cast("AskedDay", cast("Any", request).day)
    dossier = Dossier.from_dict(request.session.get(KEY))
    return Visit(request, dossier, engine(shelf, on=asked.on), voice(shelf, language_of(request.path_info)))


def _size(session: dict[str, Any]) -> int:
    """How long the cookie of a session is, as Django writes it."""
    if settings.SESSION_ENGINE != "django.contrib.sessions.backends.signed_cookies":
        return 0
    written: str = signing.dumps(session, compress=True, salt="django.contrib.sessions.backends.signed_cookies")
    return len(written)


def lost(request: HttpRequest, dossier: Dossier) -> bool:
    """Whether a form was filled beside answers that are no longer there: a cookie erased, expired or forged."""
    return request.method == "POST" and request.POST.get("seen", "0") not in ("0", "") and dossier.empty
