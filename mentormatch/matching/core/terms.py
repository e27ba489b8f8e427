"""The terms of a round as folded whole numbers: which pairs can be had and what pairs and filled places are worth."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np

from mentormatch.matching.core.loops import Loop, Twins
from mentormatch.matching.core.market import Arcs, Ints, Places, Prices
from mentormatch.matching.core.tiers import Counts

FORBIDDEN: Final = 1 << 45
"""What costs as much is not to be had; it is far more than all counts and points of a change."""

Needed = tuple[int, int]
"""How many first and how many further places a mentor needs."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Premise:
    """What a branch of a proof rules out and charges for, by keys and loops, and prices to begin with."""

    bans: frozenset[int]
    charges: Mapping[Loop, int]
    prices: Prices


@dataclass(frozen=True, eq=False, kw_only=True)
class Terms:
    """Pairs sorted by key, the places that count with what the first and a further one are worth, and the twins."""

    arcs: Arcs
    counts: Counts
    first: int
    further: int
    twins: Twins

    @cached_property
    def keys(self) -> Ints:
        """Give the sorted keys of the pairs: mentee times number of mentors plus mentor."""
        return self.arcs.mentee.astype(np.int64) * len(self.counts.capacity) + self.arcs.mentor

    def arcs_at(self, keys: Ints) -> Ints:
        """Give the numbers of the pairs with these keys, leaving out those that cannot be had."""
        if not len(self.keys):
            return np.empty(0, dtype=np.int64)
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.asarray(at[self.keys[at] == keys], dtype=np.int64)

    def chosen(self, mentor_of: Ints) -> Ints:
        """Give the numbers of the pairs of an assignment."""
        mentee = np.flatnonzero(mentor_of >= 0)
        return self.arcs_at(mentee * len(self.counts.capacity) + mentor_of[mentee])

    def places(self) -> Places:
        """Put every mentor's places into classes, the dearest first."""
        counts = self.counts
        rest = counts.capacity - counts.first - counts.further
        bonuses = np.array([[self.first], [self.further], [0]], dtype=np.int64)
        return Places(np.array([counts.first, counts.further, rest]), np.repeat(bonuses, len(rest), axis=1))

    def bonus(self, needed: Needed, held: int) -> int:
        """Tell what so many filled places are worth to someone who needs these."""
        first, further = needed
        return self.first * min(held, first) + self.further * max(0, min(held - first, further))

    def worth(self, mentor_of: Ints) -> int:
        """Add up what an assignment is worth."""
        counts = self.counts
        held = np.bincount(mentor_of[mentor_of >= 0], minlength=len(counts.capacity))
        first = int(np.minimum(held, counts.first).sum())
        further = int(np.clip(held - counts.first, 0, counts.further).sum())
        return int(self.arcs.worth[self.chosen(mentor_of)].sum()) + first * self.first + further * self.further

    def charged(self, premise: Premise) -> "Terms":
        """Give the same terms with the premise's charges, and with its bans at a worth that nobody takes."""
        worth = self.arcs.worth.copy()
        for loop, charge in premise.charges.items():
            worth[self.arcs_at(np.array(loop))] -= charge
        worth[self.arcs_at(np.array(sorted(premise.bans), dtype=np.int64))] -= 2 * FORBIDDEN
        return replace(self, arcs=replace(self.arcs, worth=worth))
