"""Financing problems for tests: short ways to write one, and problems at random. Nothing in them is real."""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

from alliage.core.financing.problem import (
    Base,
    Cap,
    Ceiling,
    Line,
    Offer,
    Part,
    Preferences,
    PrivateShare,
    Problem,
    Range,
    SharedCap,
    Slice,
    Standing,
    Terms,
)

WORTH = {"grant": Fraction(1), "credit": Fraction(9, 10), "loan": Fraction(1, 5), "guarantee": Fraction(1, 10)}
NO_CEILING = Ceiling(share=None, none=True)


def dollars(amount: float) -> int:
    """Cents."""
    return round(amount * 100)


def share(percent: float) -> Range:
    """A share that is known."""
    exact = Fraction(str(percent)) / 100
    return Range(exact, exact)


def ceiling(percent: float, *, weights: dict[str, Any] | None = None, base: Base = Base.ELIGIBLE) -> Ceiling:
    """A ceiling that is known."""
    return Ceiling(share(percent), base=base, weights=weights or {}, reference="the ceiling")


def line(id_: str, amount: float, *, in_kind: bool = False) -> Line:
    """An expense."""
    return Line(id_, f"category of {id_}", dollars(amount), in_kind=in_kind)


def terms(percent: float, *, at_most: float | None = None, at_least: float = 0, slices: Any = ()) -> Terms:
    """A rate and its bounds, in dollars."""
    most = None if at_most is None else dollars(at_most)
    return Terms(Fraction(str(percent)) / 100, at_most=most, at_least=dollars(at_least), slices=tuple(slices))


def part(percent: float, lines: Iterable[str], **more: Any) -> Part:
    """A part whose figures are all known."""
    bounds = {name: more.pop(name) for name in ("at_most", "at_least", "slices") if name in more}
    known = terms(percent, **bounds)
    more = {"id": "money", "instrument": "grant", "safe": known, "best": known} | more
    return Part(lines=frozenset(lines), **more)


def offer(id_: str, *parts: Part, **more: Any) -> Offer:
    """An offer; without a word on it, it has no ceiling."""
    return Offer(**{"id": id_, "provider": f"provider of {id_}", "parts": parts, "ceiling": NO_CEILING} | more)


def problem(lines: Iterable[Line], offers: Iterable[Offer], **more: Any) -> Problem:
    """A problem; what is not of it goes to the preferences."""
    own = {name: more.pop(name) for name in ("shared_caps", "default_weights") if name in more}
    preferences = Preferences(**{"worth": WORTH} | more)
    return Problem(lines=tuple(lines), offers=tuple(offers), preferences=preferences, **own)


# --------------------------------------------------------------------------------------------- at random

SHARES = (20, 30, 40, 50, 75, 100)
KINDS = tuple(WORTH)


def random_problem(random: Random, *, offers: int, lines: int) -> Problem:
    """A problem with any of the rules, drawn small enough for the rules to meet; amounts down to the cent."""
    expenses = [_random_line(random, f"l{number}") for number in range(random.randint(1, lines))]
    ids = [f"o{number}" for number in range(random.randint(0, offers))]
    made = [_random_offer(random, id_, ids, expenses) for id_ in ids]
    shared = ()
    if ids and random.random() < 0.3:
        held = frozenset(random.sample(ids, random.randint(1, len(ids))))
        weights = {"loan": Fraction(1, 2)} if random.random() < 0.5 else {}
        shared = (SharedCap(random.randint(1, 200_000) * 10, held, weights=weights),)
    return problem(
        expenses,
        made,
        shared_caps=shared,
        default_weights={"guarantee": None} if random.random() < 0.5 else {},
        per_application=random.choice((0, 0, 50_00)),
        pinned=frozenset(id_ for id_ in ids if random.random() < 0.08),
    )


MOST = 10**12  # cents on a line
COSTS = (1, 99, 9_99, 1_000_00, 5_805_46, 9_000_000_00, 720_000_000_00, 10**11, MOST)


def mixed_scales(random: Random, *, offers: int, lines: int) -> Problem:
    """A random problem whose lines cost from a cent to ten billion dollars, and whose offers are of any size."""
    drawn = random_problem(random, offers=offers, lines=lines)
    costs = [random.choice((random.choice(COSTS), int(10 ** random.uniform(0, 12)))) for _ in drawn.lines]
    return replace(
        drawn,
        lines=tuple(replace(one, cost=cost) for one, cost in zip(drawn.lines, costs, strict=True)),
        offers=tuple(_scaled(one, random.choice((1.0, 10 ** random.uniform(-4, 5)))) for one in drawn.offers),
    )


def _scaled(offer: Offer, times: float) -> Offer:
    def cents(amount: int) -> int:
        return min(MOST, int(amount * times))

    def terms(own: Terms | None) -> Terms | None:
        if own is None:
            return None
        most = None if own.at_most is None else cents(own.at_most)
        return replace(own, at_most=most, at_least=cents(own.at_least), slices=slices(*own.slices))

    def slices(*own: Slice) -> tuple[Slice, ...]:
        if not own:
            return ()
        first, last = own
        edge = max(1, cents(first.to or 0))
        end = None if last.to is None else max(edge + 1, cents(last.to))
        return replace(first, to=edge), replace(last, start=edge, to=end)

    parts = tuple(
        replace(one, safe=terms(one.safe), best=terms(one.best), threshold=cents(one.threshold)) for one in offer.parts
    )
    caps = tuple(replace(cap, at_most=cents(cap.at_most)) for cap in offer.caps)
    return replace(offer, parts=parts, caps=caps)


def _random_line(random: Random, id_: str) -> Line:
    cents = random.choice((random.randint(1, 100) * 100_00, random.randint(1, 1_000_000)))
    return replace(line(id_, 1, in_kind=random.random() < 0.1), cost=cents)


def _random_offer(random: Random, id_: str, ids: list[str], lines: list[Line]) -> Offer:
    chosen = [one.id for one in lines if random.random() < 0.8]
    parts = tuple(_random_part(random, f"p{number}", chosen) for number in range(random.choice((1, 1, 1, 2))))
    return Offer(
        id=id_,
        provider="someone",
        parts=parts,
        standing=Standing.TO_CONFIRM if random.random() < 0.1 else Standing.SURE,
        public=random.choice((True, True, True, False, None)),
        caps=tuple(_random_cap(random, parts, chosen) for _ in range(random.choice((0, 0, 1)))),
        ceiling=_random_ceiling(random),
        private=tuple(_random_private(random) for _ in range(random.choice((0, 0, 1)))),
        not_with=(excluded := _some(random, ids, id_, 0.1)),
        not_on_same_line=_some(random, ids, id_, 0.15),
        requires=_some(random, ids, id_, 0.05) - excluded,
        same_money=random.choice((None, None, None, "purse")),
    )


def _random_part(random: Random, id_: str, lines: list[str]) -> Part:
    held = frozenset(one for one in lines if random.random() < 0.9)
    best = _random_terms(random)
    safe = random.choice((best, best, best, None, replace(best, rate=best.rate / 2)))
    less_aid = random.choice((False, False, False, True, None))
    instrument = random.choice(KINDS)
    return Part(
        id=id_,
        instrument=instrument,
        pays=instrument != "guarantee" or random.random() < 0.3,
        lines=held,
        safe=safe,
        best=best,
        choice=random.choice((None, "either")),
        less_aid=less_aid,
        threshold=random.choice((0, 0, 0, random.randint(1, 300_000))),
    )


def _random_terms(random: Random) -> Terms:
    slices: tuple[Slice, ...] = ()
    if random.random() < 0.15:
        first, then = sorted((Fraction(random.choice(SHARES), 100), Fraction(random.choice(SHARES), 100)))
        edge = random.randint(1, 500_000)
        end = 2 * edge if edge % 3 < 2 else None  # not drawn: the seeds that tests name give what they gave
        slices = (Slice(then, 0, edge), Slice(first, edge, end))
    at_most = random.choice((None, None, random.randint(1, 500_000)))
    at_least = random.choice((0, 0, random.randint(1, 200_000)))
    return Terms(
        rate=Fraction(random.choice(SHARES), 100),
        at_most=at_most,
        at_least=at_least if at_most is None else min(at_least, at_most),
        slices=slices,
    )


def _random_cap(random: Random, parts: tuple[Part, ...], lines: list[str]) -> Cap:
    held = frozenset(lines[:1]) if random.random() < 0.3 and lines else None
    return Cap(random.randint(1, 600_000), frozenset(one.id for one in parts), lines=held)


def _random_ceiling(random: Random) -> Ceiling:
    kind = random.random()
    if kind < 0.2:
        return NO_CEILING
    if kind < 0.4:
        return Ceiling(share=None)
    safe = Fraction(random.choice(SHARES), 100)
    best = random.choice((safe, safe, Fraction(1), None))
    weights = random.choice(({}, {"loan": Fraction(1, 2)}, {"loan": None, "guarantee": Fraction(3, 10)}))
    either = safe.denominator % 5 == 0  # some of them; no draw, so that a seed still gives the problem that it gave
    return Ceiling(Range(safe, best), base=random.choice(tuple(Base)), weights=weights, either=either)


def _random_private(random: Random) -> PrivateShare:
    safe = Fraction(random.choice((10, 20, 25, 50)), 100)
    best = random.choice((safe, safe, Fraction(0), None))
    return PrivateShare(Range(safe, best), base=random.choice(tuple(Base)), in_cash=random.random() < 0.4)


def _some(random: Random, ids: list[str], own: str, chance: float) -> frozenset[str]:
    return frozenset(other for other in ids if other != own and random.random() < chance)
