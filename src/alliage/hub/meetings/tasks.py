"""What is done aside: working a timetable out, sending letters."""

from __future__ import annotations

from django_tasks import task

from alliage.hub.meetings.actions import notices, timetabling
from alliage.hub.ui import day as days


@task()
def work_out(plan: int) -> str:
    """Work the timetable of a plan out."""
    return timetabling.work_out(plan, at=days.now())


@task()
def letters() -> dict[str, int]:
    """Letters that wait."""
    return {"sent": notices.send_due(at=days.now())}
