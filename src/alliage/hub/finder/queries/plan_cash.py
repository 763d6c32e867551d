"""The cash of a plan, month by month, as numbers that an SVG takes: what is left of the own funds, or missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from alliage.hub.finder.queries.plan_figures import Answer, amounts, exact, place
from alliage.hub.finder.queries.voice import Voice

MOST_MONTHS = 60
HIGH = 120  # pixels of the highest bar and the deepest together
LEAST_BAR = 2


@dataclass(frozen=True, slots=True)
class Bar:
    """One month: what is left of the own funds at its end, or what is missing."""

    month: str
    x: str
    middle: str
    width: str
    y: int
    height: int
    missing: bool
    label: str  # the words under it; nothing for most
    anchor: str


@dataclass(frozen=True, slots=True)
class CashMonth:
    """One row of the table."""

    month: str
    out: str
    come: str
    balance: str
    missing: bool


@dataclass(frozen=True, slots=True)
class CashChart:
    """The months one after the other, even those in which nothing moves; the table has those in which money does."""

    bars: tuple[Bar, ...]
    rows: tuple[CashMonth, ...]
    zero: int
    height: int
    deepest: str  # the middle of the month that misses most, a percentage; nothing if none does
    deepest_y: int
    anchor: str


def cash_chart(cash: Answer, *, voice: Voice) -> CashChart | None:
    """The drawing of the cash; ``None`` if no money moves in a known month."""
    months = cash["months"]
    if not months:
        return None
    balances = _every_month(months)
    most, least = max([Decimal(0), *balances.values()]), min([Decimal(0), *balances.values()])
    scale = Decimal(HIGH) / ((most - least) or 1)
    zero = int(most * scale)
    bars = tuple(_bars(balances, zero, scale, voice))
    worst = min(balances, key=lambda month: balances[month])
    deepest = bars[list(balances).index(worst)] if least < 0 else None
    return CashChart(
        bars=bars,
        rows=_rows(months, voice),
        zero=zero,
        height=HIGH,
        deepest=deepest.middle if deepest else "",
        deepest_y=deepest.y + deepest.height if deepest else 0,
        anchor=_anchor(deepest.middle) if deepest else "",
    )


def _every_month(months: Sequence[Answer]) -> dict[str, Decimal]:
    """The balance at the end of each month from the first to the last."""
    known = {one["month"]: exact(one["balance"]) for one in months}
    first, last = _count(months[0]["month"]), _count(months[-1]["month"])
    balances, now = {}, Decimal(0)
    for count in range(first, min(last, first + MOST_MONTHS - 1) + 1):
        month = f"{count // 12:04}-{count % 12 + 1:02}"
        now = known.get(month, now)
        balances[month] = now
    return balances


def _count(month: str) -> int:
    year, _, number = month.partition("-")
    return int(year) * 12 + int(number) - 1


def _bars(balances: Mapping[str, Decimal], zero: int, scale: Decimal, voice: Voice) -> Iterator[Bar]:
    step = Decimal(100) / len(balances)
    last = len(balances) - 1
    for at, (month, balance) in enumerate(balances.items()):
        height = int(abs(balance) * scale) or (LEAST_BAR if balance else 0)
        yield Bar(
            month=voice.partial(month),
            x=place(step * at + step / 10),
            middle=place(step * at + step / 2),
            width=place(step * 8 / 10),
            y=zero if balance < 0 else zero - height,
            height=height,
            missing=balance < 0,
            label=voice.partial(month) if at in (0, last) else "",
            anchor="start" if at == 0 else "end",
        )


def _anchor(middle: str) -> str:
    return "start" if Decimal(middle) < 15 else "end" if Decimal(middle) > 85 else "middle"


def _rows(months: Sequence[Answer], voice: Voice) -> tuple[CashMonth, ...]:
    columns = [amounts([one[name] for one in months], voice=voice) for name in ("out", "in", "balance")]
    return tuple(
        CashMonth(voice.capital(voice.partial(one["month"])), out, come, balance, missing=exact(one["balance"]) < 0)
        for one, out, come, balance in zip(months, *columns, strict=True)
    )
