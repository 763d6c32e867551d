"""Whether a plan keeps every rule: written from the rules alone, in whole numbers and fractions.

It shares no code with the model: a mistake would have to be made twice to pass. Nothing here is quick or clever.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from alliage.core.financing.plan import Amount, End, Plan, Rule, RuleKind
from alliage.core.financing.problem import (
    LEAST_USED,
    Base,
    Line,
    Offer,
    Part,
    Problem,
    Range,
    Standing,
    Terms,
)


def broken(problem: Problem, plan: Plan) -> tuple[Rule, ...]:
    """The rules that a plan breaks, at the end for which it was made; none if it is lawful.

    Money on a line that a part does not admit breaks its rate; money of an offer or a part that does not exist, or less
    than nothing, breaks the rate as well.
    """
    checker = _Checker(problem, plan)
    return tuple(dict.fromkeys(checker.all()))


class _Checker:
    """One plan beside its problem."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem, self.plan = problem, plan
        self.safe = plan.end is End.SAFE
        self.offers = {offer.id: offer for offer in problem.offers}
        self.lines = {line.id: line for line in problem.lines}
        self.given = [amount for amount in plan.amounts if amount.cents]
        self.used = {*plan.used, *(amount.offer for amount in self.given)}

    def all(self) -> Iterator[Rule]:
        strange = [amount for amount in self.plan.amounts if not self._known(amount)]
        if strange:  # nothing else can be said of such a plan
            yield from (Rule(RuleKind.RATE, one.offer, one.part, one.line) for one in strange)
            return
        yield from self._lines()
        yield from self._preferences()
        for id_ in sorted(self.used & self.offers.keys()):
            offer = self.offers[id_]
            yield from self._standing(offer)
            yield from self._parts(offer)
            yield from self._caps(offer)
            yield from self._ceiling(offer)
            yield from self._private(offer)
            yield from self._company(offer)
        yield from self._shared()
        yield from self._purses()

    def _known(self, amount: Amount) -> bool:
        offer = self.offers.get(amount.offer)
        parts = {part.id: part for part in offer.parts} if offer else {}
        part = parts.get(amount.part)
        if part is None or amount.pays != part.pays or amount.instrument != part.instrument:
            return False
        return amount.line in part.lines and amount.line in self.lines and amount.cents >= 0

    # ---------------------------------------------------------------------------------- sums and figures

    def paid(self) -> list[Amount]:
        """The amounts that are received: not those that are only vouched for."""
        return [amount for amount in self.given if amount.pays]

    def _money(
        self,
        *,
        offer: str | None = None,
        part: str | None = None,
        lines: Iterable[str] | None = None,
        paid: bool = False,
    ) -> int:
        within = None if lines is None else set(lines)
        return sum(
            amount.cents
            for amount in (self.paid() if paid else self.given)
            if (offer is None or amount.offer == offer)
            and (part is None or amount.part == part)
            and (within is None or amount.line in within)
        )

    def _figure(self, figure: Range) -> Fraction | None:
        return figure.safe if self.safe else figure.best

    def _terms(self, part: Part) -> Terms | None:
        return part.safe if self.safe else part.best

    def _counts(self, offer: str) -> bool:
        """Whether the money of an offer is government aid."""
        public = self.offers[offer].public
        return self.safe if public is None else public

    def _admitted(self, offer: Offer) -> set[str]:
        """The lines of the parts that may enter a plan of this end."""
        return {line for part in offer.parts if self._terms(part) for line in part.lines if line in self.lines}

    def _perhaps(self, offer: Offer) -> list[Line]:
        """The lines that an offer admits if a doubtful part turns out to apply; an answer may bring any of them."""
        named = {line for part in offer.parts for line in part.lines} - self._admitted(offer)
        return [line for line in self.problem.lines if line.id in named]

    def _bases(self, base: Base, offer: Offer) -> list[list[Line]]:
        """A base, and each line that an answer may add to it: a share holds on each, and so on any of them together."""
        added = [] if base is Base.TOTAL else self._perhaps(offer)
        return [self._base(base, offer), *([line] for line in added if not line.in_kind)]

    def _base(self, base: Base, offer: Offer) -> list[Line]:
        ids = set(self.lines) if base is Base.TOTAL else self._admitted(offer)
        return [line for line in self.problem.lines if line.id in ids]

    def _others(self, offer: Offer, line: str) -> int:
        """What is received from others on a line."""
        return self._money(lines=[line], paid=True) - self._money(offer=offer.id, lines=[line], paid=True)

    # --------------------------------------------------------------------------------------------- rules

    def _lines(self) -> Iterator[Rule]:
        for line in self.problem.lines:
            given = self._money(lines=[line.id])  # a loan that is vouched for pays what the rest leaves
            if given > line.cost or (line.in_kind and given):
                yield Rule(RuleKind.LINE, line=line.id)

    def _preferences(self) -> Iterator[Rule]:
        preferences = self.problem.preferences
        for id_ in sorted(preferences.pinned):
            if id_ not in self.used and id_ not in self.plan.unfit:
                yield Rule(RuleKind.PINNED, offer=id_)
        for id_ in sorted(preferences.banned & self.used):
            yield Rule(RuleKind.BANNED, offer=id_)

    def _standing(self, offer: Offer) -> Iterator[Rule]:
        if self.safe and offer.standing is Standing.TO_CONFIRM:
            yield Rule(RuleKind.NOT_SURE, offer=offer.id)
        if self._money(offer=offer.id) < LEAST_USED:
            yield Rule(RuleKind.PART_AT_LEAST, offer=offer.id)
        for other in sorted(offer.requires - self.used):
            yield Rule(RuleKind.REQUIRES, offer=offer.id, other=other)

    def _parts(self, offer: Offer) -> Iterator[Rule]:
        choices: dict[str, int] = {}
        for part in offer.parts:
            money = self._money(offer=offer.id, part=part.id)
            if not money:
                continue
            terms = self._terms(part)
            if terms is None:
                yield Rule(RuleKind.NOT_SURE, offer=offer.id, part=part.id, reference=part.reference)
                continue
            if part.choice is not None:
                choices[part.choice] = choices.get(part.choice, 0) + 1
            if terms.at_most is not None and money > terms.at_most:
                yield Rule(RuleKind.PART_AT_MOST, offer=offer.id, part=part.id, reference=part.reference)
            if money < terms.at_least:
                yield Rule(RuleKind.PART_AT_LEAST, offer=offer.id, part=part.id, reference=part.reference)
            yield from self._rate(offer, part, terms)
        for choice, parts in sorted(choices.items()):
            if parts > 1:
                yield Rule(RuleKind.CHOICE, offer=offer.id, part=choice)

    def _rate(self, offer: Offer, part: Part, terms: Terms) -> Iterator[Rule]:
        lowered = self.safe if part.less_aid is None else part.less_aid
        rate = max((one.rate for one in terms.slices), default=terms.rate)
        lines = [line for line in self.problem.lines if line.id in part.lines and not line.in_kind]
        left = {line.id: line.cost - (self._others(offer, line.id) if lowered else 0) for line in lines}
        kind = RuleKind.CREDIT_BASE if lowered else RuleKind.RATE
        for line in lines:
            money = self._money(offer=offer.id, part=part.id, lines=[line.id])
            if money and money > rate * left[line.id]:
                yield Rule(kind, offer=offer.id, part=part.id, line=line.id, reference=part.reference)
        base = max(0, sum(left.values()) - part.threshold)
        whole = part.threshold or terms.slices  # else its lines say it all
        if whole and self._money(offer=offer.id, part=part.id) > self._on_base(base, terms):
            yield Rule(RuleKind.CREDIT_BASE, offer=offer.id, part=part.id, reference=part.reference)

    def _on_base(self, base: int, terms: Terms) -> Fraction:
        if not terms.slices:
            return terms.rate * base
        total = Fraction(0)
        for one in terms.slices:
            if base > one.start:
                total += one.rate * ((base if one.to is None or base < one.to else one.to) - one.start)
        return total

    def _caps(self, offer: Offer) -> Iterator[Rule]:
        for index, cap in enumerate(offer.caps):
            money = sum(self._money(offer=offer.id, part=part, lines=cap.lines) for part in cap.parts)
            if money > cap.at_most:
                yield Rule(RuleKind.CAP, offer=offer.id, index=index, reference=cap.reference)

    def _ceiling(self, offer: Offer) -> Iterator[Rule]:
        ceiling = offer.ceiling
        if ceiling.none:
            return
        if ceiling.share is None:
            lines = self._admitted(offer) | {line.id for line in self._perhaps(offer)}
            others = [a for a in self.given if a.offer != offer.id and a.line in lines]
            if self.safe and any(self._counts(amount.offer) for amount in others):
                yield Rule(RuleKind.CEILING_UNKNOWN, offer=offer.id, reference=ceiling.reference)
            return
        share = self._figure(ceiling.share)
        bases = [(0, base) for base in self._bases(ceiling.base, offer)]
        if self.safe and ceiling.either:  # of the one base or of the other: of both
            other = Base.ELIGIBLE if ceiling.base is Base.TOTAL else Base.TOTAL
            bases += [(1, base) for base in self._bases(other, offer)]
        for index, base in bases:
            ids = {line.id for line in base}
            counted = [amount for amount in self.given if amount.line in ids and self._counts(amount.offer)]
            aid = sum((amount.cents * self._weight(offer, amount.instrument) for amount in counted), Fraction(0))
            if share is not None and aid > share * sum(line.cost for line in base):
                yield Rule(RuleKind.CEILING, offer=offer.id, index=index, reference=ceiling.reference)

    def _weight(self, offer: Offer, instrument: str) -> Fraction:
        written = offer.ceiling.weights
        default = self.problem.default_weights
        weight = written[instrument] if instrument in written else default.get(instrument, Fraction(1))
        if weight is None:
            return Fraction(1) if self.safe else Fraction(0)
        return weight

    def _private(self, offer: Offer) -> Iterator[Rule]:
        for index, private in enumerate(offer.private):
            least = self._figure(private.at_least)
            sure, *added = self._bases(private.base, offer)
            if private.in_cash and private.base is Base.ELIGIBLE:  # what may be added in kind asks for more cash
                sure = [*sure, *(line for line in self._perhaps(offer) if line.in_kind)]
            for base in (sure, *added):
                ids = {line.id for line in base}
                aid = sum(a.cents for a in self.paid() if a.line in ids and self._counts(a.offer))
                cost = sum(line.cost for line in base)
                given = sum(line.cost for line in base if line.in_kind) if private.in_cash else 0
                if least is not None and cost - aid - given < least * cost:
                    yield Rule(RuleKind.PRIVATE_SHARE, offer=offer.id, index=index, reference=private.reference)

    def _company(self, offer: Offer) -> Iterator[Rule]:
        """The offers that it may not be with."""
        for other in sorted(offer.not_with & self.used - {offer.id}):
            yield Rule(RuleKind.NOT_WITH, offer=offer.id, other=other)
        for other in sorted(offer.not_on_same_line & self.used - {offer.id}):
            for line in self.problem.lines:
                if self._money(offer=offer.id, lines=[line.id]) and self._money(offer=other, lines=[line.id]):
                    yield Rule(RuleKind.NOT_ON_SAME_LINE, offer=offer.id, other=other, line=line.id)

    def _shared(self) -> Iterator[Rule]:
        for index, cap in enumerate(self.problem.shared_caps):
            held = [amount for amount in self.given if amount.offer in cap.offers]
            if sum(amount.cents * cap.weights.get(amount.instrument, Fraction(1)) for amount in held) > cap.at_most:
                yield Rule(RuleKind.SHARED_CAP, index=index, reference=cap.reference)

    def _purses(self) -> Iterator[Rule]:
        doors: dict[str, int] = {}
        for id_ in self.used & self.offers.keys():
            purse = self.offers[id_].same_money
            if purse is not None:
                doors[purse] = doors.get(purse, 0) + 1
        for purse, used in sorted(doors.items()):
            if used > 1:
                yield Rule(RuleKind.SAME_MONEY, other=purse)
