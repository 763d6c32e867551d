"""The time given to several plans together."""

from __future__ import annotations

from alliage.core.allowance import Countdown, allowed


def test_each_plan_may_take_half_of_what_is_left_and_none_once_it_is_spent():
    moments = iter([10.0, 10.0, 12.0, 13.0, 13.5, 14.0, 99.0])
    time = Countdown(4.0, clock=moments.__next__)
    assert [time() for _ in range(6)] == [2.0, 1.0, 0.5, 0.25, 0.0, 0.0]


def test_without_a_limit_there_is_none_and_a_number_is_itself():
    assert (allowed(None), allowed(2.5), allowed(lambda: 1.0)) == (None, 2.5, 1.0)
