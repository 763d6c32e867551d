"""The figures of a part, from the tiers that may apply: the end that holds whichever applies, and the best end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from alliage.core.financing.case import Case, Document, cents, periods, share
from alliage.core.financing.problem import Cents, Slice, Terms

BASES = frozenset({"eligible", "total", "total-cost", "capital-cost"})  # what an expense line can be a part of
ONE_PER_PROJECT = frozenset({"site", "building", "establishment"})  # things of which a project has one, unless it says


@dataclass(frozen=True, slots=True)
class Figures:
    """A rate and its bounds at one end. ``yearly``: the most for each year. ``None``: no limit."""

    rate: Fraction
    at_most: Cents | None = None
    at_least: Cents = 0
    yearly: Cents | None = None


def known(tier: Document) -> bool:
    """Whether a tier says anything that bounds the aid: a rate or an amount, on a base that lines are a part of."""
    said = "rate_at_most" in tier or "at_most" in tier.get("amount", {})
    return said and tier.get("base", "eligible") in BASES


def sure_figures(tiers: Sequence[Document], *, limits: Document, case: Case) -> Figures | None:
    """The lowest rate and amount and the highest minimum of the tiers; ``None`` if one of them is not known.

    A tier without a rate is known only if its amount is fixed. Of things whose number is not known, one counts.
    """
    found = [_figures(tier, limits, case, best=False) for tier in tiers]
    ends = [one for one in found if one is not None]
    if len(ends) < len(tiers):
        return None
    return Figures(
        rate=min(end.rate for end in ends),
        at_most=_least(end.at_most for end in ends),
        at_least=max(end.at_least for end in ends),
        yearly=_least(end.yearly for end in ends),
    )


def best_figures(tiers: Sequence[Document], *, limits: Document, case: Case) -> Figures:
    """The highest rate and amount and the lowest minimum of the tiers that say any."""
    ends = [one for one in (_figures(tier, limits, case, best=True) for tier in tiers) if one is not None]
    return Figures(
        rate=max(end.rate for end in ends),
        at_most=_most(end.at_most for end in ends),
        at_least=min(end.at_least for end in ends),
        yearly=_most(end.yearly for end in ends),
    )


def _figures(tier: Document, limits: Document, case: Case, *, best: bool) -> Figures | None:
    amount = tier.get("amount", {})
    count = _count(amount, limits, case, best=best)
    fixed = "at_most" in amount and amount.get("at_least") == amount["at_most"]
    if not known(tier) or count == 0 or not (best or fixed or "rate_at_most" in tier):
        return None
    most = cents(amount["at_most"]) * count if count is not None and "at_most" in amount else None
    yearly = "year" in periods(amount)
    return Figures(
        rate=min(share(tier.get("rate_at_most", 1)), Fraction(1)),
        at_most=None if yearly else most,
        at_least=cents(amount.get("at_least", 0)) * (count or 1),
        yearly=most if yearly else None,
    )


def _count(amount: Document, limits: Document, case: Case, *, best: bool) -> int | None:
    """By how many an amount is multiplied: one in general; ``None`` for a number without a known limit.

    Of the persons hired, one at least is of those that the programme counts; at best, all are.
    """
    if "person" in periods(amount):
        low, high = case.persons or (0, 0)
        limit = limits.get("persons_at_most")
        number = high if best else min(low, 1)
        return number if limit is None else limit if number is None else min(number, limit)
    return None if best and amount.get("unit", "site") not in ONE_PER_PROJECT else 1


def _least(amounts: Iterable[Cents | None]) -> Cents | None:
    return min((amount for amount in amounts if amount is not None), default=None)


def _most(amounts: Iterable[Cents | None]) -> Cents | None:
    """The highest; no limit if one has none."""
    found = list(amounts)
    return None if None in found else max(amount for amount in found if amount is not None)


def slices_of(tiers: Sequence[Document], *, cost: Cents) -> tuple[Slice, ...]:
    """The rates on successive slices of a base that can be ``cost`` at most; nothing if the tiers have no slices."""
    found = []
    for tier in tiers:
        bounds = tier.get("slice")
        if bounds is None or cents(bounds.get("from", 0)) >= cost:
            continue
        to = cents(bounds["to"]) if "to" in bounds else None
        found.append(Slice(share(tier.get("rate_at_most", 0)), cents(bounds.get("from", 0)), to))
    return tuple(sorted(found, key=lambda one: one.start))


def terms_of(figures: Figures, *, slices: tuple[Slice, ...], cost: Cents, counted_at_most: Cents | None) -> Terms:
    """Figures as terms. One slice that holds the whole base is a plain rate; expenses above a limit do not count."""
    whole = len(slices) == 1 and slices[0].start == 0 and (slices[0].to is None or slices[0].to >= cost)
    rate = slices[0].rate if whole else max((one.rate for one in slices), default=figures.rate)
    limit = None if counted_at_most is None else int(rate * counted_at_most)
    return Terms(
        rate=rate,
        at_most=_least((figures.at_most, limit)),
        at_least=figures.at_least,
        slices=() if whole else slices,
    )
