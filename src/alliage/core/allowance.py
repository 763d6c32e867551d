"""Time given to several searches together, so that the last ones have some too. It knows none of the engines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

Seconds: TypeAlias = float | Callable[[], float] | None  # for one call; ``None``: as long as it takes


class Countdown:
    """So many seconds by a clock that the caller has (the core has none), shared by all the calls of one request.

    Passed as ``seconds``, it is asked by each call, which may take half of what is left then: something is always left
    for the next. Once it is spent, it gives nothing. The call shares what it was given as an :class:`Allowance`.
    """

    def __init__(self, seconds: float, *, clock: Callable[[], float]) -> None:
        self.clock, self._end = clock, clock() + seconds

    def __call__(self) -> float:
        """The seconds that one call may take now."""
        return max(0.0, self._end - self.clock()) / 2


def allowed(seconds: Seconds) -> float | None:
    """The seconds that a call may take."""
    return seconds() if callable(seconds) else seconds


class Allowance:
    """What is left of the seconds of one call; ``left`` is ``None`` for as long as it takes.

    With the ``clock`` of a :class:`Countdown`, all that the call does is counted; without one, what the solver says
    that it took (``spend``).
    """

    def __init__(self, left: float | None = None, *, clock: Callable[[], float] | None = None) -> None:
        self._left, self._clock = left, clock
        self._end = None if left is None or clock is None else clock() + left

    @classmethod
    def of(cls, seconds: Seconds) -> Allowance:
        """What a call may take, counted as it was given."""
        return cls(allowed(seconds), clock=seconds.clock if isinstance(seconds, Countdown) else None)

    @property
    def left(self) -> float | None:
        """The seconds that are left."""
        if self._end is None or self._clock is None:
            return self._left
        return max(0.0, self._end - self._clock())

    @property
    def over(self) -> bool:
        """Whether the clock has passed it; without one, what needs no solver may still be done."""
        return self._end is not None and self.left == 0

    def share(self, searches: int) -> float | None:
        """A fair part of what is left, when so many searches are still to be made."""
        left = self.left
        return None if left is None else left / max(1, searches)

    @contextmanager
    def part(self, searches: int) -> Iterator[Allowance]:
        """The same, for what searches several times; what it does not spend stays."""
        given = self.share(searches)
        part = Allowance(given, clock=self._clock)
        yield part
        if given is not None and part.left is not None:
            self.spend(given - part.left)

    def spend(self, seconds: float) -> None:
        """Take off what a search took; a clock knows it already."""
        if self._left is not None and self._end is None:
            self._left = max(0.0, self._left - seconds)
