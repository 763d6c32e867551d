"""Pages of rooms above that a day leads to, as they declare them: a room names no room above it.

``day_pages`` of an ``AppConfig``: pages of the team about one day, by address and label. ``seat_pages``: pages of who
registered, by address, label and the purpose of their link; its ``has_page_for`` says for whom.
"""

from __future__ import annotations

from django.apps import apps
from django.urls import reverse

from alliage.hub.days import links
from alliage.hub.days.models import Day, Registration


def day_pages(day: Day) -> list[dict[str, str]]:
    """What else the team may open about a day."""
    return [
        {"url": reverse(name, args=[day.slug]), "label": str(label)}
        for config in apps.get_app_configs()
        for name, label in getattr(config, "day_pages", ())
    ]


def seat_pages(registration: Registration) -> list[dict[str, str]]:
    """What else somebody who comes may open, by links of their own; nothing if nothing there waits for them."""
    return [
        {"url": reverse(name, args=[links.token_of(registration, purpose)]), "label": str(label)}
        for config in apps.get_app_configs()
        for name, label, purpose in getattr(config, "seat_pages", ())
        if getattr(config, "has_page_for", bool)(registration)
    ]
