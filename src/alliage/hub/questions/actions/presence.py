"""What officers say of themselves: their subjects, their regions, their absences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction

from alliage.hub.people.access import NotYours
from alliage.hub.people.models import MemberRole, Membership, Person
from alliage.hub.questions.actions.records import Refused
from alliage.hub.questions.models import Absence, Beat

LONGEST_ABSENCE = timedelta(days=366)
MOST_ABSENCES = 20


@transaction.atomic
def set_beat(person: Person, *, organisation: int, needs: Sequence[str], regions: Sequence[str]) -> None:
    """Say what an officer answers for; nothing chosen means everything.

    Raises:
        NotYours: they are no officer of it.
    """
    if not Membership.objects.filter(person=person, organisation=organisation, role=MemberRole.OFFICER).exists():
        raise NotYours
    Beat.objects.update_or_create(
        person=person, organisation_id=organisation, defaults={"needs": list(needs), "regions": list(regions)}
    )


def add_absence(person: Person, *, first: date, last: date, on: date) -> None:
    """Say from when until when one is away.

    Raises:
        Refused: ``day`` if it ends before it begins, is past, or is longer than a year; ``too-long`` for a list.
    """
    if not first <= last or last < on or last - first > LONGEST_ABSENCE:
        raise Refused("day")
    if person.absences.filter(last__gte=on).count() >= MOST_ABSENCES:
        raise Refused("too-long")
    Absence.objects.get_or_create(person=person, first=first, last=last)


def drop_absence(person: Person, number: int) -> None:
    """Take an absence back."""
    Absence.objects.filter(person=person, pk=number).delete()
