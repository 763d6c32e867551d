"""What the plans of a financing take for granted, as plain data in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from alliage.core.financing.answer_plan import without_ceiling
from alliage.core.financing.base_rules import EMPLOYEE
from alliage.core.financing.financing import Financing
from alliage.core.financing.offers import Entry
from alliage.core.financing.plan import End
from alliage.core.financing.private_money import own_funds, private_money
from alliage.core.financing.problem import LEAST_USED
from alliage.core.financing.project_lines import Assumption
from alliage.core.financing.wording import PlanWords


def assumptions_as_list(financing: Financing, words: PlanWords) -> list[dict[str, Any]]:
    """Each assumption with its code, in the order in which to read them."""
    return [{"code": one.code, "text": words.assumption(one)} for one in _assumptions(financing)]


def _assumptions(financing: Financing) -> Iterator[Assumption]:
    yield from financing.offered.assumptions
    yield from _about_days(financing)
    yield from _about_private_money(financing)
    yield from _about_stacking(financing)
    yield from _about_thresholds(financing)
    yield Assumption("worth")
    yield from _about_pins(financing)


def _about_days(financing: Financing) -> Iterator[Assumption]:
    """The programmes of the plans that state the days of expenses, where some have none or are out of them."""
    for entry in _used(financing):
        if entry.offer.id not in financing.reachable.used:
            continue
        stated = {part.days.stated for part in entry.parts if part.days.in_time}
        for days in sorted(stated, key=str):
            yield Assumption("in-time", {"programmes": [entry.offer.id], "days": days})
    out = [entry.offer.id for entry in _used(financing) if _days_out(entry)]
    if out:
        yield Assumption("days-out", {"programmes": out})


def _days_out(entry: Entry) -> bool:
    refused = any(part.code in ("too-early", "other-days") for part in entry.refused)
    return refused or any(part.days.out for part in entry.parts)


def _about_thresholds(financing: Financing) -> Iterator[Assumption]:
    """The sums for each employee that are those of an earlier year: the law has not said that of the year yet."""
    told = set()
    for end in End:
        for offer, part in sorted(financing.plan(end).parts):
            entry = financing.offered.entries[offer]
            index = next(read.index for read in entry.parts if part in read.ids)
            rules = entry.result.match.programme.document["aid"]["parts"][index].get("base_rules", {})
            written = [one["year"] for one in rules.get("threshold", {}).get("per_employee", ())]
            of_employees = [one for one in entry.basis(part).taken if one.of == EMPLOYEE and one.year]
            for one in of_employees:
                if one.year not in written and (offer, one.year) not in told:
                    told.add((offer, one.year))
                    last = max((year for year in written if year < one.year), default=min(written))
                    filled = {"programmes": [offer], "cents": {"each": one.each}, "years": (one.year, last)}
                    yield Assumption("threshold-of-year", filled)


def _about_private_money(financing: Financing) -> Iterator[Assumption]:
    """The plans that leave more to pay than the private money that the company says it can put in."""
    found = private_money(financing)
    if found is None:
        return
    for end in End:
        left = own_funds(financing, end)
        if short := found.missing(left):
            yield Assumption(
                f"private-short-{end.value}", {"cents": {"left": left, "most": found.said, "short": short}}
            )


def _about_stacking(financing: Financing) -> Iterator[Assumption]:
    """What the reachable plan takes in its favour, of the rules that were not read."""
    offers = [financing.offered.entries[id_].offer for id_ in financing.reachable.used]
    unknown = without_ceiling(financing, End.REACHABLE)
    if unknown:
        yield Assumption("no-ceiling", {"programmes": unknown})
    unsaid = [offer.id for offer in offers if offer.public is None]
    if unsaid:
        yield Assumption("not-public", {"programmes": unsaid})
    weights = financing.offered.problem.default_weights
    paid = {amount.instrument for amount in financing.reachable.amounts}
    unweighted = [kind for kind in sorted(paid) if kind in weights and weights[kind] is None]
    if unweighted and len(unknown) < len(offers):  # some ceiling is known, in which they are not counted
        yield Assumption("no-weight", {"kinds": unweighted})
    for end in End:
        if financing.plan(end).total and not own_funds(financing, end):
            yield Assumption("all-paid")
            return


def _used(financing: Financing) -> Iterator[Entry]:
    """The programmes of either plan, by id."""
    used = {*financing.safe.used, *financing.reachable.used}
    return (entry for id_, entry in sorted(financing.offered.entries.items()) if id_ in used)


def _about_pins(financing: Financing) -> Iterator[Assumption]:
    """What the person chose and did not get."""
    for id_ in sorted(financing.unfit):
        yield Assumption("unfit", {"programmes": [id_]})
    pinned = financing.offered.problem.preferences.pinned
    for id_ in sorted(pinned):
        given = [financing.plan(end).by_offer()[id_] for end in End if id_ in financing.plan(end).used]
        if given and min(given) <= LEAST_USED:
            yield Assumption("pinned-token", {"programmes": [id_]})
    for id_ in sorted(pinned - {*financing.safe.used, *financing.unfit}):
        yield Assumption("pinned-not-safe", {"programmes": [id_]})
