"""What views read alike: a number, or nothing worse than nothing."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from alliage.hub.people.access import NotYours, number_of
from alliage.hub.ui.asked import by_robot, row_number, whole_number

NO_NUMBERS = ["", " 7", "-7", "7.0", "²", "٣", "x", "9" * 16]


@pytest.mark.parametrize("typed", [*NO_NUMBERS, None, True, [7], {}])
def test_what_is_no_number_of_a_row_is_that_of_none(typed: object) -> None:
    assert row_number(typed) == 0


@pytest.mark.parametrize("typed", NO_NUMBERS)
def test_an_address_of_no_number_is_nobodys(typed: str) -> None:
    assert whole_number(typed, digits=15) is None
    with pytest.raises(NotYours):
        number_of(typed)


@pytest.mark.parametrize("typed", ["7", "007", "0" * 14 + "7"])
def test_a_number_is_read(typed: str) -> None:
    assert row_number(typed) == number_of(typed) == 7


def test_a_robot_fills_what_nobody_sees() -> None:
    assert by_robot(QueryDict("text=a&website=b"))
    assert not by_robot(QueryDict("text=a&website="))
    assert not by_robot(QueryDict("text=a"))
