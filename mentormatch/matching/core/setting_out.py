"""Setting out on a market: by its whole table, or with the pairs nearest to the prices of a smaller round."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from mentormatch.matching.core.columns import Columns, Reference, best_of_both, sides
from mentormatch.matching.core.flow import Flow
from mentormatch.matching.core.market import Arcs, Market, Prices
from mentormatch.matching.core.pricing import best_partners, close_pairs, distance_for
from mentormatch.matching.core.start import carried_over, dense_prices, smaller, start_of_whole
from mentormatch.matching.core.table import NotExact, Table
from mentormatch.matching.core.tiles import Check


@dataclass(frozen=True, slots=True)
class Tuning:
    """How many pairs are looked at on the way; nothing of it changes the answer.

    About so many of everybody's are `pooled`, on average over both sides, and of these so many are in the first `core`.
    """

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
    wanted = max(1, tuning.pooled * (market.mentees + market.mentors) // (2 * max(1, market.mentees)))
    distance, per_mentee = distance_for(market, prices, wanted)
    check()
    one_in = max(1, int(per_mentee // wanted))
    # A wished pair has points that the product does not know of: it is always in the pool.
    pool = Arcs.joined(close_pairs(market, prices, distance, check, one_in), market.singled())
    # Where some are left out, the pool is complete only one step further in.
    margin = distance if one_in > 1 else distance + 1
    reference = Reference(prices=prices, margin=margin)
    check()
    prices = _tightened(market, prices, pool, distance)
    check()
    chosen = best_of_both(market, pool, pool.slack(prices), tuning.core, check)
    check()
    core = pool.where(chosen)
    few = [np.flatnonzero(np.bincount(side, minlength=size) < tuning.fewest) for side, size in sides(market, core)]
    extra = best_partners(market, few[0], few[1], prices, tuning.fewest, check)
    check()
    # Where all pairs are worth so many times a number, prices are such multiples apart.
    stride = max(tuning.stride, int(np.gcd.reduce(core.worth)))
    flow = Flow(market.places, np.zeros(market.mentees, dtype=bool), prices, stride)
    flow.add(core)
    flow.add(market.fresh(extra, pool))
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
    # No look at all pairs ever sees a wished one: those that are not in the flow have to be in the pool.
    wished = market.singled()
    pool = wished.where(wished.slack(prices) > distance)
    reference = Reference(prices=prices, margin=distance + 1)
    return Columns(market=market, flow=flow, pool=pool, references=[reference])


def _start_prices(market: Market, check: Check, tuning: Tuning) -> Prices:
    if market.mentees <= tuning.dense:
        return dense_prices(market, check)
    small = smaller(market, max(tuning.dense, market.mentees // tuning.shrink))
    if small.mentees <= 2 * tuning.dense:
        return carried_over(market, small, dense_prices(small, check), check)
    columns = columns_of(small, check, tuning)
    # Over all its pairs: where the pool lacks somebody's, their price falls until they seem a bargain to everybody.
    columns.settle(check)
    return carried_over(market, small, columns.flow.prices, check)


def _tightened(market: Market, start: Prices, pool: Arcs, distance: int) -> Prices:
    """Lower the start prices as far as the pool lets them; who has no pair in it stays below by the distance."""
    alone = [np.bincount(side, minlength=size) == 0 for side, size in sides(market, pool)]
    mentee = np.where(alone[0], np.maximum(start.mentee - distance - 1, 0), 0)
    np.maximum.at(mentee, pool.mentee, pool.worth - start.mentor[pool.mentor])
    mentor = np.where(alone[1], np.maximum(start.mentor - distance - 1, 0), 0)
    np.maximum.at(mentor, pool.mentor, pool.worth - mentee[pool.mentee])
    np.maximum.at(mentee, pool.mentee, pool.worth - mentor[pool.mentor])
    return Prices(mentee, mentor)
