"""The interpreter: every operator against every kind of answer, why something is not known, and who is responsible."""

from datetime import date, timedelta
from typing import Any

import pytest

from alliage.core.rules.evaluate import Finding, askable, evaluate, named, responsible
from alliage.core.vocabulary.truth import Cause, Truth
from tests import invented
from tests.invented import TODAY, found

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
NAME = {"hands": "farm.hands", "organic": "farm.organic", "begun": "plan.begun", "pupils": "farm.pupils"}


def outcome(attribute: str, rule: dict[str, Any], value: Any) -> tuple[Truth, Cause | None]:
    given = {} if value is None else {attribute.replace(".", "__"): value}
    finding = found({"attribute": attribute, **rule}, **given)
    return finding.truth, finding.cause


YES, NO = (T, None), (F, None)
MISSING, IMPRECISE, UNSETTLED = (U, Cause.MISSING), (U, Cause.IMPRECISE), (U, Cause.UNSETTLED)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        # 19, 20, 21, 15–19, 15–20, 20–25, 21–25, 15–25, from 20, from 21, to 19, to 20, 15 or 25, 5 or 6
        ({"at_least": 20}, "F T T F U T T U T T F U U F"),
        ({"more_than": 20}, "F F T F F U T U U T F F U F"),
        ({"at_most": 20}, "T T F T T U F U U F T T U T"),
        ({"below": 20}, "T F F T U F F U F F T U U T"),
    ],
)
def test_numbers_and_intervals_on_both_sides_of_a_limit(rule: dict[str, int], expected: str):
    answers: list[Any] = [
        19, 20, 21,
        {"from": 15, "to": 19}, {"from": 15, "to": 20}, {"from": 20, "to": 25}, {"from": 21, "to": 25},
        {"from": 15, "to": 25}, {"from": 20}, {"from": 21}, {"to": 19}, {"to": 20},
        {"one_of": [15, 25]}, {"one_of": [5, 6]},
    ]  # fmt: skip
    letters = {"T": YES, "F": NO, "U": IMPRECISE}
    for answer, letter in zip(answers, expected.split(), strict=True):
        assert outcome("farm.hands", rule, answer) == letters[letter], (rule, answer)


def test_an_interval_open_at_both_ends_says_nothing():
    assert outcome("farm.hands", {"at_least": 20}, {"from": None, "to": None}) == IMPRECISE


@pytest.mark.parametrize(
    ("rule", "yes", "no"),
    [
        ({"at_least": "2026-06-01"}, "2026-06-01", "2026-05-31"),
        ({"more_than": "2026-06-01"}, "2026-06-02", "2026-06-01"),
        ({"at_most": "2026-06-01"}, "2026-06-01", "2026-06-02"),
        ({"below": "2026-06-01"}, "2026-05-31", "2026-06-01"),
    ],
)
def test_dates_have_an_order(rule: dict[str, str], yes: str, no: str):
    assert outcome("farm.founded", rule, yes) == YES
    assert outcome("farm.founded", rule, no) == NO


@pytest.mark.parametrize(
    ("attribute", "rule", "answer", "expected"),
    [
        ("farm.organic", {"is": True}, True, YES),
        ("farm.organic", {"is": True}, False, NO),
        ("farm.organic", {"is": False}, False, YES),
        ("farm.organic", {"is": False}, {"one_of": [True, False]}, IMPRECISE),
        ("farm.form", {"one_of": ["family", "abbey"]}, "abbey", YES),
        ("farm.form", {"one_of": ["family", "abbey"]}, "company", NO),
        ("farm.form", {"one_of": ["family", "abbey"]}, {"one_of": ["family", "abbey"]}, YES),
        ("farm.form", {"one_of": ["family"]}, {"one_of": ["family", "abbey"]}, IMPRECISE),
        ("farm.form", {"one_of": ["family"]}, {"one_of": ["company", "abbey"]}, NO),
        ("farm.form", {"none_of": ["family"]}, "family", NO),
        ("farm.form", {"none_of": ["family"]}, "abbey", YES),
        ("farm.trades", {"any_of": ["wool", "cider"]}, ["wool", "dairy"], YES),
        ("farm.trades", {"any_of": ["wool", "cider"]}, ["dairy"], NO),
        ("farm.trades", {"any_of": ["wool", "cider"]}, [], NO),
        ("farm.trades", {"all_of": ["wool", "cider"]}, ["wool", "cider", "dairy"], YES),
        ("farm.trades", {"all_of": ["wool", "cider"]}, ["wool"], NO),
        ("farm.trades", {"none_of": ["wool", "cider"]}, ["dairy"], YES),
        ("farm.trades", {"none_of": ["wool", "cider"]}, [], YES),
        ("farm.trades", {"none_of": ["wool", "cider"]}, ["dairy", "wool"], NO),
        ("farm.trades", {"any_of": ["wool"]}, {"one_of": [["wool"], ["wool", "dairy"]]}, YES),
        ("farm.trades", {"any_of": ["wool"]}, {"one_of": [["wool"], ["dairy"]]}, IMPRECISE),
        ("farm.trades", {"any_of": ["wool", "cider"]}, {"includes": ["wool"]}, YES),
        ("farm.trades", {"any_of": ["wool"]}, {"includes": ["dairy"]}, IMPRECISE),
        ("farm.trades", {"all_of": ["wool"]}, {"includes": ["wool", "dairy"]}, YES),
        ("farm.trades", {"all_of": ["wool", "cider"]}, {"includes": ["wool"]}, IMPRECISE),
        ("farm.trades", {"none_of": ["wool"]}, {"includes": ["wool"]}, NO),
        ("farm.trades", {"none_of": ["wool"]}, {"includes": ["dairy"]}, IMPRECISE),
    ],
)  # fmt: skip
def test_flags_and_choices(attribute: str, rule: dict[str, Any], answer: Any, expected: tuple[Truth, Cause | None]):
    assert outcome(attribute, rule, answer) == expected


@pytest.mark.parametrize(
    ("rule", "answer", "expected"),
    [
        ({"starts_with": ["11"]}, ["111"], YES),
        ({"starts_with": ["11"]}, ["11"], YES),
        ({"starts_with": ["11"]}, ["12"], NO),
        ({"starts_with": ["11"]}, ["1"], IMPRECISE),
        ({"starts_with": ["11", "21"]}, ["2"], IMPRECISE),
        ({"starts_with": ["11"]}, ["22", "111"], YES),
        ({"starts_with": ["11"]}, ["22", "1"], IMPRECISE),
        ({"starts_with": ["11"]}, [], NO),
        ({"starts_with": ["11"]}, [{"one_of": ["111", "11"]}], YES),
        ({"starts_with": ["11"]}, [{"one_of": ["111", "12"]}], IMPRECISE),
        ({"not_starts_with": ["11"]}, ["22"], YES),
        ({"not_starts_with": ["11"]}, [], YES),
        ({"not_starts_with": ["11"]}, ["111"], NO),
        ({"not_starts_with": ["11"]}, ["111", "11"], NO),
        ({"not_starts_with": ["11"]}, ["1"], IMPRECISE),
        ({"not_starts_with": ["11"]}, ["111", "22"], UNSETTLED),
        ({"not_starts_with": ["11"]}, ["1", "22"], IMPRECISE),
    ],
)
def test_codes_by_their_beginning(rule: dict[str, Any], answer: Any, expected: tuple[Truth, Cause | None]):
    assert outcome("farm.crops", rule, answer) == expected


@pytest.mark.parametrize(
    ("rule", "answer", "expected"),
    [
        ({"within": ["av-north"]}, "av-ost", YES),
        ({"within": ["av-north"]}, "av-seld", NO),
        ({"within": ["av-north"]}, "av", IMPRECISE),
        ({"within": ["av-north"]}, ["av-seld", "av-ost"], YES),
        ({"within": ["av-north"]}, ["av-seld", "nr"], NO),
        ({"within": ["av-north"]}, ["av-seld", "av"], IMPRECISE),
        ({"within": ["av-north"]}, [], NO),
        ({"within": ["av-north"]}, {"one_of": ["av-ost", "av-brume"]}, YES),
        ({"within": ["av-north"]}, {"one_of": ["av-ost", "nr"]}, IMPRECISE),
        ({"within": ["salt-towns"]}, "av-lune", UNSETTLED),
        ({"within": ["salt-towns"]}, ["av-lune", "nr"], UNSETTLED),
        ({"within": ["salt-towns"]}, ["av-lune", "av-north"], IMPRECISE),
        ({"within": ["salt-towns"]}, ["av-lune", "av-ost"], YES),
        ({"within": ["salt-towns"]}, {"one_of": ["av-lune", "av-lune-west"]}, UNSETTLED),
        ({"within": ["salt-towns"]}, {"one_of": ["av-lune", "av-ost"]}, IMPRECISE),
        ({"not_within": ["av-north"]}, ["nr", "av-seld"], YES),
        ({"not_within": ["av-north"]}, [], YES),
        ({"not_within": ["av-north"]}, ["av-ost", "av-brume"], NO),
        ({"not_within": ["av-north"]}, ["av-ost", "nr"], UNSETTLED),
        ({"not_within": ["av-north"]}, ["av-ost", "nr", "av"], UNSETTLED),
        ({"not_within": ["av-north"]}, ["av", "nr"], IMPRECISE),
        ({"not_within": ["salt-towns"]}, ["av-lune"], UNSETTLED),
        ({"not_within": ["salt-towns"]}, ["av-lune", "nr"], UNSETTLED),
    ],
)
def test_places_of_one_or_several_establishments(
    rule: dict[str, Any], answer: Any, expected: tuple[Truth, Cause | None]
):
    assert outcome("farm.sites", rule, answer) == expected


@pytest.mark.parametrize(
    ("attribute", "rule"),
    [
        ("farm.hands", {"at_least": 1}),
        ("farm.organic", {"is": True}),
        ("farm.form", {"one_of": ["abbey"]}),
        ("farm.trades", {"none_of": ["wool"]}),
        ("farm.crops", {"not_starts_with": ["1"]}),
        ("farm.sites", {"not_within": ["av"]}),
    ],
)
def test_without_an_answer_nothing_is_known(attribute: str, rule: dict[str, Any]):
    assert outcome(attribute, rule, None) == MISSING


HELD = {"attribute": "farm.hands", "at_least": 20, "holds": {"from": "2026-01-01", "to": "2026-12-31"}}


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2025, 12, 31), UNSETTLED),
        (date(2026, 1, 1), YES),
        (date(2026, 12, 31), YES),
        (date(2027, 1, 1), UNSETTLED),
    ],
)
def test_a_rule_holds_from_its_first_to_its_last_day_included(on: date, expected: tuple[Truth, Cause | None]):
    finding = found(HELD, on=on, farm__hands=30)
    assert (finding.truth, finding.cause) == expected


def test_a_period_may_be_open_at_one_end():
    since = {**HELD, "holds": {"from": "2026-01-01"}}
    until = {**HELD, "holds": {"to": "2026-01-01"}}
    far = TODAY + timedelta(days=9999)
    assert found(since, on=far, farm__hands=30).truth is T
    assert found(until, on=far, farm__hands=30).truth is U
    assert found(until, on=date(1900, 1, 1), farm__hands=30).truth is T


def test_out_of_its_period_a_rule_is_the_providers_to_settle_even_without_an_answer():
    finding = found(HELD, on=date(2025, 1, 1))
    assert (finding.truth, finding.cause) == UNSETTLED


# ------------------------------------------------------------------------------------------------ groups

MANY = {"attribute": "farm.hands", "at_least": 20}
ORGANIC = {"attribute": "farm.organic", "is": True}
BEGUN = {"attribute": "plan.begun", "is": True}
LAPSED = {"attribute": "farm.turnover", "at_least": 1, "holds": {"to": "2000-01-01"}}


@pytest.mark.parametrize(
    ("written", "given", "expected"),
    [
        ({"all": []}, {}, YES),
        ({"all": [MANY, ORGANIC]}, {"farm__hands": 30, "farm__organic": True}, YES),
        ({"all": [MANY, ORGANIC]}, {"farm__hands": 3}, NO),
        ({"all": [MANY, ORGANIC]}, {"farm__hands": 30}, MISSING),
        ({"any": [MANY, ORGANIC]}, {"farm__hands": 30}, YES),
        ({"any": [MANY, ORGANIC]}, {"farm__hands": 3}, MISSING),
        ({"any": [MANY, ORGANIC]}, {"farm__hands": 3, "farm__organic": False}, NO),
        ({"not": [MANY, ORGANIC]}, {"farm__hands": 3, "farm__organic": False}, YES),
        ({"not": [MANY, ORGANIC]}, {"farm__hands": 30}, NO),
        ({"not": [MANY, ORGANIC]}, {"farm__hands": 3}, MISSING),
        ({"readings": [MANY, ORGANIC]}, {"farm__hands": 30, "farm__organic": True}, YES),
        ({"readings": [MANY, ORGANIC]}, {"farm__hands": 3, "farm__organic": False}, NO),
        ({"readings": [MANY, ORGANIC]}, {"farm__hands": 30, "farm__organic": False}, UNSETTLED),
        ({"readings": [MANY, ORGANIC]}, {"farm__hands": 30}, MISSING),
        ({"readings": [MANY, ORGANIC, BEGUN]}, {"farm__hands": 30, "farm__organic": False}, UNSETTLED),
        ({"all": [LAPSED, MANY]}, {}, MISSING),
        ({"all": [LAPSED, MANY]}, {"farm__hands": {"from": 1, "to": 50}}, IMPRECISE),
        ({"all": [LAPSED, MANY]}, {"farm__hands": 30}, UNSETTLED),
        ({"all": [MANY, ORGANIC]}, {"farm__hands": {"from": 1, "to": 50}}, MISSING),
    ],
)
def test_groups_and_why_they_are_not_known(
    written: dict[str, Any], given: dict[str, Any], expected: tuple[Truth, Cause | None]
):
    finding = found(written, **given)
    assert (finding.truth, finding.cause) == expected


def test_a_finding_keeps_its_parts_in_order():
    finding = found({"any": [MANY, {"all": [ORGANIC]}]}, farm__hands=30)
    assert [part.truth for part in finding.parts] == [T, U]
    assert finding.parts[1].parts[0].condition.attribute == "farm.organic"
    assert finding.parts[0].parts == ()


def names(finding: Finding, truth: Truth) -> list[str]:
    assert list(named(finding, truth)) == [leaf.attribute for leaf in responsible(finding, truth)]
    return list(named(finding, truth))


@pytest.mark.parametrize(
    ("written", "given", "failed", "missing"),
    [
        (MANY, {"farm__hands": 3}, ["farm.hands"], []),
        (MANY, {}, [], ["farm.hands"]),
        (MANY, {"farm__hands": 30}, [], []),
        ({"all": [MANY, ORGANIC, BEGUN]}, {"farm__hands": 3, "farm__organic": True}, ["farm.hands"], ["plan.begun"]),
        ({"any": [MANY, ORGANIC]}, {"farm__hands": 3}, ["farm.hands"], ["farm.organic"]),
        ({"not": [MANY]}, {"farm__hands": 30}, ["farm.hands"], []),
        ({"not": [MANY, ORGANIC]}, {"farm__hands": 3}, [], ["farm.organic"]),
        ({"not": [MANY, ORGANIC]}, {"farm__hands": 30, "farm__organic": False}, ["farm.hands"], []),
        ({"not": [{"not": [MANY]}]}, {"farm__hands": 3}, ["farm.hands"], []),
        ({"not": [{"all": [MANY, ORGANIC]}]}, {"farm__hands": 30, "farm__organic": True},
            ["farm.hands", "farm.organic"], []),
        ({"readings": [MANY, ORGANIC]}, {"farm__hands": 3, "farm__organic": False}, ["farm.hands", "farm.organic"], []),
        ({"readings": [MANY, ORGANIC]}, {"farm__hands": 3, "farm__organic": True}, ["farm.hands"], ["farm.hands"]),
        ({"readings": [MANY, ORGANIC]}, {"farm__hands": 30}, [], ["farm.organic"]),
        ({"readings": [{"any": [MANY, BEGUN]}, ORGANIC]}, {"farm__hands": 30, "farm__organic": False},
            ["farm.organic"], ["farm.organic"]),
        ({"all": [{"all": [MANY, ORGANIC, BEGUN]}, LAPSED]}, {"farm__hands": 30, "farm__organic": False},
            ["farm.organic"], ["plan.begun", "farm.turnover"]),
    ],
)  # fmt: skip
def test_who_makes_a_condition_fail_or_wait(
    written: dict[str, Any], given: dict[str, Any], failed: list[str], missing: list[str]
):
    finding = found(written, **given)
    assert names(finding, F) == failed
    assert names(finding, U) == missing


@pytest.mark.parametrize(
    ("written", "given", "asked"),
    [
        (MANY, {}, ["farm.hands"]),
        (MANY, {"farm__hands": {"from": 1, "to": 50}}, ["farm.hands"]),
        (MANY, {"farm__hands": 30}, []),
        (LAPSED, {}, []),
        ({"all": [{"any": [MANY, ORGANIC]}, BEGUN]}, {"farm__hands": 30}, ["plan.begun"]),
        ({"any": [{"all": [MANY, ORGANIC]}, BEGUN]}, {"farm__hands": 3}, ["plan.begun"]),
        ({"all": [LAPSED, BEGUN]}, {}, ["plan.begun"]),
        ({"not": [MANY, ORGANIC]}, {"farm__hands": 3}, ["farm.organic"]),
        ({"readings": [MANY, ORGANIC]}, {"farm__hands": 30}, ["farm.organic"]),
        ({"readings": [MANY, ORGANIC, BEGUN]}, {"farm__hands": 30, "farm__organic": False}, []),
        ({"readings": [{"any": [MANY, BEGUN]}, ORGANIC]}, {"farm__hands": 30, "farm__organic": False}, []),
    ],
)
def test_only_answers_that_could_settle_a_condition_are_asked(
    written: dict[str, Any], given: dict[str, Any], asked: list[str]
):
    assert [leaf.condition.attribute for leaf in askable(found(written, **given))] == asked


def test_an_answer_to_another_question_changes_nothing():
    condition = invented.condition(MANY)
    answers = invented.profile({"farm.organic": True}).answers
    finding = evaluate(condition, answers=answers, places=invented.vocabulary().places, on=TODAY)
    assert (finding.truth, finding.cause) == MISSING
