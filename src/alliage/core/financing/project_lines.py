"""The project's expense lines: those of its budget, or one line assumed from its cost and its needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from alliage.core.financing.case import cents
from alliage.core.financing.problem import Line
from alliage.core.matching.aid import highest
from alliage.core.matching.results import Results
from alliage.core.vocabulary.answers import Possible, Span


@dataclass(frozen=True, slots=True)
class Assumption:
    """What a plan takes for granted: a code of the phrases ``plan_assumptions``, and what fills it."""

    code: str
    filled: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProjectLines:
    """The lines of a project, and what was assumed to write them. ``assumed``: it has no budget.

    ``needs`` are those that the budget shows beside the chosen ones (a training line, a need of training), and
    ``showing`` the lines that show them.
    """

    lines: tuple[Line, ...]
    assumed: bool
    assumptions: tuple[Assumption, ...]
    needs: frozenset[str] = frozenset()
    showing: tuple[Line, ...] = ()


def project_lines(results: Results) -> ProjectLines:
    """The lines to plan with. Without a budget: one line of the needs' first main expense, at the least known cost.

    Lines without money are left out. No budget and no cost, or no need: no line, and what is missing is assumed.
    """
    written = [(at, line) for at, line in enumerate(results.profile.lines, start=1) if cents(line.amount) > 0]
    if not written:
        return _assumed(results)
    lines = tuple(
        Line(f"line-{at}", line.category, cents(line.amount), line.date, line.in_kind) for at, line in written
    )
    undated = (Assumption("undated"),) if any(line.day is None and not line.in_kind for line in lines) else ()
    needs, showing = _shown_needs(results, lines)
    return ProjectLines(lines, assumed=False, assumptions=undated, needs=needs, showing=showing)


def _assumed(results: Results) -> ProjectLines:
    cost, category = _least_cost(results), _main_expense(results)
    if cost is None or cents(cost) <= 0:
        return ProjectLines((), assumed=True, assumptions=(Assumption("cost-needed"),))
    if category is None:
        return ProjectLines((), assumed=True, assumptions=(Assumption("expense-needed"),))
    line = Line("line-1", category, cents(cost))
    said = [Assumption("one-line", {"category": category, "cost": cost})]
    if highest(results.known.answers.get(results.catalogue.vocabulary.roles.cost)) != cost:
        said.append(Assumption("least-cost", {"cost": cost}))
    return ProjectLines((line,), assumed=True, assumptions=tuple(said))


def _least_cost(results: Results) -> Decimal | None:
    """The least that the project may cost, by the answers."""
    answer = results.known.answers.get(results.catalogue.vocabulary.roles.cost)
    if isinstance(answer, Span):
        return None if answer.low is None else Decimal(answer.low)
    return min(map(Decimal, answer.values)) if isinstance(answer, Possible) else None


def _shown_needs(results: Results, lines: tuple[Line, ...]) -> tuple[frozenset[str], tuple[Line, ...]]:
    """The needs that are mostly made of an expense of the budget, where no chosen need is; and the lines of these."""
    answer = results.known.answers.get(results.catalogue.vocabulary.roles.needs)
    chosen = frozenset().union(*answer.values) if isinstance(answer, Possible) else frozenset()
    main = results.catalogue.raw["manifest"].get("main_expenses", {})
    covered = {expense for need, expenses in main.items() if need in chosen for expense in expenses}
    others = {line.category for line in lines if not line.in_kind} - covered
    needs = frozenset(need for need, expenses in main.items() if not others.isdisjoint(expenses))
    shown = others & {expense for need in needs for expense in main[need]}
    return needs, tuple(line for line in lines if line.category in shown)


def _main_expense(results: Results) -> str | None:
    """The first expense that a project with these needs is mostly made of."""
    answer = results.known.answers.get(results.catalogue.vocabulary.roles.needs)
    if not isinstance(answer, Possible):
        return None
    needs = frozenset().union(*answer.values)
    main = results.catalogue.raw["manifest"].get("main_expenses", {})
    return next((expenses[0] for need, expenses in main.items() if need in needs and expenses), None)
