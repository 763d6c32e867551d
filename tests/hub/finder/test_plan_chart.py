"""The drawings of a plan: what they show is what the answer says, to the cent, and nothing is shown by colour alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliage.core.vocabulary.yaml_files import read_yaml
from alliage.hub.finder.queries.plan_cash import MOST_MONTHS, cash_chart
from alliage.hub.finder.queries.plan_chart import chart
from alliage.hub.finder.queries.plan_figures import amounts, exact, percent
from alliage.hub.finder.queries.voice import Voice, voice
from alliage.hub.programmes.queries import Shelf

SAMPLE: Mapping[str, Any] = read_yaml(Path("tests/papers/sample.yaml"))
CLOSE = Decimal("0.01")  # what a figure written with three decimals may be off, summed


@pytest.fixture
def french(shelf: Shelf) -> Voice:
    return voice(shelf, "fr")


def numbers(path: str) -> list[Decimal]:
    return [Decimal(number) for number in re.findall(r"[\d.]+", path)]


def ends(path: str) -> tuple[Decimal, Decimal]:
    """How wide a ribbon is at its two ends."""
    found = numbers(path)  # M a 0 C a 50 c 50 c 100 L d 100 C d 50 b 50 b 0
    return found[14] - found[0], found[8] - found[6]


def test_bars_are_as_long_as_the_amounts_and_both_end_at_the_same_place(french: Voice) -> None:
    drawn = chart(SAMPLE["safe"], voice=french)
    assert drawn
    for bars, rows in ((drawn.sources, SAMPLE["safe"]["sources"]), (drawn.uses, SAMPLE["safe"]["uses"])):
        assert [bar.name for bar in bars] == [french.capital(french.text(row["name"])) for row in rows]
        whole = exact(SAMPLE["project"]["cost"])
        for bar, row in zip(bars, rows, strict=True):
            assert abs(Decimal(bar.width) - exact(row["amount"]) / whole * 100) < CLOSE
        for left, right in pairwise(bars):
            assert abs(Decimal(left.x) + Decimal(left.width) - Decimal(right.x)) < CLOSE
        assert abs(Decimal(bars[-1].x) + Decimal(bars[-1].width) - 100) < CLOSE


def test_each_source_has_a_letter_each_expense_a_number_and_kinds_are_drawn_apart(french: Voice) -> None:
    drawn = chart(SAMPLE["safe"], voice=french)
    assert drawn
    assert [bar.key for bar in drawn.sources] == ["A", "B", "C", "D", "E", "F"]
    assert [bar.key for bar in drawn.uses] == ["1", "2", "3", "4", "5"]
    assert [bar.family for bar in drawn.sources] == ["debt", "credit", "grant", "grant", "own", "in-kind"]


def test_what_is_drawn_is_also_told(said: Voice) -> None:
    drawn = chart(SAMPLE["safe"], voice=said)
    assert drawn
    for bars, told in ((drawn.sources, drawn.sources_told), (drawn.uses, drawn.uses_told)):
        for bar in bars:
            assert f"{bar.name} {bar.amount} ({bar.share})" in told


def test_a_project_that_costs_nothing_has_no_drawing(french: Voice) -> None:
    empty = {**SAMPLE["safe"], "sources": [], "uses_by_kind": [], "programmes": []}
    assert chart(empty, voice=french) is None


def test_a_column_has_cents_everywhere_or_nowhere(french: Voice) -> None:
    assert amounts([10, 2000.5], voice=french) == ["10,00\u00a0$", "2\u00a0000,50\u00a0$"]
    assert amounts([10, 2000], voice=french) == ["10\u00a0$", "2\u00a0000\u00a0$"]
    assert amounts([-10], voice=french) == ["−10\u00a0$"]


def test_a_share_that_is_not_nothing_is_never_said_to_be_nothing(french: Voice) -> None:
    assert percent(Decimal("0.2649"), voice=french) == "26\u00a0%"
    assert percent(Decimal("0.0004"), voice=french).startswith("<")
    assert percent(Decimal(0), voice=french) == "0\u00a0%"


@st.composite
def plans(draw: st.DrawFn) -> dict[str, Any]:
    """A plan that is balanced: programmes, own funds and gifts in kind, on some lines."""
    lines = [f"line-{at}" for at in range(draw(st.integers(1, 6)))]
    kinds = st.sampled_from(["grant", "loan", "tax-credit", "equity"])
    programmes, sources, aid = [], [], dict.fromkeys(lines, Decimal(0))
    for at in range(draw(st.integers(0, 5))):
        kind, name = draw(kinds), {"fr": f"p{at}", "en": f"p{at}"}
        paid = {line: draw(st.integers(0, 10**8)) for line in lines}
        for line, cents in paid.items():
            aid[line] += Decimal(cents) / 100
        parts = [{"instrument": kind, "pays": True, "lines": [{"line": k, "amount": c / 100} for k, c in paid.items()]}]
        programmes.append({"programme": f"p{at}", "parts": parts})
        total = float(Decimal(sum(paid.values())) / 100)
        sources.append({"kind": kind, "name": name, "amount": total, "programme": f"p{at}"})
    uses, own_total, given_total = [], Decimal(0), Decimal(0)
    for line in lines:
        left = Decimal(draw(st.integers(1, 10**8))) / 100
        in_kind = draw(st.booleans())
        own, given = (Decimal(0), left) if in_kind else (left, Decimal(0))
        own_total, given_total = own_total + own, given_total + given
        cost = aid[line] + left
        name = {"fr": line, "en": line}
        uses.append({"line": line, "name": name, "amount": float(cost), "aid": float(aid[line]), "own": float(own)})
    for kind, amount in (("own", own_total), ("in-kind", given_total)):
        name = {"fr": kind, "en": kind}
        sources.append({"kind": kind, "name": name, "amount": float(amount), "programme": None})
    kinds = [{**use, "lines": [use["line"]]} for use in uses]
    return {"programmes": programmes, "sources": sources, "uses_by_kind": kinds}


@given(plan=plans())
def test_ribbons_fill_both_bars_and_each_is_as_wide_at_its_two_ends(shelf: Shelf, plan: dict[str, Any]) -> None:
    drawn = chart(plan, voice=voice(shelf, "fr"))
    assert drawn
    widths = [ends(ribbon.path) for ribbon in drawn.ribbons]
    assert all(abs(top - foot) < CLOSE for top, foot in widths)
    assert abs(sum(top for top, _ in widths) - 1000) < 1
    assert all(0 <= number <= 1001 for ribbon in drawn.ribbons for number in numbers(ribbon.path))


# ------------------------------------------------------------------------------------------------- the cash


def test_every_month_has_its_bar_and_what_is_missing_hangs_under_the_line(french: Voice) -> None:
    drawn = cash_chart(SAMPLE["cash"], voice=french)
    assert drawn
    assert len(drawn.bars) == 23, "January 2027 to November 2028"
    assert len(drawn.rows) == len(SAMPLE["cash"]["months"])
    by_month = {bar.month: bar for bar in drawn.bars}
    assert by_month["février 2027"].height == by_month["janvier 2027"].height, "nothing moves: what was left is left"
    assert not by_month["mars 2027"].missing
    assert by_month["mars 2027"].y + by_month["mars 2027"].height == drawn.zero
    assert by_month["juin 2027"].missing
    assert by_month["juin 2027"].y == drawn.zero
    assert drawn.deepest == by_month["juin 2027"].middle
    assert [bar.label for bar in drawn.bars if bar.label] == ["janvier 2027", "novembre 2028"]
    assert drawn.rows[3].balance == "−99\u00a0300,00\u00a0$"
    assert drawn.rows[3].missing


def test_no_known_month_is_no_drawing(french: Voice) -> None:
    assert cash_chart({"months": []}, voice=french) is None


@given(
    balances=st.lists(st.tuples(st.integers(0, 400), st.integers(-(10**11), 10**11)), min_size=1, max_size=20),
)
def test_any_cash_stays_inside_its_drawing(shelf: Shelf, balances: list[tuple[int, int]]) -> None:
    known = dict(balances)
    months = [
        {"month": f"{2020 + at // 12}-{at % 12 + 1:02}", "out": 0, "in": 0, "balance": known[at] / 100}
        for at in sorted(known)
    ]
    drawn = cash_chart({"months": months}, voice=voice(shelf, "en"))
    assert drawn
    assert 1 <= len(drawn.bars) <= MOST_MONTHS
    assert all(bar.y >= -2 and bar.y + bar.height <= drawn.height + 2 for bar in drawn.bars)
    assert all(Decimal(bar.x) >= 0 and Decimal(bar.x) + Decimal(bar.width) <= 100 for bar in drawn.bars)
