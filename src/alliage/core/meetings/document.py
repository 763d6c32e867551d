"""A day of meetings as a person writes it in a file, and its limits. Hours are written ``"9:30"``."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from alliage.core.meetings.problem import Settings
from alliage.core.meetings.refusals import MOST

DEFAULTS = Settings()
HOUR = r"^\d{1,2}:[0-5]\d$"


def _hour(typed: object) -> object:
    """YAML reads an hour without quotes, such as ``13:30``, as a number of minutes."""
    if isinstance(typed, int) and not isinstance(typed, bool):
        return f"{typed // 60}:{typed % 60:02}"
    return typed


Hour = Annotated[str, BeforeValidator(_hour), Field(pattern=HOUR)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Name = Annotated[str, Field(min_length=1, max_length=120)]
Count = Annotated[int, Field(ge=0, le=MOST)]


class Document(BaseModel):
    """Fields that are not known are refused."""

    model_config = ConfigDict(extra="forbid")


class HoursDocument(Document):
    """A stretch of hours."""

    from_: Hour = Field(alias="from")
    to: Hour


class RoomDocument(Document):
    """A room; ``tables``: how many meetings it holds at once."""

    id: Id
    name: Name
    tables: Count | None = None


class WalkDocument(Document):
    """The minutes from one room to another."""

    between: Annotated[list[Id], Field(min_length=2, max_length=2)]
    minutes: Count


class PersonDocument(Document):
    """When somebody is there, and at most how many meetings they want."""

    id: Id
    name: Name
    not_before: Hour | None = None
    not_after: Hour | None = None
    away: list[HoursDocument] = []
    at_most: Count | None = None


class OfficerDocument(PersonDocument):
    """Somebody whom companies come to meet."""

    room: Id | None = None


class CompanyDocument(PersonDocument):
    """Who wishes to meet officers: their ids, the dearest first."""

    wishes: list[Id] = []


class DayDocument(Document):
    """A day of meetings. ``hours`` are cut in slots of ``minutes``, with ``change`` minutes between two."""

    date: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    title: Name
    place: Name | None = None
    hours: Annotated[list[HoursDocument], Field(min_length=1, max_length=20)]
    minutes: Annotated[int, Field(ge=5, le=240)] = 17
    change: Annotated[int, Field(ge=0, le=60)] = 3
    in_a_row: Count = DEFAULTS.in_a_row
    rest: Count = DEFAULTS.rest
    weights: list[Count] = list(DEFAULTS.weights)
    best: Count = DEFAULTS.best
    prices: list[Count] = list(DEFAULTS.prices)
    rooms: list[RoomDocument] = []
    walks: list[WalkDocument] = []
    officers: list[OfficerDocument]
    companies: list[CompanyDocument]
