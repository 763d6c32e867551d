"""Inviting the companies of a region: only who agreed to such letters gets one, and each says why."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from alliage.hub.days import letters
from alliage.hub.days.models import Day, DayInvitation, Registration
from alliage.hub.days.queries.inviting import NO_MORE, PURPOSE, agreed, who_to_invite
from alliage.hub.people.actions import no_more
from alliage.hub.people.actions.registers import audit
from alliage.hub.people.links import new_nonce
from alliage.hub.people.models import Consent, Person

MOST_AT_ONCE = 200
REMINDED_BEFORE = timedelta(days=7)  # the day
REMINDED_AFTER = timedelta(days=5)  # the invitation


@transaction.atomic
def invite(day_id: int, *, on: date, by: Person | None, at: datetime) -> int:
    """Write down the invitations of a day; the task sends them. How many are new."""
    day = Day.objects.select_for_update().get(pk=day_id)
    if day.status != Day.Status.OPEN or day.starts <= at:
        return 0
    rows = [
        DayInvitation(
            day=day, person=reason.person, email=reason.email, language=reason.language, because=reason.because,
            nonce=new_nonce(), created=at,
        )
        for reason in who_to_invite(day, on=on)
    ]  # fmt: skip
    DayInvitation.objects.bulk_create(rows, ignore_conflicts=True)
    audit("day-invited", by=by, at=at, on=f"day:{day.pk}", count=len(rows))
    return len(rows)


def send_due(*, at: datetime) -> int:
    """Send the invitations that have not left; how many left. A refused letter leaves at the next run."""
    rows = DayInvitation.objects.filter(sent=None, day__status=Day.Status.OPEN, day__starts__gt=at)
    rows.exclude(_agreeing()).delete()  # they changed their mind since it was written down
    sent = 0
    for row in rows.select_related("day__tour")[:MOST_AT_ONCE]:
        if not DayInvitation.objects.filter(_agreeing(), pk=row.pk, sent=None).update(sent=at):
            continue
        if letters.left(partial(letters.invite, row, again=False), what="invitation"):
            sent += 1
        else:
            DayInvitation.objects.filter(pk=row.pk).update(sent=None)
    return sent


def remind(*, at: datetime) -> int:
    """A week before, once: those who were invited, have not registered, and still agree; how many letters left."""
    soon = Day.objects.filter(status=Day.Status.OPEN, starts__gt=at, starts__lte=at + REMINDED_BEFORE)
    rows = DayInvitation.objects.filter(_agreeing(), day__in=soon, sent__lte=at - REMINDED_AFTER, reminded=None)
    rows = rows.exclude(Exists(Registration.objects.filter(day=OuterRef("day"), email=OuterRef("email"))))
    silent = no_more.who_wants_no_more(rows.values_list("email", flat=True), purpose=NO_MORE)
    left = 0
    for row in [row for row in rows.select_related("day__tour") if row.email not in silent][:MOST_AT_ONCE]:
        if not DayInvitation.objects.filter(_agreeing(), pk=row.pk, reminded=None).update(reminded=at):
            continue
        if letters.left(partial(letters.invite, row, again=True), what="invitation"):
            left += 1
        else:
            DayInvitation.objects.filter(pk=row.pk).update(reminded=None)
    return left


def _agreeing() -> Q:
    """Of invitations, those whose consent still holds."""
    by_account = agreed().filter(person__email=OuterRef("email"))
    by_day = Registration.objects.filter(email=OuterRef("email"), agreed__has_key="next", demo=False)
    return Q(Exists(by_account)) | Q(Exists(by_day))


@transaction.atomic
def decline(invitation: DayInvitation, *, at: datetime) -> None:
    """No more letters of this kind to this address, from any day: consents are withdrawn, a fingerprint stays."""
    no_more.write_no_more(invitation.email, purpose=NO_MORE, at=at)
    Consent.objects.filter(person__email=invitation.email, purpose=PURPOSE, withdrawn=None).update(withdrawn=at)
    for row in Registration.objects.filter(email=invitation.email, agreed__has_key="next"):
        Registration.objects.filter(pk=row.pk).update(agreed={k: v for k, v in row.agreed.items() if k != "next"})
    DayInvitation.objects.filter(email=invitation.email, sent=None).delete()
