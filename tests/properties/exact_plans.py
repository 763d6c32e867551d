"""The best plan of a small problem, worked out another way: every yes and no is tried, the rest is solved exactly.

For each set of parts used, and each way to keep apart the offers that may not share a line, the amounts that are worth
most are those of a linear programme, solved by the simplex method in fractions (Bland's rule: it always ends). Nothing
is rounded, and nothing of the model or of the solver is used.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import chain, combinations, product

from alliage.core.financing.plan import End
from alliage.core.financing.problem import LEAST_USED, Base, Offer, Part, Problem, Standing

Cell = tuple[str, str, str]  # offer, part, line
Row = tuple[dict[Cell, Fraction], Fraction]  # Σ ≤ room


def best_worth(problem: Problem, *, end: End) -> Fraction | None:
    """The most that any lawful plan is worth, in cents, in fractions of a cent; ``None`` if no plan holds the pins."""
    empty = [] if problem.preferences.pinned else [Fraction(0)]
    return max(chain(empty, _worths(_World(problem, end))), default=None)


class _World:
    """A problem at one end, read from its fields."""

    def __init__(self, problem: Problem, end: End) -> None:
        self.problem, self.safe = problem, end is End.SAFE
        self.lines = {line.id: line for line in problem.lines}
        self.offers = {offer.id: offer for offer in problem.offers}

    def terms(self, part: Part):
        return part.safe if self.safe else part.best

    def usable(self) -> list[tuple[Offer, Part]]:
        return [
            (offer, part)
            for offer in self.problem.offers
            if not (self.safe and offer.standing is Standing.TO_CONFIRM)
            and offer.id not in self.problem.preferences.banned
            for part in offer.parts
            if self.terms(part) is not None
        ]

    def cells(self, used) -> list[Cell]:
        return [
            (offer.id, part.id, line)
            for offer, part in used
            for line in sorted(part.lines)
            if not self.lines[line].in_kind
        ]

    def counts(self, offer: str) -> bool:
        public = self.offers[offer].public
        return self.safe if public is None else public

    def instrument(self, cell: Cell) -> str:
        return next(part.instrument for part in self.offers[cell[0]].parts if part.id == cell[1])

    def pays(self, cell: Cell) -> bool:
        return next(part.pays for part in self.offers[cell[0]].parts if part.id == cell[1])

    def admitted(self, offer: Offer) -> set[str]:
        return {line for part in offer.parts if self.terms(part) is not None for line in part.lines}

    def doubtful(self, offer: Offer) -> set[str]:
        return {line for part in offer.parts for line in part.lines} - self.admitted(offer)


def _worths(world: _World) -> Iterator[Fraction]:
    usable = world.usable()
    for size in range(1, len(usable) + 1):
        for used in combinations(usable, size):
            if not _lawful_company(world, used):
                continue
            for apart in _ways_apart(world, used):
                yield from _worth(world, used, apart)


def _lawful_company(world: _World, used) -> bool:
    ids = {offer.id for offer, _ in used}
    purses = [world.offers[id_].same_money for id_ in ids if world.offers[id_].same_money]
    choices = [(offer.id, part.choice) for offer, part in used if part.choice]
    return (
        world.problem.preferences.pinned <= ids
        and all(offer.requires <= ids and not offer.not_with & ids for offer, _ in used)
        and len(purses) == len(set(purses))
        and len(choices) == len(set(choices))
    )


def _ways_apart(world: _World, used) -> Iterator[set[tuple[str, str]]]:
    """Each way to say who leaves a line to whom: the pairs of offer and line that get nothing."""
    ids = sorted({offer.id for offer, _ in used})
    pairs = [
        ((first, line), (second, line))
        for first, second in combinations(ids, 2)
        if second in world.offers[first].not_on_same_line or first in world.offers[second].not_on_same_line
        for line in sorted(world.admitted(world.offers[first]) & world.admitted(world.offers[second]))
    ]
    for way in product(*pairs):
        yield set(way)


def _worth(world: _World, used, apart: set[tuple[str, str]]) -> Iterator[Fraction]:
    cells = [cell for cell in world.cells(used) if (cell[0], cell[2]) not in apart]
    preferences = world.problem.preferences
    costs = {offer.id: preferences.application(offer.id) for offer, _ in used}
    goal = {cell: preferences.worth[world.instrument(cell)] for cell in cells}
    worth = simplex(goal, list(_rows(world, used, cells)))
    if worth is not None:
        yield worth - sum(costs.values())


def _rows(world: _World, used, cells: list[Cell]) -> Iterator[Row]:
    for line in world.problem.lines:
        yield {cell: Fraction(1) for cell in cells if cell[2] == line.id}, Fraction(line.cost)
    for offer, part in used:
        yield from _rows_of_part(world, offer, part, cells)
    for offer in {offer.id: offer for offer, _ in used}.values():
        yield from _rows_of_offer(world, offer, cells)
    for cap in world.problem.shared_caps:
        held = {c: cap.weights.get(world.instrument(c), Fraction(1)) for c in cells if c[0] in cap.offers}
        yield held, Fraction(cap.at_most)


def _rows_of_part(world: _World, offer: Offer, part: Part, cells: list[Cell]) -> Iterator[Row]:
    terms = world.terms(part)
    own = [cell for cell in cells if cell[:2] == (offer.id, part.id)]
    lowered = world.safe if part.less_aid is None else part.less_aid
    paid = [world.lines[line] for line in part.lines if not world.lines[line].in_kind]
    others = {cell for cell in cells if cell[0] != offer.id and lowered and world.pays(cell)}
    highest = max((one.rate for one in terms.slices), default=terms.rate)
    for cell in own:
        there = dict.fromkeys([other for other in others if other[2] == cell[2]], highest)
        yield there | {cell: Fraction(1)}, highest * world.lines[cell[2]].cost
    base = sum(line.cost for line in paid) - part.threshold
    away = [other for other in others if other[2] in {line.id for line in paid}]
    if not lowered:
        yield dict.fromkeys(own, Fraction(1)), _on_base(terms, max(0, base))
    else:
        slices = [(one.rate, one.start) for one in terms.slices] or [(terms.rate, 0)]
        slices += [(Fraction(0), one.to) for one in terms.slices[-1:] if one.to is not None]  # nothing above the end
        for rate, start in slices:
            room = _on_base(terms, start) + rate * (base - start)
            yield dict.fromkeys(away, rate) | dict.fromkeys(own, Fraction(1)), room
    if terms.at_most is not None:
        yield dict.fromkeys(own, Fraction(1)), Fraction(terms.at_most)
    yield dict.fromkeys(own, Fraction(-1)), Fraction(-terms.at_least)


def _on_base(terms, base: int) -> Fraction:
    if not terms.slices:
        return terms.rate * base
    ends = [(one.rate, one.start, base if one.to is None else min(base, one.to)) for one in terms.slices]
    return sum((rate * max(0, to - start) for rate, start, to in ends), Fraction(0))


def _rows_of_offer(world: _World, offer: Offer, cells: list[Cell]) -> Iterator[Row]:
    own = [cell for cell in cells if cell[0] == offer.id]
    yield dict.fromkeys(own, Fraction(-1)), Fraction(-LEAST_USED)
    for cap in offer.caps:
        held = [cell for cell in own if cell[1] in cap.parts and (cap.lines is None or cell[2] in cap.lines)]
        yield dict.fromkeys(held, Fraction(1)), Fraction(cap.at_most)
    counted = [cell for cell in cells if world.counts(cell[0])]
    ceiling = offer.ceiling
    if not ceiling.none and ceiling.share is None and world.safe:
        lines = world.admitted(offer) | world.doubtful(offer)
        away = [cell for cell in counted if cell[0] != offer.id and cell[2] in lines]
        yield dict.fromkeys(away, Fraction(1)), Fraction(0)
    if not ceiling.none and ceiling.share is not None:
        share = ceiling.share.safe if world.safe else ceiling.share.best
        if share is not None:
            of = set(Base) if ceiling.either and world.safe else {ceiling.base}
            for lines in (lines for base in of for lines in _bases(world, offer, base)):
                held = {cell: _weight(world, offer, cell) for cell in counted if cell[2] in lines}
                yield held, share * sum(world.lines[line].cost for line in lines)
    for private in offer.private:
        least = private.at_least.safe if world.safe else private.at_least.best
        if least is not None:
            for lines in _bases(world, offer, private.base, in_cash=private.in_cash):
                cost = sum(world.lines[line].cost for line in lines)
                given = sum(world.lines[line].cost for line in lines if world.lines[line].in_kind)
                held = dict.fromkeys([cell for cell in counted if cell[2] in lines and world.pays(cell)], Fraction(1))
                yield held, (1 - least) * cost - (given if private.in_cash else 0)


def _bases(world: _World, offer: Offer, base: Base, *, in_cash: bool = False) -> list[set[str]]:
    """The lines that a share is of, then each line that an answer may add."""
    if base is Base.TOTAL:
        return [set(world.lines)]
    given = {line for line in world.doubtful(offer) if world.lines[line].in_kind}
    sure = world.admitted(offer) | (given if in_cash else set())
    return [sure, *({line} for line in sorted(world.doubtful(offer) - given))]


def _weight(world: _World, offer: Offer, cell: Cell) -> Fraction:
    kind = world.instrument(cell)
    default = world.problem.default_weights.get(kind, Fraction(1))
    weight = offer.ceiling.weights.get(kind, default)
    return Fraction(1 if world.safe else 0) if weight is None else weight


# ------------------------------------------------------------------------------------- linear programmes


def simplex(goal: dict[Cell, Fraction], rows: list[Row]) -> Fraction | None:
    """The most that Σ goal can be under Σ ≤ room, all amounts at least nothing; ``None`` if there is no way."""
    cells = sorted(goal)
    table = [[terms.get(cell, Fraction(0)) for cell in cells] + [room] for terms, room in rows if terms or room < 0]
    top = [goal[cell] for cell in cells] + [Fraction(0)]
    basis = [len(cells) + number for number in range(len(table))]  # slack variables; columns name the others
    names = list(range(len(cells)))
    if any(row[-1] < 0 for row in table):
        for row in table:
            row.insert(-1, Fraction(-1))  # one variable that makes everything possible, to be driven out
        names.append(len(cells) + len(table))
        drive = [Fraction(0)] * len(cells) + [Fraction(-1), Fraction(0)]
        top.insert(-1, Fraction(0))
        worst = min(range(len(table)), key=lambda number: table[number][-1])
        _pivot(table, [top, drive], basis, names, worst, len(names) - 1)
        _climb(table, drive, [top], basis, names)
        if drive[-1] != 0:
            return None
        _leave(table, [top, drive], basis, names, len(cells) + len(table))
    _climb(table, top, [], basis, names)
    return -top[-1]


def _climb(table, goal, beside, basis, names) -> None:
    while True:
        rising = [place for place in range(len(names)) if goal[place] > 0]
        if not rising:
            return
        column = min(rising, key=lambda place: names[place])
        stops = [(row[-1] / row[column], basis[n], n) for n, row in enumerate(table) if row[column] > 0]
        assert stops, "every amount is bounded"
        _pivot(table, [goal, *beside], basis, names, min(stops)[2], column)


def _leave(table, goals, basis, names, extra: int) -> None:
    """Take the helping variable out for good."""
    if extra in basis:
        row = basis.index(extra)
        column = next((place for place in range(len(names)) if table[row][place] != 0), None)
        if column is None:
            del table[row], basis[row]
            return
        _pivot(table, goals, basis, names, row, column)
    place = names.index(extra)
    for row in (*table, *goals):
        del row[place]
    del names[place]


def _pivot(table, goals, basis, names, row: int, column: int) -> None:
    """Swap a variable of the basis with one that is not; rows say: basic + Σ coefficient × other = room."""
    pivot = table[row][column]
    table[row] = [value / pivot for value in table[row]]
    table[row][column] = 1 / pivot
    for other in (*(line for number, line in enumerate(table) if number != row), *goals):
        factor = other[column]
        if factor:
            for place, value in enumerate(table[row]):
                other[place] -= factor * value
            other[column] = -factor * table[row][column]
    basis[row], names[column] = names[column], basis[row]
