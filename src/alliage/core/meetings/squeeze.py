"""The third stage: less waiting. Meetings trade slots along chains; none is lost, and no rule is broken.

Two slots are swapped for all the meetings that hang together: if a meeting takes a slot in which its company or its
officer has another, that one goes the other way, and so on (a Kempe chain). Simulated annealing, from a told seed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import exp

from alliage.core.meetings.grid import Grid
from alliage.core.meetings.timetable import Meeting, in_order

TRIES = 300_000
HOT = 1.2  # a chain that adds so many empty slots is taken, at first, with a chance of 1 in e
_WORD = (1 << 64) - 1


def squeeze(grid: Grid, meetings: Sequence[Meeting], *, seed: int = 0, tries: int = TRIES) -> tuple[Meeting, ...]:
    """The same meetings with fewer empty slots between the meetings of a company; never with more."""
    if not meetings:
        return ()
    board = _Board(grid, meetings)
    drawn = draws(seed)
    best, least = list(board.slot), board.waiting
    for number in range(tries):
        if not least:
            break
        heat = HOT * (1 - number / tries) ** 2
        board.attempt(drawn(), heat)
        if board.waiting < least:
            best, least = list(board.slot), board.waiting
    return in_order(
        Meeting(meeting.company, meeting.officer, slot) for meeting, slot in zip(board.meetings, best, strict=True)
    )


def waiting(meetings: Sequence[Meeting]) -> int:
    """The empty slots between the first and the last meeting of each company, added up."""
    held: dict[str, int] = {}
    for meeting in meetings:
        held[meeting.company] = held.get(meeting.company, 0) | 1 << meeting.slot
    return sum(_holes(slots) for slots in held.values())


def draws(seed: int) -> Callable[[], int]:
    """Numbers of 64 bits from a seed, the same ones on every machine (SplitMix64, Steele, Lea and Flood 2014)."""
    state = seed & _WORD

    def draw() -> int:
        nonlocal state
        state = (state + 0x9E3779B97F4A7C15) & _WORD
        mixed = ((state ^ state >> 30) * 0xBF58476D1CE4E5B9) & _WORD
        mixed = ((mixed ^ mixed >> 27) * 0x94D049BB133111EB) & _WORD
        return mixed ^ mixed >> 31

    return draw


def _holes(slots: int) -> int:
    """The zeros between the first and the last one of a number."""
    return slots.bit_length() - (slots & -slots).bit_length() + 1 - slots.bit_count()


class _Board:
    """Who is where, as numbers and bits, so that a try is quick."""

    def __init__(self, grid: Grid, meetings: Sequence[Meeting]) -> None:
        self.grid, self.meetings = grid, in_order(meetings)
        companies = {id_: n for n, id_ in enumerate(sorted({one.company for one in meetings}))}
        officers = {id_: n for n, id_ in enumerate(sorted({one.officer for one in meetings}))}
        self.company = [companies[one.company] for one in self.meetings]
        self.officer = [officers[one.officer] for one in self.meetings]
        self.room = [grid.officers[one.officer].room for one in self.meetings]
        self.slot = [one.slot for one in self.meetings]
        self.choices = [grid.free[one.pair] for one in self.meetings]
        self.free = [sum(1 << slot for slot in slots) for slots in self.choices]
        slots = len(grid.problem.slots)
        nobody: list[int | None] = [None] * slots
        self.at_company, self.at_officer = [nobody.copy() for _ in companies], [nobody.copy() for _ in officers]
        self.held, self.taken = [0] * len(companies), [0] * len(officers)
        for number, slot in enumerate(self.slot):
            self._put(number, slot)
        rows = [sum(1 << slot for slot in window) for window in grid.windows]
        self.rows = [[row for row in rows if row >> slot & 1] for slot in range(slots)]
        self.tables = any(tables is not None for tables in grid.rooms.values())
        self.waiting = sum(_holes(held) for held in self.held)

    def attempt(self, drawn: int, heat: float) -> None:
        """One chain, kept if it breaks nothing and waits less, or not too much more for the heat."""
        number = (drawn & 0xFFFFF) % len(self.slot)
        choices = self.choices[number]
        target = choices[(drawn >> 20 & 0xFFFFF) % len(choices)]
        chain = self._chain(number, target)
        if not chain:
            return
        held = self._held_after(chain)
        change = sum(_holes(slots) - _holes(self.held[company]) for company, slots in held.items())
        if change > 0 and (drawn >> 40) / (1 << 24) >= (exp(-change / heat) if heat else 0.0):
            return
        before = [(one, self.slot[one]) for one, _ in chain]
        self._move(chain)
        if self._lawful(chain):
            self.waiting += change
        else:
            self._move(before)

    def _chain(self, number: int, target: int) -> list[tuple[int, int]]:
        """The meetings that change places with one that goes to another slot, each with its own; none if one cannot."""
        start = self.slot[number]
        if start == target:
            return []
        chain, seen = [(number, target)], {number}
        for one, to in chain:  # it grows
            if not self.free[one] >> to & 1:
                return []
            for other in (self.at_company[self.company[one]][to], self.at_officer[self.officer[one]][to]):
                if other is not None and other not in seen:
                    seen.add(other)
                    chain.append((other, start if to == target else target))
        return chain

    def _held_after(self, chain: list[tuple[int, int]]) -> dict[int, int]:
        held: dict[int, int] = {}
        for one, to in chain:
            company = self.company[one]
            held[company] = held.get(company, self.held[company]) ^ (1 << to | 1 << self.slot[one])
        return held

    def _move(self, chain: Sequence[tuple[int, int]]) -> None:
        for one, _ in chain:
            self._take(one)
        for one, to in chain:
            self._put(one, to)

    def _take(self, one: int) -> None:
        slot, company, officer = self.slot[one], self.company[one], self.officer[one]
        self.at_company[company][slot] = self.at_officer[officer][slot] = None
        self.held[company] ^= 1 << slot
        self.taken[officer] ^= 1 << slot

    def _put(self, one: int, slot: int) -> None:
        company, officer = self.company[one], self.officer[one]
        self.slot[one] = slot
        self.at_company[company][slot] = self.at_officer[officer][slot] = one
        self.held[company] |= 1 << slot
        self.taken[officer] |= 1 << slot

    def _lawful(self, chain: list[tuple[int, int]]) -> bool:
        """Whether breaks, tables and walks still hold where a chain passed."""
        for one, to in chain:
            taken = self.taken[self.officer[one]]
            if any(taken & row == row for row in self.rows[to]):
                return False
        if self.tables and not all(self._seated(slot) for slot in {to for _, to in chain}):
            return False
        return not self.grid.walks or all(self._walkable(one) for one, _ in chain)

    def _seated(self, slot: int) -> bool:
        used: dict[str | None, int] = {}
        for one in (officer[slot] for officer in self.at_officer):
            if one is not None:
                used[self.room[one]] = used.get(self.room[one], 0) + 1
        tables = self.grid.rooms
        return all(room is None or (most := tables[room]) is None or n <= most for room, n in used.items())

    def _walkable(self, one: int) -> bool:
        held = [(slot, other) for slot, other in enumerate(self.at_company[self.company[one]]) if other is not None]
        return not any(
            self.grid.too_far(self.room[first], slot, self.room[second], later)
            for place, (slot, first) in enumerate(held)
            for later, second in held[place + 1 :]
        )
