"""A day that takes registrations, and who organises it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from alliage.hub.days.actions import registering
from alliage.hub.days.actions.organising import DayTold
from alliage.hub.days.actions.registering import Wish
from alliage.hub.days.models import Day, Registration
from alliage.hub.ui import day as days
from tests.hub.people.actors import Actor
from tests.hub.things import make_day

Comes = Callable[..., Registration]


@pytest.fixture
def coming(db: None) -> Day:  # noqa: ARG001 - asked for by name, or no database is made
    """A day of two seats, on February 11, 2027."""
    return make_day(seats=2)


def told(day: Day, **other: Any) -> DayTold:
    """What the team says of a day: as it is, but for some fields."""
    same = {name: getattr(day, name) for name in DayTold.__dataclass_fields__}
    return DayTold(**{**same, **other})


@pytest.fixture
def comes(coming: Day) -> Comes:
    """Somebody registers, by the first letter of their e-mail: ``comes("a")``."""

    def register(name: str, *, day: Day = coming, at: object = None, **said: object) -> Registration:
        wish = Wish(email=f"{name}@example.org", name=name.upper(), **said)  # type: ignore[arg-type]
        return registering.register(day.slug, wish=wish, at=at or days.now())  # type: ignore[arg-type]

    return register


@pytest.fixture
def team(db: None) -> Client:  # noqa: ARG001 - as above
    """The browser of somebody of the team."""
    return Actor.TEAM.client()
