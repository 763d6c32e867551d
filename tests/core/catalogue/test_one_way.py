"""The Québec pack writes each thing in one way (docs/catalogue.md, "One way of writing each thing")."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

import alliage
from alliage.core.catalogue.check_conditions import conditions_of

PROGRAMMES = {id_: programme.document for id_, programme in alliage.load_pack().programmes.items()}
NARROW = re.compile(r"[^\u00a0]:\s|\d ?%|\d (?:[MGk]?\$)|«[^\u00a0]|[^\u00a0]»|\d \d{3}(?!\d)|\s[;!?]")
GIVEN = {"grant", "repayable-contribution", "wage-subsidy", "voucher", "tax-credit"}  # it pays, and is not lent
YEAR = re.compile(r"\b(?:19|20)\d\d \d{3}\b")


def leaves(condition: Any) -> Iterator[dict[str, Any]]:
    if "attribute" in condition:
        yield condition
    for word in ("all", "any", "not", "readings"):
        for part in condition.get(word, ()):
            yield from leaves(part)


def limits(document: Any, *attributes: str) -> list[float]:
    """The least that the conditions of a programme ask of some attributes."""
    return [leaf["at_least"] for leaf in leaves(document["eligibility"]) if leaf["attribute"] in attributes]


def french(value: Any, key: str = "") -> Iterator[str]:
    """Each French text of a programme; addresses are not texts."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if key != "url":
                yield from french(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from french(inner, key)
    elif key == "fr":
        yield value


def test_a_private_share_asked_of_the_company_is_also_a_rule_of_the_plan():
    lost = {}
    for id_, document in PROGRAMMES.items():
        asked = limits(document, "project.private_share", "project.promoter_share")
        ruled = [tier["at_least"] for tier in document.get("stacking", {}).get("private_at_least", ())]
        if not set(asked) <= set(ruled):
            lost[id_] = (asked, ruled)
    assert lost == {}


def test_an_amount_that_must_be_requested_is_also_the_least_that_is_paid():
    lost = {}
    for id_, document in PROGRAMMES.items():
        asked = limits(document, "project.amount_requested")
        tiers = [tier for part in document["aid"].get("parts", ()) for tier in part["tiers"]]
        paid = [tier["amount"]["at_least"] for tier in tiers if "at_least" in tier.get("amount", {})]
        if asked and min(asked) not in paid:
            lost[id_] = (asked, paid)
    assert lost == {}


def test_a_need_selects_and_never_judges():
    judged = [
        id_
        for id_, document in PROGRAMMES.items()
        for _, condition in conditions_of(document)
        if any(leaf["attribute"] == "project.needs" for leaf in leaves(condition))
    ]
    assert judged == []


@pytest.mark.parametrize("id_", PROGRAMMES)
def test_french_texts_keep_signs_and_numbers_together(id_: str):
    texts = [YEAR.sub("", text) for text in french(PROGRAMMES[id_])]
    assert [text for text in texts if NARROW.search(text)] == []


def pays_whole(part: dict[str, Any]) -> bool:
    """Whether a part gives all of an expense in a case that words alone describe."""
    whole = any(tier.get("rate_at_most", 0) >= 1 for tier in part["tiers"])
    return whole and part.get("instrument") in GIVEN and "when" not in part


def test_aid_that_pays_a_whole_expense_says_which_expenses_of_the_category_count():
    lost = {}
    for id_, document in PROGRAMMES.items():
        for part in filter(pays_whole, document["aid"].get("parts", ())):
            narrowed = {category for one in part.get("narrowed", ()) for category in one["expenses"]}
            if document["intake"]["kind"] != "closed" and not set(part.get("expenses") or ()) <= narrowed:
                lost[id_] = part["expenses"]
    assert lost == {}
