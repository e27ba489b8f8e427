"""The course of a mentorship: how long it lasts, and when its two people are reminded of what comes next."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

LENGTH: Final = timedelta(days=270)
"""Nine months from the day the round was published."""
SECOND_MEETING_AFTER: Final = timedelta(days=14)
BETWEEN_MEETINGS: Final = timedelta(days=28)


class Reminder(StrEnum):
    """What somebody is reminded of, each at most once for a pairing."""

    FIRST_MEETING = "first_meeting"
    """No first meeting has been arranged."""
    HALF_TIME = "half_time"
    BEFORE_THE_END = "before_the_end"


DUE_AFTER: Final[Mapping[Reminder, timedelta]] = MappingProxyType(
    {
        Reminder.FIRST_MEETING: timedelta(days=14),
        Reminder.HALF_TIME: LENGTH / 2,
        Reminder.BEFORE_THE_END: LENGTH - timedelta(days=14),
    }
)
"""Counted from the day the round was published."""
STALE_AFTER: Final = timedelta(days=14)
"""A reminder that could not be written for so long, after an outage or a hold, is not written any more."""
