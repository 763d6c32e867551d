"""The main navigation: the pages that every page leads to."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PLACES: tuple[tuple[str, str | Promise], ...] = (
    ("finder:start", _("Trouver")),
    ("programmes:search", _("Programmes")),
    ("programmes:offer", _("L’offre")),
    ("days:days", _("Journées")),
    ("programmes:news", _("Nouveautés")),
    ("questions:search", _("Questions")),
)


@dataclass(frozen=True, slots=True)
class Item:
    """A link of the navigation; ``here`` is the value of ``aria-current``, or empty."""

    label: str | Promise
    url: str
    here: str


def navigation(request: HttpRequest) -> list[Item]:
    """The links, with the one where the person is."""
    return [
        Item(label, url, "page" if request.path == url else "true" if request.path.startswith(url) else "")
        for url, label in ((reverse(name), label) for name, label in PLACES)
    ]
