"""Conditions are frozen and exact, built from a written document."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from alliage.core.rules.condition import All, AnyOf, Leaf, NoneOf, Period, Readings, leaves
from tests.invented import condition


@pytest.mark.parametrize(
    ("written", "operator", "operand"),
    [
        ({"attribute": "farm.turnover", "at_least": 0.1}, "at_least", Decimal("0.1")),
        ({"attribute": "farm.hands", "below": 5}, "below", 5),
        ({"attribute": "farm.founded", "at_most": "2020-12-31"}, "at_most", date(2020, 12, 31)),
        ({"attribute": "farm.organic", "is": False}, "is", False),
        ({"attribute": "farm.form", "one_of": ["abbey"]}, "one_of", ("abbey",)),
        ({"attribute": "farm.sites", "not_within": ["av", "nr"]}, "not_within", ("av", "nr")),
    ],
)
def test_a_leaf_has_one_operator_and_an_exact_operand(written: dict[str, Any], operator: str, operand: Any):
    assert condition(written) == Leaf(written["attribute"], operator, operand, "page")
    assert type(condition(written).operand) is type(operand)


@pytest.mark.parametrize(
    ("holds", "period"),
    [
        ({"from": "2026-01-01", "to": "2026-12-31"}, Period(date(2026, 1, 1), date(2026, 12, 31))),
        ({"from": "2026-01-01"}, Period(date(2026, 1, 1), None)),
        ({"to": "2026-12-31"}, Period(None, date(2026, 12, 31))),
    ],
)
def test_a_leaf_may_hold_for_a_period(holds: dict[str, str], period: Period):
    assert condition({"attribute": "farm.organic", "is": True, "holds": holds}).holds == period


def test_groups_are_built_with_their_parts_in_order():
    one, two = {"attribute": "farm.organic", "is": True}, {"attribute": "plan.begun", "is": False}
    parts = (condition(one), condition(two))
    for word, group in (("all", All), ("any", AnyOf), ("not", NoneOf), ("readings", Readings)):
        assert condition({word: [one, two]}) == group(parts)
    nested = condition({"all": [one, {"not": [{"any": [two, one]}]}]})
    assert [leaf.attribute for leaf in leaves(nested)] == ["farm.organic", "plan.begun", "farm.organic"]
    assert list(leaves(condition(one))) == [condition(one)]
