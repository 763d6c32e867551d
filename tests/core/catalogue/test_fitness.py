"""Which programmes may enter a safe plan, and what the others lack."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

import alliage
from alliage.cli.fit_to_plan import made
from alliage.core.catalogue.catalogue import Catalogue
from alliage.core.catalogue.fitness import Fitness, fitness
from tests.house.repository import ROOT

DAY = date(2026, 11, 26)
TIER = {"rate_at_most": 0.5, "amount": {"at_most": 50000}, "source": "s1"}
PART = {"instrument": "grant", "expenses": ["equipment"], "base": "eligible", "tiers": [TIER], "source": "s1"}
WORDS = {"fr": "…", "en": "…"}
ONLY = {"expenses": ["equipment"], "to": WORDS, "source": "s1"}


@cache
def pack() -> Catalogue:
    """The pack, read once."""
    return alliage.load_pack()


def one(**changed: Any) -> list[Fitness]:
    """The fitness of one programme of the pack with other money."""
    programme = pack().programmes["essor-volet-1a"]
    document = {**programme.document, "stacking": {}, **changed}
    return fitness(replace(pack(), programmes={programme.id: replace(programme, document=document)}), on=DAY)


def part(**changed: Any) -> dict[str, Any]:
    """The aid of a programme with one part, changed."""
    return {"parts": [{key: value for key, value in {**PART, **changed}.items() if value is not None}]}


@pytest.mark.parametrize(
    ("aid", "lacks"),
    [
        (part(), ()),
        (part(base=None), ()),
        (part(base="minimum-wage"), ("base",)),
        (part(expenses=None), ("expenses",)),
        (part(tiers=[{"amount": {"at_most": 50000}, "source": "s1"}]), ("rate",)),
        (part(tiers=[{"source": "s1"}], expenses=None), ("expenses", "rate")),
        (part(tiers=[{**TIER, "when": {"all": []}}, {"source": "s1"}]), ()),
        (part(tiers=[{"when": {"all": []}, "source": "s1"}, TIER]), ()),
        (part(tiers=[{"source": "s1"}, TIER]), ("cases",)),
        (part(tiers=[{**TIER, "case": WORDS}, {"case": WORDS, "source": "s1"}]), ("cases",)),
        (part(tiers=[{**TIER, "when": {"all": []}, "when_is": "needed"}, {"source": "s1"}]), ("cases",)),
        (part(tiers=[{**TIER, "case": WORDS}, {**TIER, "case": WORDS}]), ()),
        (part(status="announced"), ("announced",)),
        (part(tiers=[{**TIER, "status": "announced"}]), ("announced", "rate")),
        ({"parts": [{**PART, "expenses": ["other"], "tiers": [{"source": "s1"}]}, PART]}, ()),
        ({}, ("figures",)),
        (part(narrowed=[{**ONLY, "expenses": ["studies"]}]), ()),
        (part(narrowed=[ONLY]), ("words",)),
        (part(case=WORDS), ("words",)),
        (part(case=WORDS, case_is="named"), ()),
        (part(case=WORDS, narrowed=[ONLY], tiers=[{"source": "s1"}]), ("rate", "words")),
    ],
)
def test_a_programme_enters_with_a_rate_of_named_expenses(aid: dict[str, Any], lacks: tuple[str, ...]):
    assert [found.lacks for found in one(aid=aid)] == [lacks]


@pytest.mark.parametrize(
    ("stacking", "ceiling"),
    [
        ({}, "unknown"),
        ({"rule": {"fr": "…", "en": "…"}}, "words"),
        ({"private_at_least": [{"at_least": 0.2}]}, "private"),
        ({"government_at_most": [{"at_most": 0.5}], "private_at_least": [{"at_least": 0.5}]}, "known"),
        ({"government_at_most": [{"at_most": 0.5}], "confidence": "low"}, "unsure"),
        ({"no_ceiling": True}, "none"),
    ],
)
def test_a_ceiling_is_known_as_its_source_says_it(stacking: dict[str, Any], ceiling: str):
    assert [found.ceiling for found in one(stacking=stacking)] == [ceiling]


def test_a_sum_is_worth_what_its_kind_of_money_is_worth():
    (grant,), (loan,) = one(aid=part()), one(aid=part(instrument="loan"))
    worth = Decimal(str(pack().raw["manifest"]["advantage"]["loan"]))
    assert (grant.amount, grant.worth) == (50000, 50000)
    assert (loan.amount, loan.worth) == (50000, 50000 * worth)
    assert one(aid=part(tiers=[{"rate_at_most": 0.5, "source": "s1"}]))[0].amount is None


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": "tool"},
        {"aid": part(instrument="advice")},
        {"aid": part(expenses=[])},
        {"aid": {"same_money_as": ["essor-volet-1b"]}},
    ],
)
def test_what_pays_no_money_of_a_project_is_not_counted(changed: dict[str, Any]):
    assert one(**changed) == []


def test_a_closed_programme_is_shut():
    (found,) = one(intake={"kind": "closed", "source": "s1"})
    assert found.shut
    assert not one(intake={"kind": "continuous", "source": "s1"})[0].shut


def test_the_order_is_by_worth():
    worths = [found.worth or 0 for found in fitness(pack(), on=DAY)]
    assert worths == sorted(worths, reverse=True)


def test_the_document_tells_what_the_pack_says():
    text = (ROOT / "docs/catalogue.md").read_text(encoding="utf-8")
    assert "may enter a safe plan**" in text
    assert made(text, catalogue=pack()) == text, "make facts"
