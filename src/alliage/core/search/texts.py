"""What may be searched: anything that has words in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """The words of one thing: its fields in each language, in the order of their weights, and its names."""

    fields: Mapping[str, tuple[str, ...]]
    names: tuple[str, ...]
