"""Who and when, on days small enough to see the answer, and the rounds when a choice cannot be placed."""

import pytest

from alliage.core.meetings import solving
from alliage.core.meetings.grid import Grid
from alliage.core.meetings.problem import Company, Officer, Room, Settings, Walk
from alliage.core.meetings.solver import SolverFailed
from alliage.core.meetings.solving import solve
from alliage.core.meetings.squeeze import draws, squeeze, waiting
from alliage.core.meetings.who import choose
from alliage.core.vocabulary.errors import AlliageError
from tests.meeting_days import day, meetings

FAR = {
    "officers": (Officer("a", "x"), Officer("b", "y"), Officer("z", "x")),
    "rooms": (Room("x"), Room("y")),
    "walks": (Walk(("x", "y"), 30),),
}


def test_every_wish_is_met_when_there_is_room():
    found = solve(day({"c": "a b", "d": "b a"}))
    assert found.pairs == {("c", "a"), ("c", "b"), ("d", "a"), ("d", "b")}
    assert (found.proof.worth, found.proof.gap, found.proof.complete) == (36, 0, True)
    assert waiting(found.meetings) == 0


def test_a_day_without_wishes_or_without_anybody_has_an_empty_timetable():
    for problem in (day({"c": ""}), day({}), day({"c": "a"}, closed=frozenset({0, 1, 2}))):
        found = solve(problem)
        assert found.meetings == ()
        assert found.proof.gap == 0


def test_a_company_gets_two_of_its_three_best_before_another_gets_more():
    wishes = {"c": "a b e", "d": "b e a"}
    found = solve(day(wishes, officers=(Officer("a", at_most=1), Officer("b", at_most=1), Officer("e"))))
    assert {company: sum(pair[0] == company for pair in found.pairs) for company in wishes} == {"c": 2, "d": 2}


def test_the_second_price_is_for_a_company_that_would_get_nothing():
    """Two meetings: one each, though both for the first company would weigh as much."""
    settings = Settings(prices=(1, 300))
    found = solve(day({"c": "a b", "d": "a b"}, count=1, settings=settings))
    assert {pair[0] for pair in found.pairs} == {"c", "d"}


def test_ties_are_drawn_by_the_seed_and_by_no_name():
    problem = day({f"c{n}": "a" for n in range(6)}, count=1)
    winners = {next(iter(choose(Grid(problem), seed=seed).pairs))[0] for seed in range(40)}
    assert winners == {f"c{n}" for n in range(6)}
    assert choose(Grid(problem), seed=3) == choose(Grid(problem), seed=3)


def test_pairs_that_a_walk_keeps_apart_are_not_chosen_together_again():
    """Two neighbouring slots: the second room is too far for both meetings, and another officer is next door."""
    found = solve(day({"c": "a b z"}, count=2, **FAR))
    assert found.pairs == {("c", "a"), ("c", "z")}
    assert found.proof.gap == 0


def test_a_table_too_few_lowers_the_caps_and_says_what_that_may_cost():
    """Each slot has one table, and the companies are there in the same slot: one meeting is lost whatever is chosen."""
    away = frozenset({1, 2})
    problem = day(
        {},
        officers=(Officer("a", "x"), Officer("b", "x")),
        companies=(Company("c", ("a",), away=away), Company("d", ("b",), away=away)),
        rooms=(Room("x", 1),),
    )
    found = solve(problem)
    assert len(found.meetings) == 1
    assert found.proof.worth == 10 - 30
    assert found.proof.bound == 20


def test_the_rounds_end_with_the_best_of_all_even_if_none_places_everything(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(solving, "MOST_ROUNDS", 1)
    found = solve(day({"c": "a b z"}, count=2, **FAR))
    assert found.pairs == {("c", "a")}
    assert found.proof.gap > 0


def test_without_time_the_timetable_is_empty_and_says_that_it_is_not_proved():
    problem = day({f"c{n}": "a b" for n in range(30)}, count=12)
    found = solve(problem, seconds=0.0)
    assert not found.proof.complete
    assert found.proof.bound >= found.proof.worth


def test_a_timetable_that_the_checker_refuses_is_never_given(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(solving, "squeeze", lambda *_, **__: tuple(meetings("c a 0", "c b 0")))
    with pytest.raises(AlliageError) as refused:
        solve(day({"c": "a b"}))
    assert [(one.code, one.found) for one in refused.value.problems] == [
        ("meetings-failed", "a timetable that breaks company-two-places c")
    ]


def test_a_solver_that_fails_is_said_in_words(monkeypatch: pytest.MonkeyPatch):
    def failing(*_: object, **__: object) -> None:
        raise SolverFailed("kUnknown")

    monkeypatch.setattr(solving, "choose", failing)
    with pytest.raises(AlliageError) as refused:
        solve(day({"c": "a"}))
    assert refused.value.problems[0].code == "meetings-failed"


def test_waiting_counts_the_empty_slots_between_two_meetings_of_a_company():
    assert waiting(meetings("c a 0", "c b 3", "d a 1")) == 2
    assert waiting([]) == 0


def test_squeezing_brings_meetings_together_along_a_chain():
    problem = day({"c": "a b", "d": "a b"}, count=4)
    spread = meetings("c a 0", "c b 3", "d a 3", "d b 0")
    squeezed = squeeze(Grid(problem), spread, seed=1, tries=2000)
    assert waiting(squeezed) == 0
    assert {one.pair for one in squeezed} == {one.pair for one in spread}
    assert squeeze(Grid(problem), spread, seed=1, tries=2000) == squeezed
    assert squeeze(Grid(problem), [], tries=10) == ()


def test_the_numbers_that_are_drawn_are_those_of_splitmix64():
    drawn = draws(1234567)
    assert [drawn() for _ in range(3)] == [6457827717110365317, 3203168211198807973, 9817491932198370423]
