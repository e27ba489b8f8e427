"""Start prices: those of a smaller round, solved the same way, carried over to everybody."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from mentormatch.matching.core.market import Ints, Market, Prices
from mentormatch.matching.core.pricing import surplus
from mentormatch.matching.core.tiles import Check

Costs = NDArray[np.float64]


def smaller(market: Market, mentees: int) -> Market:
    """Cut out a round with so many mentees and, as near as possible, as many places for each of them."""
    share = mentees / market.mentees
    places = np.cumsum(market.places.capacity)
    mentors = int(np.searchsorted(places, places[-1:].sum() * share)) + 1
    return market.first(mentees, min(mentors, market.mentors))


def carried_over(market: Market, small: Market, prices: Prices, check: Check) -> Prices:
    """Price everybody by what the people of the smaller round, at their prices, would leave them."""
    mentees, mentors = small.mentees, small.mentors
    facing_mentors = market.first(market.mentees, mentors)
    facing_mentees = market.first(mentees, market.mentors)
    return Prices(
        surplus(facing_mentors, mentee_side=True, others=prices.mentor, check=check),
        surplus(facing_mentees, mentee_side=False, others=prices.mentee, check=check),
    )


def dense_prices(market: Market) -> Prices:
    """Solve a small round by its whole table and take prices half-way between the lowest and the highest proof."""
    worth = _worth(market)
    owner = np.repeat(np.arange(market.mentors), market.places.capacity)
    row, column = linear_sum_assignment(worth[:, owner], maximize=True)
    mentor_of = np.full(market.mentees, -1)
    mentor_of[row] = owner[column]
    full = np.bincount(owner[column], minlength=market.mentors) == market.places.capacity
    low, high = _bounds(worth, mentor_of, full)
    # Never up by more than a score: half of what a pair is worth by itself would be neither one tier nor the other.
    price = low + np.minimum(high - low, market.highest()) // 2
    return Prices(np.maximum(0, (worth - price).max(axis=1, initial=0)).astype(np.int64), price.astype(np.int64))


def _worth(market: Market) -> Costs:
    everyone = slice(None)
    score = (market.wants @ market.teaches.T).astype(np.float64)
    allowed = score - market.points(everyone, everyone) >= market.least[:, None]
    for rule in market.rules:
        allowed &= rule.table(everyone, everyone)
    allowed[np.divmod(market.apart, max(1, market.mentors))] = False
    worth = np.where(allowed, score + market.per_pair, 0)
    wished = market.singled()
    worth[wished.mentee, wished.mentor] = wished.worth
    return worth


def _bounds(worth: Costs, mentor_of: Ints, full: NDArray[np.bool_]) -> tuple[Costs, Costs]:
    """Give the lowest and the highest mentor prices that prove the assignment, by relaxing until nothing moves."""
    held = np.flatnonzero(mentor_of >= 0)
    mine = mentor_of[held]
    kept = worth[held, mine]
    gain = worth[held] - kept[:, None]
    low = np.maximum(0, worth[mentor_of < 0].max(axis=0, initial=0))
    while True:
        raised = np.maximum(low, (low[mine][:, None] + gain).max(axis=0, initial=0))
        if (raised == low).all():
            break
        low = raised
    high = np.where(full, np.inf, 0.0)
    np.minimum.at(high, mine, kept)
    while True:
        lowered = high.copy()
        np.minimum.at(lowered, mine, (high - gain).min(axis=1, initial=np.inf))
        if (lowered == high).all():
            break
        high = lowered
    return low, np.where(np.isfinite(high), high, low)
