"""What a local time means on the two days of the year on which the clocks jump."""

from datetime import UTC, datetime

import pytest
from marshmallow import ValidationError

from mentormatch.schemas.times import Day, LocalTime, instant_of, local_text


@pytest.mark.parametrize(
    ("zone", "local", "utc"),
    [
        ("Europe/Berlin", "2026-03-29T01:59", "2026-03-29T00:59"),
        ("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:30"),
        ("Europe/Berlin", "2026-03-29T03:00", "2026-03-29T01:00"),
        ("Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30"),
        ("Europe/Berlin", "2026-10-25T03:00", "2026-10-25T02:00"),
        ("America/New_York", "2026-03-08T02:15", "2026-03-08T07:15"),
        ("America/New_York", "2026-11-01T01:15", "2026-11-01T05:15"),
        ("Australia/Lord_Howe", "2026-10-04T02:10", "2026-10-03T15:40"),
        ("Asia/Kathmandu", "2026-01-01T00:00", "2025-12-31T18:15"),
    ],
)
def test_a_skipped_time_moves_forward_and_a_doubled_one_is_the_first(zone: str, local: str, utc: str) -> None:
    assert instant_of(datetime.fromisoformat(local), zone) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


def test_a_skipped_time_is_shown_as_the_time_that_the_clocks_did_show() -> None:
    skipped = instant_of(datetime.fromisoformat("2026-03-29T02:30"), "Europe/Berlin")

    assert local_text(skipped, "Europe/Berlin") == "2026-03-29T03:30"


@pytest.mark.parametrize("text", ["", "soon", "2026-02-30T10:00", "2026-03-01", "2026-W10-1T10:00", "0001-01-01T00:00"])
def test_what_is_no_day_and_time_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="day and a time"):
        LocalTime().deserialize(text)


@pytest.mark.parametrize(
    "text", ["", "31.3.2026", "2026-02-30", "20260331", "2026-03-31T10:00", "9999-12-31", "٢٠٢٦-٠٣-٣١"]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="a day like"):
        Day().deserialize(text)
