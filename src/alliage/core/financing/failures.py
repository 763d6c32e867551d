"""A plan that could not be made, as a problem with words: a person is never shown a stack trace."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from alliage.core.financing.solver import SolverFailed
from alliage.core.vocabulary.errors import AlliageError, Problem, shown

FAILED = "plan-failed"


@contextmanager
def worded() -> Iterator[None]:
    """Say in words that a plan, or what explains it, could not be made.

    Raises:
        AlliageError: ``plan-failed``, in the place of what went wrong, which is its cause.
    """
    try:
        yield
    except SolverFailed as error:
        raise AlliageError([Problem(FAILED, "plan", shown(str(error)))]) from error
