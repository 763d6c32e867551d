"""A profile is read whole or refused whole, each mistake with its code, its place and what is expected."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from alliage.core.vocabulary.answers import Answer, Includes, Listed, Possible, Span, plain
from alliage.core.vocabulary.errors import AlliageError, Problem
from alliage.core.vocabulary.profile import LONGEST_LIST, MOST_LINES, MOST_PROBLEMS, ExpenseLine, read_profile
from tests import invented

VOCABULARY = invented.vocabulary()


def answer(name: str, value: Any) -> Answer:
    return invented.profile({name: value}).answers[name]


def problems(raw: Any) -> list[Problem]:
    with pytest.raises(AlliageError) as caught:
        read_profile(raw, vocabulary=VOCABULARY)
    return list(caught.value.problems)


def refused(name: str, value: Any) -> tuple[str, str, str]:
    scope, _, short = name.partition(".")
    (problem,) = problems({scope: {short: value}})
    assert problem.where.startswith(f"profile::{name}")
    return problem.code, problem.found, problem.expected


def one(*codes: str) -> Listed:
    return Listed(tuple(frozenset({code}) for code in codes))


def sets(*worlds: set[str]) -> Possible:
    return Possible(frozenset(map(frozenset, worlds)))


@pytest.mark.parametrize(
    ("name", "written", "read"),
    [
        ("farm.hands", 42, Span(42, 42)),
        ("farm.hands", {"from": 5, "to": 9}, Span(5, 9)),
        ("farm.hands", {"from": 5}, Span(5, None)),
        ("farm.hands", {"to": 9}, Span(None, 9)),
        ("farm.hands", {"from": "unknown", "to": 9}, Span(None, 9)),
        ("farm.hands", {"from": 5, "to": 5}, Span(5, 5)),
        ("farm.hands", {"one_of": [3, 4]}, Possible(frozenset({3, 4}))),
        ("farm.hands", {"one_of": [3]}, Span(3, 3)),
        ("farm.hands", 0, Span(0, 0)),
        ("farm.hands", 10000, Span(10000, 10000)),
        ("farm.turnover", 0.1, Span(Decimal("0.1"), Decimal("0.1"))),
        ("farm.pasture", 0.25, Span(Decimal("0.25"), Decimal("0.25"))),
        ("farm.founded", "1999-12-31", Span(date(1999, 12, 31), date(1999, 12, 31))),
        ("farm.founded", date(1999, 12, 31), Span(date(1999, 12, 31), date(1999, 12, 31))),
        ("farm.organic", True, Possible(frozenset({True}))),
        ("farm.organic", {"one_of": [True, False]}, Possible(frozenset({True, False}))),
        ("farm.form", "abbey", Possible(frozenset({"abbey"}))),
        ("farm.form", {"one_of": ["abbey", "family"]}, Possible(frozenset({"abbey", "family"}))),
        ("farm.trades", "wool", sets({"wool"})),
        ("farm.trades", ["wool", "cider"], sets({"wool", "cider"})),
        ("farm.trades", [], sets(set())),
        ("farm.trades", {"one_of": [["wool"], [], "cider"]}, sets({"wool"}, set(), {"cider"})),
        ("farm.trades", {"includes": ["wool"]}, Includes(frozenset({"wool"}))),
        ("farm.crops", ["11", "21"], one("11", "21")),
        ("farm.crops", 11, one("11")),
        ("farm.crops", [], one()),
        ("farm.crops", [{"one_of": ["11", "12"]}, "2"], Listed((frozenset({"11", "12"}), frozenset({"2"})))),
        ("farm.grid", "os 12", one("OS12")),
        ("farm.sites", "av-ost", one("av-ost")),
        ("farm.sites", "ostrelle", one("av-ost")),
        ("farm.sites", ["Mistham", "nr"], one("av-brume", "nr")),
        ("farm.sites", {"one_of": ["av-lune", "av-lune-west"]}, Listed((frozenset({"av-lune", "av-lune-west"}),))),
        ("plan.site", ["av-ost"], one("av-ost")),
    ],
)  # fmt: skip
def test_a_value_an_interval_possibilities_a_list(name: str, written: Any, read: Answer):
    assert answer(name, written) == read


@pytest.mark.parametrize(
    ("name", "written", "code", "found", "expected"),
    [
        ("farm.hands", "many", 'profile-number', '"many"', "42"),
        ("farm.hands", 4.5, "profile-number", "4.5", "42"),
        ("farm.hands", True, "profile-number", "true", "42"),
        ("farm.hands", -1, "profile-limits", "-1", "0 – 10000"),
        ("farm.hands", 10001, "profile-limits", "10001", "0 – 10000"),
        ("farm.hands", {"from": 9, "to": 5}, "profile-interval", "9 > 5", "from ≤ to"),
        ("farm.hands", {"at_least": 5}, "profile-form", "at_least", "{one_of: […]}"),
        ("farm.hands", {}, "profile-form", "", "{one_of: […]}"),
        ("farm.hands", {"one_of": []}, "profile-list", "[]", "[…]"),
        ("farm.hands", {"one_of": 3}, "profile-list", "3", "[…]"),
        ("farm.hands", {"one_of": list(range(201))}, "profile-list", "201", "≤ 200"),
        ("farm.hands", [1, 2], "profile-number", "[1, 2]", "42"),
        ("farm.turnover", 1e30, "profile-limits", "1e+30", "0 – 1000000000"),
        ("farm.turnover", 0.005, "profile-cents", "0.005", "800000"),
        ("farm.turnover", float("nan"), "profile-number", "NaN", "800000"),
        ("farm.pasture", 25, "profile-limits", "25", "0 – 1"),
        ("farm.pasture", "25 %", 'profile-number', '"25 %"', "0.35"),
        ("farm.founded", "soon", 'profile-date', '"soon"', "2026-11-23"),
        ("farm.organic", "yes", 'profile-flag', '"yes"', "true, false"),
        ("farm.organic", 1, "profile-flag", "1", "true, false"),
        ("farm.form", "duchy", "profile-value", "duchy", "family, company, abbey"),
        ("farm.form", ["abbey"], 'profile-value', '["abbey"]', "family, company, abbey"),
        ("farm.form", True, "profile-value", "true", "family, company, abbey"),
        ("farm.trades", ["wool", "gold"], "profile-value", "gold", "dairy, wool, cider"),
        ("farm.trades", {"includes": []}, "profile-list", "[]", "[…]"),
        ("farm.crops", ["119"], "profile-code", "119", ""),
        ("farm.crops", [1.5], "profile-code", "1.5", '"…"'),
        ("farm.crops", [True], "profile-code", "true", '"…"'),
        ("farm.crops", ["11"] * (LONGEST_LIST + 1), "profile-list", "201", "≤ 200"),
        ("farm.grid", "12", "profile-code-form", "12", "OS 12"),
        ("farm.grid", ["OS", "SE"], "profile-one", '["OS", "SE"]', "1"),
        ("plan.site", [], "profile-one", "[]", "1"),
        ("plan.site", 5, "profile-place", "5", '"…"'),
        ("farm.sites", "Lune", "profile-place-ambiguous", "Lune", "av-lune, av-lune-west"),
        ("farm.sites", "Ostrele", "profile-place", "Ostrele", "Ostrelle"),
        ("farm.sites", "Zzzzz", "profile-place", "Zzzzz", "av, av-north, av-south, av-west, av-ost"),
        ("plan.budget", 5, "profile-lines", "5", "[{category, amount, date, in_kind}]"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_is_refused(name: str, written: Any, code: str, found: str, expected: str):
    assert refused(name, written) == (code, found, expected)


def test_a_close_code_is_proposed():
    assert refused("farm.crops", ["2111"]) == ("profile-code", "2111", "211")


@pytest.mark.parametrize("blank", [None, "unknown"])
def test_i_do_not_know_is_remembered_and_is_no_answer(blank: Any):
    profile = invented.profile({"farm.hands": blank, "farm.organic": True})
    assert profile.unknown == {"farm.hands"}
    assert set(profile.answers) == {"farm.organic"}


@pytest.mark.parametrize(
    ("raw", "code", "where", "found", "expected"),
    [
        ([], "profile-shape", "profile", "[]", "company: {…}, project: {…}"),
        ("text", "profile-shape", "profile", "text", "company: {…}, project: {…}"),
        ({"castle": {}}, "profile-part", "profile::castle", "castle", "farm, plan"),
        ({"farm": 3}, "profile-shape", "profile::farm", "3", "farm: {…}"),
        ({"farm": {"hand": 3}}, "profile-attribute", "profile::farm.hand", "hand", "hands"),
        ({"plan": {"zzz": 3}}, "profile-attribute", "profile::plan.zzz", "zzz", "aims, begun, cost"),
    ],
)
def test_a_profile_of_another_shape_is_refused(raw: Any, code: str, where: str, found: str, expected: str):
    (problem,) = problems(raw)
    assert (problem.code, problem.where, problem.found) == (code, where, found)
    assert problem.expected.startswith(expected)


def test_every_mistake_is_told_at_once_under_the_given_name():
    with pytest.raises(AlliageError) as caught:
        read_profile({"farm": {"hands": -1, "form": "x"}, "moon": {}}, vocabulary=VOCABULARY, name="mine.yaml")
    assert [problem.where for problem in caught.value.problems] == [
        "mine.yaml::farm.hands",
        "mine.yaml::farm.form",
        "mine.yaml::moon",
    ]


def test_a_file_with_too_many_mistakes_is_left_after_fifty():
    assert len(problems({"farm": {f"no_{at}": 1 for at in range(60)}})) == MOST_PROBLEMS == 50


def test_a_profile_keeps_the_name_that_it_was_read_under():
    assert read_profile({}, vocabulary=VOCABULARY, name="mine.yaml").name == "mine.yaml"
    assert read_profile({}, vocabulary=VOCABULARY) == read_profile({}, vocabulary=VOCABULARY, name="other")


def test_budget_lines_are_read():
    lines = [
        {"category": "wells", "amount": 1000.5, "date": "2026-12-01"},
        {"category": "wages", "amount": 0},
        {"category": "wages", "amount": 500, "in_kind": True},
    ]
    assert invented.profile({"plan.budget": lines}).lines == (
        ExpenseLine("wells", Decimal("1000.5"), date(2026, 12, 1)),
        ExpenseLine("wages", Decimal(0)),
        ExpenseLine("wages", Decimal(500), in_kind=True),
    )


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("wells", ["profile-lines"]),
        ({"category": "wells"}, ["profile-lines"]),
        ({"category": "wells", "amount": 1, "colour": "red"}, ["profile-lines"]),
        ({"category": "gold", "amount": 1}, ["profile-category"]),
        ({"category": "wells", "amount": -1}, ["profile-limits"]),
        ({"category": "wells", "amount": 1e300}, ["profile-limits"]),
        ({"category": "wells", "amount": 1, "date": "1999-12-31"}, ["profile-limits"]),
        ({"category": "wells", "amount": "much"}, ["profile-number"]),
        ({"category": "wells", "amount": 1, "date": "soon"}, ["profile-date"]),
        ({"category": "wells", "amount": 1, "in_kind": 1}, ["profile-flag"]),
        ({"category": "gold", "amount": -1, "date": "soon"}, ["profile-category", "profile-limits", "profile-date"]),
    ],
)
def test_a_line_that_cannot_be_is_refused(line: Any, codes: list[str]):
    found = problems({"plan": {"budget": [{"category": "wells", "amount": 1}, line]}})
    assert [problem.code for problem in found] == codes
    assert all(problem.where.startswith("profile::plan.budget[1]") for problem in found)


def test_a_budget_is_bounded():
    (problem,) = problems({"plan": {"budget": [{"category": "wells", "amount": 1}] * (MOST_LINES + 1)}})
    assert (problem.code, problem.expected) == ("profile-lines-many", "≤ 40")


@pytest.mark.parametrize(
    ("answered", "written"),
    [
        (None, "unknown"),
        (Span(None, None), "unknown"),
        (Span(5, 5), 5),
        (Span(Decimal("0.5"), None), {"from": 0.5}),
        (Span(None, Decimal("50000.00")), {"to": 50000}),
        (Span(date(2026, 1, 1), date(2026, 2, 1)), {"from": "2026-01-01", "to": "2026-02-01"}),
        (Possible(frozenset({True})), True),
        (Possible(frozenset({"b", "a"})), {"one_of": ["a", "b"]}),
        (Possible(frozenset({frozenset({"b", "a"})})), ["a", "b"]),
        (Includes(frozenset({"b", "a"})), {"includes": ["a", "b"]}),
        (one("a"), "a"),
        (one("b", "a"), ["b", "a"]),
        (one(), []),
        (Listed((frozenset({"b", "a"}), frozenset({"c"}))), [{"one_of": ["a", "b"]}, "c"]),
    ],
)
def test_an_answer_as_plain_data(answered: Answer | None, written: object):
    assert plain(answered) == written


def test_a_span_is_exact_when_its_ends_meet():
    assert Span(5, 5).exact
    assert not Span(5, 6).exact
    assert not Span(None, None).exact
