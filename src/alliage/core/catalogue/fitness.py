"""What a financing plan can use of each programme, and which facts it still wants.

A programme may enter a safe plan if one of its parts of money has a rate, on expenses that are named, of the project's
own cost, is not only announced, and counts some category of expenses whole; and if a case can be settled whose rate was
read. What is said here is true of the facts, for any company: a company may still fall in a case whose rate was not
read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.catalogue.intake import intake_on
from alliage.core.catalogue.programme import Programme

PROJECT_BASES = frozenset(
    {"eligible", "total", "total-cost", "capital-cost"}
)  # a rate of these is a rate of the project
SHUT = frozenset({"closed", "suspended"})

Part = Mapping[str, Any]
Lack = Literal["figures", "expenses", "rate", "base", "announced", "words", "cases"]
Ceiling = Literal["known", "unsure", "none", "private", "words", "unknown"]


@dataclass(frozen=True, slots=True)
class Fitness:
    """What a plan may use of one programme that pays money.

    ``lacks`` says what keeps it out of a safe plan: nothing if it may enter. ``ceiling`` says how its ceiling of public
    aid is known. ``amount`` is the largest sum that it names, in the pack's currency, and ``worth`` what that is worth
    to a company by the pack's estimate; ``None`` where it names none.
    """

    programme: Programme
    intake: str
    lacks: tuple[Lack, ...]
    ceiling: Ceiling
    amount: Decimal | None
    worth: Decimal | None

    @property
    def shut(self) -> bool:
        """Whether it is closed or suspended."""
        return self.intake in SHUT


def fitness(catalogue: Catalogue, *, on: date) -> list[Fitness]:
    """The fitness of every programme that pays money, worth most first; those of equal worth by id."""
    advantage = {name: Decimal(str(worth)) for name, worth in catalogue.raw["manifest"]["advantage"].items()}
    found = [
        _fitness(programme, on=on, advantage=advantage)
        for programme in catalogue.programmes.values()
        if _pays(programme, advantage)
    ]
    return sorted(found, key=lambda one: (-(one.worth or 0), one.programme.id))


def _pays(programme: Programme, advantage: Mapping[str, Decimal]) -> bool:
    """Whether it pays money that a plan may count; a kind of money that no source says may be one."""
    aid = programme.document["aid"]
    parts = aid.get("parts", ())
    if not parts and aid.get("same_money_as"):
        return False  # a door to the money of another programme, where it is counted
    kinds = [part.get("instrument") for part in parts] or [programme.instrument]
    follows = [part for part in parts if part.get("expenses") != []]
    return (
        programme.kind == "programme"
        and any(kind is None or advantage.get(kind, 0) > 0 for kind in kinds)
        and bool(follows or not parts)
    )


def _fitness(programme: Programme, *, on: date, advantage: Mapping[str, Decimal]) -> Fitness:
    parts = programme.document["aid"].get("parts", ())
    amount, worth = max(_amounts(parts, advantage), default=(None, None), key=lambda pair: pair[1])
    return Fitness(
        programme=programme,
        intake=intake_on(programme, on=on, answers={}).state,
        lacks=_lacks(programme),
        ceiling=_ceiling(programme),
        amount=amount,
        worth=worth,
    )


def _lacks(programme: Programme) -> tuple[Lack, ...]:
    """What keeps the programme out: the lacks of the part that has fewest."""
    parts = [part for part in programme.document["aid"].get("parts", ()) if part.get("expenses") != []]
    if not parts:
        return ("figures",) if programme.document.get("expenses") else ("figures", "expenses")
    return min((tuple(_lacks_of(part)) for part in parts), key=len)


def _lacks_of(part: Part) -> Iterator[Lack]:
    firm = [tier for tier in part["tiers"] if tier.get("status") != "announced"]
    rated = [tier for tier in firm if "rate_at_most" in tier]
    if part.get("status") == "announced" or not firm:
        yield "announced"
    if not part.get("expenses"):
        yield "expenses"
    if not rated:
        yield "rate"
    elif all(tier.get("base", part.get("base", "eligible")) not in PROJECT_BASES for tier in rated):
        yield "base"
    elif not _settled(firm):
        yield "cases"
    if part.get("expenses") and not set(part["expenses"]) - _narrowed(part):
        yield "words"


def _settled(tiers: list[Mapping[str, Any]]) -> bool:
    """Whether some company is sure of a rate: words alone leave each tier before the first sure one possible."""
    for at, tier in enumerate(tiers):
        told = "when" not in tier and "case" in tier and at < len(tiers) - 1
        perhaps = told or tier.get("when_is") == "needed"
        if "rate_at_most" in tier:
            if not perhaps:
                return True
        elif perhaps or "when" not in tier:
            return False
    return False


def _narrowed(part: Part) -> set[str]:
    """The expenses of which words alone say what counts: all of them where the part is for a case in words."""
    if {"case", "when", "case_is"} & part.keys() == {"case"}:
        return set(part["expenses"])
    return {category for one in part.get("narrowed", ()) for category in one["expenses"]}


def _ceiling(programme: Programme) -> Ceiling:
    rules = programme.document.get("stacking", {})
    if rules.get("no_ceiling") or programme.instrument == "tax-credit":
        return "none"
    if any("at_most" in tier for tier in rules.get("government_at_most", ())):
        return "unsure" if rules.get("confidence") == "low" else "known"
    if any("at_least" in tier for tier in rules.get("private_at_least", ())):
        return "private"
    return "words" if "rule" in rules else "unknown"


def _amounts(parts: list[Part], advantage: Mapping[str, Decimal]) -> Iterator[tuple[Decimal, Decimal]]:
    """Every largest sum of a part, with what it is worth."""
    for part in parts:
        for tier in part["tiers"]:
            most = tier.get("amount", {}).get("at_most")
            if most is not None:
                yield Decimal(str(most)), Decimal(str(most)) * advantage.get(part.get("instrument", ""), Decimal(0))
