"""Time as a collaborator: use cases are handed a clock instead of reading one."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Returns the current instant as an aware datetime."""


def utc_now() -> datetime:
    """Return the current instant in UTC."""
    return datetime.now(UTC)
