"""How much memory solving takes, said beforehand."""

from typing import Final

_TILES: Final = 64 * 2**20
_PER_PERSON: Final = 14 * 2**10


def memory_needed(mentees: int, mentors: int) -> int:
    """Give a number of bytes that solving so large a market stays below, beside what the process holds already.

    It grows with the number of people and not with that of their pairs: tiles, the pairs nearby and those in the flow
    are all that is held.
    """
    return _TILES + _PER_PERSON * (mentees + mentors)
