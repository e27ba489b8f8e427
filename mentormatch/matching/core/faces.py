"""All best solutions at once: what whole-number prices leave open, and the best of those by a further count."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from mentormatch.matching.core.columns import best_of_each
from mentormatch.matching.core.flow import Flow
from mentormatch.matching.core.market import FORCED, Arcs, Ints, Mask, Places, Prices
from mentormatch.matching.core.tiles import Check

_STRIDE: Final = 2**36
"""Lots have 40 bits, so that nothing would be found by smaller strides."""

_FEW: Final = 16
"""So many pairs of each person are looked at first where there are many more."""


_FINE: Final = 20
_ROUGHLY: Final = (4, 7, 10)
"""Numbers of more bits than this are first solved by their highest so many bits."""


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """The best solution of a face, the prices that prove it, and what the pairs were worth."""

    mentor_of: Ints
    prices: Prices
    worth: Ints


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Face:
    """The pairs that some best solution may have, who has to be paired in all of them, and the mentors' bounds.

    `holds` is one of these solutions.
    """

    arcs: Arcs
    must: Mask
    least: Ints
    most: Ints
    holds: Ints

    @classmethod
    def of(cls, places: Places, prices: Prices, tight: Arcs, holds: Ints) -> "Face":
        """Describe what the prices of an optimum leave open, given every pair worth exactly its prices."""
        above = prices.mentor + places.bonuses
        return cls(
            arcs=tight,
            must=prices.mentee > 0,
            least=np.asarray(np.where(above > 0, places.counts, 0).sum(axis=0)),
            most=np.asarray(np.where(above >= 0, places.counts, 0).sum(axis=0)),
            holds=holds,
        )

    def best(self, worth: Ints, check: Check, start: Prices | None = None) -> Placed:
        """Find the solution of this face whose pairs are worth most; prices of a similar one make it sooner."""
        start = start or self._roughly_priced(worth, check)
        mentors = len(self.least)
        counts = np.array([self.least, self.most - self.least])
        bonuses = np.repeat(np.array([[FORCED], [0]], dtype=np.int64), mentors, axis=1)
        # Whoever has to be paired asks for as much as the pairs give, even if that is less than nothing.
        lowest = np.where(self.must, -FORCED // 2, 0).astype(np.int64)
        prices = Prices(lowest, start.mentor)
        flow = Flow(Places(counts, bonuses), self.must, prices, stride=max(1, min(_STRIDE, int(worth.max(initial=0)))))
        arcs = replace(self.arcs, worth=worth)
        first = self._first(arcs, prices)
        flow.add(arcs.where(first))
        rest = arcs.where(~first)
        flow.settle(check)
        while (cheap := rest.slack(flow.prices) < 0).any():
            flow.add(rest.where(cheap))
            rest = rest.where(~cheap)
            flow.settle(check)
        return Placed(flow.mentor_of, flow.prices, worth)

    def _roughly_priced(self, worth: Ints, check: Check) -> Prices:
        """Price by fewer and fewer of the lowest bits left out: equal lots let many people be placed at once."""
        prices = Prices(np.zeros(len(self.must), dtype=np.int64), np.zeros(len(self.least), dtype=np.int64))
        bits, before = int(worth.max(initial=0)).bit_length(), 0
        for dropped in (bits - kept for kept in _ROUGHLY if bits > _FINE):
            rough = Prices(prices.mentee, prices.mentor << max(0, before - dropped))
            prices, before = self.best(worth >> dropped, check, rough).prices, dropped
        return Prices(prices.mentee, prices.mentor << before)

    def _first(self, arcs: Arcs, prices: Prices) -> Mask:
        """Mark the pairs to begin with: everybody's best, and those of a solution, so that there is one."""
        if len(arcs) <= 2 * _FEW * (len(self.must) + len(self.least)):
            return np.ones(len(arcs), dtype=bool)
        lost = prices.mentor[arcs.mentor] - arcs.worth
        own = best_of_each(arcs.mentee, lost, len(self.must), _FEW)
        own |= best_of_each(arcs.mentor, -arcs.worth, len(self.least), _FEW)
        return np.asarray(own | (self.holds[arcs.mentee] == arcs.mentor))

    def keys(self) -> Ints:
        """Give the keys of the pairs: mentee times number of mentors plus mentor."""
        return np.asarray(self.arcs.mentee.astype(np.int64) * len(self.least) + self.arcs.mentor)

    def narrowed(self, best: Placed) -> "Face":
        """Keep what is as good as the best that `best` found."""
        tight = np.flatnonzero(replace(self.arcs, worth=best.worth).slack(best.prices) == 0)
        return Face(
            arcs=self.arcs.where(tight),
            must=self.must | (best.prices.mentee > 0),
            least=np.where(best.prices.mentor > 0, self.most, self.least),
            most=np.where(best.prices.mentor < 0, self.least, self.most),
            holds=best.mentor_of,
        )
