"""A plan that could not be made, as a problem with words: a person is never shown a stack trace."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from alliage.core.financing.solver import SolverFailed
from alliage.core.financing.solving import PlanBroken
from alliage.core.vocabulary.errors import AlliageError, Problem, shown

FAILED = "plan-unsolved"


@contextmanager
def worded() -> Iterator[None]:
    """Say in words that a plan, or what explains it, could not be made.

    Raises:
        AlliageError: ``plan-unsolved``, in the place of what went wrong, which is its cause.
    """
    try:
        yield
    except (PlanBroken, SolverFailed) as error:
        raise AlliageError([Problem(FAILED, "plan", shown(f"{type(error).__name__}: {error}"))]) from error
