"""Numbers as people type them."""

from contextlib import suppress
from decimal import Decimal

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from alliage.core.rules.wording import Wording
from alliage.core.vocabulary.attributes import Attribute
from alliage.core.vocabulary.profile import ExpenseLine
from alliage.hub.finder.dossier import written_line
from alliage.hub.finder.forms.budget import read_budget
from alliage.hub.finder.forms.numbers import LONGEST, read_number
from alliage.hub.finder.forms.problems import NotRead
from alliage.hub.finder.forms.reading import Tools
from alliage.hub.programmes.queries import Shelf

MONEY = Attribute("a.b", "money", "g", {}, {})
SHARE = Attribute("a.b", "share", "g", {}, {})
COUNT = Attribute("a.b", "count", "g", {}, {}, unit={"fr": "employés", "en": "employees"})


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("9 999 999 999,99", "9999999999.99"), ("10 000 000 000", "10000000000"), ("0,1", "0.1")],
)
def test_a_line_of_the_budget_is_exact_to_the_cent(tools: Tools, typed: str, kept: str) -> None:
    budget = read_budget(QueryDict(f"line-category=equipment&line-amount={typed}&line-date="), wording=tools.wording)
    assert budget.lines == (("equipment", kept, "", False),)


@pytest.mark.parametrize("typed", ["10 000 000 000,01", "90071992547409.93", "9" * 50])
def test_a_line_beyond_the_limits_of_a_cost_is_refused_with_them(tools: Tools, typed: str) -> None:
    budget = read_budget(QueryDict(f"line-category=equipment&line-amount={typed}"), wording=tools.wording)
    assert [problem.code for problem in budget.problems] == ["limits"]
    assert "10000000000" in "".join(filter(str.isalnum, budget.problems[0].message))
    assert not budget.lines


def test_a_line_of_a_file_keeps_every_cent() -> None:
    line = ExpenseLine("equipment", Decimal("90071992547409.93"))
    assert written_line(line) == ("equipment", "90071992547409.93", "", False)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("800000", 800_000),
        ("800 000 $", 800_000),
        ("800\u00a0000\u202f$", 800_000),
        ("$800,000", 800_000),
        ("800,000.50", 800_000.5),
        ("1 250,50 $", 1250.5),
        ("1.234.567", 1_234_567),
        ("1,2 M$", 1_200_000),
        ("1.2M", 1_200_000),
        ("800 k$", 800_000),
        ("3 millions", 3_000_000),
        ("0", 0),
    ],
)
def test_an_amount_is_read_as_it_is_typed_here(typed: str, value: float) -> None:
    assert read_number(typed, MONEY) == value


@pytest.mark.parametrize(
    ("typed", "value"), [("30", 0.3), ("30 %", 0.3), ("30%", 0.3), ("12,5 %", 0.125), ("0,3", 0.003), ("100", 1)]
)
def test_a_share_is_a_percentage_since_its_box_says_so(typed: str, value: float) -> None:
    assert read_number(typed, SHARE) == value


@pytest.mark.parametrize(("typed", "value"), [("42", 42), ("42 employés", 42), ("1 500", 1500), ("42 employee", 42)])
def test_a_count_may_bear_its_unit(typed: str, value: int) -> None:
    assert read_number(typed, COUNT) == value


@pytest.mark.parametrize(
    ("typed", "attribute", "code"),
    [
        ("beaucoup", MONEY, "money"),
        ("-5", MONEY, "money"),
        ("1,234,5", MONEY, "money"),
        ("12,345.678", MONEY, "cents"),
        ("4,5", COUNT, "whole"),
        ("le tiers", SHARE, "share"),
        ("9" * (LONGEST + 1), COUNT, "number"),
        ("२", COUNT, "number"),
    ],
)
def test_what_is_no_number_says_what_is_wrong(typed: str, attribute: Attribute, code: str) -> None:
    with pytest.raises(NotRead) as refused:
        read_number(typed, attribute)
    assert refused.value.code == code


@given(st.integers(0, 10**12), st.sampled_from(["fr", "en"]))
def test_an_amount_is_read_back_as_the_site_writes_it(shelf: Shelf, amount: int, lang: str) -> None:
    wording: Wording = shelf.words[lang]
    assert read_number(wording.money(amount), MONEY) == amount


@given(st.text(max_size=80))
def test_any_text_is_a_number_or_is_refused(text: str) -> None:
    for attribute in (MONEY, SHARE, COUNT):
        with suppress(NotRead):
            assert read_number(text, attribute) >= 0
