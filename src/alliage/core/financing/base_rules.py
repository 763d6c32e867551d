"""What the base of a part leaves out: other aid, a threshold, a share of some expenses, what is above a limit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from alliage.core.financing.case import Case, Document, cents, share
from alliage.core.financing.problem import Cents, Line


@dataclass(frozen=True, slots=True)
class BaseRules:
    """The base of a part. ``threshold_safe`` is ``None`` if it may be higher than any known figure.

    Both hold what of a line does not count, too. ``counted`` is the share that does, by line, where it is not all.
    ``per_thing``: the threshold is for each thing bought; each line is taken for one thing.
    """

    lines: frozenset[str]
    less_aid: bool | None
    threshold_safe: Cents | None
    threshold_best: Cents
    counted: Mapping[str, Fraction]
    counted_at_most: Cents | None
    per_thing: bool


def base_rules(document: Document, *, lines: frozenset[str], case: Case) -> BaseRules:
    """The base of a part on the lines that it admits."""
    rules = document.get("base_rules", {})
    threshold = rules.get("threshold", {})
    per_thing = "unit" in threshold
    if per_thing:
        lines = frozenset(line.id for line in case.lines if line.id in lines and line.cost > cents(threshold["amount"]))
    counted = dict(_counted(document, rules, lines, case))
    out = _not_counted(counted, case)
    sure, least = _sure_threshold(threshold, lines, case), _threshold(threshold, lines, case, employees=1)
    over = rules.get("expenses_over")
    return BaseRules(
        lines=lines,
        less_aid=_less_aid(document, rules),
        threshold_safe=None if sure is None else sure + out,
        threshold_best=least + out,
        counted=counted,
        counted_at_most=cents(over["amount"]) if over else None,
        per_thing=per_thing,
    )


def _less_aid(document: Document, rules: Document) -> bool | None:
    """Whether other aid lowers the base: not known for a tax credit whose sources do not say."""
    said = rules.get("less_aid", "unknown" if document.get("instrument") == "tax-credit" else False)
    return None if said == "unknown" else bool(said)


def _sure_threshold(threshold: Document, lines: frozenset[str], case: Case) -> Cents | None:
    """The most that may be subtracted: as if every employee counted; ``None`` if their number is not known."""
    if "per_employee" not in threshold:
        return _threshold(threshold, lines, case, employees=1)
    if case.employees is None:
        return None
    return _threshold(threshold, lines, case, employees=case.employees)


def _threshold(threshold: Document, lines: frozenset[str], case: Case, *, employees: int) -> Cents:
    """What is subtracted: by thing, or by year, if for so many employees."""
    amount = cents(threshold.get("amount", 0))
    if "unit" in threshold:
        return amount * len(case.paid(lines))
    if threshold.get("per") != "year":
        return amount
    return sum(max(amount, employees * _of_one_employee(threshold, year)) for year in case.years(lines))


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


def _not_counted(counted: Mapping[str, Fraction], case: Case) -> Cents:
    """What of some lines is not in the base, rounded up: the strict reading where other aid lowers what is."""
    return sum(ceil((1 - counted[line.id]) * line.cost) for line in case.paid(frozenset(counted)))


def _of(rule: Document, lines: frozenset[str], case: Case) -> list[Line]:
    return [line for line in case.paid(lines) if line.category in rule["expenses"]]
