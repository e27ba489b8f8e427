from datetime import UTC, datetime, timedelta

import pytest

from mentormatch.domain.programmes import SignupWindow, WindowState

OPENS = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
CLOSES = datetime(2026, 3, 31, 16, 0, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (OPENS - INSTANT, WindowState.BEFORE),
        (OPENS, WindowState.OPEN),
        (CLOSES - INSTANT, WindowState.OPEN),
        (CLOSES, WindowState.CLOSED),
        (CLOSES + timedelta(days=1), WindowState.CLOSED),
    ],
)
def test_sign_up_is_open_from_the_opening_instant_until_just_before_the_closing_one(
    now: datetime, state: WindowState
) -> None:
    assert SignupWindow(OPENS, CLOSES).state_at(now) == state
