"""What the base of a part leaves out: other aid, a threshold, a share of some expenses, what is above a limit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from alliage.core.financing.case import Case, Document, cents, share
from alliage.core.financing.problem import Cents, Line
from alliage.core.vocabulary.truth import Truth


@dataclass(frozen=True, slots=True)
class Taken:
    """A sum subtracted from a base first: ``count`` times ``each``; of one ``year`` if it is counted by year.

    ``of`` is what is counted: an employee, a thing by its unit, or nothing (the sum is taken once).
    """

    each: Cents
    count: int = 1
    of: str | None = None
    year: int | None = None

    @property
    def cents(self) -> Cents:
        """The whole sum."""
        return self.count * self.each


EMPLOYEE = "employee"


@dataclass(frozen=True, slots=True)
class BaseRules:
    """The base of a part: what is taken off at each end; ``taken_safe`` is ``None`` if it may be more than any figure.

    ``unknown`` says why it may be, as codes of doubts.
    ``counted`` is the share of a line that counts, where it is not all; ``not_counted`` is what does not.
    ``per_thing``: the threshold is for each thing bought; each line is taken for one thing at best.
    """

    lines: frozenset[str]
    less_aid: bool | None
    taken_safe: tuple[Taken, ...] | None
    taken_best: tuple[Taken, ...]
    counted: Mapping[str, Fraction]
    not_counted: Cents
    counted_at_most: Cents | None
    per_thing: bool
    unknown: tuple[str, ...] = ()

    @property
    def threshold_safe(self) -> Cents | None:
        """All that is taken off in a safe plan, what does not count too; ``None``: not known."""
        return None if self.taken_safe is None else _sum(self.taken_safe) + self.not_counted

    @property
    def threshold_best(self) -> Cents:
        """All that is taken off at best, what does not count too."""
        return _sum(self.taken_best) + self.not_counted


def _sum(taken: tuple[Taken, ...]) -> Cents:
    return sum(one.cents for one in taken)


def not_counted(cost: Cents, counted: Fraction) -> Cents:
    """What of a line is not in a base, rounded up: the strict reading where other aid lowers what is."""
    return ceil((1 - counted) * cost)


def base_rules(document: Document, *, lines: frozenset[str], case: Case) -> BaseRules:
    """The base of a part on the lines that it admits."""
    rules = document.get("base_rules", {})
    threshold = rules.get("threshold", {})
    per_thing = "unit" in threshold
    if per_thing:
        lines = frozenset(line.id for line in case.lines if line.id in lines and line.cost > cents(threshold["amount"]))
    counted = dict(_counted(document, rules, lines, case))
    over = rules.get("expenses_over")
    unknown = tuple(_unknown(threshold, lines, case))
    return BaseRules(
        lines=lines,
        less_aid=_less_aid(document, rules),
        taken_safe=None if unknown else _surely_taken(threshold, lines, case),
        taken_best=_taken(threshold, lines, case, employees=1, years=case.years_at_least(lines)),
        counted=counted,
        not_counted=sum(not_counted(line.cost, counted[line.id]) for line in case.paid(frozenset(counted))),
        counted_at_most=cents(over["amount"]) if over else None,
        per_thing=per_thing,
        unknown=unknown,
    )


def _less_aid(document: Document, rules: Document) -> bool | None:
    """Whether other aid lowers the base: not known for a tax credit whose sources do not say."""
    said = rules.get("less_aid", "unknown" if document.get("instrument") == "tax-credit" else False)
    return None if said == "unknown" else bool(said)


def _unknown(threshold: Document, lines: frozenset[str], case: Case) -> Iterator[str]:
    """Why what is subtracted may be more than any figure: nobody said how many employees, things or years there are."""
    if "per_employee" in threshold and case.employees is None:
        yield "threshold-unknown"
    if "unit" in threshold and case.one_per_line is not Truth.TRUE:
        yield "one-per-line" if case.one_per_line is Truth.UNKNOWN else "several-per-line"
    if threshold.get("per") == "year" and case.years_at_most(lines) is None:
        yield "years-unknown"


def _surely_taken(threshold: Document, lines: frozenset[str], case: Case) -> tuple[Taken, ...]:
    """The most that may be subtracted: as if every employee counted, in each year that the lines may touch."""
    years = case.years_at_most(lines) or ()
    return _taken(threshold, lines, case, employees=case.employees or 1, years=years)


def _taken(
    threshold: Document, lines: frozenset[str], case: Case, *, employees: int, years: tuple[int, ...]
) -> tuple[Taken, ...]:
    """What is subtracted: by thing, or by year, if for so many employees."""
    amount = cents(threshold.get("amount", 0))
    if "unit" in threshold:
        found = [Taken(amount, len(case.paid(lines)), threshold["unit"])]
    elif threshold.get("per") == "year":
        found = [_of_year(amount, _of_one_employee(threshold, year), employees, year) for year in years]
    else:
        found = [Taken(amount)]
    return tuple(one for one in found if one.cents)


def _of_year(amount: Cents, each: Cents, employees: int, year: int) -> Taken:
    """The sum of a year: the higher of an amount and of so much for each employee."""
    by_employee = Taken(each, employees, EMPLOYEE, year)
    return by_employee if by_employee.cents > amount else Taken(amount, year=year)


def _of_one_employee(threshold: Document, year: int) -> Cents:
    """The sum for one employee in a year: that of the last year written."""
    written = {one["year"]: cents(one["amount"]) for one in threshold.get("per_employee", ())}
    past = [one for one in written if one <= year] or list(written)
    return written[max(past)] if past else 0


def _counted(document: Document, rules: Document, lines: frozenset[str], case: Case) -> Iterator[tuple[str, Fraction]]:
    """The share of each line that counts, where it is not all of it."""
    for rule in rules.get("counted", ()):
        yield from ((line.id, share(rule["share"])) for line in _of(rule, lines, case))
    for limit in document.get("expense_limits", ()):
        limited = _of(limit, lines, case)
        own = sum(line.cost for line in limited)
        others = case.cost(lines) - own  # the strict reading: a share of the other expenses
        allowed = share(limit["share_at_most"]) * others
        if own > allowed:
            yield from ((line.id, allowed / own) for line in limited)


def _of(rule: Document, lines: frozenset[str], case: Case) -> list[Line]:
    return [line for line in case.paid(lines) if line.category in rule["expenses"]]
