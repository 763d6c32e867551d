"""A financing problem in neutral words: a project's expense lines, and offers of money with all their rules.

Nothing here knows a pack, a country or a language. Money is in whole cents, shares are exact fractions. A rule carries
a ``reference`` that the caller chose (a programme and a source, say): explanations give it back.

What is *not known* is ``None`` or an :class:`Unknown`, never a guess. :mod:`.ends` settles it both ways.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import TypeAlias

Cents: TypeAlias = int

LEAST_USED: Cents = 100  # an offer that gives less than a dollar is not used


class Base(Enum):
    """What a share is a share of."""

    ELIGIBLE = "eligible"  # the cost of the lines that the offer admits
    TOTAL = "total"  # the cost of the whole project


@dataclass(frozen=True, slots=True)
class Line:
    """An expense of the project. ``in_kind``: given, not paid (own time, own equipment)."""

    id: str
    category: str
    cost: Cents
    day: date | None = None
    in_kind: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """A figure that is not settled: the end that gives least, and the end that gives most (``None``: no limit)."""

    safe: Fraction
    best: Fraction | None


@dataclass(frozen=True, slots=True)
class Slice:
    """A rate on a slice of the base, in cents; ``to`` is ``None`` for what is above."""

    rate: Fraction
    start: Cents
    to: Cents | None


@dataclass(frozen=True, slots=True)
class Terms:
    """The rate and the bounds of a part, at one end of what is known.

    ``at_least`` is the least that is paid if anything is. ``slices`` replaces ``rate`` where rates follow the base.
    """

    rate: Fraction
    at_most: Cents | None = None
    at_least: Cents = 0
    slices: tuple[Slice, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One form of money of an offer, on the lines that it admits.

    Two parts of one offer with the same ``choice`` exclude each other. ``safe`` is ``None`` if the part is not sure
    enough for a safe plan (its rate is not known); ``best`` is the other end, equal to ``safe`` where all is known.
    ``less_aid`` says whether other aid on a line lowers the base of this part (a tax credit): ``None`` is not known.
    ``threshold`` is subtracted from the base first. The base of a rate holds only the lines that are paid; in-kind
    lines enter the bases of ceilings and of private shares.

    ``pays`` is ``False`` if no sum is received (a guarantee of somebody else's loan): it takes nothing of the private
    share and lowers the base of no other part, but keeps its own rate and caps, is worth its grant equivalent, counts
    as aid in ceilings by its weight, and vouches only for what the rest leaves to pay on a line. ``covers`` is the
    share of what it vouches for that it would make good: said, never a limit.
    """

    id: str
    instrument: str
    lines: frozenset[str]
    safe: Terms | None
    best: Terms
    choice: str | None = None
    less_aid: bool | None = False
    threshold: Cents = 0
    reference: str = ""
    pays: bool = True
    covers: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Cap:
    """The most that some parts of an offer, on some lines, may pay together (a year's cap holds that year's lines)."""

    at_most: Cents
    parts: frozenset[str]
    lines: frozenset[str] | None = None
    label: str = "project"  # project, company, year, lifetime… : what the rule counts by
    reference: str = ""


@dataclass(frozen=True, slots=True)
class SharedCap:
    """The most that several offers may pay together (all the programmes of one city, say), each with its weight."""

    at_most: Cents
    offers: frozenset[str]
    weights: Mapping[str, Fraction] = field(default_factory=dict)  # by instrument; 1 where absent
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The most that all counted aid may reach on an offer's own lines, as a share of a base.

    ``none`` says that the offer has no such ceiling (a tax measure). ``share`` ``None`` without ``none``: not known.
    ``weights`` counts a kind of money for less than its amount; a kind absent from ``weights`` counts by the
    ``default_weights`` of the problem, and in full if they are silent too; ``None`` is a weight that is not known.
    ``either``: it is a share of ``base`` or of the other one, which is not known; a safe plan keeps it on both.
    """

    share: Range | None
    base: Base = Base.ELIGIBLE
    weights: Mapping[str, Fraction | None] = field(default_factory=dict)
    none: bool = False
    reference: str = ""
    either: bool = False

    def bases(self, *, safe: bool) -> tuple[Base, ...]:
        """What it is a share of at one end: both bases where which one is not known."""
        other = Base.TOTAL if self.base is Base.ELIGIBLE else Base.ELIGIBLE
        return (self.base, other) if safe and self.either else (self.base,)


@dataclass(frozen=True, slots=True)
class PrivateShare:
    """The least share of a base that must be private money, in cash if so said."""

    at_least: Range
    base: Base = Base.ELIGIBLE
    in_cash: bool = False
    reference: str = ""


class Standing(Enum):
    """How sure it is that the company may have an offer."""

    SURE = "sure"  # eligible, and open or not known to be shut: may enter a safe plan
    TO_CONFIRM = "to-confirm"  # something must be answered or confirmed first: only in a reachable plan


@dataclass(frozen=True, slots=True)
class Offer:
    """A programme as it may enter a plan of this company.

    ``public`` says whether its money counts as government aid; ``None`` is not known (counted in a safe plan).
    ``not_with`` and ``not_on_same_line`` hold ids of offers; read both ways. ``requires`` names offers that must be
    used too (a requirement met already is not written). ``same_money`` groups doors to one purse: one at most is used.
    ``to_confirm`` names, as codes, what is not settled, for the list of confirmations. ``not_with_reference`` and
    ``same_line_reference`` are those of its two rules on other offers.
    """

    id: str
    provider: str
    parts: tuple[Part, ...]
    standing: Standing = Standing.SURE
    public: bool | None = True
    caps: tuple[Cap, ...] = ()
    ceiling: Ceiling = Ceiling(share=None)
    private: tuple[PrivateShare, ...] = ()
    not_with: frozenset[str] = frozenset()
    not_on_same_line: frozenset[str] = frozenset()
    requires: frozenset[str] = frozenset()
    same_money: str | None = None
    to_confirm: tuple[str, ...] = ()
    not_with_reference: str = ""
    same_line_reference: str = ""


@dataclass(frozen=True, slots=True)
class Preferences:
    """What money is worth to this company: shown, and adjustable. No rule of any offer depends on it.

    ``worth`` is the grant equivalent of one dollar, by instrument (already discounted to when it is paid).
    ``per_application`` is the cost of one more application, in cents. ``pinned`` must be used, ``banned`` may not be.
    """

    worth: Mapping[str, Fraction]
    per_application: Cents = 0
    effort: Mapping[str, Cents] = field(default_factory=dict)  # by offer, where it differs
    pinned: frozenset[str] = frozenset()
    banned: frozenset[str] = frozenset()

    def application(self, offer: str) -> Cents:
        """What the application of an offer costs."""
        return self.effort.get(offer, self.per_application)


@dataclass(frozen=True, slots=True)
class Problem:
    """All that a plan is made from.

    Rules and preferences may name offers that are not here, since a problem is a cut of a catalogue: to exclude, to ban
    or to cap an absent offer says nothing, and what *requires* one cannot enter a plan. A pin must be here.
    """

    lines: tuple[Line, ...]
    offers: tuple[Offer, ...]
    preferences: Preferences
    shared_caps: tuple[SharedCap, ...] = ()
    default_weights: Mapping[str, Fraction | None] = field(default_factory=dict)

    @property
    def total(self) -> Cents:
        """The cost of the project."""
        return sum(line.cost for line in self.lines)
