"""What the core solves: two sides, what their pairs are worth, who may not be paired, and who has how many places."""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]

FORCED: Final = 2**60
"""The bonus of a place that must be filled whatever it costs."""

_CHUNK = 1 << 18


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Every mentor's places in classes, the dearest first: `counts` and `bonuses` have a row per class."""

    counts: Ints
    bonuses: Ints

    @classmethod
    def plain(cls, counts: Ints) -> Self:
        """Make places without any bonus."""
        return cls(counts[None, :], np.zeros((1, len(counts)), dtype=np.int64))

    @property
    def capacity(self) -> Ints:
        """Count each mentor's places."""
        return np.asarray(self.counts.sum(axis=0))


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Arcs:
    """Pairs by the numbers of their mentee and mentor, and what each is worth."""

    mentee: NDArray[np.int32]
    mentor: NDArray[np.int32]
    worth: Ints

    @classmethod
    def joined(cls, *parts: "Arcs") -> "Arcs":
        """Put several lists of pairs one after another."""
        return cls(
            mentee=np.concatenate([np.empty(0, np.int32), *(part.mentee for part in parts)]),
            mentor=np.concatenate([np.empty(0, np.int32), *(part.mentor for part in parts)]),
            worth=np.concatenate([np.empty(0, np.int64), *(part.worth for part in parts)]),
        )

    def where(self, chosen: Mask | NDArray[np.intp]) -> "Arcs":
        """Keep the chosen pairs."""
        return Arcs(mentee=self.mentee[chosen], mentor=self.mentor[chosen], worth=self.worth[chosen])

    def slack(self, prices: "Prices") -> Ints:
        """Tell by how much the prices of both sides exceed each pair's worth."""
        return np.asarray(prices.mentee[self.mentee] + prices.mentor[self.mentor] - self.worth)

    def __len__(self) -> int:
        return len(self.worth)


@dataclass(frozen=True, slots=True, eq=False)
class Prices:
    """A whole-number price for every mentee and for every mentor's place."""

    mentee: Ints
    mentor: Ints


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Market:
    """Mentees and mentors by number; a pair is worth `per_pair` and its coverage, which is `wants` times `teaches`.

    A pair is allowed when its coverage is at least the mentee's `least`, their tongues understand each other and it
    is not among those kept `apart` (sorted keys, mentee times number of mentors plus mentor).
    """

    wants: Floats
    teaches: Floats
    least: Ints
    mentee_tongue: NDArray[np.intp]
    mentor_tongue: NDArray[np.intp]
    understood: Mask
    apart: Ints
    places: Places
    per_pair: int = 0

    @property
    def mentees(self) -> int:
        """Count the mentees."""
        return len(self.wants)

    @property
    def mentors(self) -> int:
        """Count the mentors."""
        return len(self.teaches)

    def coverage(self, mentee: NDArray[np.integer], mentor: NDArray[np.integer]) -> Ints:
        """Compute the coverage of the given pairs."""
        found = np.empty(len(mentee), dtype=np.int64)
        for start in range(0, len(mentee), _CHUNK):
            part = slice(start, start + _CHUNK)
            found[part] = np.einsum("ek,ek->e", self.wants[mentee[part]], self.teaches[mentor[part]])
        return found

    def highest(self) -> int:
        """Give a coverage that no pair exceeds."""
        return int(self.wants.sum(axis=1).max(initial=0))

    def first(self, mentees: int, mentors: int) -> "Market":
        """Cut out the round of the first so many people of either side, without any bonuses."""
        mentee, mentor = np.divmod(self.apart, max(1, self.mentors))
        inside = (mentee < mentees) & (mentor < mentors)
        return Market(
            wants=self.wants[:mentees],
            teaches=self.teaches[:mentors],
            least=self.least[:mentees],
            mentee_tongue=self.mentee_tongue[:mentees],
            mentor_tongue=self.mentor_tongue[:mentors],
            understood=self.understood,
            apart=mentee[inside] * mentors + mentor[inside],
            places=Places.plain(self.places.capacity[:mentors]),
            per_pair=self.per_pair,
        )
