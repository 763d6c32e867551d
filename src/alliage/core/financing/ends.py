"""A problem settled at one end of what is not known: every figure has a value, every offer is in, or out with why.

At the safe end, what is not known is taken at its worst: aid counts in full, a ceiling that is not known leaves no room
for other aid, what must be confirmed first is out, and the lines of a doubtful part may join the base of a ceiling. At
the reachable end it is taken at its best. ``lifted`` gives a problem in which one offer holds its best: the safe plan
of that problem says what confirming this offer is worth.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction

from alliage.core.financing.plan import End, Rule, RuleKind
from alliage.core.financing.problem import (
    Base,
    Ceiling,
    Cents,
    Line,
    Offer,
    Part,
    PrivateShare,
    Problem,
    Range,
    Standing,
    Terms,
)


class Absence(Enum):
    """Why an offer is not in a problem at one end."""

    BANNED = "banned"
    TO_CONFIRM = "to-confirm"  # something must be confirmed before it may enter a safe plan
    RATE_UNKNOWN = "rate-unknown"  # no part is sure enough for a safe plan
    NO_LINE = "no-line"  # it pays no line of this project
    REQUIRES = "requires"  # it needs an offer that is not in the problem at this end


@dataclass(frozen=True, slots=True)
class SettledPart:
    """A part whose figures are known. ``lines``: those that it may pay, in order of id."""

    part: Part
    terms: Terms
    lines: tuple[Line, ...]
    less_aid: bool

    @property
    def base(self) -> Cents:
        """What its rate is applied to, before other aid is taken off."""
        return sum(line.cost for line in self.lines) - self.part.threshold

    @property
    def has_base(self) -> bool:
        """Whether a limit on all its lines together says more than its rate line by line."""
        return bool(self.part.threshold or self.terms.slices)


@dataclass(frozen=True, slots=True)
class Room:
    """The most that counted aid may reach on some lines if an offer is used. Weights by instrument.

    ``only_paid``: what pays nothing is not counted (it takes nothing of a private share).
    """

    rule: Rule
    offer: str
    lines: frozenset[str]
    weights: Mapping[str, Fraction]
    cents: Fraction
    only_paid: bool = False

    @property
    def counts(self) -> tuple[object, ...]:
        """What it counts: equal for the rooms that count the same aid."""
        return (self.lines, self.only_paid, *sorted(self.weights.items()))


@dataclass(frozen=True, slots=True)
class SettledOffer:
    """An offer whose figures are known. ``alone``: its ceiling is not known, so no other counted aid on its lines."""

    offer: Offer
    parts: tuple[SettledPart, ...]
    counted: bool
    lines: frozenset[str]  # of all its parts, in-kind lines and doubtful parts too
    rooms: tuple[Room, ...]
    alone: bool

    @property
    def id(self) -> str:
        """The id of the offer."""
        return self.offer.id


@dataclass(frozen=True, slots=True)
class Settled:
    """A problem at one end. Offers and lines are in order of id, so that no order is heard."""

    problem: Problem
    end: End
    lines: tuple[Line, ...]
    offers: tuple[SettledOffer, ...]
    absent: Mapping[str, Absence]


def settle(problem: Problem, *, end: End) -> Settled:
    """The problem with every figure known at this end."""
    lines = tuple(sorted(problem.lines, key=lambda line: line.id))
    absent: dict[str, Absence] = {}
    settled: dict[str, SettledOffer] = {}
    for offer in sorted(problem.offers, key=lambda offer: offer.id):
        found = _settled(offer, problem, end)
        if isinstance(found, Absence):
            absent[offer.id] = found
        else:
            settled[offer.id] = found
    while lost := [id_ for id_, found in settled.items() if not found.offer.requires <= settled.keys()]:
        for id_ in lost:
            del settled[id_]
            absent[id_] = Absence.REQUIRES
    return Settled(problem=problem, end=end, lines=lines, offers=tuple(settled.values()), absent=absent)


def lifted(problem: Problem, *, offer: str, stated: Problem | None = None) -> Problem:
    """The same problem, in which every doubt about one offer is settled in its favour.

    ``stated`` holds the offer as it was read, if the problem relies on less: what was stated is not lifted above it.
    """
    best = {one.id: _at_best(one, problem) for one in (stated or problem).offers if one.id == offer}
    offers = tuple(best.get(one.id, one) for one in problem.offers)
    return replace(problem, offers=offers)


def is_settled(offer: Offer, problem: Problem) -> bool:
    """Whether nothing is in doubt about an offer: both ends say the same."""
    return _settled(offer, problem, End.SAFE) == _settled(offer, problem, End.REACHABLE)


def instruments(problem: Problem) -> tuple[str, ...]:
    """The kinds of money of all offers, in order."""
    return tuple(sorted({part.instrument for offer in problem.offers for part in offer.parts}))


def _settled(offer: Offer, problem: Problem, end: End) -> SettledOffer | Absence:
    safe = end is End.SAFE
    if offer.id in problem.preferences.banned:
        return Absence.BANNED
    if safe and offer.standing is Standing.TO_CONFIRM:
        return Absence.TO_CONFIRM
    sure = [part for part in offer.parts if not safe or part.safe is not None]
    if not sure:
        return Absence.RATE_UNKNOWN if offer.parts else Absence.NO_LINE
    parts = tuple(part for part in (_part(part, problem, end) for part in sure) if part.lines)
    if not parts:
        return Absence.NO_LINE
    admitted = _lines_of(sure, problem)
    every = _lines_of(offer.parts, problem)
    return SettledOffer(
        offer=offer,
        parts=tuple(sorted(parts, key=lambda part: part.part.id)),
        counted=offer.public is True or (offer.public is None and safe),
        lines=every,
        rooms=tuple(_rooms(offer, admitted, every - admitted, problem, end)),
        alone=safe and offer.ceiling.share is None and not offer.ceiling.none,
    )


def _part(part: Part, problem: Problem, end: End) -> SettledPart:
    terms = part.safe if end is End.SAFE and part.safe is not None else part.best
    paid = sorted((line for line in problem.lines if line.id in part.lines and not line.in_kind), key=lambda x: x.id)
    less_aid = part.less_aid is True or (part.less_aid is None and end is End.SAFE)
    return SettledPart(part=part, terms=terms, lines=tuple(paid), less_aid=less_aid)


def _lines_of(parts: Iterable[Part], problem: Problem) -> frozenset[str]:
    """The lines of the project that some parts admit."""
    return frozenset(line.id for line in problem.lines if any(line.id in part.lines for part in parts))


def _rooms(
    offer: Offer, admitted: frozenset[str], doubtful: frozenset[str], problem: Problem, end: End
) -> Iterator[Room]:
    """The ceiling of an offer and its private shares, as room for aid on their base, and on each doubtful line alone.

    Rooms add up as shares do: a plan that keeps them all keeps the limit whichever doubtful lines join the base.
    """
    share = _at(offer.ceiling.share, end)
    if share is not None and not offer.ceiling.none:
        for index, of in enumerate(offer.ceiling.bases(safe=end is End.SAFE)):
            for lines, base, _ in _bases(of, admitted, doubtful, problem):
                yield Room(
                    rule=Rule(RuleKind.CEILING, offer=offer.id, index=index, reference=offer.ceiling.reference),
                    offer=offer.id,
                    lines=lines,
                    weights=_weights(offer.ceiling, problem, end),
                    cents=share * base,
                )
    for index, private in enumerate(offer.private):
        least = _at(private.at_least, end)
        if least is None:
            continue
        # A doubtful line in kind raises the cash that is asked for: it is counted as if it were sure.
        in_kind = {line.id for line in problem.lines if line.in_kind and line.id in doubtful}
        sure = admitted | in_kind if private.in_cash else admitted
        for lines, base, given in _bases(private.base, sure, doubtful, problem):
            yield Room(
                rule=Rule(RuleKind.PRIVATE_SHARE, offer=offer.id, index=index, reference=private.reference),
                offer=offer.id,
                lines=lines,
                weights=dict.fromkeys(instruments(problem), Fraction(1)),
                cents=(1 - least) * base - (given if private.in_cash else 0),
                only_paid=True,
            )


def _at(figure: Range | None, end: End) -> Fraction | None:
    """A figure at one end; ``None``: no limit."""
    if figure is None:
        return None
    return figure.safe if end is End.SAFE else figure.best


def _bases(
    base: Base, admitted: frozenset[str], doubtful: frozenset[str], problem: Problem
) -> Iterator[tuple[frozenset[str], Cents, Cents]]:
    """A base, then each doubtful line that may join it and be paid."""
    yield _base(base, admitted, problem)
    if base is Base.ELIGIBLE:
        for line in problem.lines:
            if line.id in doubtful and not line.in_kind:
                yield _base(base, frozenset({line.id}), problem)


def _base(base: Base, admitted: frozenset[str], problem: Problem) -> tuple[frozenset[str], Cents, Cents]:
    """The lines that a base holds, their cost, and how much of it is in kind."""
    lines = [line for line in problem.lines if base is Base.TOTAL or line.id in admitted]
    given = sum(line.cost for line in lines if line.in_kind)
    return frozenset(line.id for line in lines), sum(line.cost for line in lines), given


def _weights(ceiling: Ceiling, problem: Problem, end: End) -> dict[str, Fraction]:
    """What each kind of money counts for in a ceiling; a weight that is not known is worst at 1, best at 0."""
    unknown = Fraction(1 if end is End.SAFE else 0)
    kinds, default = instruments(problem), problem.default_weights
    written = {kind: ceiling.weights.get(kind, default.get(kind, Fraction(1))) for kind in kinds}
    return {kind: unknown if weight is None else weight for kind, weight in written.items()}


def _at_best(offer: Offer, problem: Problem) -> Offer:
    ceiling = offer.ceiling
    best = _at(ceiling.share, End.REACHABLE)
    return replace(
        offer,
        parts=tuple(replace(part, safe=part.best, less_aid=part.less_aid is True) for part in offer.parts),
        standing=Standing.SURE,
        public=offer.public is True,
        ceiling=replace(
            ceiling,
            share=None if best is None else Range(best, best),
            none=ceiling.none or best is None,
            weights=_weights(ceiling, problem, End.REACHABLE),
            either=False,
        ),
        private=tuple(_private_at_best(offer.private)),
    )


def _private_at_best(private: tuple[PrivateShare, ...]) -> Iterator[PrivateShare]:
    """The same private shares at their best; one that may not exist asks for nothing, and keeps its number."""
    for one in private:
        best = Fraction(0) if one.at_least.best is None else one.at_least.best
        yield replace(one, at_least=Range(best, best))
