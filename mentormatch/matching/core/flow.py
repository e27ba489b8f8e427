"""The best assignment on a list of pairs: a primal-dual flow in whole numbers that goes on from where it stands."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra, maximum_flow

from mentormatch.matching.core.market import FORCED, Arcs, Ints, Mask, Places, Prices
from mentormatch.matching.core.tiles import Check

_WIDER: Final = 8


class NoFlow(ArithmeticError):
    """Places that must be filled cannot be, which never happens to a problem that has a solution."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class _Standing:
    """Who is in the flow at today's prices, and what does not add up yet."""

    active: Mask
    filled: Ints
    short: Ints
    missing: Mask
    hub: int


@dataclass(frozen=True, slots=True, eq=False)
class _Steps:
    """Steps by which the flow may change: where from, where to, at which reduced cost and how often."""

    tail: Ints
    head: Ints
    cost: Ints
    capacity: Ints


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
        """List the pairs that the flow knows of."""
        return self._arcs

    def add(self, arcs: Arcs) -> None:
        """Take in further pairs; mentees who could have more than they keep ask for more and are let go."""
        lift = np.zeros(len(self.mentor_of), dtype=np.int64)
        np.maximum.at(lift, arcs.mentee, -arcs.slack(Prices(self.mentee_price, self.mentor_price)))
        self.mentee_price = self.mentee_price + lift
        self.mentor_of[lift > 0] = -1
        self._arcs = Arcs.joined(self._arcs, arcs)

    def restricted(self, kept: Mask) -> "Flow":
        """Give a copy that knows only some of the pairs; whoever was assigned by another one is let go."""
        copy = Flow(self.places, self.must, Prices(self.mentee_price, self.mentor_price), self.stride)
        copy.mentor_of = self.mentor_of.copy()
        lost = self._arcs.where(~kept)
        copy.mentor_of[lost.mentee[self.mentor_of[lost.mentee] == lost.mentor]] = -1
        copy._arcs = self._arcs.where(kept)
        return copy

    def settle(self, check: Check) -> None:
        """Move prices and assignments until everything adds up, which makes both the best there are."""
        limit = 0
        while True:
            check()
            standing = self._standing()
            if not standing.missing.any() and not standing.short.any():
                return
            self.phases += 1
            steps = self._steps(standing, limit)
            if limit == 0:
                near = steps.cost == 0
            else:
                moved = self._move(standing, steps, limit)
                if moved is None:
                    limit = _wider(limit)
                    continue
                near, limit = moved
            self._push(standing, steps, near)
            limit = max(limit, self.stride)

    def _standing(self) -> _Standing:
        held = np.bincount(self.mentor_of[self.mentor_of >= 0], minlength=len(self.mentor_price))
        counts, above = self.places.counts, self.mentor_price + self.places.bonuses
        least = np.where(above > 0, counts, 0).sum(axis=0)
        filled = np.clip(held, least, np.where(above >= 0, counts, 0).sum(axis=0))
        active = self.must | (self.mentee_price > 0) | (self.mentor_of >= 0)
        return _Standing(
            active=active,
            filled=filled,
            short=filled - held,
            missing=active & (self.mentor_of < 0),
            hub=int(filled.sum() - active.sum()),
        )

    def _steps(self, standing: _Standing, limit: int) -> _Steps:
        """Collect the steps within the limit; nodes are the mentees, the mentors and the hub, in this order."""
        mentees, hub = len(self.must), len(self.must) + len(self.mentor_price)
        arcs, price = self._arcs, self.mentee_price
        slack = arcs.slack(Prices(price, self.mentor_price))
        use = np.flatnonzero((slack <= limit) & (self.mentor_of[arcs.mentee] != arcs.mentor))
        held = np.flatnonzero(self.mentor_of >= 0)
        joining = np.flatnonzero(~standing.active)
        leaving = np.flatnonzero(standing.active & ~self.must & (price <= limit))
        parts = [
            (arcs.mentee[use], mentees + arcs.mentor[use], slack[use], np.ones(len(use))),
            (mentees + self.mentor_of[held], held, np.zeros(len(held)), np.ones(len(held))),
            (np.full(len(joining), hub), joining, np.zeros(len(joining)), np.ones(len(joining))),
            (leaving, np.full(len(leaving), hub), price[leaving], np.ones(len(leaving))),
            *self._place_steps(standing.filled, limit, mentees, hub),
        ]
        return _Steps(*(np.concatenate([part[k] for part in parts]).astype(np.int64) for k in range(4)))

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

    def _sources(self, standing: _Standing) -> tuple[Ints, Ints, Ints, Ints]:
        """List the nodes with too much and how much, then those with too little and how much."""
        mentees, hub = len(self.must), len(self.must) + len(self.mentor_price)
        short = standing.short
        much, little = np.flatnonzero(short < 0), np.flatnonzero(short > 0)
        missing = np.flatnonzero(standing.missing)
        over, under = ([hub], [abs(standing.hub)]) if standing.hub else ([], [])
        excess = np.concatenate([missing, mentees + much, over if standing.hub > 0 else []]).astype(np.int64)
        amounts = np.concatenate([np.ones(len(missing)), -short[much], under if standing.hub > 0 else []])
        lack = np.concatenate([mentees + little, over if standing.hub < 0 else []]).astype(np.int64)
        wanted = np.concatenate([short[little], under if standing.hub < 0 else []])
        return excess, amounts.astype(np.int64), lack, wanted.astype(np.int64)

    def _move(self, standing: _Standing, steps: _Steps, limit: int) -> tuple[Mask, int] | None:
        """Move the prices by the distances from what is too much; None if nothing that lacks is within the limit."""
        hub = len(self.must) + len(self.mentor_price)
        excess, amounts, lack, wanted = self._sources(standing)
        graph = csr_array((steps.cost.astype(np.float64), (steps.tail, steps.head)), shape=(hub + 1, hub + 1))
        distance = dijkstra(graph, indices=excess, limit=limit, min_only=True)
        away = np.sort(distance[lack])
        if not np.isfinite(away[:1]).any():
            return None
        # No further than where all that is too much could be taken up.
        order = np.argsort(distance[lack], kind="stable")
        enough = np.searchsorted(np.cumsum(wanted[order]), amounts.sum())
        farthest = min(limit, distance[lack][order[min(enough, len(order) - 1)]])
        reached = distance <= farthest
        moved = np.minimum(distance, farthest).astype(np.int64)
        self.mentee_price = self.mentee_price + moved[: len(self.must)] - moved[hub]
        self.mentor_price = self.mentor_price - moved[len(self.must) : hub] + moved[hub]
        tight = steps.cost + moved[steps.tail] - moved[steps.head] == 0
        return tight & reached[steps.tail] & reached[steps.head], self.stride

    def _push(self, standing: _Standing, steps: _Steps, near: Mask) -> None:
        """Send as much as possible along the steps that cost nothing."""
        mentees, hub = len(self.must), len(self.must) + len(self.mentor_price)
        excess, amounts, lack, wanted = self._sources(standing)
        source, sink = hub + 1, hub + 2
        tail = np.concatenate([steps.tail[near], np.full(len(excess), source), lack])
        head = np.concatenate([steps.head[near], excess, np.full(len(lack), sink)])
        capacity = np.concatenate([steps.capacity[near], amounts, wanted]).astype(np.int32)
        graph = csr_array((capacity, (tail, head)), shape=(hub + 3, hub + 3))
        sent = maximum_flow(graph, source, sink).flow.tocoo()
        used = sent.data > 0
        tail, head = sent.row[used], sent.col[used]
        freed = (tail >= mentees) & (tail < hub) & (head < mentees)
        self.mentor_of[head[freed]] = -1
        made = (tail < mentees) & (head >= mentees) & (head < hub)
        self.mentor_of[tail[made]] = head[made] - mentees


def _wider(limit: int) -> int:
    if limit > FORCED // _WIDER:
        raise NoFlow
    return limit * _WIDER
