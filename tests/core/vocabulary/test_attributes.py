"""Numbers are exact, and an attribute that is not well described is refused."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from alliage.core.vocabulary.attributes import build_attribute, number
from alliage.core.vocabulary.errors import AlliageError

WELL_DESCRIBED = {
    "id": "farm.hands",
    "type": "count",
    "group": "farm",
    "label": {"fr": "ouvriers", "en": "hands"},
    "question": {"fr": "Combien?", "en": "How many?"},
}


@pytest.mark.parametrize(
    ("type_", "written", "exact"),
    [
        ("count", 42, 42),
        ("count", 42.0, 42),
        ("count", 10**30, 10**30),
        ("count", 42.5, None),
        ("count", True, None),
        ("count", "42", None),
        ("money", 0.1, Decimal("0.1")),
        ("money", 12.34, Decimal("12.34")),
        ("money", 12.345, None),
        ("money", 1e30, Decimal("1e30")),
        ("money", 10**40, Decimal(10**40)),
        ("money", float("inf"), None),
        ("money", float("nan"), None),
        ("money", None, None),
        ("share", 0.125, Decimal("0.125")),
        ("share", Decimal("0.3333"), Decimal("0.3333")),
        ("share", [], None),
        ("date", "2026-11-26", date(2026, 11, 26)),
        ("date", date(2026, 11, 26), date(2026, 11, 26)),
        ("date", datetime(2026, 11, 26, 10), None),  # noqa: DTZ001 - a moment is not a day, whatever its zone
        ("date", "2026-11-31", None),
        ("date", 20261126, None),
    ],
)
def test_a_number_is_exact_or_refused(type_: str, written: Any, exact: Any):
    read = number(type_, written)
    assert read == exact
    assert type(read) is type(exact)


def test_an_attribute_knows_its_part_and_its_short_name():
    attribute = build_attribute(
        {**WELL_DESCRIBED, "limits": [1, 100], "change": {"effort": 2, "how": {"fr": "a", "en": "b"}}}
    )
    assert (attribute.scope, attribute.short, attribute.ordered) == ("farm", "hands", True)
    assert attribute.limits == (1, 100)
    assert attribute.change is not None
    assert (attribute.change.effort, attribute.change.how["en"]) == (2, "b")
    assert build_attribute({**WELL_DESCRIBED, "type": "flag"}).ordered is False


def test_limits_are_exact_values_of_the_type():
    assert build_attribute({**WELL_DESCRIBED, "type": "share", "limits": [0, 0.1]}).limits == (0, Decimal("0.1"))


@pytest.mark.parametrize(
    ("change", "code", "found", "expected"),
    [
        ({"colour": "red"}, "attribute-field", "colour", ""),
        ({"type": "colour"}, "attribute-type", "colour", "flag, count, money"),
        ({"type": "choice"}, "attribute-missing", "", "values"),
        ({"type": "choices", "values": {}}, "attribute-missing", "", "values"),
    ],
)
def test_a_badly_described_attribute_is_refused(change: dict[str, Any], code: str, found: str, expected: str):
    with pytest.raises(AlliageError) as caught:
        build_attribute({**WELL_DESCRIBED, **change})
    (problem,) = caught.value.problems
    assert (problem.code, problem.where, problem.found) == (code, "attributes.yaml::farm.hands", found)
    assert problem.expected.startswith(expected)


def test_every_missing_field_is_named():
    with pytest.raises(AlliageError) as caught:
        build_attribute({"id": "farm.hands"})
    assert [(p.code, p.expected) for p in caught.value.problems] == [
        ("attribute-missing", name) for name in ("type", "group", "label", "question")
    ]
    with pytest.raises(AlliageError, match=r"attributes.yaml::\?"):
        build_attribute({})
