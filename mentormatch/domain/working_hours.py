"""Working hours: how many of them two people share, wherever on the globe they are."""

from typing import Final

WORKING_HOURS: Final = 8
"""How long everybody's working day is taken to be."""
WORKING_DAY_BEGINS: Final = 9
"""The hour on everybody's own clock."""
MINUTES_OF_A_DAY: Final = 24 * 60


def common_hours(one: int, other: int) -> int:
    """Count the whole hours that two working days share; each begins so many minutes after midnight UTC."""
    later = (one - other) % MINUTES_OF_A_DAY
    apart = min(later, MINUTES_OF_A_DAY - later)
    return max(0, WORKING_HOURS * 60 - apart) // 60
