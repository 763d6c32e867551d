"""Where a question was asked, as a room above tells it by its ``AppConfig``: a room names no room above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.apps import apps

from alliage.hub.people.models import Organisation


def invented() -> set[str]:
    """What questions of an example name (``invented`` of an ``AppConfig``): they count nowhere for real."""
    told = (config.invented() for config in apps.get_app_configs() if hasattr(config, "invented"))
    return {about for names in told for about in names}


@dataclass(frozen=True, slots=True)
class Place:
    """Such a place: its title, its page, the code of its region, and the organisations that answer there."""

    title: str
    url: str
    region: str = ""
    organisations: Sequence[Organisation] = ()


def place_of(about: str) -> Place | None:
    """The place that a question names (``asked_at`` of an ``AppConfig``), if one knows it and anybody may see it."""
    told = (config.asked_at(about) for config in apps.get_app_configs() if hasattr(config, "asked_at"))
    return next((place for place in told if place is not None), None)
