"""Time given to several plans together: each may take half of what is left, so that the next ones have some too."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Seconds: TypeAlias = float | Callable[[], float] | None  # for each plan that is solved; ``None``: as long as it takes


class SharedTime:
    """So many seconds by a clock that the caller has (the core has none), shared by all the plans that are asked.

    Passed as ``seconds``, it is asked again before each plan; once it is spent, it gives nothing.
    """

    def __init__(self, seconds: float, *, clock: Callable[[], float]) -> None:
        self._clock, self._end = clock, clock() + seconds

    def __call__(self) -> float:
        """The seconds that one plan may take now."""
        return max(0.0, self._end - self._clock()) / 2


def allowed(seconds: Seconds) -> float | None:
    """The seconds that the next plan may take."""
    return seconds() if callable(seconds) else seconds
