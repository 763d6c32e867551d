"""A timetable that could not be made, as a problem with words: a person is never shown a stack trace."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from alliage.core.meetings.solver import SolverFailed
from alliage.core.vocabulary.errors import AlliageError, Problem, shown

FAILED = "meetings-failed"


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
