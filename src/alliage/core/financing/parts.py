"""A part of a programme's aid as parts of an offer: what it gives to this project, and what is not sure about it.

The safe end takes, of all the tiers that may apply, the lowest rate and amount and the highest minimum: it holds
whichever applies. A part whose safe end is not known has none, and is left to the reachable plan. Where the words admit
only some expenses of a category, the safe end pays the lines of the other categories only; where some days count and
others do not, it pays the lines whose day is known. Nothing that an answer could only make worse is taken for granted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from alliage.core.catalogue.programme import Programme
from alliage.core.financing.base_rules import BaseRules, Taken, base_rules
from alliage.core.financing.case import Case, Document, Doubt, periods, share
from alliage.core.financing.expense_days import Days, before_start, days_of
from alliage.core.financing.part_figures import BASES, Figures, best_figures, known, slices_of, sure_figures, terms_of
from alliage.core.financing.problem import Cap, Cents, Part, Slice
from alliage.core.financing.slices import in_order, rises
from alliage.core.financing.tiers import Tiers, applies, possible_tiers
from alliage.core.vocabulary.truth import Truth

NOT_MONEY = frozenset({"tax-deduction", "insurance", "advice"})  # a rate here is not a sum paid
# Doubts that are said beside a part, and leave it sure.
OF_LINES = frozenset(
    {"narrowed", "begun-lines", "perhaps-begun-lines", "in-time"}
)  # they leave out some lines; where they leave none, the part
NOTES = OF_LINES | {"tier-range", "less-aid", "years-at-most", "least-form", "persons"}
ONCE = frozenset({"company", "lifetime"})  # amounts that what was received before would lower
_MEASURED_IN_TIME = frozenset({"weekly_hours_at_most", "hours_at_most", "hourly_wage_at_most"})


@dataclass(frozen=True, slots=True)
class Basis:
    """What the base of a part was made with: the share of a line that counts, where not all; what is taken off."""

    counted: Mapping[str, Fraction]
    taken: tuple[Taken, ...]


@dataclass(frozen=True, slots=True)
class PartRead:
    """What one part of a document gives: a part of the offer, or a sure one and a better one, of which one at most.

    ``bases`` says of each of these parts what its base was made with.
    """

    id: str
    index: int
    parts: tuple[Part, ...]
    caps: tuple[Cap, ...]
    doubts: tuple[Doubt, ...]
    days: Days
    bases: Mapping[str, Basis]

    @property
    def ids(self) -> frozenset[str]:
        """The ids of its parts."""
        return frozenset(part.id for part in self.parts)


@dataclass(frozen=True, slots=True)
class PartRefused:
    """A part that cannot be planned with, and why: a code of the phrases ``plan_reasons``."""

    id: str
    index: int
    code: str


def reference(programme: Programme, source: str) -> str:
    """What a rule carries, to find its source again."""
    return f"{programme.id}#{source}"


def source_key(reference: str) -> tuple[str | None, str | None]:
    """The programme and the key of its source that a reference names."""
    id_, _, key = reference.partition("#")
    return id_ or None, key or None


def read_part(document: Document, *, index: int, programme: Programme, case: Case) -> PartRead | PartRefused:
    """What one part of a programme's aid gives to this project, or why it gives nothing that can be planned."""
    id_ = str(document.get("id") or f"part-{index + 1}")
    facts = _facts(document, programme, case)
    code = _form_refused(facts) or _lines_refused(facts) or _figures_refused(facts)
    if code:
        return PartRefused(id_, index, code)
    best = best_figures(facts.tiers.possible, limits=facts.limits, case=case)
    certain = _sure_facts(facts)
    doubts = tuple(_doubts(facts, certain or facts))
    sure = None if any(doubt.code not in NOTES for doubt in doubts) else certain
    parts = _parts(facts, id_, sure, best)
    caps = [*_yearly_caps(facts, frozenset(part.id for part in parts), best)]
    caps += _counted_caps(facts, frozenset({parts[-1].id}), best)
    if sure and len(parts) > 1:
        caps += _counted_caps(sure, frozenset({parts[0].id}), best)
    return PartRead(id_, index, parts, tuple(caps), doubts, facts.days, _bases(facts, sure, parts))


def _bases(facts: _Facts, sure: _Facts | None, parts: tuple[Part, ...]) -> dict[str, Basis]:
    """What the base of each part was made with; one part alone has the same at both ends."""
    found = {parts[-1].id: Basis(facts.rules.counted, facts.rules.taken_best)}
    if sure is not None and parts[0].safe is not None:
        found[parts[0].id] = Basis(sure.rules.counted, sure.rules.taken_safe or ())
    return found


@dataclass(frozen=True, slots=True)
class _Facts:
    """One part of a document beside a company's case."""

    document: Document
    programme: Programme
    case: Case
    applies: Truth
    admitted: frozenset[str]
    days: Days
    tiers: Tiers
    rules: BaseRules
    slices: tuple[Slice, ...]
    sure: Figures | None

    @property
    def limits(self) -> Document:
        limits: Document = self.document.get("wage_limits", {})
        return limits

    @property
    def cost(self) -> Cents:
        return self.case.cost(self.rules.lines)


def _facts(document: Document, programme: Programme, case: Case) -> _Facts:
    admitted = frozenset(line.id for line in case.lines if line.category in (document.get("expenses") or ()))
    tiers = possible_tiers(document["tiers"], case=case, programme=programme)
    days = days_of(document, admitted=admitted, programme=programme, case=case)
    rules = base_rules(document, lines=admitted - days.out, case=case)
    limits = document.get("wage_limits", {})
    return _Facts(
        document=document,
        programme=programme,
        case=case,
        applies=applies(document, case=case, programme=programme),
        admitted=admitted,
        days=days,
        tiers=tiers,
        rules=rules,
        slices=slices_of(tiers.possible, cost=case.cost(rules.lines)),
        sure=sure_figures(tiers.possible, limits=limits, case=case) if tiers.possible else None,
    )


def _narrowed(facts: _Facts) -> list[Document]:
    """The restrictions to some expenses of a category that touch a line of this project."""
    categories = {line.category for line in facts.case.lines if line.id in facts.admitted}
    return [one for one in facts.document.get("narrowed", ()) if not categories.isdisjoint(one["expenses"])]


def _sure_facts(facts: _Facts) -> _Facts | None:
    """The part on the lines that surely count; ``None`` if there is none, or if its figures are not known."""
    narrowed = {category for one in _narrowed(facts) for category in one["expenses"]}
    unsure = facts.days.not_sure | {line.id for line in facts.case.lines if line.category in narrowed}
    lines = tuple(line for line in facts.case.lines if line.id not in unsure)
    sure = _facts(facts.document, facts.programme, replace(facts.case, lines=lines)) if unsure else facts
    return None if sure.sure is None or _lines_refused(sure) else sure


# ------------------------------------------------------------------------------------------------- refusals


def _form_refused(facts: _Facts) -> str | None:
    document = facts.document
    if document.get("status") == "announced":
        return "announced"
    if document.get("instrument") is None:
        return "form-unknown"
    if document["instrument"] in NOT_MONEY:
        return "not-money"
    if facts.applies is Truth.FALSE or not facts.tiers.possible:
        return "other-case"
    if document.get("expenses") is None:
        return "expenses-unknown"
    if document["expenses"] == []:
        return "no-expense"
    return None if document.get("base", "eligible") in BASES else "base"


def _lines_refused(facts: _Facts) -> str | None:
    paid = {line.id for line in facts.case.paid(facts.admitted)}  # what is given in kind is in no base
    if not paid:
        return "no-line"
    if paid <= facts.days.early:
        return "too-early"
    if paid <= facts.days.out:
        return "other-days"
    if not facts.rules.lines:
        return "below-threshold"
    sliced = any("slice" in tier for tier in facts.tiers.possible)
    return "slice-above" if sliced and (not facts.slices or facts.slices[0].start > 0) else None


def _figures_refused(facts: _Facts) -> str | None:
    """An amount for each person says nothing as long as their number is not known."""
    tiers = facts.tiers.possible
    if all(tier.get("base", "eligible") not in BASES for tier in tiers):
        return "base"
    if not any(map(known, tiers)):
        return "figures-unknown"
    if not in_order(facts.slices):
        return "slice-unknown"
    if facts.rules.less_aid is not False and rises(facts.slices):
        return "slices-rise"
    if not all("person" in periods(tier.get("amount", {})) for tier in tiers if known(tier)):
        return None
    if facts.case.persons is None:
        return "persons-unknown"
    return "no-person" if facts.case.persons[1] == 0 else None


# --------------------------------------------------------------------------------------------------- doubts


def _doubts(facts: _Facts, certain: _Facts) -> Iterator[Doubt]:
    """What is not sure; all but the notes keep the part out of a safe plan. ``certain``: on the lines that are sure."""
    yield from _doubts_of_case(facts)
    yield from _doubts_of_money(facts)
    yield from _notes(facts)
    codes = [*certain.rules.unknown, *(["years-at-most"] if _more_years(certain.rules) else [])]
    yield from (Doubt(code, facts.document["base_rules"]["source"]) for code in codes)


def _more_years(rules: BaseRules) -> bool:
    """Whether more years are subtracted at the safe end than at best: some lines have no day."""
    return len({one.year for one in rules.taken_safe or ()}) > len({one.year for one in rules.taken_best})


def _notes(facts: _Facts) -> Iterator[Doubt]:
    """What is said beside a part that it leaves sure."""
    source = facts.document["source"]
    if facts.tiers.closed and len(facts.tiers.possible) > 1 and not facts.slices:
        yield Doubt("tier-range", facts.tiers.possible[-1]["source"])
    if facts.rules.less_aid is None:
        yield Doubt("less-aid", facts.document.get("base_rules", facts.document)["source"])
    yield from (Doubt("narrowed", one["source"], one) for one in _narrowed(facts))
    if facts.days.unsure - facts.days.out:
        yield Doubt("begun-lines" if facts.case.started is Truth.TRUE else "perhaps-begun-lines", source)
    if facts.days.in_time - facts.days.out:
        yield Doubt("in-time", facts.document["expenses_dated"]["source"])
    if _least_form(facts) != facts.document["instrument"]:
        yield Doubt("least-form", source)
    counted_by = frozenset().union(*(periods(tier.get("amount", {})) for tier in facts.tiers.possible))
    if "person" in counted_by and facts.case.persons != (1, 1):
        yield Doubt("persons", source)


def _doubts_of_case(facts: _Facts) -> Iterator[Doubt]:
    tiers = facts.tiers
    if facts.case.started is not Truth.FALSE:
        code = "begun" if facts.case.started is Truth.TRUE else "perhaps-begun"
        yield from (Doubt(code, delay["source"]) for delay in before_start(facts.programme))
    if facts.applies is Truth.UNKNOWN:
        yield Doubt("part-case", facts.document["source"])
    if {"case", "when", "case_is"} & facts.document.keys() == {"case"}:  # words alone cannot be decided
        yield Doubt("part-words", facts.document["source"])
    if not tiers.closed:
        yield Doubt("tier-case", tiers.possible[-1]["source"])
    elif facts.sure is None:
        yield Doubt("rate-unknown", tiers.possible[0]["source"])


def _doubts_of_money(facts: _Facts) -> Iterator[Doubt]:
    document, tiers = facts.document, facts.tiers
    source = document["source"]
    if not _MEASURED_IN_TIME.isdisjoint(facts.limits) or any("weeks_at_most" in tier for tier in tiers.possible):
        yield Doubt("wage-limits", source)
    if "per_unit" in document:
        yield Doubt("per-unit", document["per_unit"]["source"])
    if "paid_to" in document:
        yield Doubt("paid-to-others", source)
    if document.get("refundable") is False:
        yield Doubt("needs-tax", source)
    counted_by = frozenset().union(*(periods(tier.get("amount", {})) for tier in tiers.possible))
    if counted_by & ONCE and facts.case.received is not Truth.FALSE:
        yield Doubt("once", source)


def _least_form(facts: _Facts) -> str:
    """The form of the money that is worth least to the company, of those that the programme may choose."""
    forms: tuple[str, ...] = (str(facts.document["instrument"]), *facts.document.get("alternatives", ()))
    return min(forms, key=lambda form: facts.case.worth.get(form, Fraction(0)))


# ---------------------------------------------------------------------------------------------------- parts


def _parts(facts: _Facts, id_: str, sure: _Facts | None, best: Figures) -> tuple[Part, ...]:
    """One part where both ends differ in their figures only; else a sure one and a better one that exclude each other.

    ``sure`` is the part on the lines that surely count; ``None`` if nothing is sure.
    """
    main = str(facts.document["instrument"])
    better = _part(facts, id_, main, best, facts.rules.threshold_best)
    if sure is None or sure.sure is None:
        return (replace(better, safe=None),)
    least = _least_form(facts)
    certain = _part(sure, id_, least, _for_years(sure.sure, best), sure.rules.threshold_safe or 0)
    if (least, certain.threshold, certain.lines) == (main, better.threshold, better.lines):
        return (replace(better, safe=certain.safe),)
    choice = better.choice or id_
    return (replace(certain, choice=choice), replace(better, id=f"{id_}-best", safe=None, choice=choice))


def _for_years(sure: Figures, best: Figures) -> Figures:
    """The sure figures; the caps of the years hold the best amount, so that a lower one is held in all."""
    return sure if sure.yearly == best.yearly else replace(sure, at_most=sure.yearly)


def _part(facts: _Facts, id_: str, instrument: str, figures: Figures, threshold: Cents) -> Part:
    rules = facts.rules
    terms = terms_of(figures, slices=facts.slices, cost=facts.cost, counted_at_most=rules.counted_at_most)
    return Part(
        id=id_,
        instrument=instrument,
        lines=rules.lines,
        safe=terms,
        best=terms,
        choice=facts.document.get("choice"),
        less_aid=rules.less_aid,
        threshold=threshold,
        reference=reference(facts.programme, facts.document["source"]),
        pays=instrument not in facts.case.pays_nothing,
        covers=share(facts.document.get("guarantee", {}).get("share", 1)),
    )


def _yearly_caps(facts: _Facts, parts: frozenset[str], best: Figures) -> Iterator[Cap]:
    """The most of each year."""
    source = reference(facts.programme, facts.document["source"])
    if best.yearly is not None:
        for of_year in facts.case.years(facts.rules.lines).values():
            yield Cap(best.yearly, parts, of_year, "year", source)


def _counted_caps(facts: _Facts, parts: frozenset[str], best: Figures) -> Iterator[Cap]:
    """The most of a line of which only a share counts."""
    source = reference(facts.programme, facts.document.get("base_rules", facts.document)["source"])
    for id_, counted in sorted(facts.rules.counted.items()):
        line = frozenset({id_})
        yield Cap(int(best.rate * counted * facts.case.cost(line)), parts, line, "counted", source)
