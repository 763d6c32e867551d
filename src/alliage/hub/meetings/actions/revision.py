"""What makes a plan another one: each way leaves something of the one before behind."""

from __future__ import annotations

from typing import Any

from alliage.hub.meetings.models import Change, MeetingPlan


def wishes_changed(plan: MeetingPlan) -> None:
    """What is being worked out, or was, is not what people ask, nor for this day, any more."""
    _next(plan, worked_out=None)


def timetable_changed(plan: MeetingPlan) -> None:
    """The timetable is another one: what was proved of the one before is no longer said."""
    _next(plan, proof={})


def day_changed(plan: MeetingPlan) -> None:
    """The hours are others: what was proposed for those before is dropped."""
    _next(plan)
    plan.changes.filter(state=Change.State.PROPOSED).update(state=Change.State.DROPPED)


def _next(plan: MeetingPlan, **changed: Any) -> None:
    plan.revision += 1
    for name, value in changed.items():
        setattr(plan, name, value)
    plan.save(update_fields=("revision", *changed))
