"""A development plan: which kinds of activity close a gap, when one rates oneself again, and what may be shown."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

FOCUS: Final = 3
"""How many gaps a plan works on at a time, those of the greatest weight."""
MOST_HOURS: Final = 999
LONGEST_ACTIVITY: Final = 200
LONGEST_NOTES: Final = 2000
FEWEST_SHOWN: Final = 3
"""Below this many people no count is shown: it would tell a colleague's rating."""


class ActivityKind(StrEnum):
    """The three ways to grow, in the order in which they count: experience first, a good coach, then study."""

    EXPERIENCE = "experience"
    COACHING = "coaching"
    STUDY = "study"


class Occasion(StrEnum):
    """When levels were rated: with the sign-up, and again in the middle and at the end."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


RATED_AGAIN: Final = (Occasion.MIDDLE, Occasion.END)
"""The occasions that a person chooses from; the start is what stood in the sign-up before the first of them."""


@dataclass(frozen=True, slots=True)
class StepDone:
    """What somebody has written down about one activity; the day is that of doing it, or the one meant for it."""

    is_done: bool = False
    day: date | None = None
    hours: int = 0
    notes: str = ""


def shown_count(people: int) -> int | None:
    """Give a count of people that may be shown, or None when it is so small that it would tell of somebody."""
    return people if people >= FEWEST_SHOWN else None
