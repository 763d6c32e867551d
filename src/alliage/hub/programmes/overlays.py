"""What a room above lays over the documents, such as their confirmations: this one does not know which.

A room names it in its ``AppConfig``: ``overlay``, an :class:`Overlay`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from django.apps import apps

Document = dict[str, Any]


class Overlay(Protocol):
    """What is laid over the documents of the current revisions; no document is changed for it."""

    def marks(self) -> list[Any]:
        """What it adds to the exact content of the catalogue, for its stamp."""

    def laid(self, documents: Mapping[str, Document]) -> dict[str, Document]:
        """The documents, each with what lies over it."""


def marks() -> list[Any]:
    """What every overlay adds to the exact content of the catalogue."""
    return [mark for overlay in _overlays() for mark in overlay.marks()]


def laid(documents: Mapping[str, Document]) -> dict[str, Document]:
    """The documents under every overlay."""
    found = dict(documents)
    for overlay in _overlays():
        found = overlay.laid(found)
    return found


def _overlays() -> Iterator[Overlay]:
    return (config.overlay for config in apps.get_app_configs() if hasattr(config, "overlay"))
