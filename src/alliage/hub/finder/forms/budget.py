"""The budget of a project: rows of a category, an amount and perhaps a day, added and removed without JavaScript."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from alliage.core.rules.wording import Wording
from alliage.core.vocabulary.attributes import Attribute
from alliage.core.vocabulary.profile import MOST_LINES
from alliage.hub.finder.dossier import Line, total_of
from alliage.hub.finder.forms.data import LONGEST_TEXT, Sent
from alliage.hub.finder.forms.numbers import read_number
from alliage.hub.finder.forms.problems import FieldProblem, NotRead

FIELD = "line"
SPARE = 3  # empty rows of a new budget

_DAY = Attribute(FIELD, "date", "", {}, {})


@dataclass(frozen=True, slots=True)
class Row:
    """One row as typed."""

    at: int
    category: str = ""
    amount: str = ""
    day: str = ""
    in_kind: bool = False
    problems: tuple[FieldProblem, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing was typed in it; a box alone says nothing."""
        return not (self.category or self.amount or self.day)

    def problem(self, part: str) -> FieldProblem | None:
        """What is wrong with one part of the row."""
        return next((p for p in self.problems if p.field == f"{FIELD}-{self.at}-{part}"), None)

    @property
    def category_problem(self) -> FieldProblem | None:
        """What is wrong with the category."""
        return self.problem("category")

    @property
    def amount_problem(self) -> FieldProblem | None:
        """What is wrong with the amount."""
        return self.problem("amount")

    @property
    def day_problem(self) -> FieldProblem | None:
        """What is wrong with the day."""
        return self.problem("date")


@dataclass(frozen=True, slots=True)
class Budget:
    """The rows to show, the lines that could be read, and their total."""

    rows: tuple[Row, ...]
    lines: tuple[Line, ...] = ()
    problems: tuple[FieldProblem, ...] = field(default=())

    @property
    def total(self) -> Decimal | None:
        """The sum of the lines, if there are some."""
        return total_of(self.lines) if self.lines else None


def shown_budget(lines: Iterable[Line], *, wording: Wording) -> Budget:
    """The budget already given, with room for more."""
    given = tuple(lines)
    rows = [
        Row(at, category, wording.money(Decimal(amount)), day, in_kind)
        for at, (category, amount, day, in_kind) in enumerate(given)
    ]
    return Budget(_with_room(rows), given)


def read_budget(sent: Sent, *, wording: Wording) -> Budget:
    """The budget that was typed: each mistake beside its row, and the lines that are right.

    The limits of a line are those of the cost of the project: within them, money is exact to the cent.
    """
    categories, amounts, days = (sent.getlist(f"{FIELD}-{part}") for part in ("category", "amount", "date"))
    count = max(len(categories), len(amounts), len(days))
    ticked = set(sent.getlist(f"{FIELD}-in-kind"))  # boxes that are ticked say their row: the others are not sent
    typed = [Row(at, _at(categories, at), _at(amounts, at), _at(days, at), str(at) in ticked) for at in range(count)]
    rows: list[Row] = []
    lines: list[Line] = []
    problems: list[FieldProblem] = []
    for at, row in enumerate(row for row in typed if not row.empty):
        line, wrong = _line(replace(row, at=at), wording)
        rows.append(replace(row, at=at, problems=wrong))
        problems.extend(wrong)
        if line is not None:
            lines.append(line)
    if len(lines) > MOST_LINES:
        problems.append(FieldProblem(f"{FIELD}-{MOST_LINES}-amount", "lines-many", {"most": str(MOST_LINES)}))
    return Budget(_with_room(rows), tuple(lines[:MOST_LINES]), tuple(problems))


def without(budget: Budget, at: int) -> Budget:
    """A budget without one of its rows."""
    rows = [replace(row, at=place) for place, row in enumerate(r for r in budget.rows if r.at != at)]
    return replace(budget, rows=tuple(rows), lines=())


def with_room(budget: Budget) -> Budget:
    """A budget with one more empty row."""
    return replace(budget, rows=(*budget.rows, Row(len(budget.rows))))


def _with_room(rows: Sequence[Row]) -> tuple[Row, ...]:
    spare = max(1, SPARE - len(rows))
    return (*rows, *(Row(len(rows) + at) for at in range(spare)))


def _at(values: Sequence[str], at: int) -> str:
    return values[at].strip() if at < len(values) else ""


def _line(row: Row, wording: Wording) -> tuple[Line | None, tuple[FieldProblem, ...]]:
    problems: list[FieldProblem] = []
    vocabulary, where = wording.vocabulary, f"{FIELD}-{row.at}-amount"
    cost = vocabulary.attributes[vocabulary.roles.cost]
    if row.category not in vocabulary.expenses:
        problems.append(FieldProblem(f"{FIELD}-{row.at}-category", "line-category"))
    amount = _read(row.amount, cost, where, problems, missing="line-amount")
    if amount is not None and cost.limits and amount > cost.limits[1]:
        low, high = (wording.value(cost, end) for end in cost.limits)
        problems.append(FieldProblem(where, "limits", {"low": low, "high": high}))
    day = _read(row.day, _DAY, f"{FIELD}-{row.at}-date", problems) if row.day else ""
    if problems:
        return None, tuple(problems)
    return (row.category, str(amount), str(day), row.in_kind), ()


def _read(text: str, attribute: Attribute, where: str, problems: list[FieldProblem], *, missing: str = "") -> Any:
    if not text and missing:
        problems.append(FieldProblem(where, missing))
        return None
    try:
        if len(text) > LONGEST_TEXT:
            raise NotRead("long")
        return read_number(text, attribute)
    except NotRead as wrong:
        problems.append(FieldProblem(where, wrong.code, wrong.filled))
        return None
