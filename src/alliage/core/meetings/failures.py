"""A timetable that could not be made, as a problem with words: a person is never shown a stack trace."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from alliage.core.meetings.checker import broken
from alliage.core.meetings.problem import Problem as Day
from alliage.core.meetings.solver import SolverFailed
from alliage.core.meetings.timetable import Meeting
from alliage.core.vocabulary.errors import AlliageError, Problem, shown


def refuse_broken(day: Day, meetings: Iterable[Meeting]) -> None:
    """Say nothing of a lawful timetable.

    Raises:
        SolverFailed: it breaks a rule of the day.
    """
    if rules := broken(day, meetings):
        raise SolverFailed(f"a timetable that breaks {', '.join(f'{one.rule.value} {one.who}' for one in rules)}")


@contextmanager
def worded() -> Iterator[None]:
    """Say in words that a timetable could not be made.

    Raises:
        AlliageError: ``meetings-failed``, in the place of what went wrong, which is its cause.
    """
    try:
        yield
    except SolverFailed as error:
        raise AlliageError([Problem("meetings-failed", "meetings", shown(str(error)))]) from error
