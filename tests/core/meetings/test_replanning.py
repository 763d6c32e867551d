"""On the day: what a cancellation, a late company or lost slots change, and who is offered what is freed."""

from dataclasses import replace

import pytest

from alliage.core.meetings import failures
from alliage.core.meetings.checker import Broken, Rule
from alliage.core.meetings.problem import Company, Officer, Room, Walk
from alliage.core.meetings.replanning import Candidate, Move, Turn, candidates, replan
from alliage.core.vocabulary.errors import AlliageError
from tests.meeting_days import NINE, day, late, meetings, without

DAY = day({"c": "a b", "d": "a b"}, count=4)
PLANNED = meetings("c a 0", "c b 1", "d a 1", "d b 0")


def test_nothing_changes_if_nothing_happened():
    again = replan(DAY, PLANNED, now=NINE)
    assert set(again.meetings) == set(PLANNED)
    assert (again.changes, again.complete) == (0, True)


def test_an_officer_who_cancels_loses_the_meetings_and_no_other_changes():
    again = replan(without(DAY, officer="a"), PLANNED, now=0)
    assert again.lost == tuple(meetings("c a 0", "d a 1"))
    assert again.moved == ()


def test_an_officer_and_a_company_may_have_the_same_id():
    one = day({"1": "1 2", "2": "1 2"}, count=4)
    planned = meetings("1 1 0", "1 2 1", "2 1 1", "2 2 0")
    assert replan(without(one, officer="1"), planned, now=0).lost == tuple(meetings("1 1 0", "2 1 1"))
    assert replan(without(one, company="1"), planned, now=0).lost == tuple(meetings("1 1 0", "1 2 1"))
    assert late(one, officer="1", arrives=NINE).companies == one.companies
    assert late(one, company="1", arrives=NINE).officers == one.officers


def test_an_officer_who_leaves_at_noon_keeps_the_morning():
    again = replan(without(DAY, officer="a", since=NINE + 20), PLANNED, now=0)
    assert again.lost == tuple(meetings("d a 1"))


def test_a_company_that_does_not_come_loses_its_meetings_and_no_other_changes():
    again = replan(without(DAY, company="d"), PLANNED, now=0)
    assert again.lost == tuple(meetings("d b 0", "d a 1"))
    assert set(again.meetings) == set(PLANNED) - set(again.lost)


def test_a_late_company_meets_later_as_near_as_can_be_and_others_stay():
    again = replan(late(DAY, company="c", arrives=NINE + 20), PLANNED, now=0)
    assert again.moved == (Move(*meetings("c a 0"), to=2),)
    assert again.lost == ()
    assert again.changes == 1


def test_what_starts_within_half_an_hour_stays_and_nothing_is_put_there():
    late_one = late(DAY, company="c", arrives=NINE + 20)
    again = replan(late_one, PLANNED, now=NINE + 20)  # slots before 9:50 do not move: slot 2 begins at 9:40
    assert [move.to for move in again.moved] == [3]
    assert replan(late_one, PLANNED, now=NINE + 31).lost == tuple(meetings("c a 0"))
    assert replan(late_one, PLANNED, now=NINE + 31, notice=29).moved != ()


def test_another_meeting_moves_only_if_that_saves_more_than_the_price_of_a_move():
    """Two slots are left; the other company could give its own up for the second."""
    one = day({"c": "a", "d": "a"}, count=3)
    held, closed = meetings("c a 0", "d a 1"), frozenset({0})
    away = replace(one, closed=closed, companies=(Company("c", ("a",), away=frozenset({2})), Company("d", ("a",))))
    again = replan(away, held, now=0, notice=0)
    assert again.moved == (Move(*meetings("c a 0"), to=1), Move(*meetings("d a 1"), to=2))
    dear = "x1 x2 x3 x4 a"
    officers = tuple(Officer(id_) for id_ in ("a", "x1", "x2", "x3", "x4"))
    fifth = replace(
        away,
        officers=officers,
        companies=(Company("c", tuple(dear.split()), away=frozenset({2})), Company("d", ("a",))),
    )
    assert replan(fifth, held, now=0, notice=0).lost == tuple(meetings("c a 0"))


def test_a_slot_that_is_lost_moves_all_its_meetings():
    again = replan(replace(DAY, closed=frozenset({0})), PLANNED, now=0, notice=0)
    assert again.lost == ()
    assert {move.meeting for move in again.moved} == set(meetings("c a 0", "d b 0"))


def test_a_table_that_is_lost_never_stops_the_answer():
    rooms = {"officers": (Officer("a", "x"), Officer("b", "x")), "rooms": (Room("x", 1),)}
    again = replan(day({"c": "a b", "d": "a b"}, count=2, **rooms), PLANNED, now=0, notice=0)
    assert len(again.meetings) == 2
    assert len(again.lost) == 2


def test_a_meeting_that_nobody_wishes_any_more_is_lost():
    again = replan(day({"c": "a b", "d": "a"}, count=4), PLANNED, now=0)
    assert again.lost == tuple(meetings("d b 0"))


def test_without_time_what_still_stands_is_kept():
    again = replan(without(DAY, company="d"), PLANNED, now=0, seconds=0.0)
    assert not again.complete
    assert again.meetings == tuple(meetings("c a 0", "c b 1"))


def test_an_answer_that_breaks_a_rule_is_never_given(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(failures, "broken", lambda *_: (Broken(Rule.TABLES, "x", 0),))
    with pytest.raises(AlliageError) as refused:
        replan(DAY, PLANNED, now=0)
    assert refused.value.problems[0].code == "meetings-failed"


ROOMS = {
    "officers": (Officer("a", "x"), Officer("b", "x"), Officer("z", "y")),
    "rooms": (Room("x"), Room("y")),
    "walks": (Walk(("x", "y"), 2),),
}


def test_a_freed_slot_is_offered_to_who_has_nothing_then_to_the_nearest():
    wishes = {"near": "b a", "walks": "z a", "early": "b a", "new": "a", "met": "a", "busy": "b a", "never": "b",
              "later": "b a"}  # fmt: skip
    problem = day(wishes, count=5, **ROOMS)
    held = meetings("near b 1", "walks z 1", "early b 0", "met a 0", "busy b 2", "later b 4")
    assert candidates(problem, held, officer="a", slot=2) == (
        Candidate("new", Turn.NOTHING, 0),
        Candidate("near", Turn.THERE, 1, 0, 0),
        Candidate("early", Turn.THERE, 1, 0, 1),
        Candidate("walks", Turn.THERE, 1, 2, 0),
        Candidate("later", Turn.LATER, 1),
    )
