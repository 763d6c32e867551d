"""The terms of a form of money beside its rate, in words: what is subtracted first, how it is paid back, when it comes.

Only what the record of the programme states; each has a code, so that a page short of room may choose.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from alliage.core.financing.base_rules import EMPLOYEE, Taken
from alliage.core.financing.case import cents
from alliage.core.financing.wording import PlanWords, Text

Document = Mapping[str, Any]
_MONTHS = {
    "months_at_most": "months-at-most",
    "months": "months",
    "interest_free_months_at_most": "interest-free-months",
    "interest_only_months_at_most": "interest-only-months",
    "repayment_from_months_after_project": "repaid-from",
}


def part_terms(document: Document, *, taken: Sequence[Taken], words: PlanWords) -> list[dict[str, Any]]:
    """The terms of one part of a programme's aid: ``code`` and ``text``, what changes the amount first.

    ``taken`` is what was subtracted in a plan: a threshold that depends on the company is said as it was applied.
    """
    said = [*_threshold(document, taken, words), *_loan(document, words), *_fees(document), *_payment(document, words)]
    return [{"code": code, "text": text} for code, text in said]


def _threshold(document: Document, taken: Sequence[Taken], words: PlanWords) -> Iterator[tuple[str, Text]]:
    threshold = document.get("base_rules", {}).get("threshold")
    if not threshold:
        return
    by_employee = [one for one in taken if one.of == EMPLOYEE]
    if by_employee:
        yield "threshold", _by_employee(by_employee[0], len(taken), words)
        return
    code = "threshold" if "amount" in threshold else "threshold-of-employees"
    text = words.phrase("plan_terms", code, amount=words.money(cents(threshold.get("amount", 0))))
    for counted in filter(None, (_counted(threshold, words), _higher(threshold, words))):
        text = {lang: f"{said}{counted[lang]}" for lang, said in text.items()}
    yield "threshold", text


def _by_employee(taken: Taken, years: int, words: PlanWords) -> Text:
    """The threshold of one year as it was applied; as if every employee of the company counted."""
    key = "threshold-applied" if years == 1 else "threshold-applied-each-year"
    figures = {"amount": words.money(taken.cents), "each": words.money(taken.each), "n": words.number(taken.count)}
    return words.phrase("plan_terms", key, **figures)


def _counted(threshold: Document, words: PlanWords) -> Text | None:
    """By what a threshold is counted: each property, each year."""
    if "unit" in threshold:
        return words.phrase("plan_terms", "for-each", unit=words.phrase("terms", threshold["unit"]))
    return (
        words.phrase("plan_terms", "counted", per=words.phrase("per", threshold["per"])) if "per" in threshold else None
    )


def _higher(threshold: Document, words: PlanWords) -> Text | None:
    higher = threshold.get("or_higher")
    return words.phrase("plan_terms", "or-higher", words=higher) if higher else None


def _loan(document: Document, words: PlanWords) -> Iterator[tuple[str, Text]]:
    loan = document.get("loan", {})
    for key, code in _MONTHS.items():
        if loan.get(key):
            number = {lang: speech.number(loan[key]) for lang, speech in words.words.items()}
            yield code, words.phrase("plan_terms", code, n=number)
    if loan.get("interest_free"):
        yield "interest-free", words.phrase("plan_terms", "interest-free")
    for key in ("interest", "security", "fees"):
        if loan.get(key):
            yield key, words.phrase("plan_terms", key, words=loan[key])


def _fees(document: Document) -> Iterator[tuple[str, Text]]:
    if "text" in document.get("fees", {}):
        yield "fees", dict(document["fees"]["text"])


def _payment(document: Document, words: PlanWords) -> Iterator[tuple[str, Text]]:
    if document.get("instrument") == "tax-credit" and "refundable" in document:
        code = "refundable" if document["refundable"] else "not-refundable"
        yield code, words.phrase("plan_terms", code)
    moment = document.get("paid_when", {}).get("moment")
    when = document.get("paid") or (words.phrase("terms", moment) if moment else None)
    if when:
        yield "paid", words.phrase("plan_terms", "paid", words=when)
