"""A lawful plan without a solver: offers one after the other, each as much as all the rules still allow.

By rate is what an adviser does with a list. By level, only the offers that accept a same ceiling are taken together, in
three orders, for each level: the best of these is what stands where the time was over before the solver found more.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from fractions import Fraction

from alliage.core.financing.ends import Settled, SettledOffer, SettledPart
from alliage.core.financing.limits import Cells
from alliage.core.financing.plan import RuleKind
from alliage.core.financing.problem import LEAST_USED, Cents

Worth = Fraction


class Greedy:
    """Fills the cells of a settled problem. Every amount is in whole cents, under every limit."""

    def __init__(self, settled: Settled, *, cells: Cells | None = None) -> None:
        self.settled, self.cells = settled, cells or Cells(settled)
        self.offers = {offer.id: offer for offer in settled.offers}
        self.preferences = settled.problem.preferences
        self.costs = {line.id: line.cost for line in settled.lines}
        self.owned: dict[tuple[str | None, str | None], list[int]] = {}
        for index, limit in enumerate(self.cells.limits):
            self.owned.setdefault((limit.offer, limit.part), []).append(index)

    def by_rate(self, *, pinned: Collection[str] = ()) -> tuple[Cents, ...]:
        """The highest rate first; nothing if the pinned offers are not all in it."""
        return self._filled(self._order(self.rate), pinned)

    def by_level(self, *, pinned: Collection[str] = ()) -> tuple[Cents, ...]:
        """The best of three orders for each level of ceiling; nothing if none holds the pinned offers."""
        orders = [self._order(key) for key in (self.rate, self._kind, self._most)]
        tries = dict.fromkeys(tried for order in orders for tried in self._by_level(order, pinned))
        found = [self._filled(tried, pinned) for tried in tries]
        return max(filter(None, found), key=self.worth, default=())

    def worth(self, cents: Sequence[Cents]) -> Worth:
        """The grant equivalent of some amounts, applications deducted."""
        money = sum((self.dollar(number) * given for number, given in enumerate(cents) if given), Fraction(0))
        used = {self.cells.all[number].offer for number, given in enumerate(cents) if given}
        return money - sum(map(self.preferences.application, used))

    # -------------------------------------------------------------------------------------------------- orders

    def _order(self, key: Callable[[SettledPart], Fraction]) -> list[str]:
        best = {offer.id: max(map(key, offer.parts)) for offer in self.settled.offers}
        return sorted(best, key=lambda id_: (-best[id_], id_))

    def rate(self, part: SettledPart) -> Fraction:
        """What a cent of the base of a part is worth."""
        return part.terms.rate * self.preferences.worth[part.part.instrument]

    def _kind(self, part: SettledPart) -> Fraction:
        return self.preferences.worth[part.part.instrument]

    def _most(self, part: SettledPart) -> Fraction:
        return (part.terms.at_most or 0) * self.preferences.worth[part.part.instrument]

    def _by_level(self, order: Sequence[str], pinned: Collection[str]) -> Iterator[tuple[str, ...]]:
        """For each level, the offers that accept it: without those whose ceiling is not known, then with them."""
        shares = {id_: share for id_ in order if (share := self._level(self.offers[id_])) is not None}
        for level in sorted(set(shares.values())) or [Fraction(0)]:
            known = tuple(id_ for id_ in order if shares.get(id_, level) >= level or id_ in pinned)
            yield tuple(id_ for id_ in known if not self.offers[id_].alone or id_ in pinned)
            yield known

    def _level(self, offer: SettledOffer) -> Fraction | None:
        """The share of its base that aid may reach beside an offer; ``None`` if it says none."""
        found = [
            room.cents / cost
            for room in offer.rooms
            if room.rule.kind is RuleKind.CEILING and (cost := sum(self.costs[line] for line in room.lines))
        ]
        return min(found, default=None)

    # ------------------------------------------------------------------------------------------------- filling

    def _filled(self, order: Sequence[str], pinned: Collection[str]) -> tuple[Cents, ...]:
        filling = _Filling(self)
        waiting = sorted(order, key=lambda id_: id_ not in pinned)
        while waiting:  # what needs another one is tried again once that one is in
            later = [id_ for id_ in waiting if not self.offers[id_].offer.requires <= filling.used]
            for id_ in waiting:
                if id_ not in later:
                    filling.add(id_, at_any_price=id_ in pinned)
            if len(later) == len(waiting):
                break
            waiting = later
        return filling.cents if filling.used >= set(pinned) else ()

    def dollar(self, number: int) -> Fraction:
        """What a cent of a cell is worth."""
        return self.preferences.worth[self.cells.all[number].instrument]


class _Filling:
    """Amounts, the offers in use, and what is left of each limit that binds them."""

    def __init__(self, greedy: Greedy) -> None:
        self.greedy, self.cells = greedy, greedy.cells
        self.given: dict[int, Cents] = {}
        self.left: dict[int, int] = {}
        self.used: set[str] = set()
        self._bind(None, None)

    @property
    def cents(self) -> tuple[Cents, ...]:
        """The amount of each cell."""
        return tuple(self.given.get(number, 0) for number in range(len(self.cells.all)))

    def add(self, id_: str, *, at_any_price: bool) -> None:
        """Take an offer in, for as much as it may give, if it is worth its application; else leave all as it was."""
        offer = self.greedy.offers[id_]
        if not self._welcome(offer):
            return
        given, left = dict(self.given), dict(self.left)
        self._bind(id_, None)
        if not self._broken():
            self._fill_parts(offer)
        own = [number for number in self.cells.of_offer[id_] if number in self.given]
        money = sum(self.given[number] for number in own)
        worth = sum(self.greedy.dollar(number) * self.given[number] for number in own)
        if money >= LEAST_USED and (at_any_price or worth > self.greedy.preferences.application(id_)):
            self.used.add(id_)
        else:
            self.given, self.left = given, left

    def _welcome(self, offer: SettledOffer) -> bool:
        """Whether no offer in use excludes it, or leads to the same purse."""
        others = [self.greedy.offers[id_].offer for id_ in self.used]
        purse = offer.offer.same_money
        return not any(
            other.id in offer.offer.not_with
            or offer.id in other.not_with
            or (purse is not None and purse == other.same_money)
            for other in others
        )

    def _fill_parts(self, offer: SettledOffer) -> None:
        """The parts of an offer, those of the highest rate first, one of each choice."""
        choices: set[str] = set()
        for part in sorted(offer.parts, key=lambda one: (-self.greedy.rate(one), one.part.id)):
            choice = part.part.choice
            if (choice is None or choice not in choices) and self._fill(offer, part) and choice is not None:
                choices.add(choice)

    def _fill(self, offer: SettledOffer, part: SettledPart) -> bool:
        """Give a part as much as it may; nothing if that is less than its least. Whether it gives something."""
        given, left = dict(self.given), dict(self.left)
        self._bind(offer.id, part.part.id)
        money = 0
        for number in () if self._broken() else self.cells.of_part[offer.id, part.part.id]:
            cell = self.cells.all[number]
            if not self._barred(offer, cell.line):
                money += self._raise(number, cell.at_most)
        if 0 < money >= part.terms.at_least:
            return True
        self.given, self.left = given, left
        return False

    def _raise(self, number: int, most: Cents) -> Cents:
        """Give a cell as much as each limit has left."""
        limits = self.cells.limits
        under = [(index, weight) for index in self.left if (weight := limits[index].terms.get(number))]
        more = max(0, min([most, *(self.left[index] // weight for index, weight in under)]))
        if more:
            self.given[number] = more
        for index, weight in under:
            self.left[index] -= weight * more
        return more

    def _barred(self, offer: SettledOffer, line: str) -> bool:
        """Whether an offer in use may not pay the same line."""
        paid = {self.cells.all[number].offer for number in self.cells.of_line[line] if number in self.given}
        apart = (self.greedy.offers[id_].offer for id_ in paid - {offer.id})
        return any(one.id in offer.offer.not_on_same_line or offer.id in one.not_on_same_line for one in apart)

    def _bind(self, offer: str | None, part: str | None) -> None:
        """Let the limits of an offer, or of one of its parts, bind what is given already."""
        for index in self.greedy.owned.get((offer, part), ()):
            limit = self.cells.limits[index]
            self.left[index] = limit.room - sum(limit.terms.get(n, 0) * cents for n, cents in self.given.items())

    def _broken(self) -> bool:
        return any(left < 0 for left in self.left.values())
