"""The project's lines: its budget, or one line assumed from its cost; and what the budget shows beside the needs."""

from typing import Any

from alliage.core.financing.problem import Line
from alliage.core.financing.project_lines import ProjectLines, project_lines
from tests import invented
from tests.core.financing.world import offers, part, programme


def lines(**given: Any) -> ProjectLines:
    return project_lines(invented.results({name.replace("__", "."): value for name, value in given.items()}))


def test_a_budget_is_kept_line_by_line_without_those_that_hold_no_money():
    found = lines(plan__budget=[{"category": "wells", "amount": 0}, {"category": "timber", "amount": 12.34}])
    assert found.lines == (Line("line-2", "timber", 1234),)
    assert not found.assumed
    assert [one.code for one in found.assumptions] == ["undated"]


def test_what_is_given_in_kind_is_a_line_that_is_not_paid():
    found = lines(plan__aims=["water"], plan__budget=[{"category": "timber", "amount": 500, "in_kind": True}])
    assert found.lines == (Line("line-1", "timber", 50000, in_kind=True),)
    assert (found.assumptions, found.needs) == ((), frozenset())  # it has no day to be paid, and asks for no aid


def test_without_a_budget_the_cost_is_one_line_of_the_main_expense_of_the_needs():
    found = lines(plan__cost={"from": 8000, "to": 9000}, plan__aims=["barns", "water"])
    assert found.lines == (Line("line-1", "wells", 800000),)
    assert (found.assumed, found.assumptions[0].code) == (True, "one-line")


def test_no_cost_or_no_need_that_says_what_it_buys_leaves_no_line():
    assert lines(plan__aims=["water"]).lines == ()
    assert lines(plan__cost=8000).lines == ()
    assert lines(plan__cost=8000, plan__aims=["schooling"]).lines == ()
    assert lines(plan__cost={"to": 8000}, plan__aims=["water"]).lines == ()
    assert lines(plan__cost=0, plan__aims=["water"]).lines == ()


def test_an_expense_that_no_chosen_need_is_made_of_shows_another_need():
    budget = [{"category": "wells", "amount": 500}, {"category": "timber", "amount": 500}]
    assert lines(plan__aims=["water"], plan__budget=budget).needs == {"barns"}
    barns = programme("one", part(expenses=["wells", "timber"]), needs=["barns"])
    found = offers(barns, given={"plan.aims": ["water"]}, budget=budget)
    assert found.entries["one"].offer.parts[0].lines == {"line-2"}  # not the well: its need was not chosen
