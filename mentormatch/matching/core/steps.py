"""Steps by which an assignment may change, the shortest ways along them and as many of those at once as fit."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra, maximum_flow

from mentormatch.matching.core.market import Ints, Mask, Places

_FEW: Final = 16

_TIGHT_EACH: Final = 32
"""So many pairs of each mentee at most are offered to the flow of one phase, beside those of the shortest paths."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Standing:
    """Who is in the flow at today's prices, through which node everybody is reached, and what does not add up yet."""

    active: Mask
    through: Ints
    filled: Ints
    short: Ints
    missing: Mask
    hub: int

    @property
    def is_fresh(self) -> bool:
        """Tell whether so many are without a mentor that most of them can be sent along what is tight already."""
        return int(np.count_nonzero(self.missing)) * _FEW > len(self.missing)


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """Steps by which the flow may change: where from, where to, at which reduced cost and how often; pairs first.

    That an assigned mentee is reached through the mentor, and one who is left out through the hub, is understood.
    """

    tail: Ints
    head: Ints
    cost: Ints
    capacity: Ints
    pairs: int


@dataclass(frozen=True, slots=True, eq=False)
class Ends:
    """The nodes with too much and how much, then those with too little and how much."""

    excess: Ints
    amounts: Ints
    lack: Ints
    wanted: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Nearest:
    """How far every node is from one end and by which step it is reached, no farther than `farthest`.

    `used` marks the steps of the shortest paths, `is_any` tells whether the other end was reached.
    """

    distance: NDArray[np.float64]
    used: Mask
    farthest: int
    is_any: bool

    @property
    def moves(self) -> Ints:
        """Give every node's distance in whole numbers, no more than the farthest."""
        return np.minimum(self.distance, self.farthest).astype(np.int64)

    def joins(self, steps: Steps) -> Mask:
        """Mark the steps between nodes that were reached."""
        reached = self.distance <= self.farthest
        return np.asarray(reached[steps.tail] & reached[steps.head])


def place_steps(
    places: Places, price: Ints, filled: Ints, limit: int, mentees: int
) -> list[tuple[NDArray[np.generic], ...]]:
    """Empty the cheapest class of places in use, or fill the dearest class that is not full; costs within the limit.

    Given as where from, where to, at which reduced cost and how often; mentors come after the mentees, then the hub.
    """
    counts, everyone, hub = places.counts, np.arange(len(filled)), mentees + len(filled)
    used = np.clip(filled - (np.cumsum(counts, axis=0) - counts), 0, counts)
    above = price + places.bonuses
    last = len(counts) - 1 - (used > 0)[::-1].argmax(axis=0)
    first = (used < counts).argmax(axis=0)
    found: list[tuple[NDArray[np.generic], ...]] = []
    for at, left, cost, outward in ((last, used, above, True), (first, counts - used, -above, False)):
        here = np.flatnonzero((left[at, everyone] > 0) & (cost[at, everyone] <= limit))
        ends = np.full(len(here), hub), mentees + here
        found.append((*(ends if outward else ends[::-1]), cost[at[here], here], left[at[here], here]))
    return found


def nearest_from(ends: Ends, steps: Steps, through: Ints, limit: int) -> Nearest:
    """Measure how far everything is from what is too much, no farther than where all of that could be taken up."""
    tail = through[steps.tail]
    distance, before = _distances(steps, tail, steps.head, ends.excess, len(through), limit)
    return _nearest(distance[through], before[steps.head] == tail, (ends.lack, ends.wanted, ends.amounts))


def nearest_to(ends: Ends, steps: Steps, through: Ints, limit: int) -> Nearest:
    """Measure how far everything is from what is too little, no farther than where all of that could come from."""
    tail = through[steps.tail]
    distance, before = _distances(steps, steps.head, tail, ends.lack, len(through), limit)
    return _nearest(distance[through], before[tail] == steps.head, (ends.excess, ends.amounts, ends.wanted))


def quiet_moves(forward: Nearest, backward: Nearest) -> Ints:
    """Move the nodes so that the shortest ways cost nothing and as many others as possible stay where they are.

    No step's cost falls below nothing by moves that are distances from one end, or the farthest less distances to the
    other, nor by the greater or the lesser of two such; so all may stay on any one level that neither forces them off.
    """
    most = forward.farthest
    high = np.minimum(forward.distance, most).astype(np.int64)
    low = (most - np.minimum(backward.distance, most)).astype(np.int64)
    levels = np.sort(low)
    staying = np.searchsorted(levels, levels, side="right") - np.searchsorted(np.sort(high), levels, side="left")
    return np.asarray(np.maximum(np.minimum(high, levels[staying.argmax()]), low))


def _distances(
    steps: Steps, tail: Ints, head: Ints, start: Ints, size: int, limit: int
) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
    graph = _graph(steps.cost.astype(np.float64), tail, head, size)
    distance, before, _ = dijkstra(graph, indices=start, limit=limit, min_only=True, return_predecessors=True)
    return distance, before


def _nearest(distance: NDArray[np.float64], used: Mask, goals: tuple[Ints, Ints, Ints]) -> Nearest:
    """Stop where the goals that were reached have room enough for what is given.

    Nothing moves beyond the last goal: it would be in vain, and prices at odd distances would mix the counts.
    """
    goal, sizes, given = goals
    reached = np.flatnonzero(np.isfinite(distance[goal]))
    away = distance[goal[reached]]
    order = np.argsort(away, kind="stable")
    enough = int(np.searchsorted(np.cumsum(sizes[reached[order]]), given.sum()))
    farthest = away[order[min(enough, len(order) - 1)]] if len(order) else 0
    return Nearest(distance, used, int(farthest), bool(len(order)))


def way_of_one(
    ends: Ends, steps: Steps, through: Ints, nearest: Nearest
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Send the only one there is along a shortest way, which is free; give its steps, where from and where to."""
    free = np.flatnonzero(nearest.used & (steps.cost == 0))
    step_to = np.full(len(through), -1)
    step_to[steps.head[free]] = free
    node, way = int(ends.lack[nearest.distance[ends.lack].argmin()]), list[tuple[int, int]]()
    while node != ends.excess[0]:
        tail = int(steps.tail[step_to[node]])
        way.append((tail, node))
        if (node := int(through[tail])) != tail:
            way.append((node, tail))
    tails, heads = np.array(way, dtype=np.int32).reshape(-1, 2).T
    return tails, heads


def few_of(steps: Steps, tight: Mask, turn: int, needed: Mask | None = None) -> NDArray[np.intp]:
    """Leave out pairs of mentees who have very many, other ones at each turn, but none that is needed."""
    here = np.flatnonzero(tight)
    pairs = here[: np.searchsorted(here, steps.pairs)]
    mentee = steps.tail[pairs]
    counts = np.bincount(mentee, minlength=1)
    rank = np.arange(len(pairs)) - (np.cumsum(counts) - counts)[mentee] + turn * _TIGHT_EACH
    few = rank % counts[mentee] < _TIGHT_EACH
    if needed is not None:
        few |= needed[pairs]
    return np.concatenate([pairs[few], here[len(pairs) :]])


def sent_along(
    ends: Ends, steps: Steps, through: Ints, near: NDArray[np.intp], mentees: int
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Send as much as possible along some steps; give the steps that were used, where from and where to."""
    source, sink = len(through), len(through) + 1
    # Those reached through their mentor or the hub, as far as they lead anywhere.
    leads = np.zeros(mentees, dtype=bool)
    leads[steps.tail[near[steps.tail[near] < mentees]]] = True
    inner = np.flatnonzero(leads & (through[:mentees] != np.arange(mentees)))
    tail = [steps.tail[near], through[inner], np.full(len(ends.excess), source), ends.lack]
    head = [steps.head[near], inner, ends.excess, np.full(len(ends.lack), sink)]
    capacity = [steps.capacity[near], np.ones(len(inner)), ends.amounts, ends.wanted]
    values, tails, heads = (np.concatenate(part).astype(np.int32) for part in (capacity, tail, head))
    sent = maximum_flow(_graph(values, tails, heads, len(through) + 2), source, sink).flow.tocoo()
    used = sent.data > 0
    return sent.row[used], sent.col[used]


def _graph(
    values: NDArray[np.float64] | NDArray[np.int32], tail: NDArray[np.integer], head: NDArray[np.integer], size: int
) -> csr_array:
    """Make a sparse graph without looking for parallel steps, of which shortest paths take the best."""
    entries = coo_array((values, (tail, head)), shape=(size, size))
    entries.has_canonical_format = True
    return entries.tocsr()
