"""What a programme could cover up to, for one project: an upper bound to order and to explain, never a promise.

The financing plan computes exactly what programmes give together; this looks at one programme alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import Any

from alliage.core.catalogue.fitness import PROJECT_BASES
from alliage.core.catalogue.programme import Programme
from alliage.core.rules.condition import Condition
from alliage.core.rules.evaluate import evaluate, responsible
from alliage.core.vocabulary.answers import Answer, Answers, Possible, Span, plain_number
from alliage.core.vocabulary.profile import ExpenseLine
from alliage.core.vocabulary.truth import Truth

_SEVERAL_PER_PROJECT = frozenset({"person"})  # amounts of which a project may hold several
_ONE_PER_PROJECT = frozenset({"site", "building", "establishment"})  # things of which a project has one, unless it says

_MOST_TOLD = 2  # kinds of money said beside an amount: beyond, the main one says it better
_NOT_MONEY = frozenset({"tax-deduction", "insurance", "advice"})  # a rate here is not a sum paid


@dataclass(frozen=True, slots=True)
class Weights:
    """Estimates of ours that order results and never judge: data of the pack.

    ``advantage`` is the worth of one unit of money by instrument; ``paid_to_others`` what is left of it when the money
    goes to a school or a research body; ``main_expenses`` the expenses that a need is mostly made of.
    """

    advantage: Mapping[str, float]
    paid_to_others: float
    main_expenses: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class PartAid:
    """One form of money: the highest rate and amount among the tiers that may apply, and the lowest of them.

    ``base`` is what the rate is applied to, ``threshold`` having been subtracted; ``None`` if no rate alone makes it.
    ``decided_by`` names the answers that would tell which tier applies; nothing if words alone tell it.
    """

    instrument: str | None
    rate_at_most: Decimal | None
    amount_at_most: Decimal | None
    per: str | None
    at_most: Decimal | None
    announced: bool = False
    paid_to_others: bool = False
    at_least: Decimal | None = None
    rate_at_least: Decimal | None = None
    base: Decimal | None = None
    threshold: Decimal | None = None
    decided_by: tuple[str, ...] = ()
    counted: bool = False  # only a share of some of the expenses is in the base


@dataclass(frozen=True, slots=True)
class Aid:
    """The most that one programme could cover, and what that is worth to the company. ``None``: not known.

    ``at_least`` is the same at the safe end of the tiers that are not decided, and ``decided_by`` the answers that
    would decide them. Not ``for_project``: nothing of the project bounds it, it is the programme's own ceiling.
    """

    at_most: Decimal | None
    advantage: Decimal
    parts: tuple[PartAid, ...]
    at_least: Decimal | None = None
    decided_by: tuple[str, ...] = ()
    for_project: bool = True

    @property
    def between(self) -> tuple[Decimal, Decimal] | None:
        """Both ends, if tiers are not decided and the safe end is something."""
        if self.at_least is None or self.at_most is None or not 0 < self.at_least < self.at_most:
            return None
        return self.at_least, self.at_most

    def as_dict(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "at_least": plain_money(self.at_least),
            "at_most": plain_money(self.at_most),
            "decided_by": list(self.decided_by),
            "for_project": self.for_project,
            "advantage": plain_money(self.advantage),
            "parts": [
                {
                    "instrument": part.instrument,
                    "rate_at_least": _plain_rate(part.rate_at_least),
                    "rate_at_most": _plain_rate(part.rate_at_most),
                    "amount_at_most": plain_money(part.amount_at_most),
                    "per": part.per,
                    "base": plain_money(part.base),
                    "threshold": plain_money(part.threshold),
                    "at_least": plain_money(part.at_least),
                    "at_most": plain_money(part.at_most),
                    "announced": part.announced,
                    "paid_to_others": part.paid_to_others,
                }
                for part in self.parts
            ],
        }


def _plain_rate(rate: Decimal | None) -> float | None:
    return None if rate is None else float(rate)


def plain_money(amount: Decimal | None) -> int | float | None:
    """An amount as a JSON number."""
    return None if amount is None else plain_number(amount)


def aid_of(
    programme: Programme,
    *,
    answers: Answers,
    lines: tuple[ExpenseLine, ...],
    weights: Weights,
    on: date,
) -> Aid:
    """The most that a programme could cover of a project.

    Among parts that exclude each other, the one worth most to the company counts. Money paid to others lowers a cost
    and is not the company's: it orders, and is left out of ``at_most``.
    """
    estimate = _Estimate(programme, answers, lines, weights, on)
    parts: list[PartAid] = []
    best: dict[str, PartAid] = {}  # by choice: the part worth most
    for index, part in enumerate(programme.document["aid"].get("parts", ())):
        found = estimate.part(index, part)
        if found is None:
            continue
        parts.append(found)
        if found.at_most is not None and not found.announced:
            group = part.get("choice") or f"part-{index}"
            best[group] = max(best.get(group, found), found, key=lambda one: (_worth(one, weights), _own(one)))
    return _total(programme, parts, list(best.values()), estimate)


def _worth(part: PartAid, weights: Weights) -> Decimal:
    """What a part is worth to the company."""
    assert part.at_most is not None
    weight = Decimal(str(weights.advantage.get(part.instrument or "", 0)))
    if part.paid_to_others:
        weight *= Decimal(str(weights.paid_to_others))
    return part.at_most * weight


def _own(part: PartAid) -> Decimal:
    """What a part pays to the company itself."""
    return Decimal(0) if part.paid_to_others or part.at_most is None else part.at_most


def _total(programme: Programme, parts: list[PartAid], best: list[PartAid], estimate: _Estimate) -> Aid:
    """The sum over the choices, under the ceilings of the whole programme and the cost of the project."""
    if not best:
        return Aid(None, Decimal(0), tuple(parts), for_project=estimate.bounded)
    value = sum((_worth(part, estimate.weights) for part in best), Decimal(0))
    total = sum(map(_own, best), Decimal(0))
    least = sum((part.at_least or Decimal(0) for part in best if not part.paid_to_others), Decimal(0))
    cost = [estimate.cost] if estimate.cost is not None else []
    caps = [*cost, *estimate.ceilings(programme.document["aid"])]
    capped, least = min([total, *caps]), min([least, *caps])
    if capped < total:
        value = value * capped / total
    only_others = all(part.paid_to_others for part in best)
    return Aid(
        at_most=None if only_others else cents(capped),
        advantage=cents(value),
        parts=tuple(parts),
        at_least=None if only_others else cents(least),
        decided_by=tuple(dict.fromkeys(name for part in best for name in part.decided_by)) if least < capped else (),
        for_project=estimate.bounded,
    )


def told_instruments(programme: Programme, aid: Aid, *, weights: Weights) -> tuple[str, ...]:
    """The kinds of money to say beside the amount: those that make it up, or the programme's own if none or many do."""
    counted = _counted_instruments(programme, aid, weights)
    return counted if 1 <= len(counted) <= _MOST_TOLD else (programme.instrument or "none",)


def _counted_instruments(programme: Programme, aid: Aid, weights: Weights) -> tuple[str, ...]:
    """The instruments whose amounts make up what an aid could cover; among forms to choose from, the one worth most."""
    written = programme.document["aid"].get("parts", ())
    choices = {part.get("instrument"): part["choice"] for part in written if "choice" in part}
    best: dict[str, tuple[float, bool, str]] = {}
    for part in aid.parts:
        if part.at_most and part.instrument and not (part.announced or part.paid_to_others):
            group = choices.get(part.instrument, part.instrument)
            worth = float(part.at_most) * weights.advantage.get(part.instrument, 0)
            this = (worth, part.instrument == programme.instrument, part.instrument)
            best[group] = max(best.get(group, this), this)
    return tuple(dict.fromkeys(instrument for _, _, instrument in best.values()))


def cents(amount: Decimal) -> Decimal:
    """Rounded down to the cent."""
    return amount.quantize(Decimal("0.01"), rounding=ROUND_DOWN)


class _Estimate:
    """The bounds of one programme's parts for one project."""

    def __init__(
        self, programme: Programme, answers: Answers, lines: tuple[ExpenseLine, ...], weights: Weights, on: date
    ) -> None:
        self.programme, self.answers, self.lines, self.on = programme, answers, lines, on
        self.weights = weights
        roles = programme.vocabulary.roles
        self.cost = highest(answers.get(roles.cost))
        self.eligible_cost = highest(answers.get(roles.eligible_cost)) if roles.eligible_cost else self.cost
        self.persons = highest(answers.get(roles.persons)) if roles.persons else None
        self.main = _main_expenses(answers.get(roles.needs), weights)
        self.bounded = self.cost is not None or bool(lines) or self.persons is not None

    def truth(self, condition: Condition | None) -> Truth:
        if condition is None:
            return Truth.TRUE
        places = self.programme.vocabulary.places
        return evaluate(condition, answers=self.answers, places=places, on=self.on).truth

    def part(self, index: int, part: Mapping[str, Any]) -> PartAid | None:
        """The bound of one part; ``None`` if it does not exist for this company."""
        if self.truth(self.programme.part_conditions[index]) is Truth.FALSE:
            return None
        applying = dict(self._tiers(index, part))
        if not applying:
            return None
        tiers = list(applying.values())
        threshold = _threshold(part)
        base = _above(self._base(part), threshold)
        rates = [Decimal(str(t["rate_at_most"])) for t in tiers if "rate_at_most" in t]
        amounts = [(Decimal(str(t["amount"]["at_most"])), t) for t in tiers if "at_most" in t.get("amount", {})]
        top = max(amounts, key=lambda pair: pair[0], default=None)
        sliced = any("slice" in tier for tier in tiers)
        bounds = self._bounds(part, tiers, base, sliced=sliced)
        by_rate = bounds is not None and base is not None and not sliced and len(rates) == len(tiers)
        undecided = bounds is not None and bounds[0] < bounds[1]
        return PartAid(
            instrument=part.get("instrument"),
            rate_at_most=max(rates, default=None),
            amount_at_most=top[0] if top else None,
            per=_per(top[1]["amount"]) if top else None,
            at_most=bounds[1] if bounds else None,
            announced=part.get("status") == "announced",
            paid_to_others="paid_to" in part,
            at_least=bounds[0] if bounds else None,
            rate_at_least=min(rates, default=None),
            base=base if by_rate else None,
            threshold=threshold if by_rate and threshold else None,
            decided_by=self._deciding(index, applying) if undecided else (),
            counted=by_rate and base != _above(self._base(part, every=True), threshold),
        )

    def _bounds(
        self, part: Mapping[str, Any], tiers: list[Mapping[str, Any]], base: Decimal | None, *, sliced: bool
    ) -> tuple[Decimal, Decimal] | None:
        """The least and the most of the tiers that may apply; ``None`` if one is not known, or is no sum paid."""
        found = [self._sliced(tiers, base)] if sliced else [self._tier(tier, _on_project(tier, base)) for tier in tiers]
        known = [bound for bound in found if bound is not None]
        if part.get("instrument") in _NOT_MONEY or len(known) < len(found):
            return None
        covered = self._covered(part)
        caps = [*self.ceilings(part), *([] if covered is None else [covered])]
        return cents(min([min(known), *caps])), cents(min([max(known), *caps]))

    def _tiers(self, index: int, part: Mapping[str, Any]) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """The tiers that may apply: up to the first that surely does. Words alone cannot be decided."""
        tiers = part["tiers"]
        for at, tier in enumerate(tiers):
            truth = self.truth(self.programme.tiers[index, at])
            if truth is Truth.FALSE or tier.get("status") == "announced":
                continue
            yield at, tier
            undecided = "case" in tier and "when" not in tier and at < len(tiers) - 1
            if truth is Truth.TRUE and not undecided and "slice" not in tier and tier.get("when_is") != "needed":
                return

    def _deciding(self, index: int, tiers: Iterable[int]) -> tuple[str, ...]:
        """The answers that would tell which of these tiers applies."""
        places = self.programme.vocabulary.places
        conditions = [condition for at in tiers if (condition := self.programme.tiers[index, at]) is not None]
        found = [evaluate(condition, answers=self.answers, places=places, on=self.on) for condition in conditions]
        unknown = [finding for finding in found if finding.truth is Truth.UNKNOWN]
        return tuple(dict.fromkeys(leaf.attribute for f in unknown for leaf in responsible(f, Truth.UNKNOWN)))

    def _base(self, part: Mapping[str, Any], *, every: bool = False) -> Decimal | None:
        """The part of the project that the money may follow, at most: of some expenses, only a share counts.

        ``every``: as if all of each expense did.
        """
        expenses = part.get("expenses")
        if expenses == [] or part.get("base", "eligible") not in PROJECT_BASES:
            return None
        shares = {} if every else _shares(part)
        covered = self._covered(part, shares)
        if covered is not None:
            return covered
        if expenses and self.main and self.main.isdisjoint(expenses):
            return None  # a study or a training beside the project: its share of the cost is not known
        cost = self.cost if part.get("base", "eligible") != "eligible" else self.eligible_cost
        most = max((shares.get(id_, Decimal(1)) for id_ in expenses), default=Decimal(1)) if expenses else Decimal(1)
        return None if cost is None else cost * most

    def _covered(self, part: Mapping[str, Any], shares: Mapping[str, Decimal] | None = None) -> Decimal | None:
        """The budget lines that the part admits; ``None`` without a budget, or if what it admits is not known.

        ``shares``: what of a kind of expense counts, where it is not all.
        """
        expenses = part.get("expenses")
        if not self.lines or not expenses:
            return None
        found = [line for line in self.lines if line.category in expenses and not line.in_kind]
        return sum((line.amount * (shares or {}).get(line.category, 1) for line in found), Decimal(0))

    def _tier(self, tier: Mapping[str, Any], base: Decimal | None) -> Decimal | None:
        """The most of one tier: its rate on the base, its amount, or the lower of both.

        An amount for each person or thing says nothing of the project as long as their number is not known.
        """
        amount = tier.get("amount", {})
        by_rate = Decimal(str(tier["rate_at_most"])) * base if base is not None and "rate_at_most" in tier else None
        if "at_most" not in amount:
            return None if by_rate is None or _per_person(amount) else self._above_least(by_rate, amount)
        cap = Decimal(str(amount["at_most"]))
        if _counted_apart(amount):
            if self.persons is None or not _per_person(amount):
                return None
            cap *= self.persons
        within_cost = [cap, by_rate if by_rate is not None else base if base is not None else cap]
        return self._above_least(min(within_cost), amount)

    def _above_least(self, most: Decimal, amount: Mapping[str, Any]) -> Decimal:
        """Nothing, where even the most is under the least that is paid."""
        least = amount.get("at_least")
        return Decimal(0) if least is not None and most < Decimal(str(least)) else most

    def _sliced(self, tiers: list[Mapping[str, Any]], base: Decimal | None) -> Decimal | None:
        """Rates on successive slices of the base, added."""
        if base is None:
            return None
        total = Decimal(0)
        for tier in tiers:
            low = Decimal(str(tier.get("slice", {}).get("from", 0)))
            high = Decimal(str(tier["slice"]["to"])) if "to" in tier.get("slice", {}) else base
            total += max(Decimal(0), min(base, high) - low) * Decimal(str(tier.get("rate_at_most", 0)))
        return total

    def ceilings(self, document: Mapping[str, Any]) -> list[Decimal]:
        """The further ceilings that bind the whole of a part or of the programme."""
        return [
            Decimal(str(ceiling["at_most"]))
            for ceiling in document.get("ceilings", ())
            if not ceiling.get("parts") and not ceiling.get("case") and not _counted_apart(ceiling)
        ]


def _shares(part: Mapping[str, Any]) -> dict[str, Decimal]:
    """The share of some kinds of expense that counts."""
    counted = part.get("base_rules", {}).get("counted", ())
    return {id_: Decimal(str(rule["share"])) for rule in counted for id_ in rule["expenses"]}


def _threshold(part: Mapping[str, Any]) -> Decimal:
    """What is subtracted from the base, at least: once, since how many things are bought is not known."""
    threshold = part.get("base_rules", {}).get("threshold", {})
    return Decimal(str(threshold.get("amount") or 0))


def _above(base: Decimal | None, threshold: Decimal) -> Decimal | None:
    return None if base is None else max(Decimal(0), base - threshold)


def _on_project(tier: Mapping[str, Any], base: Decimal | None) -> Decimal | None:
    """The base of a tier: none if its rate is on something else than the project, such as sales or payroll."""
    return base if tier.get("base", "eligible") in PROJECT_BASES else None


def _main_expenses(needs: Answer | None, weights: Weights) -> frozenset[str]:
    """The expenses that a project with these needs is mostly made of; nothing if a need has none in the pack."""
    if not isinstance(needs, Possible):
        return frozenset()
    chosen = [weights.main_expenses.get(need, frozenset()) for world in needs.values for need in world]
    return frozenset().union(*chosen) if all(chosen) else frozenset()


def _per_person(amount: Mapping[str, Any]) -> bool:
    """Whether an amount is for each person."""
    per = amount.get("per") or ()
    return bool(_SEVERAL_PER_PROJECT.intersection([per] if isinstance(per, str) else per))


def _counted_apart(amount: Mapping[str, Any]) -> bool:
    """Whether an amount is for each person or thing, so that several may add up in one project."""
    return _per_person(amount) or amount.get("unit", "site") not in _ONE_PER_PROJECT


def _per(amount: Mapping[str, Any]) -> str | None:
    per = amount.get("unit") or amount.get("per")
    return ", ".join(per) if isinstance(per, list) else per


def highest(answer: Answer | None) -> Decimal | None:
    """The highest value that an answer allows; ``None`` if it has none."""
    if isinstance(answer, Span):
        return Decimal(answer.high) if answer.high is not None else None
    if isinstance(answer, Possible):
        return max(Decimal(value) for value in answer.values)
    return None
