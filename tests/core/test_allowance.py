"""The time given to several plans together."""

from __future__ import annotations

from alliage.core.allowance import Allowance, Countdown, allowed


def test_each_plan_may_take_half_of_what_is_left_and_none_once_it_is_spent():
    moments = iter([10.0, 10.0, 12.0, 13.0, 13.5, 14.0, 99.0])
    time = Countdown(4.0, clock=moments.__next__)
    assert [time() for _ in range(6)] == [2.0, 1.0, 0.5, 0.25, 0.0, 0.0]


def test_without_a_limit_there_is_none_and_a_number_is_itself():
    assert (allowed(None), allowed(2.5), allowed(lambda: 1.0)) == (None, 2.5, 1.0)


def test_a_call_under_a_clock_is_told_all_the_time_that_passes_and_not_only_the_solver_s():
    now = [0.0]
    allowance = Allowance.of(Countdown(8.0, clock=lambda: now[0]))
    assert allowance.left == 4.0
    now[0] = 1.0  # building, checking, wording: no solver ran
    assert allowance.left == 3.0
    allowance.spend(2.0)  # the clock counts it when it passes
    assert (allowance.left, allowance.share(3)) == (3.0, 1.0)
    with allowance.part(3) as own:
        now[0] = 1.5
        assert own.left == 0.5
    assert (allowance.left, allowance.over) == (2.5, False)
    now[0] = 9.0
    assert (allowance.left, allowance.over, own.over) == (0.0, True, True)


def test_without_a_clock_a_call_counts_what_the_solver_says_that_it_took():
    allowance = Allowance.of(5.0)
    allowance.spend(2.0)
    assert (allowance.left, Allowance.of(None).left, Allowance.of(None).over) == (3.0, None, False)
