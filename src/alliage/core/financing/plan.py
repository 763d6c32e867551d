"""A financing plan: amounts by offer, part and line; what it is worth; how sure that nothing better exists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from alliage.core.financing.problem import Cents, Offer


class End(Enum):
    """Which end of what is not known a plan was made at."""

    SAFE = "safe"  # holds whatever the answers
    REACHABLE = "reachable"  # if every answer is the favourable one


@dataclass(frozen=True, slots=True)
class Amount:
    """What one part of an offer gives on one line: a sum received, or one that is only vouched for (not ``pays``)."""

    offer: str
    part: str
    line: str
    instrument: str
    cents: Cents
    pays: bool = True


class RuleKind(Enum):
    """What kind of rule a limit comes from; each row of the model is named after its rule."""

    LINE = "line"  # a line is not paid twice
    RATE = "rate"
    PART_AT_MOST = "part-at-most"
    PART_AT_LEAST = "part-at-least"
    CAP = "cap"
    SHARED_CAP = "shared-cap"
    CEILING = "ceiling"
    CEILING_UNKNOWN = "ceiling-unknown"
    PRIVATE_SHARE = "private-share"
    CREDIT_BASE = "credit-base"
    NOT_WITH = "not-with"
    NOT_ON_SAME_LINE = "not-on-same-line"
    SAME_MONEY = "same-money"
    CHOICE = "choice"
    REQUIRES = "requires"
    NOT_SURE = "not-sure"  # a safe plan takes nothing that must be confirmed first
    PINNED = "pinned"
    BANNED = "banned"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, by its kind and what it is about; the same in the model, the checker and the explanations."""

    kind: RuleKind
    offer: str | None = None  # whose rule it is
    part: str | None = None
    line: str | None = None
    other: str | None = None  # the other offer of an exclusion or of a requirement
    index: int = 0  # which cap, which private share
    reference: str = ""


def barring(kind: RuleKind, *, owner: Offer, other: str, line: str | None = None) -> Rule:
    """The rule by which an offer does not go with another, or not on the same line, with its reference."""
    reference = owner.not_with_reference if kind is RuleKind.NOT_WITH else owner.same_line_reference
    return Rule(kind, offer=owner.id, other=other, line=line, reference=reference)


@dataclass(frozen=True, slots=True)
class Proof:
    """How sure it is that no plan is worth more: ``gap`` 0 is a proof; else the bound says what may be left.

    A proof is of the plan in fractions of a cent; rounding it down costs about a cent for each amount.
    ``gap`` is the share of the bound that was not reached.
    """

    worth: Cents
    bound: Cents
    gap: float
    complete: bool  # False if the time was over first


@dataclass(frozen=True, slots=True)
class Plan:
    """Amounts that keep every rule, worth most at one end of what is not known."""

    end: End
    amounts: tuple[Amount, ...]
    used: tuple[str, ...]  # offers, in order of id
    worth: Cents  # grant equivalent, applications deducted
    proof: Proof
    unfit: tuple[str, ...] = ()  # pinned offers that no lawful plan of this end can hold together with the others

    @property
    def found(self) -> bool:
        """Whether it is an answer; an empty plan whose proof is not complete only says that the time was over."""
        return self.proof.complete or bool(self.used)

    @property
    def total(self) -> Cents:
        """All the money of the plan: what would be received."""
        return sum(amount.cents for amount in self.amounts if amount.pays)

    @property
    def parts(self) -> frozenset[tuple[str, str]]:
        """The parts that give something, each named with its offer."""
        return frozenset((amount.offer, amount.part) for amount in self.amounts)

    @property
    def vouched(self) -> Cents:
        """What is vouched for and never received: loans, of which a share may be covered only."""
        return sum(amount.cents for amount in self.amounts if not amount.pays)

    def by_offer(self) -> Mapping[str, Cents]:
        """What each offer gives, received or not."""
        totals: dict[str, Cents] = dict.fromkeys(self.used, 0)
        for amount in self.amounts:
            totals[amount.offer] += amount.cents
        return totals
