"""Preparing the meetings of a day: slots and desks from its agenda, then asking everyone what they wish."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction

from alliage.hub.days.models import Day, Registration, Session
from alliage.hub.meetings.actions.notices import write
from alliage.hub.meetings.actions.revision import wishes_changed
from alliage.hub.meetings.models import Desk, Guest, MeetingPlan, Slot, Wish
from alliage.hub.meetings.queries.agenda import Span, spans
from alliage.hub.meetings.queries.problem import COMING, outside
from alliage.hub.people.actions.registers import audit
from alliage.hub.people.links import new_nonce
from alliage.hub.people.models import Person

MOST_WISHES = 10


class NotPossible(Exception):
    """What was asked cannot be done now; ``why`` is a code of :mod:`..words`."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


class WishesGo(NotPossible):
    """So many wishes are for desks that are not in the agenda any more: they would go."""

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__("wishes-go")


@dataclass(frozen=True, slots=True)
class Told:
    """What the organiser chooses."""

    minutes: int = 17
    change: int = 3
    in_a_row: int = 5
    walk: int = 3


@dataclass(frozen=True, slots=True)
class When:
    """When somebody can, and at most how many meetings they want."""

    not_before: time | None = None
    not_after: time | None = None
    at_most: int | None = None


@transaction.atomic
def prepare(day_id: int, *, told: Told, by: Person | None, at: datetime, losing: int = 0) -> MeetingPlan:
    """The plan of a day with its slots and its desks, made again from its agenda until it is published.

    ``losing``: how many wishes of companies may go with desks that left the agenda.

    Raises:
        NotPossible: it is published already, the day is cancelled, or no slot fits in the hours of its meetings.
        WishesGo: more wishes would go than were told.
    """
    day = Day.objects.select_for_update().get(pk=day_id)
    made = MeetingPlan.objects.get_or_create(day=day, defaults={"created": at, "day_starts": day.starts})[1]
    plan = MeetingPlan.objects.select_for_update().get(day=day)  # who publishes holds the plan alone
    still_open(plan)
    plan.minutes, plan.change, plan.in_a_row, plan.walk = told.minutes, told.change, told.in_a_row, told.walk
    cut = list(_cut(spans(day, day.sessions.all()), told))
    if not cut:
        raise NotPossible("no-slot")
    _forget_timetable(plan)
    plan.slots.all().delete()
    Slot.objects.bulk_create(Slot(plan=plan, number=n, starts=a, ends=b) for n, (a, b) in enumerate(cut))
    _desks(plan, losing=losing)
    guests_of(plan)
    plan.day_starts = day.starts
    plan.save()
    if made:
        audit("meetings-started", by=by, at=at, on=f"day:{day.pk}")
    return plan


def _cut(given: Sequence[Span], told: Told) -> Iterator[Span]:
    length, step = timedelta(minutes=told.minutes), timedelta(minutes=told.minutes + told.change)
    for starts, ends in given:
        begins = starts
        while begins + length <= ends:
            yield begins, begins + length
            begins += step


def _desks(plan: MeetingPlan, *, losing: int) -> None:
    """A desk for each officer of an agency of the day, with the programmes that it presents; one that left goes."""
    found: dict[tuple[int, str], Desk] = {}
    sessions = plan.day.sessions.filter(kind=Session.Kind.AGENCY, cancelled=None).exclude(organisation=None)
    for session in sessions.prefetch_related("officers"):
        officers = [(one.desk, one.person_id) for one in session.officers.all()] or [("", None)]
        for label, person in officers:
            organisation = int(session.organisation_id or 0)
            desk, _ = Desk.objects.get_or_create(
                plan=plan, organisation_id=organisation, label=label, defaults={"nonce": new_nonce()}
            )
            known = found.setdefault((organisation, label), desk)
            before = known.programmes if known is not desk else []
            known.programmes = list(dict.fromkeys((*before, *session.programmes)))
            known.person_id, known.room_id = person, session.room_id
            known.save()
    left = plan.desks.exclude(pk__in=[desk.pk for desk in found.values()])
    wishes = Wish.objects.filter(desk__in=left).count()
    if wishes > losing:
        raise WishesGo(wishes)
    left.delete()


def guests_of(plan: MeetingPlan) -> None:
    """Whoever comes and said that they want meetings is a guest."""
    rows = Registration.objects.filter(day=plan.day_id, wants_meetings=True, state__in=COMING, meeting_guest=None)
    Guest.objects.bulk_create([Guest(plan=plan, registration=row) for row in rows], ignore_conflicts=True)


@transaction.atomic
def guest_for(registration: Registration) -> Guest | None:
    """The guest of somebody who chooses by their link; nothing while the day has no meetings, or they do not come."""
    plan = MeetingPlan.objects.filter(day=registration.day_id).first()
    if plan is None or registration.state not in COMING:
        return None
    return Guest.objects.get_or_create(registration=registration, defaults={"plan": plan})[0]


@transaction.atomic
def ask(plan_id: int, *, by: Person | None, at: datetime) -> int:
    """Ask every guest whom they wish to meet, and every desk when it can: how many letters are written.

    Raises:
        NotPossible: it is published already, the day is cancelled, or no agency comes.
    """
    plan = MeetingPlan.objects.select_for_update().get(pk=plan_id)
    still_open(plan)
    guests_of(plan)
    desks = list(plan.desks.all())
    if not desks:
        raise NotPossible("no-desk")
    plan.state = MeetingPlan.State.ASKING
    plan.save(update_fields=("state",))
    written = [write("wishes", guest=guest, revision=0, at=at) for guest in plan.guests.all()]
    written += [write("wishes", desk=desk, revision=0, at=at) for desk in desks if desk.person_id]
    audit("meetings-asked", by=by, at=at, on=f"day:{plan.day_id}", count=sum(written))
    return sum(written)


@transaction.atomic
def wish(guest_id: int, *, desks: Sequence[int], when: When, at: datetime) -> None:
    """Keep whom a guest wishes to meet, the dearest first, and when they can. A timetable not yet published is stale.

    Raises:
        NotPossible: wishes are no longer taken, a desk is not of this day, there are too many, or no slot is in the
            hours of ``when``.
    """
    guest = Guest.objects.select_related("plan").get(pk=guest_id)
    plan = MeetingPlan.objects.select_for_update().get(pk=guest.plan_id)
    still_open(plan)
    _sensible(plan, when)
    wanted = list(dict.fromkeys(desks))
    if len(wanted) > MOST_WISHES or plan.desks.filter(pk__in=wanted).count() != len(wanted):
        raise NotPossible("wishes")
    guest.wishes.all().delete()
    Wish.objects.bulk_create(Wish(guest=guest, desk_id=desk, rank=rank) for rank, desk in enumerate(wanted))
    guest.not_before, guest.not_after, guest.at_most = when.not_before, when.not_after, when.at_most
    guest.answered = at
    guest.save()
    wishes_changed(plan)


@transaction.atomic
def can(desk_id: int, *, when: When) -> None:
    """Keep when a desk can, and at most how many meetings.

    Raises:
        NotPossible: the timetable is published, and the team changes it from then on; or no slot is in the hours of
            ``when``.
    """
    desk = Desk.objects.select_related("plan").get(pk=desk_id)
    plan = MeetingPlan.objects.select_for_update().get(pk=desk.plan_id)
    still_open(plan)
    _sensible(plan, when)
    desk.not_before, desk.not_after, desk.at_most = when.not_before, when.not_after, when.at_most
    desk.save()
    wishes_changed(plan)


def _sensible(plan: MeetingPlan, when: When) -> None:
    """Hours in which no slot is are told where they are typed."""
    first, last = when.not_before, when.not_after
    slots = list(plan.slots.all())
    if (first is None and last is None) or len(outside(plan, slots, when)) < len(slots):
        return
    raise NotPossible("hours" if first and last and first >= last else "no-hours")


def still_open(plan: MeetingPlan) -> None:
    """Say nothing of a timetable that may still be made.

    Raises:
        NotPossible: it is published, or the day is cancelled.
    """
    if plan.day.status == Day.Status.CANCELLED:
        raise NotPossible("day-off")
    if plan.state == MeetingPlan.State.PUBLISHED:
        raise NotPossible("published")


def _forget_timetable(plan: MeetingPlan) -> None:
    for guest in plan.guests.all():
        guest.meetings.all().delete()
    plan.revision += 1
    plan.worked_out, plan.proof, plan.doubling = None, {}, []
