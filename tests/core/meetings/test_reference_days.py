"""The reference days of the benchmark keep their best worth; first come, first served keeps what it gave."""

import pytest

from alliage.core.meetings.checker import broken
from alliage.core.meetings.solving import solve
from alliage.core.meetings.squeeze import waiting
from benchmarks.meetings import DAYS, counted, day, first_come


@pytest.mark.parametrize("one", DAYS[:5], ids=lambda one: f"{one[0]} companies, seed {one[3]}")
def test_the_best_worth_of_a_reference_day_is_proved(one: tuple[int, int, int, int, int]):
    *sizes, wanted = one
    problem = day(*sizes)
    found = solve(problem, tries=0)
    assert (found.proof.worth, found.proof.gap, found.proof.complete) == (wanted, 0, True)
    assert broken(problem, found.meetings) == ()


def test_the_largest_day_leaves_nobody_out_and_its_waiting_is_squeezed():
    problem = day(200, 30, 20, 1)
    found = solve(problem, tries=30_000)
    figures = counted(problem, found.meetings)
    assert found.proof.worth == 3608
    assert found.proof.gap == 0
    assert (figures.weight, figures.none, figures.short) == (3638, 0, 1)
    assert waiting(found.meetings) < 200  # about 1,400 before


def test_first_come_first_served_gives_what_was_first_measured():
    figures = counted(problem := day(30, 8, 12, 1), first_come(problem))
    assert (figures.meetings, figures.weight, figures.firsts) == (79, 419, 15)
    assert (figures.none, figures.short, figures.idle) == (11, 17, 27)
