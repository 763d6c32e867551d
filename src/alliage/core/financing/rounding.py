"""From the solver's thousands of dollars to whole cents that keep every limit exactly.

Amounts are rounded down; what the solver's tolerances let through is taken back, in whole numbers; the cents that
rounding lost are put back where every limit has room for them, minimums first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from math import floor

from alliage.core.financing.limits import Limit
from alliage.core.financing.model import THOUSAND, Model
from alliage.core.financing.problem import LEAST_USED, Cents

NOISE = 0.01  # of a cent: what is closer to a whole cent than this was meant to be one


def whole_cents(model: Model, values: Sequence[float]) -> tuple[Cents, ...] | None:
    """The amount of each cell in cents, under every limit that binds the offers in use; ``None`` if it was not found.

    Every offer that ``values`` use is in use: what no whole cents can hold is not given for less.
    """
    rounding = _Rounding(model, values)
    rounding.take_back()
    rounding.reach_minimums()
    rounding.put_back()
    used = {offer for offer, column in model.used.items() if values[column] > 0.5}
    return tuple(rounding.cents) if rounding.lawful(used) else None


class _Rounding:
    """Amounts, and the room that each limit leaves."""

    def __init__(self, model: Model, values: Sequence[float]) -> None:
        self.model, self.cells = model, model.cells
        self.usable = [_usable(model, values, number) for number in range(len(self.cells.all))]
        self.cents = [
            max(0, min(cell.at_most, floor(values[number] * THOUSAND + NOISE))) if self.usable[number] else 0
            for number, cell in enumerate(self.cells.all)
        ]
        self.limits = tuple(self._binding(self.cells.limits))
        self.room = [limit.left(self.cents) for limit in self.limits]
        self.under: list[list[int]] = [[] for _ in self.cells.all]
        for index, limit in enumerate(self.limits):
            for number in limit.terms:
                self.under[number].append(index)

    def _binding(self, found: Iterable[Limit]) -> Iterator[Limit]:
        """The limits whose owner is used; a part may be without a cent and still get some back."""
        paid = {cell.offer for number, cell in enumerate(self.cells.all) if self.cents[number]}
        parts = {(cell.offer, cell.part) for number, cell in enumerate(self.cells.all) if self.usable[number]}
        return (limit for limit in found if limit.binds(used=paid, parts=parts))

    def _change(self, number: int, by: Cents) -> None:
        self.cents[number] += by
        for index in self.under[number]:
            self.room[index] -= by * self.limits[index].terms[number]

    def take_back(self) -> None:
        """Lower the largest amounts under a limit that is passed, by the cents that pass it."""
        for index, limit in enumerate(self.limits):
            for number in sorted(limit.terms, key=lambda number: (-self.cents[number], number)):
                if self.room[index] >= 0:
                    break
                over = -(self.room[index] // limit.terms[number])
                self._change(number, -min(self.cents[number], over))

    def reach_minimums(self) -> None:
        """Give a part the cents that it lacks; where there is no room, take them from an amount that can spare."""
        for least, own in self._minimums():
            for number in own:
                if 0 < self._money(own) < least and self.usable[number]:
                    self._raise(number)
            for number in own:
                if 0 < (money := self._money(own)) < least and self.usable[number]:
                    self._press(number, least - money, own)

    def _press(self, number: int, by: Cents, own: Sequence[int]) -> None:
        """Raise an amount whatever the room, others give way; or leave all as it was."""
        before = list(self.cents)
        self._change(number, by)
        for index in self.under[number]:
            limit = self.limits[index]
            for other in sorted(limit.terms, key=lambda other: (-self.cents[other], other)):
                if self.room[index] >= 0:
                    break
                if other not in own:
                    over = -(self.room[index] // limit.terms[other])
                    self._change(other, -min(self._spare(other), over))
        if any(self.room[index] < 0 for index in self.under[number]):
            for other, cents in enumerate(before):
                self._change(other, cents - self.cents[other])

    def _spare(self, number: int) -> Cents:
        """What can be taken from an amount without falling below a minimum."""
        over = [self._money(own) - least for least, own in self._minimums() if number in own]
        return max(0, min(self.cents[number], *over))

    def put_back(self) -> None:
        """Raise the amounts that still have room, those worth most first."""
        worth = self.model.worth
        for number in sorted(range(len(self.cents)), key=lambda number: (-worth[number], number)):
            if self.usable[number] and worth[number] > 0:
                self._raise(number)

    def lawful(self, used: Collection[str]) -> bool:
        """Whether no limit is passed, every minimum is reached, and all the offers that should be used are."""
        paid = {cell.offer for number, cell in enumerate(self.cells.all) if self.cents[number]}
        reached = all(not 0 < self._money(own) < least for least, own in self._minimums())
        return reached and paid == set(used) and min(self.room, default=0) >= 0

    def _raise(self, number: int) -> None:
        free = min((self.room[index] // self.limits[index].terms[number] for index in self.under[number]), default=0)
        more = min(free, self.cells.all[number].at_most - self.cents[number])
        if more > 0:
            self._change(number, more)

    def _money(self, numbers: Iterable[int]) -> Cents:
        return sum(self.cents[number] for number in numbers)

    def _minimums(self) -> Iterator[tuple[Cents, Sequence[int]]]:
        """Each minimum, and the cells that must reach it together."""
        for offer in self.cells.settled.offers:
            yield LEAST_USED, self.cells.of_offer[offer.id]
            for part in offer.parts:
                yield part.terms.at_least, self.cells.of_part[offer.id, part.part.id]


def _usable(model: Model, values: Sequence[float], number: int) -> bool:
    """Whether every yes that a cell hangs on was given."""
    cell = model.cells.all[number]
    switches = [
        model.used[cell.offer],
        model.parts.get((cell.offer, cell.part)),
        model.on_line.get((cell.offer, cell.line)),
    ]
    return all(values[switch] > 0.5 for switch in switches if switch is not None)
