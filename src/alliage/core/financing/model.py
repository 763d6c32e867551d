"""The mixed-integer model of a settled problem: what is worth most under all the limits. Each row carries its rule.

``x[cell]``, an amount in thousands of dollars; ``y[offer]``, used or not; ``v[part]`` where a part can be left out of
an offer that is used; ``z[group, level]``, which level of aid is chosen; ``u[offer, line]`` where two offers may not
share a line. Offers whose ceilings count the same aid on the same lines share one choice of level, in place of one big
number for each: exactly one level holds, and an offer may be used only if its own ceiling is at least that level. The
highest level is all that the lines can take: no bound is tighter.

The equations are in ``docs/explanation/stacking.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import inf

from alliage.core.financing.ends import Room, Settled, SettledOffer, SettledPart
from alliage.core.financing.limits import (
    Cells,
    Limit,
    alone_limit,
    cap_limits,
    part_limits,
    shared_limits,
)
from alliage.core.financing.plan import Rule, RuleKind, barring
from alliage.core.financing.problem import LEAST_USED, Cents

THOUSAND: Cents = 100_000  # cents in the unit of the model


@dataclass(frozen=True, slots=True)
class Row:
    """lower ≤ Σ coefficient × column ≤ upper."""

    terms: Mapping[int, float]
    lower: float
    upper: float
    rule: Rule | None = None


@dataclass(slots=True)
class Model:
    """Columns and rows. The first columns are the cells, in order."""

    cells: Cells
    worth: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    used: dict[str, int] = field(default_factory=dict)  # offer → column
    parts: dict[tuple[str, str], int] = field(default_factory=dict)  # part → column, where it has one
    on_line: dict[tuple[str, str], int] = field(default_factory=dict)  # offer and line → column, where it has one
    count: int = 0  # the row that counts the offers used
    levels: list[tuple[int, ...]] = field(default_factory=list)  # the columns of each choice of level, most used first

    def amount(self, *, worth: float, upper: float) -> int:
        """A new column for money."""
        return self._column(worth, upper, whole=False)

    def choice(self, *, worth: float = 0.0) -> int:
        """A new column for a yes or a no."""
        return self._column(worth, 1.0, whole=True)

    def at_most(self, terms: Mapping[int, float], upper: float, rule: Rule | None = None) -> None:
        """A new row."""
        self.rows.append(Row(terms, -inf, upper, rule))

    def at_least(self, terms: Mapping[int, float], lower: float, rule: Rule | None = None) -> None:
        """A new row."""
        self.rows.append(Row(terms, lower, inf, rule))

    def equal(self, terms: Mapping[int, float], value: float) -> None:
        """A new row."""
        self.rows.append(Row(terms, value, value))

    def _column(self, worth: float, upper: float, *, whole: bool) -> int:
        self.worth.append(worth)
        self.lower.append(0.0)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.worth) - 1


def build(settled: Settled, *, pinned: Iterable[str] = (), without: frozenset[Rule] = frozenset()) -> Model:
    """The model of a problem. ``pinned`` offers must be used; the rules of ``without`` are forgotten."""
    model = Model(Cells(settled))
    builder = _Builder(model, without)
    builder.columns()
    builder.rows()
    for offer in pinned:
        model.lower[model.used[offer]] = 1.0
    return model


class _Builder:
    """The steps of :func:`build`."""

    def __init__(self, model: Model, without: frozenset[Rule]) -> None:
        self.model = model
        self.cells = model.cells
        self.settled = model.cells.settled
        self.without = {_identity(rule) for rule in without}
        self.costs = {line.id: line.cost for line in self.settled.lines}

    # ------------------------------------------------------------------------------------------ columns

    def columns(self) -> None:
        preferences = self.settled.problem.preferences
        for cell, most in zip(self.cells.all, self._highest(), strict=True):
            self.model.amount(worth=float(preferences.worth[cell.instrument]), upper=most / THOUSAND)
        for offer in self.settled.offers:
            cost = 1 + preferences.application(offer.id)  # a cent settles ties
            self.model.used[offer.id] = self.model.choice(worth=-cost / THOUSAND)
            for part in offer.parts:
                if len(offer.parts) > 1 and _may_be_left(part):
                    self.model.parts[offer.id, part.part.id] = self.model.choice()

    def _highest(self) -> list[Cents]:
        """The most that may stand in each cell: by its rate, its part's most, its caps."""
        highest = []
        for cell in self.cells.all:
            rate = Rule(RuleKind.RATE, offer=cell.offer, part=cell.part, line=cell.line)
            highest.append(self.costs[cell.line] if self._forgotten(rate) else cell.at_most)
        for offer in self.settled.offers:
            own = (limit for part in offer.parts for limit in part_limits(part, offer, self.cells))
            for limit in (*own, *cap_limits(offer, self.cells)):
                if limit.scale == 1 and limit.rule.kind is not RuleKind.RATE and not self._forgotten(limit.rule):
                    for number in limit.terms:
                        if self.cells.all[number].offer == offer.id:
                            highest[number] = min(highest[number], max(0, limit.room))
        return highest

    def _forgotten(self, rule: Rule) -> bool:
        """Whether a rule is among those to forget; references are not compared."""
        return bool(self.without) and _identity(rule) in self.without

    def _switch(self, offer: str, part: str | None = None) -> int:
        """The column that says whether a part, or an offer, is used."""
        used = self.model.used[offer]
        return used if part is None else self.model.parts.get((offer, part), used)

    # --------------------------------------------------------------------------------------------- rows

    def rows(self) -> None:
        self.model.count = len(self.model.rows)
        self.model.at_least(dict.fromkeys(self.model.used.values(), 1.0), 0.0)
        for line in self.settled.lines:
            rule = Rule(RuleKind.LINE, line=line.id)
            if (on_line := self.cells.of_line[line.id]) and not self._forgotten(rule):
                self.model.at_most(dict.fromkeys(on_line, 1.0), line.cost / THOUSAND, rule)
        for offer in self.settled.offers:
            self._offer(offer)
        self._limits(shared_limits(self.cells))
        self._ceilings()
        self._alone()
        self._exclusions()

    def _offer(self, offer: SettledOffer) -> None:
        """An offer is used or not; so are its parts; its minimums, its own limits."""
        used, columns = self.model.used[offer.id], self.cells.of_offer[offer.id]
        least = Rule(RuleKind.PART_AT_LEAST, offer=offer.id)
        if not self._forgotten(least):
            self.model.at_least(dict.fromkeys(columns, 1.0) | {used: -LEAST_USED / THOUSAND}, 0.0, least)
        for part in offer.parts:
            self._part(part, offer)
        self._limits(cap_limits(offer, self.cells))
        for other in sorted(offer.offer.requires):
            rule = Rule(RuleKind.REQUIRES, offer=offer.id, other=other)
            if not self._forgotten(rule):
                self.model.at_most({used: 1.0, self.model.used[other]: -1.0}, 0.0, rule)
        for choice in sorted({part.part.choice for part in offer.parts if part.part.choice}):
            same = [self._switch(offer.id, part.part.id) for part in offer.parts if part.part.choice == choice]
            rule = Rule(RuleKind.CHOICE, offer=offer.id, part=choice)
            if len(same) > 1 and not self._forgotten(rule):
                self.model.at_most(dict.fromkeys(same, 1.0), 1.0, rule)

    def _part(self, part: SettledPart, offer: SettledOffer) -> None:
        used, switch = self.model.used[offer.id], self._switch(offer.id, part.part.id)
        columns = self.cells.of_part[offer.id, part.part.id]
        for column in columns:
            self.model.at_most({column: 1.0, switch: -self.model.upper[column]}, 0.0)
        if switch != used:
            self.model.at_most({switch: 1.0, used: -1.0}, 0.0)
        rule = Rule(RuleKind.PART_AT_LEAST, offer=offer.id, part=part.part.id, reference=part.part.reference)
        if part.terms.at_least and not self._forgotten(rule):
            self.model.at_least(dict.fromkeys(columns, 1.0) | {switch: -part.terms.at_least / THOUSAND}, 0.0, rule)
        self._limits(part_limits(part, offer, self.cells))

    def _limits(self, found: Iterable[Limit]) -> None:
        """Rows of limits that are no group's. An owner that is not used leaves what the others can reach, no more."""
        for limit in found:
            if limit.rule.kind is RuleKind.RATE or self._forgotten(limit.rule):
                continue  # the bound of the column says it
            terms = {column: weight / limit.scale for column, weight in limit.terms.items()}
            room = limit.room / limit.scale / THOUSAND
            if limit.offer is None:
                self.model.at_most(terms, room, limit.rule)
                continue
            switch = self._switch(limit.offer, limit.part)
            unused = self._reach({n: w for n, w in terms.items() if self.cells.all[n].offer != limit.offer})
            self.model.at_most(terms | {switch: unused - room}, unused, limit.rule)

    def _reach(self, terms: Mapping[int, float]) -> float:
        """The most that some columns can sum up to: a line never holds more than its cost."""
        by_line: dict[str, list[int]] = {}
        for column in terms:
            by_line.setdefault(self.cells.all[column].line, []).append(column)
        return sum(self._reach_of_line(line, columns, terms) for line, columns in by_line.items())

    def _reach_of_line(self, line: str, columns: list[int], terms: Mapping[int, float]) -> float:
        every = sum(terms[column] * self.model.upper[column] for column in columns)
        if self._forgotten(Rule(RuleKind.LINE, line=line)):
            return every
        return min(every, max(terms[column] for column in columns) * self.costs[line] / THOUSAND)

    # ----------------------------------------------------------------------------------------- ceilings

    def _ceilings(self) -> None:
        """Offers whose ceilings count the same aid on the same lines choose one level together."""
        groups: dict[tuple[object, ...], list[Room]] = {}
        for offer in self.settled.offers:
            for room in offer.rooms:
                if not self._forgotten(room.rule):
                    groups.setdefault(room.counts, []).append(room)
        for rooms in sorted(groups.values(), key=len, reverse=True):
            self._group(rooms)

    def _group(self, rooms: list[Room]) -> None:
        whole, scale = self.cells.aid(rooms[0])
        terms = {column: weight / scale for column, weight in whole.items()}
        unlimited = self._reach(terms)
        binding = {room.rule: float(room.cents) / THOUSAND for room in rooms if room.cents < unlimited * THOUSAND}
        if not binding:
            return
        levels = {level: self.model.choice() for level in sorted({*binding.values(), unlimited})}
        self.model.levels.append(tuple(levels.values()))
        self.model.equal(dict.fromkeys(levels.values(), 1.0), 1.0)
        self.model.at_most(terms | {column: -level for level, column in levels.items()}, 0.0)
        for rule, most in binding.items():
            assert rule.offer is not None
            within = {column: -1.0 for level, column in levels.items() if level <= most}
            self.model.at_most({self.model.used[rule.offer]: 1.0} | within, 0.0, rule)
        for most in sorted(set(binding.values())):
            # Money of those whose ceiling is at most this one flows only if a level is chosen that is no higher.
            owners = {rule.offer for rule, own in binding.items() if own <= most}
            theirs = {column: weight for column, weight in terms.items() if self.cells.all[column].offer in owners}
            self.model.at_most(theirs | {column: -level for level, column in levels.items() if level <= most}, 0.0)

    def _alone(self) -> None:
        """Offers whose ceiling is not known: those of the same lines exclude each other, and the others' aid there."""
        groups: dict[tuple[object, ...], list[SettledOffer]] = {}
        for offer in self.settled.offers:
            if offer.alone and not self._forgotten(Rule(RuleKind.CEILING_UNKNOWN, offer=offer.id)):
                groups.setdefault((offer.lines, offer.counted or offer.id), []).append(offer)
        for group in groups.values():
            inside = {offer.id for offer in group}
            members = {self.model.used[offer.id]: 1.0 for offer in group}
            rule = alone_limit(group[0], self.cells).rule
            if len(group) > 1:
                self.model.at_most(members, 1.0, rule)
            for other in self.settled.offers:
                if other.counted and other.id not in inside:
                    self._alone_from(other, group[0].lines, members, rule)

    def _alone_from(self, other: SettledOffer, lines: frozenset[str], members: Mapping[int, float], rule: Rule) -> None:
        own = self.cells.of_offer[other.id]
        there = [column for column in own if self.cells.all[column].line in lines]
        if there and len(there) == len(own):
            self.model.at_most({**members, self.model.used[other.id]: 1.0}, 1.0, rule)
        elif there:
            most = self._reach(dict.fromkeys(there, 1.0))
            barred = dict.fromkeys(members, most)
            self.model.at_most(dict.fromkeys(there, 1.0) | barred, most, rule)

    # --------------------------------------------------------------------------------------- exclusions

    def _exclusions(self) -> None:
        used, offers = self.model.used, {offer.id: offer.offer for offer in self.settled.offers}
        for first, second, owner in _pairs(self.settled.offers, "not_with"):
            rule = barring(RuleKind.NOT_WITH, owner=offers[owner], other=second if owner == first else first)
            if not self._forgotten(rule):
                self.model.at_most({used[first]: 1.0, used[second]: 1.0}, 1.0, rule)
        for first, second, owner in _pairs(self.settled.offers, "not_on_same_line"):
            rule = barring(RuleKind.NOT_ON_SAME_LINE, owner=offers[owner], other=second if owner == first else first)
            if not self._forgotten(rule):
                self._not_on_same_line(first, second, rule)
        purses: dict[str, list[int]] = {}
        for offer in self.settled.offers:
            if offer.offer.same_money is not None:
                purses.setdefault(offer.offer.same_money, []).append(used[offer.id])
        for purse, doors in purses.items():
            rule = Rule(RuleKind.SAME_MONEY, other=purse)
            if len(doors) > 1 and not self._forgotten(rule):
                self.model.at_most(dict.fromkeys(doors, 1.0), 1.0, rule)

    def _not_on_same_line(self, first: str, second: str, rule: Rule) -> None:
        for line in self.settled.lines:
            both = [self._on_line(offer, line.id) for offer in (first, second)]
            if None not in both:
                self.model.at_most({column: 1.0 for column in both if column is not None}, 1.0, rule)

    def _on_line(self, offer: str, line: str) -> int | None:
        """The column that says whether an offer pays a line; ``None`` if it never does."""
        columns = [column for column in self.cells.of_offer[offer] if self.cells.all[column].line == line]
        if not columns:
            return None
        if (offer, line) not in self.model.on_line:
            switch = self.model.on_line[offer, line] = self.model.choice()
            for column in columns:
                self.model.at_most({column: 1.0, switch: -self.model.upper[column]}, 0.0)
        return self.model.on_line[offer, line]


def _may_be_left(part: SettledPart) -> bool:
    """Whether a part of an offer with several needs its own yes or no."""
    return bool(part.terms.at_least or part.part.choice or (part.less_aid and part.has_base))


def _identity(rule: Rule) -> tuple[object, ...]:
    return rule.kind, rule.offer, rule.part, rule.line, rule.other, rule.index


def _pairs(offers: Iterable[SettledOffer], name: str) -> list[tuple[str, str, str]]:
    """The pairs of offers that a rule keeps apart, each once, with the offer whose rule it is."""
    known = {offer.id for offer in offers}
    found: dict[tuple[str, str], str] = {}
    for offer in offers:
        for other in getattr(offer.offer, name):
            if other in known and other != offer.id:
                first, second = sorted((offer.id, other))
                found.setdefault((first, second), offer.id)
    return [(first, second, owner) for (first, second), owner in sorted(found.items())]
