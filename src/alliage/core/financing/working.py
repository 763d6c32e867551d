"""How an amount of a plan is worked out again by hand: what counts in its base, what is taken off, its rates, its most.

What its own rules give is one figure; where the plan takes less, the rules that leave it no more room say why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from alliage.core.financing.base_rules import Taken, not_counted
from alliage.core.financing.ends import Settled, SettledPart, settle
from alliage.core.financing.limits import Cells, on_slices
from alliage.core.financing.parts import Basis
from alliage.core.financing.plan import Plan, Rule, RuleKind
from alliage.core.financing.problem import Cents, Line, Problem, Slice

WHOLE = Fraction(1)
_OWN = frozenset({RuleKind.RATE, RuleKind.CREDIT_BASE, RuleKind.PART_AT_MOST})


@dataclass(frozen=True, slots=True)
class Counted:
    """Lines of one category that count for the same share: their cost, and what of it is in the base."""

    category: str
    lines: tuple[str, ...]
    share: Fraction
    cost: Cents
    cents: Cents


@dataclass(frozen=True, slots=True)
class Sliced:
    """A rate on what of the base is in its slice; the whole base where there is one rate."""

    slice: Slice
    base: Cents
    cents: Fraction


@dataclass(frozen=True, slots=True)
class Working:
    """Counted − aid of others − taken = base; × rates, at most ``at_most`` = ``result``; a plan gives ``given`` of it.

    ``aid`` is by offer. ``stops``: the rules that leave no room for more, where a plan gives less than the result.
    """

    counted: tuple[Counted, ...]
    aid: Mapping[str, Cents]
    taken: tuple[Taken, ...]
    base: Cents
    sliced: tuple[Sliced, ...]
    by_rate: Cents
    at_most: Cents | None
    result: Cents
    given: Cents
    stops: tuple[Rule, ...]

    @property
    def less(self) -> bool:
        """Whether a plan gives less than the rules of the part alone: by more than what rounding to the cent costs."""
        return self.given < self.result - len(self.counted) - len(self.aid)


class Workings:
    """Works out again the amounts of one plan."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self._plan, self._settled = plan, settle(problem, end=plan.end)
        self._cells = Cells(self._settled)
        self._cents = self._cells.cents(plan)

    def of(self, offer: str, part: str, *, basis: Basis) -> Working:
        """How much one part of an offer of the plan gives, from the first line to the last cent."""
        own = _part(self._settled, offer, part)
        counted, aid = tuple(_counted(own.lines, basis)), self._aid(own, offer)
        base = max(0, sum(one.cents for one in counted) - sum(aid.values()) - sum(one.cents for one in basis.taken))
        slices = own.terms.slices or (Slice(own.terms.rate, 0, None),)
        by_rate = floor(on_slices(Fraction(base), slices))
        result = by_rate if own.terms.at_most is None else min(by_rate, own.terms.at_most)
        given = sum(self._cents[number] for number in self._cells.of_part[offer, part])
        return Working(
            counted=counted,
            aid=aid,
            taken=basis.taken,
            base=base,
            sliced=tuple(_sliced(base, slices)),
            by_rate=by_rate,
            at_most=own.terms.at_most,
            result=result,
            given=given,
            stops=tuple(dict.fromkeys(self._stops(offer, part))),
        )

    def _aid(self, part: SettledPart, offer: str) -> dict[str, Cents]:
        """What other offers pay on the lines of a part whose base other aid lowers."""
        found: dict[str, Cents] = {}
        lines = {line.id for line in part.lines} if part.less_aid else set()
        for amount in self._plan.amounts:
            if amount.pays and amount.line in lines and amount.offer != offer:
                found[amount.offer] = found.get(amount.offer, 0) + amount.cents
        return found

    def _stops(self, offer: str, part: str) -> Iterator[Rule]:
        """The rules beside the part's own that leave one of its lines no more room."""
        own = set(self._cells.of_part[offer, part])
        for limit in self._cells.limits:
            mine = limit.rule.kind in _OWN and (limit.rule.offer, limit.rule.part) == (offer, part)
            if mine or own.isdisjoint(limit.terms) or not limit.binds(used=self._plan.used, parts=self._plan.parts):
                continue
            if limit.left(self._cents) < max(limit.terms[number] for number in own & limit.terms.keys()):
                yield limit.rule


def _part(settled: Settled, offer: str, part: str) -> SettledPart:
    parts = next(one.parts for one in settled.offers if one.id == offer)
    return next(one for one in parts if one.part.id == part)


def _counted(lines: tuple[Line, ...], basis: Basis) -> Iterator[Counted]:
    """The lines of a base, those of one category and one share together."""
    groups: dict[tuple[str, Fraction], list[Line]] = {}
    for line in lines:
        groups.setdefault((line.category, basis.counted.get(line.id, WHOLE)), []).append(line)
    for (category, share), found in groups.items():
        cost = sum(line.cost for line in found)
        out = sum(not_counted(line.cost, share) for line in found)
        yield Counted(category, tuple(line.id for line in found), share, cost, cost - out)


def _sliced(base: Cents, slices: tuple[Slice, ...]) -> Iterator[Sliced]:
    """What each rate applies to; slices that the base does not reach are left out."""
    for one in slices:
        held = (base if one.to is None else min(base, one.to)) - one.start
        if held > 0 or len(slices) == 1:
            yield Sliced(one, max(0, held), one.rate * max(0, held))
