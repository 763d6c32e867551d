"""What officers say of themselves (subjects, regions, absences), and the shared boxes of offices."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from alliage.hub.people.access import NotYours
from alliage.hub.people.actions import no_more
from alliage.hub.people.actions.registers import audit
from alliage.hub.people.models import MemberRole, Membership, Organisation, Person
from alliage.hub.questions.actions.records import Refused
from alliage.hub.questions.models import Absence, Beat, Office

NO_MORE = "alliage.questions.stopped"  # the purpose of letters that some want no more; it never changes
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


@transaction.atomic
def set_box(slug: str, *, email: str, language: str, by: Person, at: datetime) -> None:
    """Set the shared box of an organisation; an empty e-mail takes it away.

    Raises:
        NotYours: there is no such organisation.
        Refused: ``stopped`` if that address wants no letter.
    """
    organisation = Organisation.objects.filter(slug=slug).first()
    if organisation is None:
        raise NotYours
    if not email:
        Office.objects.filter(organisation=organisation).delete()
    elif no_more.wants_no_more(email, purpose=NO_MORE):
        raise Refused("stopped")
    else:
        said = {"email": email.lower(), "language": language, "by": by}
        Office.objects.update_or_create(organisation=organisation, defaults=said)
    audit("office-box", by=by, at=at, on=f"organisation:{organisation.pk}")


@transaction.atomic
def stop_box(organisation: Organisation, *, at: datetime) -> None:
    """A shared box wants no letter any more: it is none now, and that address will not be one again."""
    box = Office.objects.filter(organisation=organisation).first()
    if box is not None:
        no_more.write_no_more(box.email, purpose=NO_MORE, at=at)
        box.delete()
        audit("office-box", by=None, at=at, on=f"organisation:{organisation.pk}")
