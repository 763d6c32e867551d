"""What is done aside: working a timetable out, sending letters."""

from __future__ import annotations

from typing import Any

from django_tasks import task
from django_tasks.base import Task

from alliage.hub.meetings.actions import changing, notices, timetabling
from alliage.hub.ui import day as days

SMALL = 400  # wishes: worked out at once, in a second; more, aside


def soon(done: Task[..., Any], plan: int, given: int) -> None:
    """Do a task at once for a small day, aside for a large one."""
    if timetabling.wishes_in(plan) <= SMALL:
        done.call(given)
    else:
        done.enqueue(given)


@task()
def work_out(plan: int) -> str:
    """Work the timetable of a plan out."""
    return timetabling.work_out(plan, at=days.now())


@task()
def propose_agenda(plan: int) -> bool:
    """Propose the timetable of the agenda as it now is; whether there is something to decide."""
    return changing.propose_agenda(plan, at=days.now()) is not None


@task()
def letters() -> dict[str, int]:
    """Letters that wait."""
    return {"sent": notices.send_due(at=days.now())}
