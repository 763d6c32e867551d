"""Pages of rooms above that a day leads to, as they declare them: a room names no room above it.

``day_pages`` of an ``AppConfig``: pages of the team about one day, by address and label. ``seat_pages``: pages of who
registered, by address, label and the purpose of their link; its ``has_page_for`` says for whom. ``day_report``: what
gives sections of the report of a day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.urls import reverse

from alliage.hub.days import links
from alliage.hub.days.models import Day, Registration


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the report of a day, in the language of the page: a sentence, then rows of one text or of two.

    Of rows of two texts, the second is a number. What so few people said that it would name them is not there.
    """

    title: str
    note: str = ""
    rows: Sequence[tuple[str, ...]] = ()


def report_sections(day: Day, *, now: datetime, lang: str) -> list[Section]:
    """What rooms above add to the report of a day: ``day_report(day, now=…, lang=…)`` of each gives its sections."""
    given = [config.day_report for config in apps.get_app_configs() if hasattr(config, "day_report")]
    return [section for give in given for section in give(day, now=now, lang=lang)]


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
