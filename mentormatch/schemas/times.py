"""Days and times of day as forms send them, and the instant that a time of day means in a zone."""

import re
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from marshmallow import ValidationError

from mentormatch.domain.sentences import said
from mentormatch.schemas.fields import Parsed

EARLIEST_YEAR: Final = 2000
LATEST_YEAR: Final = 2100
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LOCAL_TIME: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?")


class Day(Parsed[date]):
    """A calendar day, written 2026-03-31."""

    def _parse(self, value: object) -> date:
        text = value.strip() if isinstance(value, str) else ""
        try:
            day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
        except ValueError:
            day = None
        if day is None or not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
            raise ValidationError(said("Must be a day like 2026-03-31."))
        return day


class LocalTime(Parsed[datetime]):
    """A day and a time of day without a zone, written 2026-03-31T17:00."""

    def _parse(self, value: object) -> datetime:
        text = value.strip() if isinstance(value, str) else ""
        try:
            local = datetime.fromisoformat(text) if _LOCAL_TIME.fullmatch(text) else None
        except ValueError:
            local = None
        if local is None or not EARLIEST_YEAR <= local.year <= LATEST_YEAR:
            raise ValidationError(said("Must be a day and a time like 2026-03-31 17:00."))
        return local


def instant_of(local: datetime, time_zone: str) -> datetime:
    """Return the instant of a local time.

    A time that the clocks skip in spring lies after the gap by as much as it was past its start; a time
    that they show twice in autumn is the first of the two.
    """
    return local.replace(tzinfo=ZoneInfo(time_zone), fold=0).astimezone(UTC)


def local_text(instant: datetime, time_zone: str) -> str:
    """Write an instant as the local time that `LocalTime` reads."""
    return f"{instant.astimezone(ZoneInfo(time_zone)):%Y-%m-%dT%H:%M}"
