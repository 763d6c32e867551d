"""What looks like a programme that somebody is about to add, by its name or by its page; and a free id for it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any
from urllib.parse import urlsplit

from django.urls import reverse

from alliage.hub.programmes.models import Programme, Proposal, Redirect
from alliage.hub.programmes.queries.proposals import WAITING
from alliage.hub.programmes.queries.speaking import Plain, Speech

ALIKE = 0.75  # of 1: how much two names have in common
MOST = 6
_LONGEST_ID = 60
_IDLE = frozenset({"and", "de", "des", "du", "en", "et", "for", "la", "le", "les", "of", "pour", "the", "programme"})


def alike(name: str, address: str, *, speech: Speech) -> list[Plain]:
    """The programmes of this name, or of this page, those that are retired too; the likeliest first."""
    page = _page(address)
    found = []
    for known in _known():
        same_page = bool(page) and page in known.pages
        score = max((_alike(name, other) for other in known.names), default=0.0)
        if same_page or score >= ALIKE:
            found.append((same_page, score, known))
    found.sort(key=lambda one: (-one[0], -one[1], one[2].id))
    return [
        {
            "id": known.id,
            "name": speech.text(known.name),
            "same_page": same_page,
            "retired": known.retired,
            "url": reverse("programmes:history" if known.retired else "programmes:detail", args=[known.id]),
        }
        for same_page, _score, known in found[:MOST]
    ]


@dataclass(frozen=True, slots=True)
class _Known:
    id: str
    name: Mapping[str, str]
    pages: frozenset[str]
    retired: bool

    @property
    def names(self) -> Iterable[str]:
        return self.name.values()


def _known() -> Iterator[_Known]:
    rows = Programme.objects.exclude(current=None).values_list("id", "retired", "current__document")
    for id_, retired, document in rows.iterator():
        pages = [*document["url"].values(), *(source["url"] for source in document["sources"].values())]
        yield _Known(id_, document["name"], frozenset(filter(None, map(_page, pages))), retired is not None)


def _page(address: object) -> str:
    """An address without what does not change the page: its scheme, « www. », a last slash."""
    parts = urlsplit(str(address or ""))
    host = parts.netloc.lower().removeprefix("www.")
    path = parts.path.rstrip("/")
    return f"{host}{path}?{parts.query}" if host and (path or parts.query) else ""


def _alike(one: str, other: str) -> float:
    """How much two names have in common: all the words of one in the other, else as they are spelled."""
    first, second = _words(one), _words(other)
    if first and second and (first <= second or second <= first) and min(len(first), len(second)) > 1:
        return 1.0
    return SequenceMatcher(None, _plain(one), _plain(other)).ratio() if one and other else 0.0


def _words(name: str) -> set[str]:
    return {word for word in re.split(r"[^a-z0-9]+", _plain(name)) if word and word not in _IDLE}


def _plain(name: str) -> str:
    bare = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in bare if not unicodedata.combining(sign))


def free_id(wanted: str) -> str:
    """An id that no programme has, had or is proposed under, from a name or from an id: ``essor``, ``essor-2``."""
    words = [word for word in re.split(r"[^a-z0-9]+", _plain(wanted)) if word]
    base = "-".join(words)[:_LONGEST_ID].strip("-") or "programme"
    base = base if base[0].isalpha() else f"programme-{base}"
    number, found = 2, base
    while found == RESERVED or is_taken(found):
        number, found = number + 1, f"{base}-{number}"
    return found


def is_taken(id_: str, *, besides: int = 0) -> bool:
    """Whether a programme has an id, had it, or is proposed under it (by another proposal than ``besides``)."""
    waiting = Proposal.objects.filter(base=None, state__in=WAITING, document__id=id_).exclude(pk=besides)
    known = Programme.objects.filter(id=id_), Redirect.objects.filter(old=id_), waiting
    return any(rows.exists() for rows in known)


RESERVED = "nouveau"  # the address of the page that adds one


def started(*, name: str, address: str, provider: str, publisher: str, today: str) -> dict[str, Any]:
    """The document of a new programme, of which only this is known: the rest is to be filled in."""
    return {
        "id": free_id(name),
        "name": {"fr": name},
        "provider": provider,
        "url": {"fr": address},
        "needs": [],
        "summary": {},
        "eligibility": {"all": []},
        "aid": {"parts": []},
        "intake": {"kind": "unknown", "source": "record"},
        "sources": {"s1": {"url": address, "publisher": publisher, "read": today}},
        "confidence": "medium",
    }
