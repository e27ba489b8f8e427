"""Start prices: those of a smaller round, solved the same way, carried over to everybody."""

from typing import Final

import numpy as np

from mentormatch.matching.core.market import Market, Prices
from mentormatch.matching.core.pricing import surplus
from mentormatch.matching.core.table import NotExact, Table
from mentormatch.matching.core.tiles import Check

_SMALLEST: Final = 120
_SHARE: Final = 5


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


def dense_prices(market: Market, check: Check) -> Prices:
    """Solve a small round by its whole table and take prices half-way between the lowest and the highest proof.

    Where its numbers are too large for that, mentees ask for what a mentor would leave them who costs nothing.
    """
    table = Table.of(market)
    mentor_of = table.assigned(start_of_whole(market, check))
    try:
        low, high = table.lowest(mentor_of), table.highest(mentor_of)
    except NotExact:
        return table.asked(np.zeros(market.mentors))
    # Never up by more than a score: half of what a pair is worth by itself would be neither one tier nor the other.
    room = np.where(np.isfinite(high), high - low, 0)
    return table.asked(low + np.minimum(room, market.highest()) // 2)


def start_of_whole(market: Market, check: Check) -> Prices:
    """Give prices from which the whole table is solved sooner: those of a fifth of it, if they are of use."""
    if market.mentees <= _SMALLEST or market.places.capacity.sum() < market.mentees:
        return Prices(np.zeros(market.mentees, dtype=np.int64), np.zeros(market.mentors, dtype=np.int64))
    small = smaller(market, max(_SMALLEST // 2, market.mentees // _SHARE))
    return carried_over(market, small, dense_prices(small, check), check)
