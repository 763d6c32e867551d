"""What asked for a change, in a room that this one does not know: told that it is taken, then that it is closed.

A room names in its ``AppConfig`` the kinds that it keeps: ``origins``, by kind (``correction``), each an
:class:`Origins`. A change carries the name of what asked for it, such as ``correction:12``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django.apps import apps

from alliage.hub.ui.asked import whole_number


@dataclass(frozen=True, slots=True)
class Origin:
    """What asks for a change of a programme: in which words, from which page, about which part of the form, and where.

    ``title`` is what it is called, ``after`` what becomes of it, ``unchanged`` what to do if the programme says so
    already: words for who writes the change. ``sources`` are offered to the form, by their keys; what it does not use
    is left out.
    """

    text: str
    page: str
    part: str
    url: str
    title: str
    after: str
    unchanged: str
    reason: str = ""
    sources: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the change: done or refused, in which words, by whom."""

    done: bool
    words: str
    by: int | None
    at: datetime


class Origins(Protocol):
    """One kind of what may ask for a change."""

    def read(self, number: int, *, programme: str) -> Origin | None:
        """One of them, if it waits and is about this programme."""

    def taken(self, number: int, *, by: int | None, proposal: int) -> None:
        """Somebody proposed a change for it: the number of the proposal."""

    def left(self, number: int) -> None:
        """The proposal was taken back: it waits again."""

    def closed(self, number: int, outcome: Outcome) -> None:
        """The change was published, or refused."""


def asked_by(origin: str, *, programme: str) -> Origin | None:
    """What asked for a change, by its name; nothing if there is no such thing."""
    kind, number = _parts(origin)
    return kind.read(number, programme=programme) if kind else None


def taken(origin: str, *, by: int | None, proposal: int) -> None:
    """A change is proposed for what asked for it."""
    kind, number = _parts(origin)
    if kind:
        kind.taken(number, by=by, proposal=proposal)


def left(origin: str) -> None:
    """A proposed change was taken back."""
    kind, number = _parts(origin)
    if kind:
        kind.left(number)


def closed(origin: str, outcome: Outcome) -> None:
    """A change was published or refused."""
    kind, number = _parts(origin)
    if kind:
        kind.closed(number, outcome)


def offered(document: Mapping[str, Any], origin: Origin | None) -> dict[str, Any]:
    """A document with the sources of what asks for its change."""
    return {**document, "sources": {**(origin.sources if origin else {}), **document["sources"]}}


def used(document: Mapping[str, Any], origin: Origin | None) -> dict[str, Any]:
    """The same without those of them that it does not use."""
    unused = origin.sources.keys() - set(_named(document)) if origin else set()
    return {**document, "sources": {key: said for key, said in document["sources"].items() if key not in unused}}


def _named(value: Any) -> Iterator[Any]:
    """The sources that a document names, wherever it does."""
    if isinstance(value, Mapping):
        yield from (value["source"],) if isinstance(value.get("source"), str) else ()
    inside = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    for one in inside:
        yield from _named(one)


def _parts(origin: str) -> tuple[Origins | None, int]:
    name, _colon, number = origin.partition(":")
    known = whole_number(number)
    if known is None:
        return None, 0
    kinds = {kind: kept for config in apps.get_app_configs() for kind, kept in getattr(config, "origins", {}).items()}
    return kinds.get(name), known
