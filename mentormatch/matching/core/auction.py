"""Prices by an auction: whoever has no place bids for the best one, all at once, until few are left without."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from mentormatch.matching.core.market import Arcs, Ints, Mask, Prices
from mentormatch.matching.core.tiles import Check

_NOTHING: Final = -(2**59)

_HELD: Final = 100
"""An auction ends when so small a part of the mentees has no place, or after the most turns."""

_MOST_TURNS: Final = 100

_AT_ONCE: Final = 1 << 14
"""So many bids are worked out at a time, which bounds the memory that they take."""


@dataclass(frozen=True, slots=True, eq=False)
class _Ranges:
    """Ranges of a long list, one per asked group, and where each begins among all that were picked."""

    picked: Ints
    begins: Ints
    counts: Ints

    @classmethod
    def of(cls, groups: Ints, starts: Ints, counts: Ints) -> "_Ranges":
        counts = counts[groups]
        ends = np.cumsum(counts)
        begins = ends - counts
        return cls(np.repeat(starts[groups] - begins, counts) + np.arange(ends[-1]), begins, counts)

    def first(self, values: Ints, wanted: Ints) -> Ints:
        """Find in each range the first value that is the wanted one."""
        where = np.flatnonzero(values == np.repeat(wanted, self.counts))
        group = np.searchsorted(self.begins + self.counts, where, side="right")
        return np.asarray(where[np.diff(group, prepend=-1) > 0])


def auctioned(arcs: Arcs, must: Mask, places: Ints, start: Ints, steps: Sequence[int], check: Check) -> Prices:
    """Price everybody by one auction after another, each with its own step of bids."""
    auction = Auction(arcs, must, places, start)
    for step in steps:
        auction.hold(step, len(must) // _HELD, _MOST_TURNS, check)
    return auction.prices


class Auction:
    """Places for sale, what each costs and who holds it; prices only rise.

    What it ends with is nearly the best and no proof of anything: prices to start from. See Bertsekas, "The auction
    algorithm: a distributed relaxation method" (1988), whose bids are made here by everybody without a place at once.
    """

    def __init__(self, arcs: Arcs, must: Mask, places: Ints, prices: Ints) -> None:
        """Open with so many places of each mentor, at first prices; pairs come mentee by mentee."""
        none = places == 0
        dearest = arcs.worth.max(initial=0)
        if none[arcs.mentor].any():
            arcs = arcs.where(~none[arcs.mentor])
        counts = np.bincount(arcs.mentee, minlength=len(must))
        self._arcs, self._must, self._places = arcs, must, places
        self._pairs = np.cumsum(counts) - counts, counts
        self._slots = np.cumsum(places) - places, places
        self._price = np.repeat(prices, places)
        self._holder = np.full(len(self._price), -1)
        # Nobody asks for what is not there.
        self._cheapest = np.where(none, dearest, prices)

    @property
    def prices(self) -> Prices:
        """Give for each mentor the price of the cheapest place, and what the pairs leave each mentee at these."""
        mentee = np.where(self._must, _NOTHING, 0)
        np.maximum.at(mentee, self._arcs.mentee, self._arcs.worth - self._cheapest[self._arcs.mentor])
        return Prices(mentee, self._cheapest)

    def hold(self, step: int, few: int, most_turns: int, check: Check) -> None:
        """Let everybody bid anew, each time by at least a step more, until no more than a few are without a place.

        Or until the most turns are over: where a few bid each other up for long, they are cheaper to place otherwise.
        """
        self._holder[:] = -1
        waiting = np.flatnonzero(self._pairs[1] > 0)
        for _ in range(most_turns):
            if len(waiting) <= few:
                break
            check()
            parts = [self._bids(waiting[at : at + _AT_ONCE], step) for at in range(0, len(waiting), _AT_ONCE)]
            waiting = self._sold(*(np.concatenate(part) for part in zip(*parts, strict=True)))

    def _bids(self, waiting: Ints, step: int) -> tuple[Ints, Ints, Ints]:
        """Give who bids for whom how much: what the best is worth more than the next best, and a step."""
        ranges = _Ranges.of(waiting, *self._pairs)
        mentor = self._arcs.mentor[ranges.picked].astype(np.int64)
        left = self._arcs.worth[ranges.picked] - self._cheapest[mentor]
        best = np.maximum.reduceat(left, ranges.begins)
        where = ranges.first(left, best)
        left[where] = _NOTHING
        following = np.where(ranges.counts > 1, np.maximum.reduceat(left, ranges.begins), best)
        # Who may be left out bids no more than the pair is worth, and not at all where it is worth nothing.
        free = ~self._must[waiting]
        following = np.where(free, np.maximum(following, 0), following)
        bidding = ~free | (best > 0)
        target = mentor[where]
        return waiting[bidding], target[bidding], (self._cheapest[target] + best - following + step)[bidding]

    def _sold(self, bidders: Ints, mentors: Ints, bids: Ints) -> Ints:
        """Sell each mentor's cheapest place to the highest bidder; give who has no place now."""
        if not len(bidders):
            return bidders
        order = np.lexsort((bids, mentors))
        wins = np.append(np.diff(mentors[order]) != 0, True)
        winners, losers = order[wins], order[~wins]
        sold = mentors[winners]
        ranges = _Ranges.of(sold, *self._slots)
        slots = ranges.picked[ranges.first(self._price[ranges.picked], self._cheapest[sold])]
        former = self._holder[slots]
        self._holder[slots], self._price[slots] = bidders[winners], bids[winners]
        self._cheapest[sold] = np.minimum.reduceat(self._price[ranges.picked], ranges.begins)
        return np.concatenate([bidders[losers], former[former >= 0]])
