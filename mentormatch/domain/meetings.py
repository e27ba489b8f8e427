"""Times to meet: when two people in two time zones are both at work."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

LENGTH: Final = timedelta(minutes=60)
MOST_PROPOSED: Final = 3
AHEAD: Final = timedelta(weeks=3)
_FIRST_DAY: Final = 2
"""The day after tomorrow: nobody is invited to a meeting sooner than this."""
_STEP: Final = timedelta(minutes=30)
_DAYS: Final = ((9, 17), (8, 18), (7, 20), (6, 22))
"""The hours in which people meet: working hours, and what is taken where those of the two have no hour in common."""


@dataclass(frozen=True, slots=True)
class MeetingTime:
    """A time to meet; `is_at_work` when both are in their working hours then."""

    starts_at: datetime
    is_at_work: bool = True


def proposed_times(zones: tuple[str, str], now: datetime) -> tuple[MeetingTime, ...]:
    """Propose up to three times within three weeks, on days as far apart as they can be, none for want of an hour."""
    for hours in _DAYS:
        by_day = [_middle(times) for times in _times_by_day(zones, now, hours)]
        if by_day:
            return tuple(MeetingTime(at, hours == _DAYS[0]) for at in _spread(by_day))
    return ()


def may_meet(starts_at: datetime, zones: tuple[str, str], now: datetime) -> bool:
    """Tell whether both can be asked to meet at this time."""
    hours = next((hours for hours in _DAYS if any(_times_by_day(zones, now, hours))), None)
    if hours is None or not now < starts_at <= now + AHEAD + timedelta(days=1):
        return False
    return all(_is_within(starts_at, zone, hours) for zone in zones)


def _times_by_day(zones: tuple[str, str], now: datetime, hours: tuple[int, int]) -> Iterator[Sequence[datetime]]:
    today = now.astimezone(ZoneInfo(zones[0])).date()
    for days in range(_FIRST_DAY, AHEAD // timedelta(days=1)):
        starts = _starts(today + timedelta(days=days), zones[0], hours)
        if fitting := [at for at in starts if _is_within(at, zones[1], hours)]:
            yield fitting


def _starts(day: date, zone: str, hours: tuple[int, int]) -> Iterator[datetime]:
    if day.weekday() > 4:
        return
    at, end = (datetime.combine(day, time(hour), ZoneInfo(zone)).astimezone(UTC) for hour in hours)
    while at + LENGTH <= end:
        yield at
        at += _STEP


def _is_within(starts_at: datetime, zone: str, hours: tuple[int, int]) -> bool:
    here = starts_at.astimezone(ZoneInfo(zone))
    begins, ends = (datetime.combine(here.date(), time(hour), ZoneInfo(zone)) for hour in hours)
    return here.weekday() <= 4 and begins <= here and starts_at + LENGTH <= ends.astimezone(UTC)


def _middle(times: Sequence[datetime]) -> datetime:
    return times[(len(times) - 1) // 2]


def _spread(days: Sequence[datetime]) -> Sequence[datetime]:
    if len(days) <= MOST_PROPOSED:
        return days
    return [days[round(at * (len(days) - 1) / (MOST_PROPOSED - 1))] for at in range(MOST_PROPOSED)]
