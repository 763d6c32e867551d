"""When the money of the safe plan moves, and the days to know, as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from alliage.core.catalogue.programme import Programme
from alliage.core.financing.case import persons_of
from alliage.core.financing.expense_days import filed_first
from alliage.core.financing.figures import money
from alliage.core.financing.financing import Financing
from alliage.core.financing.offers import Entry as OfferEntry
from alliage.core.financing.plan import End
from alliage.core.financing.private_money import own_funds, private_money
from alliage.core.financing.problem import Cents
from alliage.core.financing.timing import Entry, EntryKind, Filing, Payout, calendar, cash, filing_order, with_in_hand
from alliage.core.financing.wishes import estimates_of
from alliage.core.financing.wording import PlanWords


def cash_as_dict(financing: Financing, words: PlanWords) -> dict[str, Any]:
    """The cash of each month of the safe plan, and the bridge that it needs."""
    problem, results = financing.offered.problem, financing.results
    in_hand = _in_hand(financing)
    found = cash(
        lines=problem.lines,
        amounts=financing.safe.amounts,
        delays=estimates_of(results.catalogue).months_until_paid,
        start=_start(financing) or results.on,
        duration=_duration(financing),
        payouts=dict(_payouts(financing)),
    )
    terms = words.phrase("plan", "cash_terms")
    for key, holds in (("spread", found.spread), ("untimed", found.untimed), ("undelayed", found.undelayed)):
        if holds:
            said = words.phrase("plan", f"cash_{key}")
            terms = {lang: f"{text} {said[lang]}" for lang, text in terms.items()}
    if in_hand is not None:
        found = with_in_hand(found, in_hand)
        started = words.phrase("plan", "cash_in_hand", in_hand=words.money(in_hand))
        terms = {lang: f"{text} {started[lang]}" for lang, text in terms.items()}
    return {
        "months": [
            {
                "month": f"{month.first:%Y-%m}",
                "out": money(month.spent),
                "in": money(month.received),
                "balance": money(month.balance),
            }
            for month in found.months
        ],
        "bridge": money(found.bridge) if found.months else None,
        "month": f"{found.month:%Y-%m}" if found.month else None,
        "in_hand": None if in_hand is None else money(in_hand),
        "terms": terms,
    }


def _in_hand(financing: Financing) -> Cents | None:
    """The private money that the company says it has, where that is less than what the safe plan leaves it to pay."""
    found = private_money(financing)
    return found.said if found and found.missing(own_funds(financing, End.SAFE)) else None


def _payouts(financing: Financing) -> Iterator[tuple[tuple[str, str], Payout]]:
    """How the money of each part of the safe plan comes, where a source says more than the kind of money does."""
    after = estimates_of(financing.results.catalogue).months_until_claim_paid
    for id_ in financing.safe.used:
        entry = financing.offered.entries[id_]
        documents = entry.result.match.programme.document["aid"]["parts"]
        for read in entry.parts:
            said = documents[read.index].get("paid_when", {})
            payout = Payout(at_end=said.get("moment") == "after-project")
            if "every_months" in said and after is not None:
                payout = Payout(every=said["every_months"], after=after)
            yield from (((id_, part), payout) for part in read.ids)


def _start(financing: Financing) -> date | None:
    """The first day of the budget; ``None`` if no line has a date."""
    return min((line.day for line in financing.offered.problem.lines if line.day), default=None)


def _duration(financing: Financing) -> int | None:
    """The most months that the project lasts; ``None`` if not known."""
    results = financing.results
    role = results.catalogue.vocabulary.roles.duration
    span = persons_of(results.known.answers.get(role)) if role else None
    return span[1] if span else None


def calendar_as_list(financing: Financing, words: PlanWords) -> list[dict[str, Any]]:
    """The days to know for the programmes of the safe plan, in the order of filing where days are the same."""
    entries = financing.offered.entries
    filings = {id_: _filing(entries[id_], money) for id_, money in financing.safe.by_offer().items()}
    ordered = [filings[id_] for id_ in filing_order(tuple(filings.values()))]
    found = calendar(
        filings=ordered,
        lines=financing.offered.problem.lines,
        on=financing.results.on,
        start=_start(financing),
    )
    return [_entry(entry, words) for entry in found]


def _filing(entry: OfferEntry, worth: int) -> Filing:
    intake = entry.result.match.intake
    return Filing(
        offer=entry.offer.id,
        before_start=_before_start(entry.result.match.programme),
        opens=intake.opens,
        closes=intake.closes,
        requires=entry.offer.requires,
        worth=worth,
    )


def _before_start(programme: Programme) -> bool | None:
    """Whether to file before the work: as a source says; not for what is claimed with a return; else not known."""
    if filed_first(programme):
        return True
    kinds = {part.get("instrument") for part in programme.document["aid"].get("parts", ())}
    return False if kinds == {"tax-credit"} else None


def _entry(entry: Entry, words: PlanWords) -> dict[str, Any]:
    sure = entry.certain or entry.kind is not EntryKind.FILE_BEFORE_START
    key = entry.kind.value if sure else "file-perhaps-before-start"
    return {
        "day": entry.day.isoformat() if entry.day else None,
        "kind": entry.kind.value,
        "programme": entry.offer,
        "text": words.phrase("plan", key, programme=words.programme(entry.offer), line=words.line(entry.line)),
        "certain": entry.certain,
    }
