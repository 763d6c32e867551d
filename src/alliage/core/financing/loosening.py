"""The same problem with one limit a little wider: what the limit costs is the difference between the two plans."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from alliage.core.financing.plan import End, Rule, RuleKind
from alliage.core.financing.problem import Cents, Offer, Part, Problem, Range, Terms

POINTS = Fraction(1, 20)  # how much wider a share is tried: five points
TENTH = 10  # an amount is tried a tenth wider, in whole thousands of dollars
THOUSAND: Cents = 100_000


def loosened(problem: Problem, *, rule: Rule, end: End) -> tuple[Problem, Cents | Fraction] | None:
    """The problem with a wider limit, and by how much at this end: cents (``int``) or a share.

    A share stops at 0 or at 1, so that its step may be less than five points. ``None``: it has no figure to widen.
    """
    if rule.kind is RuleKind.SHARED_CAP:
        cap = problem.shared_caps[rule.index]
        caps = list(problem.shared_caps)
        caps[rule.index] = replace(cap, at_most=cap.at_most + (by := _step(cap.at_most)))
        return replace(problem, shared_caps=tuple(caps)), by
    wider = _WIDER.get(rule.kind)
    offer = next((one for one in problem.offers if one.id == rule.offer), None)
    found = wider(offer, rule, end) if wider and offer else None
    if found is None or not found[1]:
        return None
    other, step = found
    return replace(problem, offers=tuple(other if one.id == other.id else one for one in problem.offers)), step


def _step(cents: Cents) -> Cents:
    return max(1, round(cents / TENTH / THOUSAND)) * THOUSAND


def _cap(offer: Offer, rule: Rule, end: End) -> tuple[Offer, Cents | Fraction] | None:
    del end
    caps = list(offer.caps)
    by = _step(caps[rule.index].at_most)
    caps[rule.index] = replace(caps[rule.index], at_most=caps[rule.index].at_most + by)
    return replace(offer, caps=tuple(caps)), by


def _ceiling(offer: Offer, rule: Rule, end: End) -> tuple[Offer, Cents | Fraction] | None:
    del rule
    share = offer.ceiling.share
    if share is None:
        return None
    best = None if share.best is None else min(Fraction(1), share.best + POINTS)
    wider = Range(min(Fraction(1), share.safe + POINTS), best)
    return replace(offer, ceiling=replace(offer.ceiling, share=wider)), _moved(share, wider, end)


def _private(offer: Offer, rule: Rule, end: End) -> tuple[Offer, Cents | Fraction] | None:
    private = list(offer.private)
    least = private[rule.index].at_least
    best = None if least.best is None else max(Fraction(0), least.best - POINTS)
    wider = Range(max(Fraction(0), least.safe - POINTS), best)
    private[rule.index] = replace(private[rule.index], at_least=wider)
    return replace(offer, private=tuple(private)), _moved(least, wider, end)


def _at_most(offer: Offer, rule: Rule, end: End) -> tuple[Offer, Cents | Fraction] | None:
    del end
    part = next(one for one in offer.parts if one.id == rule.part)
    by = _step(part.best.at_most or 0)

    def wider(terms: Terms) -> Terms:
        return terms if terms.at_most is None else replace(terms, at_most=terms.at_most + by)

    return _with(offer, part, wider), by


def _rate(offer: Offer, rule: Rule, end: End) -> tuple[Offer, Cents | Fraction] | None:
    part = next(one for one in offer.parts if one.id == rule.part)

    def wider(terms: Terms) -> Terms:
        slices = tuple(replace(one, rate=min(Fraction(1), one.rate + POINTS)) for one in terms.slices)
        return replace(terms, rate=min(Fraction(1), terms.rate + POINTS), slices=slices)

    terms = part.best if end is End.REACHABLE or part.safe is None else part.safe
    rates = [one.rate for one in terms.slices] or [terms.rate]
    return _with(offer, part, wider), min(POINTS, 1 - min(rates))


def _moved(before: Range, after: Range, end: End) -> Fraction:
    """By how much a share that stops at 0 or at 1 was moved, at one end."""
    if end is End.SAFE or before.best is None or after.best is None:
        return abs(after.safe - before.safe)
    return abs(after.best - before.best)


def _with(offer: Offer, part: Part, wider: Callable[[Terms], Terms]) -> Offer:
    other = replace(part, safe=None if part.safe is None else wider(part.safe), best=wider(part.best))
    return replace(offer, parts=tuple(other if one.id == part.id else one for one in offer.parts))


_WIDER: dict[RuleKind, Callable[[Offer, Rule, End], tuple[Offer, Cents | Fraction] | None]] = {
    RuleKind.CAP: _cap,
    RuleKind.CEILING: _ceiling,
    RuleKind.PRIVATE_SHARE: _private,
    RuleKind.PART_AT_MOST: _at_most,
    RuleKind.RATE: _rate,
    RuleKind.CREDIT_BASE: _rate,
}
