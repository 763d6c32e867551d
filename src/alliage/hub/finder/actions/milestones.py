"""Milestones: what became of the requests of a project file, as its members note it. Nothing is decided from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from alliage.hub.finder.models import Milestone, ProjectFile
from alliage.hub.people.models import Person

MOST_MILESTONES = 500  # of one file


class TooManyMilestones(Exception):
    """The file has as many notes as one may."""


@dataclass(frozen=True, slots=True)
class Happened:
    """What became of a request to a programme. ``amount`` is in dollars."""

    programme: str
    kind: str
    day: date
    amount: Decimal | None


@transaction.atomic
def note(file: ProjectFile, happened: Happened, *, by: Person | None, at: datetime) -> None:
    """Note what became of a request.

    Raises:
        TooManyMilestones: the file has ``MOST_MILESTONES`` of them.
    """
    if file.milestones.count() >= MOST_MILESTONES:
        raise TooManyMilestones
    Milestone.objects.create(
        file=file,
        programme=happened.programme,
        kind=happened.kind,
        day=happened.day,
        amount=happened.amount,
        by=by,
        created=at,
    )


def unnote(file: ProjectFile, *, milestone: int) -> None:
    """Take a note away; nothing happens if it is not of this file."""
    file.milestones.filter(pk=milestone).delete()
