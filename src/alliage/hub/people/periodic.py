"""What is to be done again and again, as rooms declare it in their ``AppConfig``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Periodic:
    """A task by the address of its function, and how often it is due."""

    name: str
    task: str
    every: timedelta
