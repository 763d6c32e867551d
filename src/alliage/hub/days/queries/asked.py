"""A day as a question of the site names it."""

from __future__ import annotations

from alliage.hub.days.models import Day
from alliage.hub.days.queries.pages import find_day
from alliage.hub.days.queries.plan import head
from alliage.hub.people.models import Organisation
from alliage.hub.questions.queries.places import Place
from alliage.hub.ui import day as days


def about(day: Day) -> str:
    """How questions name the day that they come from."""
    return f"day:{day.slug}"


def invented() -> list[str]:
    """The days of invented companies, as questions name them."""
    return [about(day) for day in Day.objects.filter(tour__demo=True)]


def place_of(named: str) -> Place | None:
    """The day, with the agencies of its agenda: one that takes its part off still answers in writing."""
    day = find_day(named.partition(":")[2])
    if day is None or about(day) != named:
        return None
    shown = head(day, now=days.now())
    return Place(shown["title"], shown["url"], day.region, _agencies(day))


def _agencies(day: Day) -> list[Organisation]:
    return list(Organisation.objects.filter(pk__in=day.sessions.filter(kind="agency").values("organisation")))
