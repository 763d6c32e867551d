"""Rows that an address or a form names, for actions; and what they are, for views."""

from __future__ import annotations

from alliage.hub.days.models import Day, Registration, Session, Tour

__all__ = ["Day", "Registration", "Session", "day_record", "registration_in", "session_in", "tour_named"]


def tour_named(slug: str) -> Tour:
    """The tour of an id.

    Raises:
        Tour.DoesNotExist: there is none.
    """
    return Tour.objects.get(slug=slug)


def day_record(slug: str) -> Day | None:
    """The day of an id, whatever its state."""
    return Day.objects.filter(slug=slug).first()


def session_in(day: Day, number: int) -> Session | None:
    """A part of this day."""
    return day.sessions.select_related("organisation", "room").filter(pk=number).first() if number else None


def registration_in(day: Day, number: int) -> Registration | None:
    """A registration of this day."""
    return day.registrations.filter(pk=number).first() if number else None
