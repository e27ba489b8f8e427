"""What counts, tier by tier, as one value: what solutions are worth, and what a change gains or loses."""

from dataclasses import astuple, dataclass
from typing import Final

from mentormatch.matching.solution import Totals

POINT_BITS: Final = 24
"""Far more than the points of two rounds differ by that are a change apart."""

_COUNT_BITS: Final = 6
"""A change fills or empties two places and pairs or parts two people at most."""

POINT: Final = 1
PAIRED: Final = 1 << POINT_BITS
FURTHER: Final = PAIRED << _COUNT_BITS
CANDIDATE: Final = FURTHER << _COUNT_BITS
"""What one of each count is when folded into a whole number; all of them together stay exact in floating point."""


@dataclass(frozen=True, slots=True, order=True)
class Worth:
    """Counts and points, compared tier by tier; `paired` is counted only where participation comes first."""

    candidates: int = 0
    further_places: int = 0
    paired: int = 0
    points: int = 0

    def __add__(self, other: "Worth") -> "Worth":
        return Worth(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))

    def __sub__(self, other: "Worth") -> "Worth":
        return Worth(*(a - b for a, b in zip(astuple(self), astuple(other), strict=True)))


NOTHING: Final = Worth()


def total_of(totals: Totals, *, participation: bool) -> Worth:
    """Give what a whole solution comes to."""
    paired = totals.mentees_paired if participation else 0
    return Worth(totals.candidates_served, totals.further_places_served, paired, totals.total_score)


def folded(worth: Worth) -> int:
    """Put a difference into one whole number."""
    return worth.candidates * CANDIDATE + worth.further_places * FURTHER + worth.paired * PAIRED + worth.points * POINT


def unfolded(value: int) -> Worth:
    """Take a folded difference apart; counts and points may be negative."""
    points, value = _lowest(value, POINT_BITS)
    paired, value = _lowest(value, _COUNT_BITS)
    further, candidates = _lowest(value, _COUNT_BITS)
    return Worth(candidates, further, paired, points)


def _lowest(value: int, bits: int) -> tuple[int, int]:
    half = 1 << (bits - 1)
    low = (value + half) % (1 << bits) - half
    return low, (value - low) >> bits
