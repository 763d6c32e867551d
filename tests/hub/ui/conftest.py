"""Pages of the ground floor, with a catalogue of which only the name is known."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _named_catalogue(db: Any, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001 - asked for what it does
    """The foot of a page names the catalogue: no need to load one."""
    named = {"name": {"fr": "Grappe d'essai", "en": "Trial cluster"}, "revision": "0123456789ab", "programmes": 2}
    monkeypatch.setattr("alliage.hub.programmes.context._pack", lambda: named)
