"""The terms of a form of money in words: only what the record says, in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from alliage.core.financing.answer import financing_as_dict
from tests.core.financing.test_financing import financing
from tests.core.financing.world import part, programme

SECURITY = {"fr": "un champ", "en": "a field"}
HIGHER = {"fr": "la récolte", "en": "the crop"}


def terms(**facts: Any) -> dict[str, dict[str, str]]:
    """The terms of a part with these facts, as a plan says them."""
    plan = financing_as_dict(financing(programme("sure", part(**facts))))["reachable"]
    (said,) = plan["programmes"][0]["parts"]
    return {one["code"]: one["text"] for one in said["terms"]}


def plain(text: dict[str, str]) -> dict[str, str]:
    return {lang: words.replace("\u00a0", " ") for lang, words in text.items()}


def test_a_part_without_terms_says_none():
    assert terms() == {}


@pytest.mark.parametrize(
    ("threshold", "french", "english"),
    [
        (
            {"amount": 500},
            "un seuil de 500 € est d'abord soustrait de la base",
            "a threshold of €500 is subtracted from the base first",
        ),
        (
            {"amount": 500, "per": "year", "or_higher": HIGHER},
            "un seuil de 500 € est d'abord soustrait de la base, par année; ou, si c'est plus : la récolte",
            "a threshold of €500 is subtracted from the base first, per year; or, if it is more: the crop",
        ),
        (
            {"amount": 500, "unit": "property"},
            "un seuil de 500 € est d'abord soustrait de la base, pour chaque bien",
            "a threshold of €500 is subtracted from the base first, for each property",
        ),
    ],
)
def test_a_threshold_says_what_it_is_counted_by(threshold: dict[str, Any], french: str, english: str):
    rules = {"threshold": {**threshold, "source": "page"}, "source": "page"}
    assert plain(terms(base_rules=rules)["threshold"]) == {"fr": french, "en": english}


def test_a_loan_says_how_it_is_paid_back():
    loan = {"months_at_most": 84, "interest_only_months_at_most": 24, "security": SECURITY, "source": "page"}
    said = terms(instrument="loan", loan=loan)
    assert {code: text["en"] for code, text in said.items()} == {
        "months-at-most": "paid back in at most 84 months",
        "interest-only-months": "interest only for at most 24 months",
        "security": "security asked: a field",
    }
    free = terms(instrument="loan", loan={"interest_free": True, "source": "page"})
    assert free["interest-free"]["fr"] == "sans intérêt"


@pytest.mark.parametrize(("refundable", "code"), [(True, "refundable"), (False, "not-refundable")])
def test_a_credit_says_whether_it_is_paid_without_tax(*, refundable: bool, code: str):
    assert code in terms(instrument="tax-credit", refundable=refundable)
    assert code not in terms(refundable=refundable), "a grant is no credit"


def test_money_says_when_it_comes():
    assert terms(paid_when={"moment": "after-project", "source": "page"})["paid"]["en"] == (
        "paid: after the project is over"
    )
