"""What no condition asks and a safe plan waits for is asked once a programme that depends on it may be asked for."""

from typing import Any

import pytest

from alliage.core.financing.questions import plan_question
from alliage.core.vocabulary.profile import Profile
from tests import invented
from tests.core.financing.world import catalogue, part, programme

ITEM = {"threshold": {"amount": 500, "unit": "property", "source": "page"}, "source": "page"}
YEAR = {"threshold": {"amount": 500, "per": "year", "source": "page"}, "source": "page"}
COMPANY = {"rate_at_most": 0.5, "amount": {"at_most": 3000, "per": "company"}}
WELLS = [{"category": "wells", "amount": 10000}]


def asked(*parts: dict[str, Any], budget: Any = WELLS, known: tuple[str, ...] = (), **facts: Any) -> str | None:
    found = catalogue(programme("hand", *parts, **facts))
    profile: Profile = invented.profile({"plan.budget": budget} if budget else {})
    return plan_question(found.programmes.values(), lines=profile.lines, known=known, vocabulary=found.vocabulary)


@pytest.mark.parametrize(
    ("rules", "attribute"),
    [(part(base_rules=ITEM), "plan.single"), (part(base_rules=YEAR), "plan.months"), (part(COMPANY), "farm.helped")],
)
def test_what_an_amount_waits_for_is_asked_until_it_is_said(rules: dict[str, Any], attribute: str):
    assert asked(rules) == attribute
    assert asked(rules, known=(attribute,)) is None
    assert asked(rules, budget=None) is None
    assert asked(rules, budget=[{"category": "timber", "amount": 6000}]) is None
    assert asked(rules, budget=[{**WELLS[0], "in_kind": True}]) is None


def test_nothing_is_asked_where_nothing_waits():
    assert asked(part()) is None
    assert asked(part(base_rules=YEAR), budget=[{**WELLS[0], "date": "2027-03-01"}]) is None


def test_a_ceiling_by_company_asks_what_was_received():
    ceiling = {"at_most": 3000, "per": "company", "source": "page"}
    assert asked(part(ceilings=[ceiling])) == "farm.helped"
    assert asked(part(), aid={"ceilings": [ceiling]}) == "farm.helped"
    assert asked(part(), aid={"ceilings": [{**ceiling, "across": "crown-purse"}]}) is None
