"""Where the money of a plan comes from and goes, as numbers that an SVG takes.

Widths are percentages of the drawing, so that words keep their size on a telephone; ribbons are drawn in a box of their
own, 1000 by 100. What a drawing shows is also in a table; letters and patterns say it too: colour is not alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from alliage.hub.finder.queries.plan_figures import Answer, amounts, exact, percent, place
from alliage.hub.finder.queries.voice import Voice

OWN, IN_KIND = "own", "in-kind"
FAMILIES = {
    "grant": "grant",
    "wage-subsidy": "grant",
    "voucher": "grant",
    "tax-credit": "credit",
    "tax-deduction": "credit",
    "loan": "debt",
    "repayable-contribution": "debt",
    "loan-guarantee": "debt",
    OWN: OWN,
    IN_KIND: IN_KIND,
}  # how a kind of money is drawn; the others together
WIDE, DEEP = 1000, 100  # the box of the ribbons
# The least share of the whole in which something fits: an amount on a telephone, an amount on a wide page, a letter.
ROOM = ((Decimal("0.28"), "always"), (Decimal("0.13"), "wide"), (Decimal("0.05"), "key"))
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of one of the two bars, and its row in the table. ``x``, ``middle`` and ``width`` are percentages."""

    key: str
    name: str
    family: str
    kind: str
    amount: str
    share: str
    x: str
    middle: str
    width: str
    room: str  # what fits inside, as in ROOM; nothing for a thin one
    programme: str = ""
    aid: str = ""
    own: str = ""


@dataclass(frozen=True, slots=True)
class Ribbon:
    """What one source pays of one expense."""

    path: str
    family: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Sources above, uses under, of the same length; ``told`` says it all in one sentence."""

    sources: tuple[Segment, ...]
    uses: tuple[Segment, ...]
    ribbons: tuple[Ribbon, ...]
    total: str
    aid: str
    own: str
    sources_told: str
    uses_told: str


# ----------------------------------------------------------------------------------------- sources and uses


def chart(plan: Answer, *, voice: Voice) -> Chart | None:
    """The drawing of a plan; ``None`` if the project costs nothing."""
    sources = sorted((one for one in plan["sources"] if exact(one["amount"]) > 0), key=_by_amount)
    uses = [one for one in plan["uses_by_kind"] if exact(one["amount"]) > 0]
    total = sum((exact(use["amount"]) for use in uses), Decimal(0))
    if total <= 0:
        return None
    above, under = _segments(sources, _letters(), total, voice), _segments(uses, _numbers(), total, voice)
    aid, own = (sum((exact(use[part]) for use in uses), Decimal(0)) for part in ("aid", "own"))
    written = amounts([total, aid, own], voice=voice)
    return Chart(
        sources=tuple(above),
        uses=tuple(under),
        ribbons=tuple(_ribbons(_flows(plan, sources, uses), sources, uses, total)),
        total=written[0],
        aid=written[1],
        own=written[2],
        sources_told=_told(above, voice),
        uses_told=_told(under, voice),
    )


def _by_amount(source: Answer) -> tuple[bool, Decimal]:
    """Programmes first, the largest amount first; then the company's own."""
    own = source["programme"] is None
    return own, Decimal(0) if own else -exact(source["amount"])


def _letters() -> Iterator[str]:
    """A, B, … Z, AA, AB, and so on."""
    yield from LETTERS
    for first in LETTERS:
        yield from (first + second for second in LETTERS)


def _numbers() -> Iterator[str]:
    return (str(number) for number in range(1, 1000))


def _segments(rows: Sequence[Answer], keys: Iterable[str], total: Decimal, voice: Voice) -> list[Segment]:
    parts = [exact(row["amount"]) / total for row in rows]
    starts = accumulate(parts, initial=Decimal(0))
    columns = {name: amounts([row.get(name, 0) for row in rows], voice=voice) for name in ("amount", "aid", "own")}
    made = []
    for at, (row, key, part, start) in enumerate(zip(rows, keys, parts, starts, strict=False)):
        kind = row.get("kind", "")
        made.append(
            Segment(
                key=key,
                name=voice.capital(voice.text(row["name"])),
                family=FAMILIES.get(kind, "other") if kind else "use",
                kind="" if kind in ("", OWN, IN_KIND) else voice.instrument(kind),
                amount=columns["amount"][at],
                share=percent(part, voice=voice),
                x=place(start * 100),
                middle=place((start + part / 2) * 100),
                width=place(part * 100),
                room=next((room for least, room in ROOM if part >= least), ""),
                programme=row.get("programme") or "",
                aid=columns["aid"][at],
                own=columns["own"][at],
            )
        )
    return made


def _told(segments: Iterable[Segment], voice: Voice) -> str:
    return voice.listing(f"{one.name} {one.amount} ({one.share})" for one in segments)


def _flows(plan: Answer, sources: Sequence[Answer], uses: Sequence[Answer]) -> dict[tuple[int, int], Decimal]:
    """How much each source pays of each use, by their places."""
    at_line = {line: at for at, use in enumerate(uses) for line in use["lines"]}
    at_source = {(one["programme"], one["kind"]): at for at, one in enumerate(sources)}
    flows: dict[tuple[int, int], Decimal] = {}
    for programme in plan["programmes"]:
        for part in programme["parts"]:
            source = at_source.get((programme["programme"], part["instrument"])) if part["pays"] else None
            for paid in part["lines"]:
                use = at_line.get(paid["line"])
                if source is not None and use is not None:
                    flows[source, use] = flows.get((source, use), Decimal(0)) + exact(paid["amount"])
    own, given = at_source.get((None, OWN)), at_source.get((None, IN_KIND))
    for at, line in enumerate(uses):
        left = exact(line["amount"]) - exact(line["aid"]) - exact(line["own"])
        for payer, amount in ((own, exact(line["own"])), (given, left)):
            if payer is not None and amount > 0:
                flows[payer, at] = amount
    return flows


def _ribbons(
    flows: Mapping[tuple[int, int], Decimal], sources: Sequence[Answer], uses: Sequence[Answer], total: Decimal
) -> Iterator[Ribbon]:
    above = list(accumulate((exact(one["amount"]) for one in sources), initial=Decimal(0)))
    under = list(accumulate((exact(one["amount"]) for one in uses), initial=Decimal(0)))
    for (source, use), amount in sorted(flows.items()):
        ends = [value / total * WIDE for value in (above[source], above[source] + amount)]
        feet = [value / total * WIDE for value in (under[use], under[use] + amount)]
        above[source] += amount
        under[use] += amount
        yield Ribbon(_path(*ends, *feet), FAMILIES.get(sources[source]["kind"], "other"))


def _path(left: Decimal, right: Decimal, foot_left: Decimal, foot_right: Decimal) -> str:
    a, b, c, d = (place(value) for value in (left, right, foot_left, foot_right))
    half = DEEP // 2
    return f"M{a} 0C{a} {half} {c} {half} {c} {DEEP}L{d} {DEEP}C{d} {half} {b} {half} {b} 0Z"
