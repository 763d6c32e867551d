"""The private money that the company says it has for its project, beside what a plan leaves it to pay."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

from alliage.core.financing.financing import Financing
from alliage.core.financing.plan import End
from alliage.core.financing.problem import Cents
from alliage.core.matching.aid import highest
from alliage.core.vocabulary.answers import Answer, Possible, Span


@dataclass(frozen=True, slots=True)
class PrivateMoney:
    """The most that the company says it can put in. ``sure``: it said one figure, not an interval or a doubt."""

    said: Cents
    sure: bool

    def missing(self, left: Cents) -> Cents:
        """The least that it lacks to pay what a plan leaves; 0 if it has enough."""
        return max(0, left - self.said)


def private_money(financing: Financing) -> PrivateMoney | None:
    """What the answers say of it; ``None`` if they bound nothing."""
    role = financing.results.catalogue.vocabulary.roles.private_share
    answer = financing.results.known.answers.get(role) if role else None
    share = highest(answer)
    if share is None:
        return None
    said = floor(Fraction(share) * financing.offered.problem.total)
    return PrivateMoney(said, sure=_lowest(answer) == share)


def _lowest(answer: Answer | None) -> Decimal | None:
    """The lowest value that an answer allows; ``None`` if it has none."""
    if isinstance(answer, Span):
        return None if answer.low is None else Decimal(answer.low)
    return min(map(Decimal, answer.values)) if isinstance(answer, Possible) else None


def own_funds(financing: Financing, end: End) -> Cents:
    """What a plan leaves to the company to pay: the lines that are not given in kind, less the aid received."""
    paid = sum(line.cost for line in financing.offered.problem.lines if not line.in_kind)
    return paid - financing.plan(end).total
