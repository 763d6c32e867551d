"""Seconds of solving that several searches share: counted by the solver, since the core reads no clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(slots=True)
class Allowance:
    """What is left of some seconds; ``None``: as long as it takes."""

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
