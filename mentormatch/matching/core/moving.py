"""Going on from where a similar market stands: its pairs are worth the same, but some are barred, freed or gone."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from mentormatch.matching.core.columns import Columns, Reference
from mentormatch.matching.core.flow import Flow
from mentormatch.matching.core.keys import among, lacking, united
from mentormatch.matching.core.market import Arcs, Ints, Market, Mask, Prices


def moved_keys(earlier: Market, market: Market, rows: Ints, keys: Ints) -> tuple[Ints, NDArray[np.intp]]:
    """Give the sorted keys of an earlier market's pairs on another one, as far as allowed there, and whose each was."""
    number = _numbers(earlier, rows)
    mentee, mentor = np.divmod(keys, max(1, earlier.mentors))
    now = number[mentee] * market.mentors + mentor
    left = np.flatnonzero((number[mentee] >= 0) & ~among(market.apart, now))
    left = left[np.argsort(now[left])]
    return np.asarray(now[left]), left


def carried(known: Ints, rows: Ints, new: int) -> Ints:
    """Give what is known of everybody by their former numbers, `rows`; of who had none, which is -1, `new` is known."""
    # At the end, where -1 finds it even if nobody was known.
    return np.asarray(np.append(known, new)[rows])


def moved(columns: Columns, market: Market, rows: Ints, charged: Ints) -> Columns | None:
    """Put what is known of a market on another one with the same mentors; `rows` gives its mentees' former numbers.

    Who was not there has -1. Places may differ, and which pairs are kept apart. The `charged` pairs go on being worth
    what they are. None if some other pair is worth something else than before.
    """
    number, there = _numbers(columns.market, rows), rows >= 0
    wished = _renumbered(columns.market.wished, number)
    apart = _renumbered_keys(columns.market, lacking(columns.market.apart, charged), number)
    barred, freed = lacking(market.apart, apart), lacking(apart, market.apart)
    if not _same_wishes(market, wished, barred, freed, there):
        return None
    flow = Flow(
        market.places,
        np.zeros(market.mentees, dtype=bool),
        _priced(market, Prices(columns.flow.mentee_price, columns.flow.mentor_price), rows, 0),
        columns.flow.stride,
    )
    flow.is_quiet = True
    flow.mentor_of = carried(columns.flow.mentor_of, rows, -1)
    flow.mentor_of[among(barred, np.arange(market.mentees) * market.mentors + flow.mentor_of)] = -1
    flow.add(_allowed(market, _renumbered(columns.flow.arcs, number), barred))
    flow.add(_back(market, freed))
    flow.add(_of_new(market, there))
    still, _ = moved_keys(columns.market, market, rows, charged)
    return Columns(
        market=replace(market, apart=united(market.apart, still)),
        flow=flow,
        pool=_allowed(market, _renumbered(columns.pool, number), barred),
        references=[
            Reference(prices=_priced(market, known.prices, rows, known.margin), margin=known.margin)
            for known in columns.references
        ],
    )


def _numbers(earlier: Market, rows: Ints) -> Ints:
    """Give the numbers that the mentees of an earlier market have now, or -1."""
    number, there = np.full(earlier.mentees, -1, dtype=np.int64), rows >= 0
    number[rows[there]] = np.flatnonzero(there)
    return number


def _priced(market: Market, prices: Prices, rows: Ints, margin: int) -> Prices:
    """Carry prices over; new mentees ask for what the best mentor would leave them, and the margin."""
    mentee = carried(prices.mentee, rows, 0)
    new = np.flatnonzero(rows < 0)
    if len(new):
        values = (market.wants[new] @ market.teaches.T).astype(np.float64) + market.per_pair - prices.mentor
        mentee[new] = np.maximum(0, values.max(axis=1, initial=0)).astype(np.int64) + margin
    return Prices(mentee, prices.mentor)


def _of_new(market: Market, there: Mask) -> Arcs:
    """List the wished pairs of new mentees, of whose points the product knows nothing."""
    wished = market.singled()
    return wished.where(~there[wished.mentee])


def _same_wishes(market: Market, wished: Arcs, barred: Ints, freed: Ints, there: Mask) -> bool:
    """Tell whether the wished pairs are the same but for those that were barred or freed, and for new mentees."""
    changed = united(barred, freed)
    ours, theirs = (_without(market, arcs.where(there[arcs.mentee]), changed) for arcs in (market.wished, wished))
    same_keys = np.array_equal(market.keys_of(ours), market.keys_of(theirs))
    return same_keys and np.array_equal(ours.worth, theirs.worth)


def _without(market: Market, arcs: Arcs, keys: Ints) -> Arcs:
    return arcs.where(~market.marked(arcs, keys))


def _renumbered(arcs: Arcs, number: Ints) -> Arcs:
    mentee = number[arcs.mentee]
    return Arcs(mentee=mentee.astype(np.int32), mentor=arcs.mentor, worth=arcs.worth).where(mentee >= 0)


def _renumbered_keys(market: Market, keys: Ints, number: Ints) -> Ints:
    mentee, mentor = np.divmod(keys, max(1, market.mentors))
    here = number[mentee] >= 0
    return np.asarray(np.sort(number[mentee[here]] * market.mentors + mentor[here]))


def _allowed(market: Market, arcs: Arcs, barred: Ints) -> Arcs:
    return _without(market, arcs, barred) if len(barred) else arcs


def _back(market: Market, keys: Ints) -> Arcs:
    """List the pairs that are not kept apart any more and that no other rule forbids."""
    mentee, mentor = np.divmod(keys, max(1, market.mentors))
    may = allowed(market, mentee, mentor)
    worth = market.score(mentee, mentor) + market.per_pair
    return Arcs(mentee=mentee.astype(np.int32), mentor=mentor.astype(np.int32), worth=worth).where(may)


def allowed(market: Market, mentee: Ints, mentor: Ints) -> Mask:
    """Mark the pairs that the market allows."""
    closing = slice(market.closing)
    coverage = (market.wants[mentee, closing] * market.teaches[mentor, closing]).sum(axis=1)
    may = (coverage >= market.least[mentee]) & ~among(market.apart, mentee * market.mentors + mentor)
    for rule in market.rules:
        may &= rule.pairs(mentee, mentor)
    return np.asarray(may)
