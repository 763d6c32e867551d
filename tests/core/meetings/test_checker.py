"""The independent checker names the rule that a timetable breaks: one bad timetable for each rule."""

import pytest

from alliage.core.meetings.checker import Broken, Rule, broken
from alliage.core.meetings.problem import Company, Officer, Room, Settings, Slot, Walk
from tests.meeting_days import day, meetings, slots

WISHES = {"c": "a b", "d": "a b"}
APART = {"officers": (Officer("a", "x"), Officer("b", "y")), "rooms": (Room("x"), Room("y"))}
MANY = {f"c{n}": "a" for n in range(6)}
LUNCH = (*slots(3), *slots(3, starts=13 * 60))
BROKEN = [
    (Rule.UNKNOWN, {}, ["nobody a 0"]),
    (Rule.UNKNOWN, {}, ["c nobody 0"]),
    (Rule.UNKNOWN, {}, ["c a 3"]),
    (Rule.UNKNOWN, {}, ["c a -1"]),
    (Rule.NOT_WISHED, {"officers": (Officer("a"), Officer("b"), Officer("z"))}, ["c z 0"]),
    (Rule.TWICE, {}, ["c a 0", "c a 1"]),
    (Rule.COMPANY_AWAY, {"companies": (Company("c", ("a",), away=frozenset({1})),)}, ["c a 1"]),
    (Rule.COMPANY_AWAY, {"companies": (Company("c", ("a",), arrives=9 * 60 + 1),)}, ["c a 0"]),
    (Rule.COMPANY_AWAY, {"companies": (Company("c", ("a",), leaves=9 * 60 + 16),)}, ["c a 0"]),
    (Rule.OFFICER_AWAY, {"officers": (Officer("a", away=frozenset({1})), Officer("b"))}, ["c a 1"]),
    (Rule.OFFICER_AWAY, {"officers": (Officer("a", leaves=9 * 60 + 56), Officer("b"))}, ["c a 2"]),
    (Rule.COMPANY_AWAY, {"closed": frozenset({1})}, ["c a 1"]),
    (Rule.COMPANY_TWO_PLACES, {}, ["c a 0", "c b 0"]),
    (Rule.OFFICER_TWO_PLACES, {}, ["c a 0", "d a 0"]),
    (Rule.COMPANY_AT_MOST, {"companies": (Company("c", ("a", "b"), at_most=1),)}, ["c a 0", "c b 1"]),
    (Rule.OFFICER_AT_MOST, {"officers": (Officer("a", at_most=1), Officer("b"))}, ["c a 0", "d a 1"]),
    (Rule.IN_A_ROW, {"settings": Settings(in_a_row=1)}, ["c a 0", "d a 1"]),
    (Rule.TABLES, {**APART, "rooms": (Room("x", 0), Room("y"))}, ["c a 0"]),
    (Rule.TOO_FAR, {**APART, "walks": (Walk(("y", "x"), 4),)}, ["c a 0", "c b 1"]),
]


@pytest.mark.parametrize(("rule", "more", "written"), BROKEN, ids=lambda part: getattr(part, "value", None))
def test_a_bad_timetable_breaks_its_rule(rule: Rule, more: dict[str, object], written: list[str]):
    assert rule in {one.rule for one in broken(day(WISHES, **more), meetings(*written))}


LAWFUL = [
    ({}, []),
    ({}, ["c a 0", "c b 1", "d a 1", "d b 0"]),
    ({"settings": Settings(in_a_row=1)}, ["c a 0", "d a 2"]),
    ({**APART, "rooms": (Room("x", 1), Room("y", 0))}, ["c a 0", "d a 1"]),
    ({**APART, "walks": (Walk(("x", "y"), 4),)}, ["c a 0", "c b 2"]),
    ({**APART, "walks": (Walk(("x", "y"), 3),)}, ["c a 0", "c b 1"]),
    ({"companies": (Company("c", ("a",), arrives=9 * 60, leaves=9 * 60 + 17),)}, ["c a 0"]),
]


@pytest.mark.parametrize(("more", "written"), LAWFUL)
def test_a_good_timetable_breaks_nothing(more: dict[str, object], written: list[str]):
    assert broken(day(WISHES, **more), meetings(*written)) == ()


def test_six_meetings_in_a_row_break_the_rule_at_the_sixth_and_a_lunch_is_a_break():
    held = meetings(*(f"c{n} a {n}" for n in range(6)))
    assert broken(day(MANY, count=6), held) == (Broken(Rule.IN_A_ROW, "a", 5),)
    assert broken(day(MANY, slots=LUNCH), held) == ()
    assert broken(day(MANY, count=6, slots=tuple(Slot(s.starts, s.ends - 7) for s in slots(6))), held) == ()
