"""What a market is worth by its whole table: the plain way, to hold the sparse core against."""

import numpy as np
from scipy.optimize import linear_sum_assignment

from mentormatch.matching.core.columns import Columns
from mentormatch.matching.core.market import Ints, Market


def worth_table(market: Market) -> Ints:
    """Give every pair's worth, 0 where it is not allowed."""
    wants, teaches, closing = market.wants.astype(float), market.teaches.astype(float), market.closing
    score = np.rint(wants @ teaches.T).astype(np.int64)
    coverage = np.rint(wants[:, :closing] @ teaches[:, :closing].T)
    score[market.wished.mentee, market.wished.mentor] = market.wished.worth
    allowed = coverage >= market.least[:, None]
    for rule in market.rules:
        pairs = rule.mentee[:, None], rule.mentor[None, :]
        allowed &= pairs[0] != pairs[1] if rule.open_to is None else rule.open_to[pairs]
    if len(market.apart):
        allowed[np.divmod(market.apart, market.mentors)] = False
    return np.where(allowed, score + market.per_pair, 0)


def dense_optimum(market: Market) -> int:
    """Solve with one column per place."""
    worth, tables = worth_table(market), []
    for counts, bonuses in zip(market.places.counts, market.places.bonuses, strict=True):
        owner = np.repeat(np.arange(market.mentors), counts)
        tables.append(np.where(worth[:, owner] > 0, worth[:, owner] + bonuses[owner], 0))
    table = np.hstack(tables)
    return int(table[linear_sum_assignment(table, maximize=True)].sum())


def proven_worth(columns: Columns) -> int:
    """Give what the assignment is worth, having checked that it is allowed and that its prices prove it the best."""
    market, prices, mentor_of = columns.market, columns.flow.prices, columns.flow.mentor_of
    worth, mentee = worth_table(market), np.flatnonzero(columns.flow.mentor_of >= 0)
    held = np.bincount(mentor_of[mentee], minlength=market.mentors)
    assert (worth[mentee, mentor_of[mentee]] > 0).all()
    assert (held <= market.places.capacity).all()
    assert (prices.mentee >= 0).all()
    assert (worth <= np.where(worth > 0, prices.mentee[:, None] + prices.mentor, 0)).all()
    counts, bonuses = market.places.counts, market.places.bonuses
    used = np.clip(held - (np.cumsum(counts, axis=0) - counts), 0, counts)
    total = int(worth[mentee, mentor_of[mentee]].sum() + (used * bonuses).sum())
    assert total == int(prices.mentee.sum() + (counts * np.maximum(0, prices.mentor + bonuses)).sum())
    return total
