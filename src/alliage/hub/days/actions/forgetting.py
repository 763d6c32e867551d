"""What is kept of who came, for a time only. What is counted stays, and names nobody."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from alliage.hub.days.models import Attendance, Care, DayInvitation, LiveQuestion, Notice, Registration, Vote
from alliage.hub.people.links import new_nonce

NEVER_PUBLIC = (LiveQuestion.State.NEW, LiveQuestion.State.REFUSED, LiveQuestion.State.MERGED)


def _before(purpose: str, now: datetime) -> datetime:
    return now - timedelta(days=settings.RETENTION[purpose])


def _care(*, now: datetime) -> int:
    """Access and meals: of no more use once the day is over."""
    return Care.objects.filter(registration__day__ends__lte=_before("day_care", now)).delete()[0]


@transaction.atomic
def _people(*, now: datetime) -> int:
    """Who they were; what they looked for and whether they came stay, for the report."""
    old: Any = {"day__ends__lte": _before("day_people", now)}
    rows = Registration.objects.filter(**old).exclude(name="")
    count = 0
    for row in rows:
        row.person = row.organisation = None
        row.email = row.name = row.company = row.neq = ""
        row.nonce, row.agreed = new_nonce(), {}
        row.save(update_fields=("person", "organisation", "email", "name", "company", "neq", "nonce", "agreed"))
        row.follow_ups.update(person=None)
        count += 1
    Notice.objects.filter(registration__day__ends__lte=_before("day_people", now)).delete()
    Attendance.objects.filter(**old).update(door=None)
    LiveQuestion.objects.filter(**old).update(person=None, email="", asker="")
    LiveQuestion.objects.filter(state__in=NEVER_PUBLIC, **old).update(text="", answer="")
    return count


def _invitations(*, now: datetime) -> int:
    return DayInvitation.objects.filter(created__lte=_before("day_invitations", now)).delete()[0]


def _votes(*, now: datetime) -> int:
    """Who voted; the counts stay."""
    return Vote.objects.filter(question__day__ends__lte=_before("day_votes", now)).delete()[0]


FORGETS = {"day_care": _care, "day_people": _people, "day_invitations": _invitations, "day_votes": _votes}
