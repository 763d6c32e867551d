"""What keeps one more offer out of a plan as it stands: the rules that leave no room for the least that it may give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from alliage.core.financing.ends import Settled, SettledOffer, SettledPart
from alliage.core.financing.limits import Cells
from alliage.core.financing.plan import Plan, Rule, RuleKind, barring
from alliage.core.financing.problem import LEAST_USED, Cents


def obstacles(cells: Cells, plan: Plan, *, offer: str) -> tuple[Rule, ...]:
    """The rules that one more offer would break beside what a plan holds already; none if it is only not worth it."""
    newcomer = next(one for one in cells.settled.offers if one.id == offer)
    return tuple(dict.fromkeys((*_company(newcomer, cells.settled, plan), *_Beside(cells, plan, newcomer).rules())))


def _company(newcomer: SettledOffer, settled: Settled, plan: Plan) -> Iterator[Rule]:
    """Exclusions, one purse with two doors, and what the newcomer needs."""
    for one in settled.offers:
        if one.id not in plan.used:
            continue
        if one.id in newcomer.offer.not_with:
            yield barring(RuleKind.NOT_WITH, owner=newcomer.offer, other=one.id)
        elif newcomer.id in one.offer.not_with:
            yield barring(RuleKind.NOT_WITH, owner=one.offer, other=newcomer.id)
        if newcomer.offer.same_money is not None and newcomer.offer.same_money == one.offer.same_money:
            yield Rule(RuleKind.SAME_MONEY, other=newcomer.offer.same_money)
    for other in sorted(newcomer.offer.requires - set(plan.used)):
        yield Rule(RuleKind.REQUIRES, offer=newcomer.id, other=other)


class _Beside:
    """The room that a plan leaves to a newcomer."""

    def __init__(self, cells: Cells, plan: Plan, newcomer: SettledOffer) -> None:
        self.cells, self.settled, self.newcomer = cells, cells.settled, newcomer
        self.cents: Sequence[Cents] = self.cells.cents(plan)
        used = {*plan.used, newcomer.id}
        parts = plan.parts | {(newcomer.id, part.part.id) for part in newcomer.parts}
        self.limits = [limit for limit in self.cells.limits if limit.binds(used=used, parts=parts)]
        self.room = [limit.left(self.cents) for limit in self.limits]

    def rules(self) -> tuple[Rule, ...]:
        """The rules that the mere use of the newcomer breaks; else those in the way of the part that has the fewest."""
        broken = [limit.rule for limit, room in zip(self.limits, self.room, strict=True) if room < 0]
        ways = sorted((self._in_the_way(part) for part in self.newcomer.parts), key=len)
        return tuple(broken or ways[0])

    def _in_the_way(self, part: SettledPart) -> list[Rule]:
        """What stops a part before its least amount; nothing if it gets there."""
        room, missing, stops = list(self.room), max(part.terms.at_least, LEAST_USED), list[Rule]()
        for number in self.cells.of_part[self.newcomer.id, part.part.id]:
            if barred := self._barred(number):
                stops.append(barred)
                continue
            under = [index for index, limit in enumerate(self.limits) if number in limit.terms]
            more = min(missing, *(room[index] // self.limits[index].terms[number] for index in under))
            missing -= max(0, more)
            for index in under:
                room[index] -= max(0, more) * self.limits[index].terms[number]
            stops.extend(self.limits[i].rule for i in under if room[i] < self.limits[i].terms[number])
        return list(dict.fromkeys(stops)) if missing > 0 else []

    def _barred(self, number: int) -> Rule | None:
        """The offer of the plan that may not pay the same line."""
        line = self.cells.all[number].line
        for other in self.cells.of_line[line]:
            id_ = self.cells.all[other].offer
            if self.cents[other] and id_ != self.newcomer.id:
                theirs = next(one.offer for one in self.settled.offers if one.id == id_)
                if id_ in self.newcomer.offer.not_on_same_line:
                    return barring(RuleKind.NOT_ON_SAME_LINE, owner=self.newcomer.offer, other=id_, line=line)
                if self.newcomer.id in theirs.not_on_same_line:
                    return barring(RuleKind.NOT_ON_SAME_LINE, owner=theirs, other=self.newcomer.id, line=line)
        return None
