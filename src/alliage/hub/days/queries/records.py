"""Rows that an address or a form names, for actions."""

from __future__ import annotations

from typing import Any

from alliage.hub.days.models import Day, Tour


def tour_named(slug: str) -> Tour:
    """The tour of an id.

    Raises:
        Tour.DoesNotExist: there is none.
    """
    return Tour.objects.get(slug=slug)


def day_record(slug: str) -> Day | None:
    """The day of an id, whatever its state."""
    return Day.objects.filter(slug=slug).first()


def session_in(day: Day, number: int) -> Any:
    """A part of this day."""
    return day.sessions.select_related("organisation", "room").filter(pk=number).first() if number else None


def registration_in(day: Day, number: int) -> Any:
    """A registration of this day."""
    return day.registrations.filter(pk=number).first() if number else None
