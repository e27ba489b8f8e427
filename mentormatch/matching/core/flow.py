"""The best assignment on a list of pairs: a primal-dual flow in whole numbers that goes on from where it stands."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra, maximum_flow

from mentormatch.matching.core.market import Arcs, Ints, Mask, Places, Prices
from mentormatch.matching.core.tiles import Check

_WIDER: Final = 8
_FARTHEST: Final = 2**53
"""Distances are only exact up to here."""

_TIGHT_EACH: Final = 32
"""So many pairs of each mentee at most are offered to the flow of one phase, beside those of the shortest paths."""


class NoFlow(ArithmeticError):
    """Places that must be filled cannot be, which never happens to a problem that has a solution."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class _Standing:
    """Who is in the flow at today's prices, through which node everybody is reached, and what does not add up yet."""

    active: Mask
    through: Ints
    filled: Ints
    short: Ints
    missing: Mask
    hub: int


@dataclass(frozen=True, slots=True, eq=False)
class _Steps:
    """Steps by which the flow may change: where from, where to, at which reduced cost and how often; pairs first.

    That an assigned mentee is reached through the mentor, and one who is left out through the hub, is understood.
    """

    tail: Ints
    head: Ints
    cost: Ints
    capacity: Ints
    pairs: int


@dataclass(frozen=True, slots=True, eq=False)
class _Ends:
    """The nodes with too much and how much, then those with too little and how much."""

    excess: Ints
    amounts: Ints
    lack: Ints
    wanted: Ints


@dataclass(frozen=True, slots=True, eq=False)
class _Nearest:
    """How far every node is from what is too much and by which other it is reached, no farther than `farthest`."""

    distance: NDArray[np.float64]
    before: NDArray[np.int32]
    farthest: int
    is_any: bool


class Flow:
    """An assignment in the making: mentees and mentors are nodes, and one hub stands for leaving people unpaired.

    Prices never let a pair be worth more than its two sides; whoever is assigned is so at exactly these prices.
    `must` marks mentees who have to be assigned whatever it costs.
    """

    def __init__(self, places: Places, must: Mask, prices: Prices, stride: int = 8) -> None:
        self.places = places
        self.must = must
        self.mentee_price = prices.mentee.astype(np.int64)
        self.mentor_price = prices.mentor.astype(np.int64)
        self.mentor_of = np.full(len(must), -1, dtype=np.int64)
        self.stride = stride
        self.phases = 0
        self._arcs = Arcs.joined()

    @property
    def prices(self) -> Prices:
        """Give today's prices; a mentor nobody wants is not priced below what an empty place costs."""
        lowest = -np.where(self.places.counts > 0, self.places.bonuses, 0).max(axis=0)
        empty = np.bincount(self.mentor_of[self.mentor_of >= 0], minlength=len(lowest)) == 0
        return Prices(self.mentee_price, np.where(empty, np.maximum(self.mentor_price, lowest), self.mentor_price))

    @property
    def arcs(self) -> Arcs:
        """List the pairs that the flow knows of, mentee by mentee."""
        return self._arcs

    def add(self, arcs: Arcs) -> None:
        """Take in further pairs; where they are worth more than their prices, the fewer people ask for more.

        Who asks for more is let go.
        """
        lack = -arcs.slack(Prices(self.mentee_price, self.mentor_price))
        over = arcs.where(lack > 0)
        sides = (over.mentee, len(self.mentee_price)), (over.mentor, len(self.mentor_price))
        lifts = [np.zeros(size, dtype=np.int64) for _, size in sides]
        fewer = int(np.argmin([np.count_nonzero(np.bincount(side, minlength=size)) for side, size in sides]))
        np.maximum.at(lifts[fewer], sides[fewer][0], lack[lack > 0])
        self.mentee_price = self.mentee_price + lifts[0]
        self.mentor_price = self.mentor_price + lifts[1]
        held = np.flatnonzero(self.mentor_of >= 0)
        self.mentor_of[held[(lifts[0][held] > 0) | (lifts[1][self.mentor_of[held]] > 0)]] = -1
        joined = Arcs.joined(self._arcs, arcs)
        self._arcs = joined.where(np.argsort(joined.mentee, kind="stable"))

    def restricted(self, kept: Mask) -> "Flow":
        """Give a copy that knows only some of the pairs; whoever was assigned by another one is let go."""
        copy = Flow(self.places, self.must, Prices(self.mentee_price, self.mentor_price), self.stride)
        copy.mentor_of = self.mentor_of.copy()
        lost = self._arcs.where(~kept)
        copy.mentor_of[lost.mentee[self.mentor_of[lost.mentee] == lost.mentor]] = -1
        copy._arcs = self._arcs.where(kept)
        return copy

    def settle(self, check: Check, reach: int | None = None) -> bool:
        """Move prices and assignments until everything adds up, which makes both the best there are.

        With a `reach`, stop and tell False once the prices have moved so far: it may be for want of pairs.
        """
        limit, left = 0, _FARTHEST if reach is None else reach
        while True:
            check()
            standing = self._standing()
            if not standing.missing.any() and not standing.short.any():
                return True
            if left <= 0:
                if reach is None:
                    raise NoFlow
                return False
            self.phases += 1
            ends, steps = self._ends(standing), self._steps(standing, limit)
            if limit == 0:
                self._push(ends, steps, standing, self._few(steps, steps.cost == 0))
                limit = min(self.stride, left)
                continue
            nearest = self._nearest(ends, steps, standing, limit)
            if nearest.is_any or limit == left:
                left -= self._move(steps, nearest)
            if nearest.is_any:
                self._push(ends, steps, standing, self._near(steps, standing, nearest))
            limit = min(max(self.stride, 2 * nearest.farthest) if nearest.is_any else limit * _WIDER, left)

    def _standing(self) -> _Standing:
        held = np.bincount(self.mentor_of[self.mentor_of >= 0], minlength=len(self.mentor_price))
        counts, above = self.places.counts, self.mentor_price + self.places.bonuses
        least = np.where(above > 0, counts, 0).sum(axis=0)
        filled = np.clip(held, least, np.where(above >= 0, counts, 0).sum(axis=0))
        active = self.must | (self.mentee_price > 0) | (self.mentor_of >= 0)
        hub = len(active) + len(held)
        through = np.where(
            self.mentor_of >= 0, len(active) + self.mentor_of, np.where(active, np.arange(len(active)), hub)
        )
        return _Standing(
            active=active,
            through=np.concatenate([through, np.arange(len(active), hub + 1)]),
            filled=filled,
            short=filled - held,
            missing=active & (self.mentor_of < 0),
            hub=int(filled.sum() - active.sum()),
        )

    def _ends(self, standing: _Standing) -> _Ends:
        mentees, hub = len(self.must), len(self.must) + len(self.mentor_price)
        short = standing.short
        much, little = np.flatnonzero(short < 0), np.flatnonzero(short > 0)
        missing = np.flatnonzero(standing.missing)
        over, under = ([hub], [abs(standing.hub)]) if standing.hub else ([], [])
        excess = np.concatenate([missing, mentees + much, over if standing.hub > 0 else []])
        amounts = np.concatenate([np.ones(len(missing)), -short[much], under if standing.hub > 0 else []])
        lack = np.concatenate([mentees + little, over if standing.hub < 0 else []])
        wanted = np.concatenate([short[little], under if standing.hub < 0 else []])
        return _Ends(*(part.astype(np.int64) for part in (excess, amounts, lack, wanted)))

    def _steps(self, standing: _Standing, limit: int) -> _Steps:
        """Collect the steps within the limit; nodes are the mentees, the mentors and the hub, in this order."""
        mentees, hub = len(self.must), len(self.must) + len(self.mentor_price)
        arcs, price = self._arcs, self.mentee_price
        slack = arcs.slack(Prices(price, self.mentor_price))
        use = np.flatnonzero((slack <= limit) & (self.mentor_of[arcs.mentee] != arcs.mentor))
        leaving = np.flatnonzero(standing.active & ~self.must & (price <= limit))
        parts = [
            (arcs.mentee[use], mentees + arcs.mentor[use], slack[use], np.ones(len(use))),
            (leaving, np.full(len(leaving), hub), price[leaving], np.ones(len(leaving))),
            *self._place_steps(standing.filled, limit, mentees, hub),
        ]
        return _Steps(*(np.concatenate([part[k] for part in parts]).astype(np.int64) for k in range(4)), len(use))

    def _place_steps(self, filled: Ints, limit: int, mentees: int, hub: int) -> list[tuple[NDArray[np.generic], ...]]:
        """Empty the cheapest class of places in use, or fill the dearest class that is not full."""
        counts, everyone = self.places.counts, np.arange(len(filled))
        used = np.clip(filled - (np.cumsum(counts, axis=0) - counts), 0, counts)
        above = self.mentor_price + self.places.bonuses
        last = len(counts) - 1 - (used > 0)[::-1].argmax(axis=0)
        first = (used < counts).argmax(axis=0)
        found: list[tuple[NDArray[np.generic], ...]] = []
        for at, left, cost, outward in ((last, used, above, True), (first, counts - used, -above, False)):
            here = np.flatnonzero((left[at, everyone] > 0) & (cost[at, everyone] <= limit))
            ends = np.full(len(here), hub), mentees + here
            found.append((*(ends if outward else ends[::-1]), cost[at[here], here], left[at[here], here]))
        return found

    def _nearest(self, ends: _Ends, steps: _Steps, standing: _Standing, limit: int) -> _Nearest:
        """Measure how far everything is, no farther than where all that is too much could be taken up."""
        size = len(standing.through)
        graph = _graph(steps.cost.astype(np.float64), standing.through[steps.tail], steps.head, size)
        distance, before, _ = dijkstra(graph, indices=ends.excess, limit=limit, min_only=True, return_predecessors=True)
        distance = distance[standing.through]
        away = distance[ends.lack]
        order = np.argsort(away, kind="stable")
        enough = np.searchsorted(np.cumsum(ends.wanted[order]), ends.amounts.sum())
        farthest = min(limit, away[order[min(enough, len(order) - 1)]])
        return _Nearest(distance, before, int(farthest), bool(np.isfinite(away).any()))

    def _move(self, steps: _Steps, nearest: _Nearest) -> int:
        """Move the prices by the distances, which leaves no step with a cost below nothing."""
        mentees, hub = len(self.must), len(nearest.distance) - 1
        moved = np.minimum(nearest.distance, nearest.farthest).astype(np.int64)
        self.mentee_price = self.mentee_price + moved[:mentees] - moved[hub]
        self.mentor_price = self.mentor_price - moved[mentees:hub] + moved[hub]
        steps.cost[:] += moved[steps.tail] - moved[steps.head]
        return nearest.farthest

    def _near(self, steps: _Steps, standing: _Standing, nearest: _Nearest) -> NDArray[np.intp]:
        """List the steps that cost nothing among the nodes that were reached."""
        reached = nearest.distance <= nearest.farthest
        tight = (steps.cost == 0) & reached[steps.tail] & reached[steps.head]
        return self._few(steps, tight, nearest.before[steps.head] == standing.through[steps.tail])

    def _few(self, steps: _Steps, tight: Mask, needed: Mask | None = None) -> NDArray[np.intp]:
        """Leave out pairs of mentees who have very many, other ones each time, but none that is needed."""
        here = np.flatnonzero(tight)
        pairs = here[: np.searchsorted(here, steps.pairs)]
        mentee = steps.tail[pairs]
        counts = np.bincount(mentee, minlength=1)
        rank = np.arange(len(pairs)) - (np.cumsum(counts) - counts)[mentee] + self.phases * _TIGHT_EACH
        few = rank % counts[mentee] < _TIGHT_EACH
        if needed is not None:
            few |= needed[pairs]
        return np.concatenate([pairs[few], here[len(pairs) :]])

    def _push(self, ends: _Ends, steps: _Steps, standing: _Standing, near: NDArray[np.intp]) -> None:
        """Send as much as possible along the steps that cost nothing."""
        mentees, hub = len(self.must), len(self.must) + len(self.mentor_price)
        source, sink = hub + 1, hub + 2
        # Those reached through their mentor or the hub, as far as they lead anywhere.
        inner = np.unique(steps.tail[near[steps.tail[near] < mentees]])
        inner = inner[standing.through[inner] != inner]
        tail = [steps.tail[near], standing.through[inner], np.full(len(ends.excess), source), ends.lack]
        head = [steps.head[near], inner, ends.excess, np.full(len(ends.lack), sink)]
        capacity = [steps.capacity[near], np.ones(len(inner)), ends.amounts, ends.wanted]
        graph = _graph(*(np.concatenate(part).astype(np.int32) for part in (capacity, tail, head)), hub + 3)
        sent = maximum_flow(graph, source, sink).flow.tocoo()
        used = sent.data > 0
        tails, heads = sent.row[used], sent.col[used]
        freed = (tails >= mentees) & (tails < hub) & (heads < mentees)
        self.mentor_of[heads[freed]] = -1
        made = (tails < mentees) & (heads >= mentees) & (heads < hub)
        self.mentor_of[tails[made]] = heads[made] - mentees


def _graph(values: NDArray[np.generic], tail: NDArray[np.integer], head: NDArray[np.integer], size: int) -> csr_array:
    """Make a sparse graph without looking for parallel steps, of which shortest paths take the best."""
    entries = coo_array((values, (tail, head)), shape=(size, size))
    entries.has_canonical_format = True
    return entries.tocsr()
