"""The optimum over all pairs from few of them: solve, look where the prices are violated, add those pairs, go on."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mentormatch.matching.core.flow import Flow
from mentormatch.matching.core.market import Arcs, Ints, Market, Mask, Prices
from mentormatch.matching.core.pricing import best_partners, close_pairs, distance_for, violated_pairs
from mentormatch.matching.core.ranking import best_of_each
from mentormatch.matching.core.start import carried_over, dense_prices, smaller, start_of_whole
from mentormatch.matching.core.table import NotExact, Table
from mentormatch.matching.core.tiles import Check


@dataclass(frozen=True, slots=True)
class Tuning:
    """How many pairs are looked at on the way; nothing of it changes the answer."""

    whole: int = 1200
    dense: int = 700
    shrink: int = 4
    pooled: int = 100
    core: int = 16
    fewest: int = 12
    stride: int = 8


TUNING: Final = Tuning()

_SAMPLED: Final = 20
_NEAREST: Final = 24
"""So many of each mentee's pairs are taken over from a whole table, by a sample of the mentees."""

_FEW: Final = 16
_REACH: Final = 8
"""So many strides prices move before the pool is looked at, twice as many each time that this was nearly in vain."""

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


@dataclass(slots=True, eq=False, kw_only=True)
class Columns:
    """A market with the flow on some of its pairs, the pool of pairs nearby and what is known of all others."""

    market: Market
    flow: Flow
    pool: Arcs
    references: list[Reference]
    rounds: int = 0

    def settle(self, check: Check, *, over_all: bool = True) -> None:
        """Solve until no pair of the pool and, where asked, no allowed pair at all violates the prices."""
        while True:
            self.rounds += 1
            self._settle_pool(check)
            if not over_all:
                return
            violated = self._violated(check)
            if not len(violated):
                return
            worst = self._worst(violated)
            self.flow.add(violated.where(worst))
            self.pool = Arcs.joined(self.pool, violated.where(~worst))

    def tight(self, check: Check) -> Arcs:
        """List every allowed pair worth exactly its prices; only these can be in an optimum."""
        prices = self.flow.prices
        base = self.references[0]
        drifts, outside = base.drifts(prices), Arcs.joined()
        if _reached(drifts, base.margin):
            outside = violated_pairs(self.market, prices, drifts, base.margin, check, shorten=False, least=0).arcs
        known = Arcs.joined(self.flow.arcs, self.pool)
        arcs = Arcs.joined(known.where(known.slack(prices) == 0), outside)
        keys = arcs.mentee.astype(np.int64) * self.market.mentors + arcs.mentor
        return arcs.where(np.unique(keys, return_index=True)[1])

    def without(self, barred: Ints) -> "Columns":
        """Give the same market less some pairs, by their sorted keys, standing where this one stands."""
        market = replace(self.market, apart=np.union1d(self.market.apart, barred))
        return Columns(
            market=market,
            flow=self.flow.restricted(~_contained_in(market, self.flow.arcs, barred)),
            pool=self.pool.where(~_contained_in(market, self.pool, barred)),
            references=list(self.references),
        )

    def priced_apart(self, arcs: Arcs) -> "Columns":
        """Give the same market with some pairs, sorted by their keys, worth something else than their score."""
        keys = arcs.mentee.astype(np.int64) * self.market.mentors + arcs.mentor
        changed = self.without(keys)
        changed.flow.add(arcs)
        return changed

    def _settle_pool(self, check: Check) -> None:
        reach, most = _REACH * self.flow.stride, self.market.highest()
        while True:
            # Prices that have moved far may only have done so for want of pairs that the pool has. But farther than a
            # score they only move where they must: what was moved in vain would mix with the counts.
            is_settled = self.flow.settle(check, reach if reach < most else None)
            violated = np.flatnonzero(self.pool.slack(self.flow.prices) < 0)
            if is_settled and not len(violated):
                return
            if len(violated) * _FEW < self.market.mentees:
                reach *= 2 if len(violated) else _FEW
            taken = np.zeros(len(self.pool), dtype=bool)
            taken[violated[self._worst(self.pool.where(violated))]] = True
            self.flow.add(self.pool.where(taken))
            self.pool = self.pool.where(~taken)

    def _worst(self, violated: Arcs) -> Mask:
        """Mark all of these pairs or, where they are very many, everybody's worst: with those most others hold, too."""
        if len(violated) <= _CROWDED * (self.market.mentees + self.market.mentors):
            return np.ones(len(violated), dtype=bool)
        return _best_of_both(self.market, violated, violated.slack(self.flow.prices), _BEST)

    def _violated(self, check: Check) -> Arcs:
        prices = self.flow.prices
        reached = [_reached(known.drifts(prices), known.margin + 1) for known in self.references]
        if not min(reached):
            return Arcs.joined()
        reference = self.references[reached.index(min(reached))]
        ask = self.market, prices, reference.drifts(prices), reference.margin + 1, check
        violated = violated_pairs(*ask)
        if violated.is_complete:
            self.references = [*self.references[:1], Reference(prices=prices, margin=0)]
        return violated.arcs


def columns_of(market: Market, check: Check, tuning: Tuning = TUNING, start: Prices | None = None) -> Columns:
    """Start on a market: prices from a smaller round or as given, one look at all pairs, a core of the best of them.

    A small one is solved at once by its whole table.
    """
    if market.mentees <= tuning.whole and market.places.capacity.sum() <= tuning.whole:
        try:
            return _by_table(market, check, start, tuning)
        except NotExact:
            pass
    prices = start or _start_prices(market, check, tuning)
    distance, per_mentee = distance_for(market, prices, tuning.pooled)
    one_in = max(1, int(per_mentee // tuning.pooled))
    # A wished pair has points that the product does not know of: it is always in the pool.
    pool = Arcs.joined(close_pairs(market, prices, distance, check, one_in), market.singled())
    # Where some are left out, the pool is complete only one step further in.
    margin = distance if one_in > 1 else distance + 1
    reference = Reference(prices=prices, margin=margin)
    check()
    prices = _tightened(market, prices, pool, distance)
    check()
    chosen = _best_of_both(market, pool, pool.slack(prices), tuning.core)
    check()
    core = pool.where(chosen)
    few = [np.flatnonzero(np.bincount(side, minlength=size) < tuning.fewest) for side, size in _sides(market, core)]
    extra = best_partners(market, few[0], few[1], prices, tuning.fewest, check)
    check()
    # Where all pairs are worth so many times a number, prices are such multiples apart.
    stride = max(tuning.stride, int(np.gcd.reduce(core.worth)))
    flow = Flow(market.places, np.zeros(market.mentees, dtype=bool), prices, stride)
    flow.add(core)
    flow.add(extra.where(~_contained(market, extra, pool)))
    return Columns(market=market, flow=flow, pool=pool.where(~chosen), references=[reference])


def _by_table(market: Market, check: Check, start: Prices | None, tuning: Tuning) -> Columns:
    """Stand where the whole table is solved, with everybody's nearest pairs in the flow; raises NotExact."""
    table = Table.of(market)
    mentor_of = table.assigned(start or start_of_whole(market, check))
    prices = table.asked(table.lowest(mentor_of))
    check()
    slack = table.slack(prices)
    step = 1 + market.mentees // _SAMPLED
    sample = np.sort(slack[::step].ravel())[: _NEAREST * len(slack[::step])]
    distance = int(sample[np.isfinite(sample)].max(initial=0))
    mentee, mentor = np.nonzero(slack <= distance)
    worth = table.worth[mentee, mentor].astype(np.int64)
    flow = Flow(market.places, np.zeros(market.mentees, dtype=bool), prices, tuning.stride)
    flow.add(Arcs(mentee=mentee.astype(np.int32), mentor=mentor.astype(np.int32), worth=worth))
    flow.mentor_of = mentor_of
    reference = Reference(prices=prices, margin=distance + 1)
    return Columns(market=market, flow=flow, pool=Arcs.joined(), references=[reference])


def _sides(market: Market, arcs: Arcs) -> tuple[tuple[NDArray[np.int32], int], tuple[NDArray[np.int32], int]]:
    return (arcs.mentee, market.mentees), (arcs.mentor, market.mentors)


def _start_prices(market: Market, check: Check, tuning: Tuning) -> Prices:
    if market.mentees <= tuning.dense:
        return dense_prices(market, check)
    small = smaller(market, max(tuning.dense, market.mentees // tuning.shrink))
    if small.mentees <= 2 * tuning.dense:
        return carried_over(market, small, dense_prices(small, check), check)
    columns = columns_of(small, check, tuning)
    columns.settle(check, over_all=False)
    return carried_over(market, small, columns.flow.prices, check)


def _tightened(market: Market, start: Prices, pool: Arcs, distance: int) -> Prices:
    """Lower the start prices as far as the pool lets them; who has no pair in it stays below by the distance."""
    alone = [np.bincount(side, minlength=size) == 0 for side, size in _sides(market, pool)]
    mentee = np.where(alone[0], np.maximum(start.mentee - distance - 1, 0), 0)
    np.maximum.at(mentee, pool.mentee, pool.worth - start.mentor[pool.mentor])
    mentor = np.where(alone[1], np.maximum(start.mentor - distance - 1, 0), 0)
    np.maximum.at(mentor, pool.mentor, pool.worth - mentee[pool.mentee])
    np.maximum.at(mentee, pool.mentee, pool.worth - mentor[pool.mentor])
    return Prices(mentee, mentor)


def _best_of_both(market: Market, arcs: Arcs, slack: Ints, each: int) -> Mask:
    """Mark so many pairs of every mentee and of every mentor, those of least slack."""
    picked = [best_of_each(side, slack, size, each) for side, size in _sides(market, arcs)]
    return np.asarray(picked[0] | picked[1])


def _contained(market: Market, arcs: Arcs, others: Arcs) -> Mask:
    """Mark the arcs, sorted by their keys, that are among the others."""
    keys, known = (part.mentee.astype(np.int64) * market.mentors + part.mentor for part in (arcs, others))
    contained = np.zeros(len(keys), dtype=bool)
    if len(keys):
        at = np.minimum(np.searchsorted(keys, known), len(keys) - 1)
        contained[at[keys[at] == known]] = True
    return contained


def _contained_in(market: Market, arcs: Arcs, keys: Ints) -> Mask:
    return np.isin(arcs.mentee.astype(np.int64) * market.mentors + arcs.mentor, keys)


def _reached(drifts: Prices, reach: int) -> int:
    """Count the pairs whose drifts add up to the reach."""
    mentor = np.sort(drifts.mentor)
    return int((len(mentor) - np.searchsorted(mentor, reach - drifts.mentee)).sum())
