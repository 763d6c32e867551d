"""A problem says its code, its place, what was found and what was expected."""

from datetime import date

from alliage.core.vocabulary.errors import AlliageError, Problem, shown


def test_a_problem_is_plain_data():
    problem = Problem("profile-date", "profile::plan.first_day", "soon", "2026-11-23")
    assert problem.as_dict() == {
        "code": "profile-date",
        "where": "profile::plan.first_day",
        "found": "soon",
        "expected": "2026-11-23",
        "severity": "error",
    }


def test_an_error_carries_every_problem():
    error = AlliageError([Problem("a", "x::1", "one"), Problem("b", "x::2", "two")])
    assert [problem.code for problem in error.problems] == ["a", "b"]
    assert str(error) == "a at x::1: found one; b at x::2: found two"


def test_a_picture_of_a_value_is_short_printable_and_on_one_line():
    assert shown("one\ntwo\x1b[31m") == "one�two�[31m"
    assert shown({"a": [1, "é"], "b": date(2026, 1, 2)}) == '{"a": [1, "é"], "b": "2026-01-02"}'
    assert shown([True]) == "[true]"
    assert shown(date(2026, 1, 2)) == "2026-01-02"
    assert shown({(1, 2): 3}) == "{(1, 2): 3}"
    assert shown("x" * 80) == "x" * 80
    assert shown("x" * 81) == "x" * 79 + "…"
    assert shown("abcdef", longest=3) == "ab…"
