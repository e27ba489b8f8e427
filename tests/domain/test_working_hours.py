"""Hours in common are whole, on a round clock, and the same from both sides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentormatch.domain.working_hours import common_hours

minutes = st.integers(0, 1439)


@pytest.mark.parametrize(
    ("one", "other", "hours"),
    [
        (0, 0, 8),
        (0, 60, 7),
        (0, 59, 7),
        (0, 61, 6),
        (0, 421, 0),
        (0, 420, 1),
        (0, 720, 0),
        (1410, 30, 7),
        (30, 1410, 7),
    ],
)
def test_whole_hours_in_common_are_counted_across_midnight(one: int, other: int, hours: int) -> None:
    assert common_hours(one, other) == hours


@given(minutes, minutes)
def test_two_people_share_the_minutes_in_which_both_work(one: int, other: int) -> None:
    working = [{(begins + minute) % 1440 for minute in range(480)} for begins in (one, other)]

    assert common_hours(one, other) == common_hours(other, one) == len(working[0] & working[1]) // 60
