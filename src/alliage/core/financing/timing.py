"""When the money of a plan leaves and comes: the cash of each month, the bridge, the order of filing, the calendar.

All in neutral words and whole cents: who calls says how many months each kind of money takes, and words the entries.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from alliage.core.financing.plan import Amount
from alliage.core.financing.problem import Cents, Line

LAST_MONTH = date.max.year * 12 + 11  # a month is counted as 12 × year + month − 1

# ------------------------------------------------------------------------------------------------- the cash


@dataclass(frozen=True, slots=True)
class Month:
    """A month in which money moves: what is paid, what is received, and what is left of the own funds at its end."""

    first: date
    spent: Cents
    received: Cents
    balance: Cents


@dataclass(frozen=True, slots=True)
class Cash:
    """The cash of a plan, month by month; months in which nothing moves are left out.

    ``own_funds`` is what the company pays in the end for the lines of the table: their cost less their aid. The balance
    of a month is those funds, plus all that was received, less all that was spent, up to the end of that month: what is
    spent and received in one month is netted. Below zero, that much must be borrowed until the aid comes.

    ``bridge`` is the largest such lack, 0 if there is none, and ``month`` the first month that has it. ``spread`` names
    the lines without a day whose cost was spread; ``untimed`` those that are in no month, nor is their aid, nor their
    own funds: the bridge is then a least. ``undelayed`` names the kinds of money whose delay is not known: they never
    come in the table, and the bridge is then a most.
    """

    months: tuple[Month, ...]
    own_funds: Cents
    bridge: Cents
    month: date | None
    spread: tuple[str, ...] = ()
    untimed: tuple[str, ...] = ()
    undelayed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Payout:
    """How the money of one part comes, where a source says it.

    ``every``: it is claimed by periods of so many months, counted from the first month in which the project spends, and
    comes ``after`` months after the last of its period. ``at_end``: it does not come before the project is over: the
    delay of its kind runs from the last month in which the project spends.
    """

    every: int | None = None
    after: int = 0
    at_end: bool = False


def cash(
    *,
    lines: Sequence[Line],
    amounts: Sequence[Amount],
    delays: Mapping[str, int],
    start: date,
    duration: int | None,
    payouts: Mapping[tuple[str, str], Payout] | None = None,
) -> Cash:
    """The monthly cash of a plan.

    A line is spent in the month of its day. Aid on it is received ``delays[instrument]`` months after that, or as
    ``payouts`` says of its part, by the ids of the offer and of the part. A line
    without a day is spread evenly, to the cent, over ``duration`` months from that of ``start``, and its aid follows;
    if the duration is not known, the line is untimed. What is given in kind is not cash, nor what pays nothing.
    """
    paid = [line for line in lines if not line.in_kind and line.cost > 0]
    timed = {line.id: _months_of(line, start, duration) for line in paid if line.day or duration is not None}
    spent, received = defaultdict[int, Cents](int), defaultdict[int, Cents](int)
    for line in paid:
        _add(spent, line.cost, timed.get(line.id, ()))
    counted = [amount for amount in amounts if amount.pays and amount.line in timed]
    span = _span(timed)
    come = [(amount, _coming(amount, timed[amount.line], span, delays, payouts or {})) for amount in counted]
    for amount, months in come:
        _add(received, amount.cents, months)
    own = sum(line.cost for line in paid if line.id in timed) - sum(amount.cents for amount in counted)
    table = tuple(_balances(own, spent, received))
    bridge, month = _deepest(table)
    return Cash(
        months=table,
        own_funds=own,
        bridge=bridge,
        month=month,
        spread=tuple(line.id for line in paid if line.day is None and line.id in timed),
        untimed=tuple(line.id for line in paid if line.id not in timed),
        undelayed=tuple(sorted({amount.instrument for amount, months in come if not months})),
    )


def with_in_hand(found: Cash, in_hand: Cents) -> Cash:
    """The same cash where the company has only so much of its own funds: each balance starts from no more."""
    lack = max(0, found.own_funds - in_hand)
    table = tuple(replace(month, balance=month.balance - lack) for month in found.months)
    bridge, month = _deepest(table)
    return replace(found, months=table, bridge=bridge, month=month)


def _deepest(table: Sequence[Month]) -> tuple[Cents, date | None]:
    """The largest lack of a table, and the first month that has it; 0 if there is none."""
    least = min(table, key=lambda month: month.balance, default=None)
    return (-least.balance, least.first) if least and least.balance < 0 else (0, None)


def _months_of(line: Line, start: date, duration: int | None) -> Sequence[int]:
    """The months in which a line is spent."""
    if line.day is not None:
        return (_count(line.day),)
    first = _count(start)
    return range(first, first + max(1, duration or 1))


def _span(timed: Mapping[str, Sequence[int]]) -> tuple[int, int]:
    """The first and the last month in which the project spends."""
    months = [month for spent in timed.values() for month in spent]
    return (min(months, default=0), max(months, default=0))


def _coming(
    amount: Amount,
    months: Sequence[int],
    span: tuple[int, int],
    delays: Mapping[str, int],
    payouts: Mapping[tuple[str, str], Payout],
) -> Sequence[int]:
    """The month in which each slice of an amount comes; none if its delay is not known."""
    payout = payouts.get((amount.offer, amount.part), Payout())
    if payout.every is not None:
        first = span[0]
        ends = [first + ((month - first) // payout.every + 1) * payout.every - 1 for month in months]
        return [end + payout.after for end in ends]
    delay = delays.get(amount.instrument)
    if delay is None:
        return ()
    return [(span[1] if payout.at_end else month) + delay for month in months]


def _add(table: dict[int, Cents], cents: Cents, months: Sequence[int]) -> None:
    """Add an amount in equal slices, one a month; the cents that do not divide fall as evenly as they can."""
    for position, month in enumerate(months):
        upto, before = cents * (position + 1) // len(months), cents * position // len(months)
        table[min(month, LAST_MONTH)] += upto - before


def _balances(own: Cents, spent: Mapping[int, Cents], received: Mapping[int, Cents]) -> Iterator[Month]:
    balance = own
    for month in sorted(spent.keys() | received.keys()):
        out, come = spent.get(month, 0), received.get(month, 0)
        balance += come - out
        yield Month(first=date(month // 12, month % 12 + 1, 1), spent=out, received=come, balance=balance)


def _count(day: date) -> int:
    return day.year * 12 + day.month - 1


# ----------------------------------------------------------------------------------------- filing, and the days


@dataclass(frozen=True, slots=True)
class Filing:
    """An application to file. ``before_start``: before any work or order; ``None`` is not known.

    ``opens`` and ``closes`` are the next days of its intake, if they are known; ``requires`` names the offers that must
    be had first.
    """

    offer: str
    before_start: bool | None = None
    opens: date | None = None
    closes: date | None = None
    requires: frozenset[str] = frozenset()
    worth: Cents = 0


def filing_order(filings: Sequence[Filing]) -> tuple[str, ...]:
    """The order in which to file.

    What another needs comes before what needs it, and is as urgent. As far as that allows: what must be filed before
    the work starts, then what may have to be, then the nearest deadline, then what is worth most, then by id.
    Requirements that go round in a circle are followed up to the point where it closes.
    """
    by_offer = {filing.offer: filing for filing in filings}
    needs = {filing.offer: {id_ for id_ in filing.requires if id_ in by_offer} for filing in filings}
    ranks = _inherited({filing.offer: _urgency(filing) for filing in filings}, needs)
    order: list[str] = []
    waiting = dict(needs)
    while waiting:
        ready = [(ranks[id_], id_) for id_, needed in waiting.items() if needed <= set(order)]
        _, chosen = min(ready or [(ranks[id_], id_) for id_ in waiting])
        order.append(chosen)
        del waiting[chosen]
    return tuple(order)


_Rank = tuple[int, date, Cents]


def _urgency(filing: Filing) -> _Rank:
    start = {True: 0, None: 1, False: 2}[filing.before_start]
    return (start, filing.closes or date.max, -filing.worth)


def _inherited(ranks: Mapping[str, _Rank], needs: Mapping[str, set[str]]) -> dict[str, _Rank]:
    """Each offer with the rank of the most urgent of those that it is needed by, or its own: a shortest path."""
    found: dict[str, _Rank] = {}
    heap = [(rank, id_) for id_, rank in ranks.items()]
    heapq.heapify(heap)
    while heap:
        rank, id_ = heapq.heappop(heap)
        if id_ not in found:
            found[id_] = rank
            for needed in needs[id_]:
                heapq.heappush(heap, (rank, needed))
    return found


class EntryKind(Enum):
    """What happens on a day of the calendar."""

    OPENS = "opens"
    CLOSES = "closes"
    FILE_BEFORE_START = "file-before-start"
    START = "start"
    EXPENSE = "expense"


@dataclass(frozen=True, slots=True)
class Entry:
    """A day to know. Without ``day``, when is not known; ``certain`` is False if whether is not."""

    day: date | None
    kind: EntryKind
    offer: str | None = None
    line: str | None = None
    certain: bool = True


def calendar(*, filings: Sequence[Filing], lines: Sequence[Line], on: date, start: date | None) -> tuple[Entry, ...]:
    """The days to know from ``on``, the nearest first, those without a day last.

    A start that is past leaves "file before the work starts" without a day. Only lines with a day, and paid in money,
    are entries; their month is what matters.
    """
    entries = [entry for filing in filings for entry in _filing_entries(filing, on, start)]
    if start is not None and start >= on:
        entries.append(Entry(start, EntryKind.START))
    entries += [
        Entry(line.day, EntryKind.EXPENSE, line=line.id)
        for line in lines
        if line.day is not None and line.day >= on and not line.in_kind
    ]
    kinds = list(EntryKind)
    return tuple(sorted(entries, key=lambda e: (e.day or date.max, kinds.index(e.kind), e.offer or "", e.line or "")))


def _filing_entries(filing: Filing, on: date, start: date | None) -> Iterator[Entry]:
    if filing.opens is not None and filing.opens > on:
        yield Entry(filing.opens, EntryKind.OPENS, offer=filing.offer)
    if filing.closes is not None and filing.closes >= on:
        yield Entry(filing.closes, EntryKind.CLOSES, offer=filing.offer)
    if filing.before_start is not False:
        day = start if start is not None and start >= on else None
        yield Entry(day, EntryKind.FILE_BEFORE_START, filing.offer, certain=filing.before_start is True)
