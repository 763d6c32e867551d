"""Welcoming people: phones scan badges, even without a network, and send later what they saw, as often as they like."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from alliage.hub.days.actions import closing
from alliage.hub.days.links import new_code
from alliage.hub.days.models import Attendance, Day, Door, Registration
from alliage.hub.people.actions.registers import audit
from alliage.hub.people.links import new_nonce
from alliage.hub.people.models import Person
from alliage.hub.ui.asked import fingerprint

BEFORE, AFTER = timedelta(days=2), timedelta(hours=24)  # a door is open so long around the day
MOST_SCANS = 500  # in one sending
State = Registration.State


class Shut(Exception):
    """A door that opens nothing: taken back, or not the day."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What a phone saw. ``registration`` or ``code`` says who; else ``name`` is somebody who was not registered."""

    scan: str
    at: datetime
    how: str
    registration: int | None = None
    code: str = ""
    name: str = ""
    company: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What became of a scan. ``state``: ``in``, ``again`` (they were in since ``since``), ``unknown``."""

    scan: str
    state: str
    registration: int | None = None
    name: str = ""
    since: datetime | None = None


@transaction.atomic
def make_door(day_id: int, *, label: str, by: Person | None, at: datetime) -> tuple[Door, str]:
    """A new link for a steward, and its secret, shown once."""
    token = new_nonce()
    door = Door.objects.create(day_id=day_id, label=label.strip()[:60], token=fingerprint(token), by=by, created=at)
    audit("door-made", by=by, at=at, on=f"door:{door.pk}")
    return door, token


@transaction.atomic
def revoke_door(door_id: int, *, day_id: int, by: Person | None, at: datetime) -> None:
    """The link opens nothing any more."""
    if Door.objects.filter(pk=door_id, day_id=day_id, revoked=None).update(revoked=at):
        audit("door-revoked", by=by, at=at, on=f"door:{door_id}")


def check_open(door: Door, *, at: datetime) -> None:
    """Nothing, if people may be welcomed through this door now.

    Raises:
        Shut: it is not the day yet, or it is over.
    """
    if door.revoked or not door.day.starts - BEFORE <= at <= door.day.ends + AFTER:
        raise Shut


@transaction.atomic
def take(door: Door, scans: Iterable[Scan], *, at: datetime) -> list[Seen]:
    """Write down what a phone saw, whatever the order and however often it is sent.

    Raises:
        Shut: the door opens nothing now.
    """
    check_open(door, at=at)
    day = Day.objects.select_for_update().get(pk=door.day_id)
    Door.objects.filter(pk=door.pk).update(used=at)
    return [_alone(day, door, scan, at=at) for scan in list(scans)[:MOST_SCANS]]


def _alone(day: Day, door: Door, scan: Scan, *, at: datetime) -> Seen:
    """One scan by itself: one that the tables refuse is not known, and holds back none of the others of its phone."""
    try:
        with transaction.atomic():
            return _one(day, door, scan, at=at)
    except IntegrityError:
        return Seen(scan.scan, "unknown")


def _one(day: Day, door: Door, scan: Scan, *, at: datetime) -> Seen:
    known = Attendance.objects.filter(day=day, scan=scan.scan).select_related("registration").first()
    if known is not None:  # sent twice: the same answer
        return _seen(scan, known.registration, before=known)
    registration = _who(day, scan, at=at)
    if registration is None:
        return Seen(scan.scan, "unknown")
    row = Attendance.objects.create(
        day=day, registration=registration, scan=scan.scan, at=_sound(scan.at, day, at=at), received=at,
        how=scan.how, door=door, was=registration.state, was_until=registration.offer_ends,
    )  # fmt: skip
    if registration.came is None or row.at < registration.came:  # an earlier scan that was sent later
        registration.came = row.at
    registration.state, registration.offer_ends, registration.changed = State.CAME, None, at
    registration.save(update_fields=("came", "state", "offer_ends", "changed"))
    closing.write_late_digest(day, registration, at=at)
    return _seen(scan, registration, before=row)


def _seen(scan: Scan, registration: Registration, *, before: Attendance) -> Seen:
    """The first check-in of a person is welcome; later ones are said, kindly."""
    first = registration.attendances.order_by("at", "id").first()
    again = first is not None and first.pk != before.pk
    return Seen(
        scan.scan, "again" if again else "in", registration.pk, registration.name, first.at if again and first else None
    )


def _who(day: Day, scan: Scan, *, at: datetime) -> Registration | None:
    rows = Registration.objects.select_for_update().filter(day=day)
    if scan.code:
        return _back(rows, rows.filter(code=scan.code.strip().upper()).first())
    if scan.registration is not None:
        return _back(rows, rows.filter(pk=scan.registration).first())
    return _walked_in(day, scan, at=at) if scan.name.strip() else None


def _back(rows: QuerySet[Registration], found: Registration | None) -> Registration | None:
    """Who gave up and registered again may show their first badge: they come by what they now have."""
    if found is None or found.state != State.CANCELLED or not found.email:
        return found
    return rows.filter(email=found.email).exclude(state=State.CANCELLED).first() or found


def _walked_in(day: Day, scan: Scan, *, at: datetime) -> Registration:
    """Somebody who was not registered, and whom the steward lets in."""
    return Registration.objects.create(
        day=day, name=scan.name.strip()[:120], company=scan.company.strip()[:160], region=day.region,
        state=State.CAME, code=new_code(), nonce=new_nonce(), ranked=at, created=at, changed=at,
    )  # fmt: skip


def _sound(told: datetime, day: Day, *, at: datetime) -> datetime:
    """The time of the phone, unless its clock is wrong: never in the future, nor before the doors open."""
    return min(max(told, day.starts - BEFORE), at.astimezone(UTC))


@transaction.atomic
def undo(day_id: int, registration_id: int, *, by: Person | None, at: datetime) -> None:
    """They did not come after all: a wrong name was pressed. They are again where they stood, unless the day is done.

    An offer that ended meanwhile passes on as any other.
    """
    day = Day.objects.select_for_update().get(pk=day_id)
    mine = Registration.objects.select_for_update().get(pk=registration_id, day_id=day_id)
    if mine.state != State.CAME:
        return
    audit("check-in-undone", by=by, at=at, on=f"registration:{mine.pk}")
    first = mine.attendances.order_by("id").first()
    if first is not None and first.how == Attendance.How.AT_DOOR:  # they never registered
        mine.delete()
        return
    mine.state, mine.offer_ends = _stood(mine, first, day)
    mine.attendances.all().delete()
    mine.came, mine.changed = None, at
    if mine.state == State.CANCELLED:
        mine.seat = None
    mine.save(update_fields=("came", "state", "seat", "offer_ends", "changed"))


def _stood(mine: Registration, first: Attendance | None, day: Day) -> tuple[str, datetime | None]:
    """Their state before the door, and the end of their offer. Once the day is done, nobody waits any more."""
    if first is None or not first.was:  # of before it was kept
        return State.CONFIRMED if mine.seat else State.CANCELLED, None
    if day.status == Day.Status.DONE and first.was in (State.WAITING, State.OFFERED):
        return State.CANCELLED, None
    return first.was, first.was_until
