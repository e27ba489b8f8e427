"""How a best assignment can still change: the cheapest ways of passing a mentee on from mentor to mentor.

The nodes are the mentors and one hub, which stands for being unpaired and for empty places. A step passes on whoever
is cheapest to pass on; it costs the pair's reduced value, so no step is cheaper than nothing, and the cheapest way
between two nodes tells what it costs if one has a mentee too many and the other has one too few. Most steps cost more
than the way by the hub does: these are never taken.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra, floyd_warshall

from mentormatch.matching.core.market import Arcs, Ints, Places, Prices

NOBODY: Final = -1

_NEAREST: Final = 8
"""By so many pairs a mentee, on average, the hub is reached at a price that bounds all steps."""

_SPARSE: Final = 16
"""With more steps than one in so many that there could be, all ways are sooner found at once."""

_STEP: Final = 1 / 1024
"""What a step costs beside its cost, so that of equally cheap ways the one with the fewest steps is taken."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Steps:
    """The cheapest step between any two nodes, where one may be taken: which mentee moves and by which pair, if any."""

    tail: Ints
    head: Ints
    cost: Ints
    mentee: Ints
    arc: Ints

    def graph(self, size: int, *, backwards: bool) -> csr_array:
        """Give the steps between so many nodes as a graph, a step being a little dearer than its cost."""
        ends = (self.head, self.tail) if backwards else (self.tail, self.head)
        return csr_array((self.cost + _STEP, ends), shape=(size, size))


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
        self.steps = self._cheapest()

    def ways(self, nodes: Ints, *, backwards: bool) -> Ways:
        """Find the cheapest ways from these nodes, or backwards to them."""
        graph, size = self.steps.graph(self.hub + 1, backwards=backwards), self.hub + 1
        if len(nodes) == size and len(self.steps.cost) * _SPARSE > size * size:
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
        return self._moving[tail, head]

    @cached_property
    def _moving(self) -> dict[tuple[int, int], tuple[int, int]]:
        steps = self.steps
        ends, moving = (steps.tail, steps.head), (steps.mentee, steps.arc)
        pairs = (zip(*(part.tolist() for part in parts), strict=True) for parts in (ends, moving))
        return dict(zip(*pairs, strict=True))

    def place_taken(self) -> NDArray[np.float64]:
        """Tell what it costs to do without each mentor's cheapest place in use, before anybody moves."""
        return np.asarray(np.where(self._used > 0, self._above, np.inf).min(axis=0))

    def place_empty(self) -> NDArray[np.float64]:
        """Tell what it costs to fill each mentor's dearest empty place."""
        return np.asarray(np.where(self._left > 0, -self._above, np.inf).min(axis=0))

    def _cheapest(self) -> Steps:
        """Find the steps that may be taken: none costs more than the way by the hub that the cheapest pairs make."""
        tail = self.at[self._arcs.mentee]
        moving = np.flatnonzero(tail != self._arcs.mentor)
        slack, most = self.slack[moving], _NEAREST * len(self.at)
        nearest = moving[slack <= np.partition(slack, most)[most]] if len(slack) > most else moving
        rough = self._steps(nearest)
        to_hub, from_hub = (
            dijkstra(rough.graph(self.hub + 1, backwards=backwards), indices=np.array([self.hub]))[0]
            for backwards in (True, False)
        )
        return self._steps(moving[slack + _STEP <= to_hub[tail[moving]] + from_hub[self._arcs.mentor[moving]]])

    def _steps(self, use: NDArray[np.intp]) -> Steps:
        """List the cheapest steps to another mentor by these pairs, to no mentor, a place emptied, a place filled."""
        arcs, leaving = self._arcs.where(use), np.flatnonzero(self.mentor_of >= 0)
        empty, fill = self.place_taken(), self.place_empty()
        emptied, filled = np.flatnonzero(np.isfinite(empty)), np.flatnonzero(np.isfinite(fill))
        parts: list[tuple[NDArray[np.generic], ...]] = [
            (self.at[arcs.mentee], arcs.mentor, self.slack[use], arcs.mentee, use),
            (self.at[leaving], _all_at(self.hub, leaving), self.prices.mentee[leaving], leaving, _nobody(leaving)),
            (_all_at(self.hub, emptied), emptied, empty[emptied], _nobody(emptied), _nobody(emptied)),
            (filled, _all_at(self.hub, filled), fill[filled], _nobody(filled), _nobody(filled)),
        ]
        found = [np.concatenate(part).astype(np.int64) for part in zip(*parts, strict=True)]
        least = _least_of_each(found[0] * (self.hub + 1) + found[1], found[2])
        tail, head, cost, mentee, arc = (part[least] for part in found)
        return Steps(tail=tail, head=head, cost=cost, mentee=mentee, arc=arc)


def _least_of_each(groups: Ints, cost: Ints) -> NDArray[np.intp]:
    """Give the place of the first least cost of every group, in the order of the groups."""
    order = np.lexsort((cost, groups))
    return order[np.diff(groups[order], prepend=-1) > 0]


def _all_at(node: int, like: NDArray[np.intp]) -> NDArray[np.intp]:
    return np.full(len(like), node, dtype=np.intp)


def _nobody(like: NDArray[np.intp]) -> NDArray[np.intp]:
    return np.full(len(like), NOBODY, dtype=np.intp)
