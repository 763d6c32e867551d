"""A model of yes and no in whole numbers: what is worth most under some rows. Whoever builds one gives it meaning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import inf


@dataclass(frozen=True, slots=True)
class Row:
    """lower ≤ Σ coefficient × column ≤ upper."""

    terms: Mapping[int, int]
    lower: float
    upper: float


@dataclass(slots=True)
class Model:
    """Columns that are 0 or 1, each with its worth, and rows."""

    worth: list[int] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def choice(self, worth: int = 0) -> int:
        """A new column."""
        self.worth.append(worth)
        return len(self.worth) - 1

    def at_most(self, columns: Iterable[int], most: int) -> int:
        """A new row: so many of these columns at most. Its number."""
        self.rows.append(Row(dict.fromkeys(columns, 1), -inf, most))
        return len(self.rows) - 1

    def at_least(self, columns: Iterable[int], least: int) -> None:
        """A new row: so many of these columns at least."""
        self.rows.append(Row(dict.fromkeys(columns, 1), least, inf))

    def then(self, worth: list[int], *, reached: int) -> Model:
        """The same model with another worth, among the values that are worth at least ``reached`` here."""
        kept = Row({column: value for column, value in enumerate(self.worth) if value}, reached - 0.5, inf)
        return Model(worth, [*self.rows, kept])
