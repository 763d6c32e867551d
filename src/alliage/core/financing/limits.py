"""Every limit on the money of a settled problem, in whole numbers: Σ coefficient × cents ≤ room, if its owner is used.

A *cell* is one part of one offer on one line: the place where an amount may stand. All coefficients are positive, so a
smaller amount never breaks a limit. Shares are cleared of their denominators; a room is rounded down. The model takes
its rows from here, and amounts are repaired and compared with these limits exactly.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import floor, lcm
from typing import TypeVar

from alliage.core.financing.ends import Room, Settled, SettledOffer, SettledPart
from alliage.core.financing.plan import Plan, Rule, RuleKind
from alliage.core.financing.problem import Cents, Line, Slice

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Cell:
    """Where an amount may stand, and the most that its rate allows there."""

    offer: str
    part: str
    line: str
    instrument: str
    counted: bool
    at_most: Cents
    rate: Fraction
    pays: bool


@dataclass(frozen=True, slots=True)
class Limit:
    """Σ ``terms[cell]`` × cents ≤ ``room``; it binds only if ``offer`` is used (and ``part``, if one is named).

    ``scale`` is what the written figures were multiplied by to be whole.
    """

    rule: Rule
    terms: Mapping[int, int]
    room: int
    scale: int = 1
    offer: str | None = None
    part: str | None = None

    def binds(self, *, used: Collection[str], parts: Collection[tuple[str, str]]) -> bool:
        """Whether it holds beside these offers in use, and these parts of them, each named with its offer."""
        owned = self.offer is None or self.offer in used
        return owned and (self.part is None or (self.offer, self.part) in parts)

    def left(self, cents: Sequence[Cents]) -> int:
        """What some amounts, one for each cell, leave of its room."""
        return self.room - sum(weight * cents[number] for number, weight in self.terms.items())


class Cells:
    """The cells of a settled problem, numbered."""

    def __init__(self, settled: Settled) -> None:
        self.settled = settled
        self.all: tuple[Cell, ...] = tuple(_cells(settled))
        self._aid: dict[tuple[object, ...], tuple[dict[int, int], int]] = {}

    @cached_property
    def of_offer(self) -> Mapping[str, Sequence[int]]:
        """The cells of each offer."""
        return _grouped({offer.id: [] for offer in self.settled.offers}, [cell.offer for cell in self.all])

    @cached_property
    def of_part(self) -> Mapping[tuple[str, str], Sequence[int]]:
        """The cells of each part."""
        parts = {(offer.id, part.part.id): list[int]() for offer in self.settled.offers for part in offer.parts}
        return _grouped(parts, [(cell.offer, cell.part) for cell in self.all])

    @cached_property
    def of_line(self) -> Mapping[str, Sequence[int]]:
        """The cells of each line."""
        return _grouped({line.id: [] for line in self.settled.lines}, [cell.line for cell in self.all])

    @cached_property
    def limits(self) -> tuple[Limit, ...]:
        """All the limits of the problem, each with its rule."""
        return tuple(_limits(self))

    def cents(self, plan: Plan) -> list[Cents]:
        """The amounts of a plan, one for each cell."""
        given = {(amount.offer, amount.part, amount.line): amount.cents for amount in plan.amounts}
        return [given.get((cell.offer, cell.part, cell.line), 0) for cell in self.all]

    def lowering(self, line: str, *, offer: str) -> list[int]:
        """The cells of other offers that lower a credit's base on a line: those whose amounts are received."""
        return [number for number in self.of_line[line] if self.all[number].pays and self.all[number].offer != offer]

    def aid(self, room: Room) -> tuple[dict[int, int], int]:
        """All aid that a room counts, each kind by its weight, and what the weights were multiplied by."""
        if room.counts not in self._aid:
            scale = lcm(*(weight.denominator for weight in room.weights.values()))
            whole = {kind: int(weight * scale) for kind, weight in room.weights.items()}
            cells = [number for line in sorted(room.lines) for number in self.of_line[line]]
            held = {n: whole[self.all[n].instrument] for n in cells if self._counts(self.all[n], room)}
            self._aid[room.counts] = {number: weight for number, weight in held.items() if weight}, scale
        return self._aid[room.counts]

    def _counts(self, cell: Cell, room: Room) -> bool:
        return cell.counted and (cell.pays or not room.only_paid)


def _limits(cells: Cells) -> Iterator[Limit]:
    for line in cells.settled.lines:
        if on_line := cells.of_line[line.id]:
            yield Limit(Rule(RuleKind.LINE, line=line.id), dict.fromkeys(on_line, 1), line.cost)
    for offer in cells.settled.offers:
        for part in offer.parts:
            yield from part_limits(part, offer, cells)
        yield from cap_limits(offer, cells)
        yield from room_limits(offer, cells)
        if offer.alone:
            yield alone_limit(offer, cells)
    yield from shared_limits(cells)


def part_limits(part: SettledPart, offer: SettledOffer, cells: Cells) -> Iterator[Limit]:
    """The limits of one part: its rate on each line, its base, its most."""
    own = cells.of_part[offer.id, part.part.id]
    for number, line in zip(own, part.lines, strict=True):
        yield _line_limit(number, line, part, cells)
    if part.has_base:
        yield from _base_limits(part, offer, cells)
    if part.terms.at_most is not None:
        rule = Rule(RuleKind.PART_AT_MOST, offer=offer.id, part=part.part.id, reference=part.part.reference)
        yield Limit(rule, dict.fromkeys(own, 1), part.terms.at_most, offer=offer.id)


def cap_limits(offer: SettledOffer, cells: Cells) -> Iterator[Limit]:
    """The caps of an offer: of a project, of a year."""
    for index, cap in enumerate(offer.offer.caps):
        held = [
            number
            for number in cells.of_offer[offer.id]
            if cells.all[number].part in cap.parts and (cap.lines is None or cells.all[number].line in cap.lines)
        ]
        if held:
            rule = Rule(RuleKind.CAP, offer=offer.id, index=index, reference=cap.reference)
            yield Limit(rule, dict.fromkeys(held, 1), cap.at_most, offer=offer.id)


def room_limits(offer: SettledOffer, cells: Cells) -> Iterator[Limit]:
    """The ceiling of an offer and its private shares."""
    for room in offer.rooms:
        terms, scale = cells.aid(room)
        yield Limit(room.rule, terms, floor(room.cents * scale), scale=scale, offer=offer.id)


def alone_limit(offer: SettledOffer, cells: Cells) -> Limit:
    """A ceiling that is not known: nothing of the others on the lines of the offer."""
    others = [
        number
        for line in sorted(offer.lines)
        for number in cells.of_line[line]
        if cells.all[number].counted and cells.all[number].offer != offer.id
    ]
    rule = Rule(RuleKind.CEILING_UNKNOWN, offer=offer.id, reference=offer.offer.ceiling.reference)
    return Limit(rule, dict.fromkeys(others, 1), 0, offer=offer.id)


def shared_limits(cells: Cells) -> Iterator[Limit]:
    """What several offers may pay together."""
    for index, cap in enumerate(cells.settled.problem.shared_caps):
        scale = lcm(*(weight.denominator for weight in cap.weights.values()))
        terms = {
            number: whole
            for number, cell in enumerate(cells.all)
            if cell.offer in cap.offers and (whole := int(cap.weights.get(cell.instrument, Fraction(1)) * scale))
        }
        if terms:
            rule = Rule(RuleKind.SHARED_CAP, index=index, reference=cap.reference)
            yield Limit(rule, terms, cap.at_most * scale, scale=scale)


def on_slices(base: Fraction, slices: Sequence[Slice]) -> Fraction:
    """What rates by slices give on a base."""
    total = Fraction(0)
    for one in slices:
        end = base if one.to is None else min(base, Fraction(one.to))
        total += one.rate * max(Fraction(0), end - one.start)
    return total


def highest_rate(part: SettledPart) -> Fraction:
    """The rate of a part, or the highest of its slices: no line is paid at more."""
    return max((one.rate for one in part.terms.slices), default=part.terms.rate)


def _cells(settled: Settled) -> Iterator[Cell]:
    for offer in settled.offers:
        for part in offer.parts:
            rate = highest_rate(part)
            for line in part.lines:
                yield Cell(
                    offer=offer.id,
                    part=part.part.id,
                    line=line.id,
                    instrument=part.part.instrument,
                    counted=offer.counted,
                    at_most=floor(rate * line.cost),
                    rate=rate,
                    pays=part.part.pays,
                )


def _line_limit(number: int, line: Line, part: SettledPart, cells: Cells) -> Limit:
    """The rate on one line: of its cost, or of what other aid leaves of it."""
    cell = cells.all[number]
    if not part.less_aid:
        rule = Rule(RuleKind.RATE, offer=cell.offer, part=cell.part, line=line.id, reference=part.part.reference)
        return Limit(rule, {number: 1}, cell.at_most, offer=cell.offer)
    above, below = cell.rate.numerator, cell.rate.denominator
    terms = dict.fromkeys(cells.lowering(line.id, offer=cell.offer), above)
    terms[number] = below
    rule = Rule(RuleKind.CREDIT_BASE, offer=cell.offer, part=cell.part, line=line.id, reference=part.part.reference)
    return Limit(rule, terms, above * line.cost, scale=below, offer=cell.offer, part=cell.part)


def _base_limits(part: SettledPart, offer: SettledOffer, cells: Cells) -> Iterator[Limit]:
    """The rate on all the lines of a part together, its threshold taken off. One limit for each slice of the rate.

    Where other aid lowers the base, the rates of the slices never rise (``refusals`` refuses them), so that the line
    through each slice lies above all the others: the least of them is what is paid. Above the end of the last slice, if
    it has one, nothing more is paid: a slice of rate 0.
    """
    own = cells.of_part[offer.id, part.part.id]
    rule = Rule(RuleKind.CREDIT_BASE, offer=offer.id, part=part.part.id, reference=part.part.reference)
    if not part.less_aid:
        base = Fraction(max(0, part.base))
        most = on_slices(base, part.terms.slices) if part.terms.slices else part.terms.rate * base
        yield Limit(rule, dict.fromkeys(own, 1), floor(most), offer=offer.id)
        return
    others = [number for line in part.lines for number in cells.lowering(line.id, offer=offer.id)]
    for one in _and_above(part.terms.slices) or (Slice(part.terms.rate, 0, None),):
        above, below = one.rate.numerator, one.rate.denominator
        start = on_slices(Fraction(one.start), part.terms.slices) - one.rate * one.start
        terms = dict.fromkeys(others, above) | dict.fromkeys(own, below)
        terms = {number: weight for number, weight in terms.items() if weight}
        yield Limit(
            rule, terms, floor(above * part.base + below * start), scale=below, offer=offer.id, part=part.part.id
        )


def _and_above(slices: Sequence[Slice]) -> tuple[Slice, ...]:
    """Some slices, and what is above the last one if it has an end: a rate of 0."""
    above = () if not slices or slices[-1].to is None else (Slice(Fraction(0), slices[-1].to, None),)
    return (*slices, *above)


def _grouped(groups: dict[K, list[int]], keys: Sequence[K]) -> dict[K, list[int]]:
    for number, key in enumerate(keys):
        groups[key].append(number)
    return groups
