"""How a best assignment can still change: the cheapest ways of passing a mentee on from mentor to mentor.

The nodes are the mentors and one hub, which stands for being unpaired and for empty places. A step passes on whoever
is cheapest to pass on; it costs the pair's reduced value, so no step is cheaper than nothing, and the cheapest way
between two nodes tells what it costs if one has a mentee too many and the other has one too few.
"""

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra, floyd_warshall

from mentormatch.matching.core.market import Arcs, Ints, Places, Prices

NOBODY: Final = -1

_STEP: Final = 1 / 1024
"""What a step costs beside its cost, so that of equally cheap ways the one with the fewest steps is taken."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Steps:
    """The cheapest step between any two nodes, sorted by its ends: which mentee moves and by which pair, if any."""

    ends: Ints
    tail: Ints
    head: Ints
    cost: Ints
    mentee: Ints
    arc: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Ways:
    """The cheapest ways from each of some nodes to everywhere, or, `backwards`, from everywhere to each of them."""

    distance: NDArray[np.float64]
    next_to: NDArray[np.int32]
    backwards: bool
    _rows: dict[int, list[int]] = field(default_factory=dict)

    def nodes(self, row: int, node: int) -> list[int]:
        """List the nodes of a way between the row's own node and another one, in the order in which it leads."""
        found, next_to = [node], self._row(row)
        while (node := next_to[node]) >= 0:
            found.append(node)
        return found if self.backwards else found[::-1]

    def _row(self, row: int) -> list[int]:
        # One number of an array takes as long as ten of a list, and most rows are asked for often.
        if row not in self._rows:
            self._rows[row] = self.next_to[row].tolist()
        return self._rows[row]


class Residual:
    """A best assignment at prices that prove it, with every step by which it can change."""

    def __init__(self, arcs: Arcs, places: Places, mentor_of: Ints, prices: Prices) -> None:
        self.mentor_of = mentor_of
        self.hub = len(prices.mentor)
        self.at = np.where(mentor_of >= 0, mentor_of, self.hub)
        self.held = np.bincount(mentor_of[mentor_of >= 0], minlength=self.hub)
        self.prices = prices
        self.slack = arcs.slack(prices)
        self._arcs = arcs
        self._above = prices.mentor + places.bonuses
        self._used = np.clip(self.held - (np.cumsum(places.counts, axis=0) - places.counts), 0, places.counts)
        self._left = places.counts - self._used
        self.steps = self._cheapest(arcs)

    def ways(self, nodes: Ints, *, backwards: bool) -> Ways:
        """Find the cheapest ways from these nodes, or backwards to them."""
        steps, size = self.steps, self.hub + 1
        ends = (steps.head, steps.tail) if backwards else (steps.tail, steps.head)
        graph = csr_array((steps.cost + _STEP, ends), shape=(size, size))
        if len(nodes) == size:
            distance, before = floyd_warshall(graph, return_predecessors=True)
            return Ways(np.floor(distance), np.asarray(before, dtype=np.int32), backwards)
        distance, before = dijkstra(graph, indices=nodes, return_predecessors=True)
        return Ways(np.floor(distance), np.asarray(before, dtype=np.int32), backwards)

    def joined(self, mentee: int) -> NDArray[np.float64]:
        """Tell what the cheapest way to each mentor costs that begins with this unpaired mentee."""
        steps, start = self.steps, self.hub + 1
        own = np.flatnonzero(self._arcs.mentee == mentee)
        tail = np.concatenate([steps.tail, np.full(len(own), start)])
        head = np.concatenate([steps.head, self._arcs.mentor[own]])
        cost = np.concatenate([steps.cost, self.slack[own]]).astype(np.float64)
        graph = csr_array((cost, (tail, head)), shape=(start + 1, start + 1))
        return np.asarray(dijkstra(graph, indices=np.array([start]))[0, : self.hub])

    def step(self, tail: int, head: int) -> tuple[int, int]:
        """Tell which mentee a step moves and by which pair; -1 where a place is filled or emptied, or nobody's."""
        at = bisect_left(self._ends, tail * (self.hub + 1) + head)
        return int(self.steps.mentee[at]), int(self.steps.arc[at])

    @cached_property
    def _ends(self) -> list[int]:
        return list(self.steps.ends.tolist())

    def place_taken(self) -> NDArray[np.float64]:
        """Tell what it costs to do without each mentor's cheapest place in use, before anybody moves."""
        return np.asarray(np.where(self._used > 0, self._above, np.inf).min(axis=0))

    def place_empty(self) -> NDArray[np.float64]:
        """Tell what it costs to fill each mentor's dearest empty place."""
        return np.asarray(np.where(self._left > 0, -self._above, np.inf).min(axis=0))

    def _cheapest(self, arcs: Arcs) -> Steps:
        found = [np.concatenate(parts) for parts in zip(*self._all(arcs), strict=True)]
        tail, head, cost, mentee, arc = (part.astype(np.int64) for part in found)
        ends = tail * (self.hub + 1) + head
        chosen = _least_of_each(ends, cost)
        return Steps(
            ends=ends[chosen],
            tail=tail[chosen],
            head=head[chosen],
            cost=cost[chosen],
            mentee=mentee[chosen],
            arc=arc[chosen],
        )

    def _all(self, arcs: Arcs) -> list[tuple[NDArray[np.generic], ...]]:
        """List the steps: to another mentor, to no mentor, a place emptied, a place filled."""
        tail = self.at[arcs.mentee]
        use = np.flatnonzero(tail != arcs.mentor)
        leaving = np.flatnonzero(self.mentor_of >= 0)
        empty, fill = self.place_taken(), self.place_empty()
        emptied, filled = np.flatnonzero(np.isfinite(empty)), np.flatnonzero(np.isfinite(fill))
        return [
            (tail[use], arcs.mentor[use], self.slack[use], arcs.mentee[use], use),
            (self.at[leaving], _all_at(self.hub, leaving), self.prices.mentee[leaving], leaving, _nobody(leaving)),
            (_all_at(self.hub, emptied), emptied, empty[emptied], _nobody(emptied), _nobody(emptied)),
            (filled, _all_at(self.hub, filled), fill[filled], _nobody(filled), _nobody(filled)),
        ]


def _least_of_each(groups: Ints, cost: Ints) -> NDArray[np.intp]:
    """Give the place of the first least cost of every group, in the order of the groups."""
    order = np.argsort(groups, kind="stable")
    starts = np.flatnonzero(np.diff(groups[order], prepend=-1))
    number = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(order)))
    least = np.minimum.reduceat(cost[order], starts) if len(starts) else cost
    at = np.flatnonzero(cost[order] == least[number])
    return order[at[np.diff(number[at], prepend=-1) > 0]]


def _all_at(node: int, like: NDArray[np.intp]) -> NDArray[np.intp]:
    return np.full(len(like), node, dtype=np.intp)


def _nobody(like: NDArray[np.intp]) -> NDArray[np.intp]:
    return np.full(len(like), NOBODY, dtype=np.intp)
