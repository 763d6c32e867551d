"""Why a wish was not met, and which officer to double: each reason on the smallest day that has it."""

from dataclasses import replace

import pytest

from alliage.core.meetings.doubling import doublings, officer_prices
from alliage.core.meetings.grid import Grid
from alliage.core.meetings.problem import Company, Officer, Problem, Room, Settings, Walk
from alliage.core.meetings.receipts import Miss, Reason, Receipts
from alliage.core.meetings.solving import solve
from alliage.core.meetings.timetable import Proof, Timetable
from alliage.core.meetings.who import choose
from tests.meeting_days import at_random, day, meetings


def receipts(problem: Problem, *written: str) -> Receipts:
    return Receipts(problem, Timetable(tuple(meetings(*written)), Proof(0, 0, complete=True)))


def test_an_officer_without_a_free_slot_is_absent():
    problem = day({"c": "a"}, officers=(Officer("a", away=frozenset({0, 1, 2})),))
    assert receipts(problem).company("c").misses == (Miss("a", 0, Reason.OFFICER_ABSENT),)


def test_a_company_without_a_free_slot_is_absent():
    problem = day({}, officers=(Officer("a"),), companies=(Company("c", ("a",), away=frozenset({0, 1, 2})),))
    assert receipts(problem).company("c").misses == (Miss("a", 0, Reason.COMPANY_ABSENT),)


def test_two_people_who_are_never_free_together_have_no_common_slot():
    officers, companies = (Officer("a", away=frozenset({0})),), (Company("c", ("a",), away=frozenset({1, 2})),)
    problem = day({}, officers=officers, companies=companies)
    assert receipts(problem).company("c").misses == (Miss("a", 0, Reason.NO_COMMON_SLOT),)


def test_an_officer_is_full_of_companies_that_wished_it_as_much():
    problem = day({"c": "a", "d": "a"}, count=1)
    assert receipts(problem, "d a 0").company("c").misses == (Miss("a", 0, Reason.OFFICER_FULL, 1, 1),)


def test_a_wish_gave_way_to_companies_that_wished_less_and_some_needed_it_for_their_fair_share():
    problem = day({"c": "a b", "d": "b a", "e": "b z a"}, count=2)
    held = receipts(problem, "d a 0", "d b 1", "e a 1", "e b 0")
    assert held.company("c").misses[0] == Miss("a", 0, Reason.GAVE_WAY, taken=2, most=2, less=2, fair=2)
    more = receipts(problem, "d a 0", "d b 1", "e a 1", "e b 0", "e z 2")
    assert more.company("c").misses[0].fair == 1


def test_a_company_has_no_more_meetings_than_it_wants():
    problem = day({}, officers=(Officer("a"), Officer("b")), companies=(Company("c", ("a", "b"), at_most=1),))
    assert receipts(problem, "c a 0").company("c").misses == (Miss("b", 1, Reason.OWN_LIMIT, 1, 1),)


def test_a_room_without_a_table_left_is_full():
    problem = day({"c": "a", "d": "b"}, count=1, officers=(Officer("a", "x"), Officer("b", "x")), rooms=(Room("x", 1),))
    assert receipts(problem, "c a 0").company("d").misses == (Miss("b", 0, Reason.ROOM_FULL),)
    wide = replace(problem, rooms=(Room("x", 2),))
    assert receipts(wide, "c a 0").company("d").misses == (Miss("b", 0, Reason.NO_PLACE_LEFT),)


def test_a_walk_that_is_too_long_leaves_no_place():
    problem = day(
        {"c": "a b"},
        count=2,
        officers=(Officer("a", "x"), Officer("b", "y")),
        rooms=(Room("x"), Room("y")),
        walks=(Walk(("x", "y"), 30),),
    )
    assert Receipts(problem, solve(problem)).company("c").misses == (Miss("b", 1, Reason.NO_PLACE_LEFT),)


def test_a_receipt_says_what_is_missing_from_the_fair_share_and_how_long_the_company_waits():
    problem = day({"c": "a b z", "d": "a"}, count=4)
    receipt = receipts(problem, "c b 3", "c z 0").company("c")
    assert [one.slot for one in receipt.meetings] == [0, 3]
    assert (receipt.short, receipt.waiting) == (0, 2 * 17)
    assert receipts(problem, "c a 1").company("c").short == 1
    assert receipts(problem).company("d").short == 1
    assert [one.company for one in receipts(problem).companies()] == ["c", "d"]


def test_an_officer_knows_how_many_asked_and_how_many_were_missed():
    problem = day({f"c{n}": "a" for n in range(7)}, count=6)
    found = Receipts(problem, solve(problem)).officer("a")
    assert (found.asked, len(found.meetings), found.most, found.missed) == (7, 5, 5, 2)


def test_one_more_adviser_adds_the_meetings_that_the_officer_could_not_take():
    problem = day({f"c{n}": "a" for n in range(7)}, count=3)
    assert officer_prices(problem)["a"] == pytest.approx(40, abs=0.2)  # a first wish, and the price of having nothing
    (found,) = doublings(problem)
    assert (found.officer, found.meetings, found.worth) == ("a", 3, 3 * 40)


def test_an_officer_who_is_not_full_is_not_worth_doubling():
    assert doublings(day({"c": "a b"})) == ()
    assert officer_prices(day({"c": "a b"})) == {"a": 0.0, "b": 0.0}
    assert officer_prices(day({})) == {}


def test_without_time_nothing_is_said_of_doubling():
    assert doublings(day({f"c{n}": "a b" for n in range(7)}), seconds=0.0) == ()


def test_what_doubling_adds_is_what_a_timetable_with_a_second_adviser_gives():
    assert sum(_doubled_as_said(seed) for seed in range(8)) >= 8


def _doubled_as_said(seed: int) -> int:
    """A twin of the officer, free when the officer is, wished by half of the companies: never more than was said."""
    problem = at_random(seed, companies=9, officers=3, count=4, wishes=3)
    problem = replace(problem, rooms=(), walks=(), officers=tuple(replace(one, room=None) for one in problem.officers))
    now, counted = solve(problem, tries=0).proof, choose(Grid(problem)).worth
    said = doublings(problem)
    for found in said:
        officer = next(one for one in problem.officers if one.id == found.officer)
        twin = replace(officer, id="twin")
        served = {one.company for one in solve(problem, tries=0).meetings if one.officer == officer.id}
        companies = tuple(
            replace(
                one,
                wishes=tuple("twin" if wish == officer.id and one.id not in served else wish for wish in one.wishes),
            )
            for one in problem.companies
        )
        doubled = solve(replace(problem, officers=(*problem.officers, twin), companies=companies), tries=0).proof
        assert now.worth < doubled.worth <= counted + found.worth
    return len(said)


def test_no_price_is_asked_for_what_a_company_cannot_have():
    found = solve(day({"c": "a"}, settings=Settings(prices=(30, 300))))
    assert found.proof.worth == 10
