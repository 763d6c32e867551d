"""What every page knows of the catalogue: its name, its revision, how many programmes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from alliage.hub.programmes.queries import current_catalogue


def programmes(_request: HttpRequest) -> dict[str, Any]:
    """The catalogue in a few words, as the database has it; read only if the template shows it."""
    return {"pack": _pack}


def _pack() -> dict[str, Any]:
    catalogue = current_catalogue()
    return {"name": catalogue.name, "revision": catalogue.revision, "programmes": len(catalogue.programmes)}
