"""All best solutions at once: what whole-number prices leave open, and the best of those by a further count."""

from dataclasses import dataclass, replace

import numpy as np

from mentormatch.matching.core.flow import Flow
from mentormatch.matching.core.market import FORCED, Arcs, Ints, Mask, Places, Prices
from mentormatch.matching.core.tiles import Check

_STRIDE = 2**38
"""Lots have 40 bits, so that nothing would be found by smaller strides."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Face:
    """The pairs that some best solution may have, who has to be paired in all of them, and the mentors' bounds."""

    arcs: Arcs
    must: Mask
    least: Ints
    most: Ints

    @classmethod
    def of(cls, places: Places, prices: Prices, tight: Arcs) -> "Face":
        """Describe what the prices of an optimum leave open, given every pair worth exactly its prices."""
        above = prices.mentor + places.bonuses
        return cls(
            arcs=tight,
            must=prices.mentee > 0,
            least=np.asarray(np.where(above > 0, places.counts, 0).sum(axis=0)),
            most=np.asarray(np.where(above >= 0, places.counts, 0).sum(axis=0)),
        )

    def best(self, worth: Ints, check: Check, start: Prices | None = None) -> Flow:
        """Find the solution of this face whose pairs are worth most; prices of a similar one make it sooner."""
        mentors = len(self.least)
        counts = np.array([self.least, self.most - self.least])
        bonuses = np.repeat(np.array([[FORCED], [0]], dtype=np.int64), mentors, axis=1)
        # Whoever has to be paired asks for as much as the pairs give, even if that is less than nothing.
        lowest = np.where(self.must, -FORCED // 2, 0).astype(np.int64)
        prices = Prices(lowest, start.mentor if start else np.zeros(mentors, dtype=np.int64))
        flow = Flow(Places(counts, bonuses), self.must, prices, stride=max(1, min(_STRIDE, int(worth.max(initial=0)))))
        flow.add(replace(self.arcs, worth=worth))
        flow.settle(check)
        return flow

    def keys(self) -> Ints:
        """Give the keys of the pairs: mentee times number of mentors plus mentor."""
        return np.asarray(self.arcs.mentee.astype(np.int64) * len(self.least) + self.arcs.mentor)

    def narrowed(self, flow: Flow) -> "Face":
        """Keep what is as good as the best that `best` found."""
        prices = flow.prices
        tight = np.flatnonzero(flow.arcs.slack(prices) == 0)
        return Face(
            arcs=self.arcs.where(tight),
            must=self.must | (prices.mentee > 0),
            least=np.where(prices.mentor > 0, self.most, self.least),
            most=np.where(prices.mentor < 0, self.least, self.most),
        )
