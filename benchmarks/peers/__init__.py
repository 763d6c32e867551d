"""The engines that Alliage is measured against. Each decides the same rules for the same companies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

TRUE, FALSE, UNKNOWN = "T", "F", "?"  # one letter for each rule, in order: the verdicts on one company


@dataclass(frozen=True)
class Run:
    """The verdicts on each company, and the CPU seconds that all of them took."""

    verdicts: list[str]
    seconds: float


class Peer(Protocol):
    """An engine with the rules loaded, ready to decide."""

    name: str
    version: str

    def decide(self, companies: Sequence[Mapping[str, Any]]) -> Run:
        """Decide every rule for each company, given as plain fields."""
