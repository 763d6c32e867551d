"""A day of meetings in neutral words: companies that wish to meet officers, the slots of the day, rooms and walks.

Nothing here knows a pack, a country or a language. Slots are known by their place in the day, from 0. Hours are whole
minutes since the midnight that begins the day.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Minutes: TypeAlias = int
Pair: TypeAlias = tuple[str, str]  # a company and an officer


@dataclass(frozen=True, slots=True)
class Slot:
    """When a meeting may be held. The time to change places is between two slots, not in them."""

    starts: Minutes
    ends: Minutes


@dataclass(frozen=True, slots=True)
class Room:
    """Where officers sit. ``tables``: how many meetings it holds at once; ``None``: as many as its officers."""

    id: str
    tables: int | None = None


@dataclass(frozen=True, slots=True)
class Walk:
    """The minutes from one room to another, the same both ways. A walk that is not said takes no time."""

    between: tuple[str, str]
    minutes: Minutes


@dataclass(frozen=True, slots=True)
class Officer:
    """A person whom companies come to meet.

    ``arrives`` and ``leaves`` are the first and the last minute; ``away`` holds other slots that are not free;
    ``at_most`` the most meetings of the day. ``None``: no such limit.
    """

    id: str
    room: str | None = None
    at_most: int | None = None
    arrives: Minutes | None = None
    leaves: Minutes | None = None
    away: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Company:
    """Who wishes to meet officers: ``wishes`` holds their ids, the dearest first. The rest is as for an officer."""

    id: str
    wishes: tuple[str, ...]
    at_most: int | None = None
    arrives: Minutes | None = None
    leaves: Minutes | None = None
    away: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Settings:
    """What the organiser may change.

    ``weights`` of the first, the second… wish; the last goes for all those after. ``in_a_row``: an officer never has
    more meetings without a break; a gap of ``rest`` minutes between two slots is a break. Each company should meet
    some of its ``best`` first wishes: ``prices`` are what it costs in weight if one is missing, then one more.
    """

    weights: tuple[int, ...] = (10, 8, 6, 4, 2, 1)
    in_a_row: int = 5
    rest: Minutes = 10
    best: int = 3
    prices: tuple[int, ...] = (30, 300)


@dataclass(frozen=True, slots=True)
class Problem:
    """All that a timetable is made from. ``closed`` slots are lost to all."""

    slots: tuple[Slot, ...]
    officers: tuple[Officer, ...]
    companies: tuple[Company, ...]
    rooms: tuple[Room, ...] = ()
    walks: tuple[Walk, ...] = ()
    closed: frozenset[int] = frozenset()
    settings: Settings = Settings()
