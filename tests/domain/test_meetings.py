from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from mentormatch.domain.meetings import AHEAD, may_meet, proposed_times

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PAIRS = [
    ("Europe/Paris", "Europe/Berlin"),
    ("Europe/Paris", "America/New_York"),
    ("Europe/Helsinki", "Asia/Kathmandu"),
    ("Asia/Tokyo", "Australia/Adelaide"),
]


def hour(at: datetime, zone: str) -> float:
    here = at.astimezone(ZoneInfo(zone))
    return here.hour + here.minute / 60


@pytest.mark.parametrize("zones", PAIRS)
def test_three_times_are_within_the_working_hours_of_both(zones: tuple[str, str]) -> None:
    times = proposed_times(zones, MONDAY)

    assert len(times) == 3
    assert all(9 <= hour(time.starts_at, zone) <= 16 for time in times for zone in zones)
    assert all(time.starts_at.astimezone(ZoneInfo(zone)).weekday() < 5 for time in times for zone in zones)


@pytest.mark.parametrize("zones", PAIRS)
def test_the_times_lie_on_different_days_within_three_weeks(zones: tuple[str, str]) -> None:
    times = [time.starts_at for time in proposed_times(zones, MONDAY)]

    assert len({time.date() for time in times}) == 3
    assert all(timedelta(days=1) <= time - MONDAY <= AHEAD for time in times)


def test_the_two_who_are_never_at_work_together_get_times_that_say_so() -> None:
    times = proposed_times(("Asia/Tokyo", "America/New_York"), MONDAY)

    assert len(times) == 3
    assert not any(time.is_at_work for time in times)


def test_summer_time_that_begins_in_between_moves_the_clock_and_not_the_working_day() -> None:
    times = proposed_times(("America/New_York", "America/Chicago"), MONDAY)

    assert {hour(time.starts_at, "America/Chicago") for time in times} == {12.0}


@pytest.mark.parametrize("zones", PAIRS)
def test_what_is_proposed_may_be_chosen_by_either(zones: tuple[str, str]) -> None:
    times = [time.starts_at for time in proposed_times(zones, MONDAY)]

    assert all(may_meet(time, each, MONDAY) for time in times for each in (zones, zones[::-1]))


@pytest.mark.parametrize(
    "other", [timedelta(days=-7), timedelta(weeks=10), timedelta(hours=12), timedelta(days=5)], ids=str
)
def test_a_time_that_is_past_far_off_at_night_or_at_a_weekend_may_not_be_chosen(other: timedelta) -> None:
    assert not may_meet(MONDAY + other, ("Europe/Paris", "Europe/Berlin"), MONDAY)
