"""The timetable: worked out by a task, looked at by the team, then published to everyone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from alliage.core.meetings.doubling import Doubling, doublings
from alliage.core.meetings.receipts import CompanyReceipt, Receipts
from alliage.core.meetings.solving import solve
from alliage.core.meetings.timetable import Timetable
from alliage.core.vocabulary.errors import AlliageError
from alliage.hub.meetings.actions.notices import write
from alliage.hub.meetings.actions.preparing import NotPossible, guests_of, still_open
from alliage.hub.meetings.models import Guest, Meeting, MeetingPlan, Wish
from alliage.hub.meetings.queries.problem import Asked, problem_of
from alliage.hub.people.actions.registers import audit
from alliage.hub.people.models import Person

SECONDS = 60.0  # of the solver, for one day
STUCK = timedelta(minutes=10)  # a task that died


@transaction.atomic
def start(plan_id: int, *, at: datetime) -> bool:
    """Say that the timetable is being worked out; false if it is already.

    Raises:
        NotPossible: it is published, or the day is cancelled.
    """
    plan = MeetingPlan.objects.select_for_update().get(pk=plan_id)
    still_open(plan)
    if plan.working is not None and plan.working > at - STUCK:
        return False
    guests_of(plan)
    plan.working, plan.failed = at, ""
    plan.save(update_fields=("working", "failed"))
    return True


def wishes_in(plan_id: int) -> int:
    """How large the day is."""
    return Wish.objects.filter(guest__plan=plan_id).count()


def work_out(plan_id: int, *, at: datetime) -> str:
    """Work the timetable out and keep it: ``done``, ``stale`` (a wish changed meanwhile), or the code of a failure."""
    plan = MeetingPlan.objects.get(pk=plan_id)
    asked, revision = problem_of(plan), plan.revision
    try:
        timetable = solve(asked.problem, seed=plan.seed, seconds=SECONDS)
        doubled = doublings(asked.problem, seed=plan.seed, seconds=SECONDS)
    except AlliageError as error:
        MeetingPlan.objects.filter(pk=plan_id).update(working=None, failed=error.problems[0].code)
        return error.problems[0].code
    return _keep(plan_id, asked, timetable, doubled, revision=revision, at=at)


@transaction.atomic
def _keep(
    plan_id: int, asked: Asked, timetable: Timetable, doubled: Iterable[Doubling], *, revision: int, at: datetime
) -> str:
    plan = MeetingPlan.objects.select_for_update().get(pk=plan_id)
    plan.working = None
    if plan.revision != revision or plan.state == MeetingPlan.State.PUBLISHED:
        plan.save(update_fields=("working",))
        return "stale"
    Meeting.objects.filter(guest__plan=plan).delete()
    Meeting.objects.bulk_create(
        Meeting(guest=asked.guests[one.company], desk=asked.desks[one.officer], slot=asked.slots[one.slot], changed=at)
        for one in timetable.meetings
    )
    for receipt in Receipts(asked.problem, timetable).companies():
        Guest.objects.filter(pk=int(receipt.company)).update(misses=misses_of(receipt))
    proof = timetable.proof
    plan.proof = {"worth": proof.worth, "bound": proof.bound, "complete": proof.complete}
    plan.doubling = [{"desk": int(one.officer), "meetings": one.meetings, "worth": one.worth} for one in doubled]
    plan.worked_out = at
    plan.save()
    return "done"


def misses_of(receipt: CompanyReceipt) -> list[dict[str, Any]]:
    """The wishes of a receipt that were not met, as the row keeps them."""
    return [
        {
            "desk": int(miss.officer), "rank": miss.rank, "reason": miss.reason.value, "taken": miss.taken,
            "most": miss.most, "less": miss.less, "fair": miss.fair,
        }
        for miss in receipt.misses
    ]  # fmt: skip


@transaction.atomic
def publish(plan_id: int, *, by: Person | None, at: datetime) -> int:
    """Give everyone their timetable: how many letters are written.

    Raises:
        NotPossible: it is published already, the day is cancelled, or what was worked out is no longer what people
            asked.
    """
    plan = MeetingPlan.objects.select_for_update().get(pk=plan_id)
    still_open(plan)
    if plan.worked_out is None:
        raise NotPossible("not-worked-out")
    plan.state = MeetingPlan.State.PUBLISHED
    plan.save(update_fields=("state",))
    guests = plan.guests.filter(wishes__isnull=False).distinct()
    written = [write("timetable", guest=guest, revision=plan.revision, at=at) for guest in guests]
    desks = plan.desks.filter(person__isnull=False)
    written += [write("timetable", desk=desk, revision=plan.revision, at=at) for desk in desks]
    audit("meetings-published", by=by, at=at, on=f"day:{plan.day_id}", count=sum(written))
    return sum(written)
