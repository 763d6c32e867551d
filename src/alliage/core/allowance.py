"""Time given to several searches together, so that the last ones have some too. It knows none of the engines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeAlias

Seconds: TypeAlias = float | Callable[[], float] | None  # for one call; ``None``: as long as it takes


class Countdown:
    """So many seconds by a clock that the caller has (the core has none), shared by all the calls of one request.

    Passed as ``seconds``, it is asked by each call, which may take half of what is left then: something is always left
    for the next. Once it is spent, it gives nothing. The call shares what it was given as an :class:`Allowance`.
    """

    def __init__(self, seconds: float, *, clock: Callable[[], float]) -> None:
        self._clock, self._end = clock, clock() + seconds

    def __call__(self) -> float:
        """The seconds that one call may take now."""
        return max(0.0, self._end - self._clock()) / 2


def allowed(seconds: Seconds) -> float | None:
    """The seconds that a call may take."""
    return seconds() if callable(seconds) else seconds


@dataclass(slots=True)
class Allowance:
    """What is left of the seconds of one call, counted by the solver; ``None``: as long as it takes."""

    left: float | None = None

    def share(self, searches: int) -> float | None:
        """A fair part of what is left, when so many searches are still to be made."""
        return None if self.left is None else self.left / max(1, searches)

    @contextmanager
    def part(self, searches: int) -> Iterator[Allowance]:
        """The same, for what searches several times; what it does not spend stays."""
        given = self.share(searches)
        part = Allowance(given)
        yield part
        if given is not None and part.left is not None:
            self.spend(given - part.left)

    def spend(self, seconds: float) -> None:
        """Take off what a search took."""
        if self.left is not None:
            self.left = max(0.0, self.left - seconds)
