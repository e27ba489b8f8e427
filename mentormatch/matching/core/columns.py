"""The optimum over all pairs from few of them: solve, look where the prices are violated, add those pairs, go on."""

import sys
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mentormatch.matching.core.flow import Flow
from mentormatch.matching.core.keys import united
from mentormatch.matching.core.market import Arcs, Ints, Market, Mask, Prices
from mentormatch.matching.core.pricing import Violated, violated_pairs
from mentormatch.matching.core.ranking import best_of_each
from mentormatch.matching.core.tiles import Check, cells_within

_FEW: Final = 16
_REACH: Final = 8
"""So many strides prices move before the pool is looked at, twice as many each time that this was nearly in vain."""

_FAR: Final = 16
"""After so small a part of the highest score, prices that still move may do so for want of pairs outside the pool."""

_CROWDED: Final = 4
_BEST: Final = 16
"""Where there are more violated pairs than so many for each person, these many of everybody's worst are taken in."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Reference:
    """Prices at which every pair outside the pool was seen to stay at least so far below them."""

    prices: Prices
    margin: int

    def drifts(self, prices: Prices) -> Prices:
        """Tell by how much prices have fallen since."""
        return Prices(self.prices.mentee - prices.mentee, self.prices.mentor - prices.mentor)

    def reached(self, prices: Prices, least: int) -> int:
        """Count the cells in which pairs may be worth at least so much more than prices now."""
        return cells_within(self.drifts(prices), self.margin + least)


@dataclass(slots=True, eq=False, kw_only=True)
class Columns:
    """A market with the flow on some of its pairs, the pool of pairs nearby and what is known of all others."""

    market: Market
    flow: Flow
    pool: Arcs
    references: list[Reference]

    def settle(self, check: Check) -> None:
        """Solve until no allowed pair at all violates the prices."""
        far = False
        while True:
            is_settled = self._settle_pool(check, far=far)
            violated = self._violated(check)
            if not len(violated) and is_settled:
                return
            # Where nobody is missing, prices have to move as far as they must.
            far = not len(violated)
            worst = self._worst(violated, check)
            self.flow.add(violated.where(worst))
            self.pool = Arcs.joined(self.pool, violated.where(~worst))

    def tight(self, check: Check) -> Arcs:
        """List every allowed pair worth exactly its prices; only these can be in an optimum."""
        self._list(self._outside(0, self._nearest(0), check).arcs)
        # All that is left out now stays a point below, so that less has to be looked at after a small change.
        self.references = [self.references[0], Reference(prices=self.flow.prices, margin=1)]
        return self._known_tight()

    def without(self, barred: Ints) -> "Columns":
        """Give the same market less some pairs, by their sorted keys, standing where this one stands."""
        market = replace(self.market, apart=united(self.market.apart, barred))
        gone = market.marked(self.pool, barred)
        return Columns(
            market=market,
            flow=self.flow.restricted(~market.marked(self.flow.arcs, barred)),
            pool=self.pool.where(~gone) if gone.any() else self.pool,
            references=list(self.references),
        )

    def priced_apart(self, arcs: Arcs) -> "Columns":
        """Give the same market with some pairs, sorted by their keys, worth something else than their score."""
        keys = arcs.mentee.astype(np.int64) * self.market.mentors + arcs.mentor
        changed = self.without(keys)
        changed.flow.add(arcs)
        return changed

    def _settle_pool(self, check: Check, *, far: bool) -> bool:
        """Settle with the pairs of the pool; unless prices may move far, tell False where these seem too few."""
        reach, most = _REACH * self.flow.stride, self.market.highest()
        while True:
            # Prices that have moved far may only have done so for want of pairs that the pool has. But farther than a
            # score they only move where they must: what was moved in vain would mix with the counts.
            is_settled = self.flow.settle(check, reach if reach < most else None)
            violated = np.flatnonzero(self.pool.slack(self.flow.prices) < 0)
            if not len(violated) and (is_settled or (not far and reach * _FAR >= most)):
                return is_settled
            if len(violated) * _FEW < self.market.mentees:
                reach *= 2 if len(violated) else _FEW
            taken = np.zeros(len(self.pool), dtype=bool)
            taken[violated[self._worst(self.pool.where(violated), check)]] = True
            self.flow.add(self.pool.where(taken))
            self.pool = self.pool.where(~taken)

    def _worst(self, violated: Arcs, check: Check) -> Mask:
        """Mark all of these pairs or, where they are very many, everybody's worst: with those most others hold, too."""
        if len(violated) <= _CROWDED * (self.market.mentees + self.market.mentors):
            return np.ones(len(violated), dtype=bool)
        return best_of_both(self.market, violated, violated.slack(self.flow.prices), _BEST, check)

    def _violated(self, check: Check) -> Arcs:
        least, nearest = self._where_to_look()
        found = self._outside(least, nearest, check)
        if found.is_complete:
            kept = [known for known in self.references if known.margin > 0][:1]
            self.references = [*kept, Reference(prices=self.flow.prices, margin=1 - least)]
        is_violated = found.arcs.slack(self.flow.prices) < 0
        self._list(found.arcs.where(~is_violated))
        return found.arcs.where(is_violated)

    def _known_tight(self) -> Arcs:
        parts = self.flow.arcs, self.pool
        return Arcs.joined(*(part.where(part.slack(self.flow.prices) == 0) for part in parts))

    def _list(self, tight: Arcs) -> None:
        """Take tight pairs that are not known yet into the pool."""
        if len(tight) and len(fresh := self.market.fresh(tight, self.flow.arcs, self.pool)):
            self.pool = Arcs.joined(self.pool, fresh)

    def _where_to_look(self) -> tuple[int, "_Reached"]:
        """Tell for pairs worth how much more than their prices to look, and from where."""
        if any(known.margin for known in self.references[1:]):
            # All tight pairs were listed before: where few may be tight now, those are listed in the same look.
            nearest = self._nearest(0)
            if nearest.cells * _FEW <= self.market.mentees * self.market.mentors:
                return 0, nearest
        return 1, self._nearest(1)

    def _nearest(self, least: int) -> "_Reached":
        """Tell from where fewest cells may have come to be worth at least so much more than prices now."""
        nearest = _Reached(sys.maxsize, self.references[0])
        for known in reversed(self.references):
            nearest = min(nearest, _Reached(known.reached(self.flow.prices, least), known), key=attrgetter("cells"))
            if not nearest.cells:
                break
        return nearest

    def _outside(self, least: int, nearest: "_Reached", check: Check) -> Violated:
        """Look for pairs outside the pool worth at least so much more than their prices, where prices fell enough."""
        if not nearest.cells:
            return Violated(Arcs.joined(), is_complete=True)
        prices, known = self.flow.prices, nearest.reference
        ask = self.market, prices, known.drifts(prices), known.margin + least, check
        return violated_pairs(*ask, shorten=least > 0, least=least)


class _Reached(NamedTuple):
    cells: int
    reference: Reference


def sides(market: Market, arcs: Arcs) -> tuple[tuple[NDArray[np.int32], int], tuple[NDArray[np.int32], int]]:
    """Give the pairs' mentees with the number of all mentees, and their mentors with the number of all mentors."""
    return (arcs.mentee, market.mentees), (arcs.mentor, market.mentors)


def best_of_both(market: Market, arcs: Arcs, slack: Ints, each: int, check: Check) -> Mask:
    """Mark so many pairs of every mentee and of every mentor, those of least slack."""
    picked = np.zeros(len(arcs), dtype=bool)
    for side, size in sides(market, arcs):
        check()
        picked |= best_of_each(side, slack, size, each)
    return picked
