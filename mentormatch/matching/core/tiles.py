"""Looking at all pairs without ever holding them: tiles of reduced values, worked off by two threads."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from mentormatch.matching.core.market import Floats, Ints, Market, Mask, Prices
from mentormatch.matching.core.memory import give_back

MENTEES_PER_TILE: Final = 512
MENTORS_PER_TILE: Final = 1024
_SMALLEST: Final = 64
THREADS: Final = 2
_MANY: Final = 64
"""After so many pieces of work much was held that is not any more."""
_LITTLE: Final = 2**22
"""So many cells are looked at in a few milliseconds."""
BAND: Final = 2**21
"""Prices are split into a multiple of this and a rest, so that the rests are exact in 32-bit floating point."""

Check = Callable[[], None]
"""Called now and then; raises where the solving is called off."""

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


def in_threads(
    work: Callable[[_Given], _Made], given: Sequence[_Given], check: Check, *, is_little: bool = False
) -> Iterator[_Made]:
    """Work on everything in order on a few threads; what has not begun is dropped when `check` raises."""
    multiply_alone()
    if is_little or len(given) == 1:
        # Threads take longer to start, and to wait for each other, than little work takes.
        for one in given:
            made = work(one)
            check()
            yield made
        return
    with ThreadPoolExecutor(THREADS) as pool:
        try:
            for made in pool.map(work, given):
                check()
                yield made
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    if len(given) > _MANY:
        give_back()


@cache
def multiply_alone() -> None:
    """Let whoever multiplies do so on the own thread, for good.

    The library has threads of its own, for which each of ours would wait: one look at all pairs took twice as long.
    """
    threadpool_limits(1, user_api="blas")


@dataclass(frozen=True, eq=False, kw_only=True)
class Block:
    """Some people of one side whose prices share a band."""

    people: NDArray[np.intp]
    band: int
    rest: Floats
    drift: int
    factors: Callable[[], Floats]

    @cached_property
    def matrix(self) -> Floats:
        """Give what prices the block when multiplied by the other side's."""
        return self.factors()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Tile:
    """Reduced values of a block of mentees and one of mentors, less the bands; `barrier` is where 0 has moved to."""

    mentees: Block
    mentors: Block
    values: Floats
    barrier: float

    def score(self, row: NDArray[np.intp], column: NDArray[np.intp]) -> Floats:
        """Give back what the prices took from the given cells."""
        return np.asarray(self.values[row, column] + self.mentees.rest[row] + self.mentors.rest[column])


class Sweep:
    """One way through the pairs of a market at given prices, dearest drift first within each band."""

    def __init__(self, market: Market, prices: Prices, drifts: Prices | None = None) -> None:
        still = Prices(np.zeros(market.mentees, dtype=np.int64), np.zeros(market.mentors, dtype=np.int64))
        drifts = drifts or still
        self.market = market
        self.drifts = drifts
        self._aside = market.aside()
        self._most_points = market.wants[:, market.closing :] @ market.teaches[:, market.closing :].max(
            axis=0, initial=0
        )
        # What a pair is worth by itself is taken off the mentee's price, which leaves most bands at zero.
        own = prices.mentee - market.per_pair
        shift = int(np.median(prices.mentor)) // BAND * BAND if market.mentors else 0
        self.mentees = [
            _mentee_block(market, people, own + shift, drifts.mentee)
            for people in _blocks(own + shift, drifts.mentee, MENTEES_PER_TILE)
        ]
        self.mentors = [
            _mentor_block(market, people, prices.mentor - shift, drifts.mentor)
            for people in _blocks(prices.mentor - shift, drifts.mentor, MENTORS_PER_TILE)
        ]
        self._position = np.empty(market.mentors, dtype=np.intp)
        self._starts = np.cumsum([0, *(len(block.people) for block in self.mentors)])
        if self.mentors:
            self._position[np.concatenate([block.people for block in self.mentors])] = np.arange(market.mentors)

    def blocks(self, reach: int | None) -> list[Block]:
        """Give the blocks of mentees; with a `reach`, only those with a tile in which two drifts may add up to it."""
        if reach is None:
            return self.mentees
        farthest = max((block.drift for block in self.mentors), default=0)
        return [block for block in self.mentees if block.drift + farthest >= reach]

    def is_little(self, reach: int | None) -> bool:
        """Tell whether so few cells are in tiles in which two drifts may add up to the reach that one thread does."""
        if reach is None:
            return self.market.mentees * self.market.mentors <= _LITTLE
        sides = [[(block.drift, len(block.people)) for block in side] for side in (self.mentees, self.mentors)]
        return _cells_of(sides, reach) <= _LITTLE

    def tiles(self, block: Block, least: int, reach: int | None) -> Iterator[tuple[Tile, Mask]]:
        """Give every tile of a block of mentees with the cells that are allowed and worth `least` more than prices.

        With a `reach`, only tiles in which two drifts may add up to it.
        """
        others = [
            (at, other)
            for at, other in enumerate(self.mentors)
            if block.band + other.band <= 1 and (reach is None or block.drift + other.drift >= reach)
        ]
        if not others:
            return
        row, position = self._apart(block, self._starts[others[-1][0] + 1])
        buffer = np.empty((len(block.people), MENTORS_PER_TILE), dtype=np.float32)
        for at, other in others:
            bands = block.band + other.band
            values = np.matmul(block.matrix, other.matrix, out=buffer[:, : len(other.people)])
            barrier = float(bands * BAND) if bands > -2 else -np.inf
            tile = Tile(mentees=block, mentors=other, values=values, barrier=barrier)
            cells = values >= barrier + least
            self._forbid(tile, cells, least)
            here = slice(*np.searchsorted(position, self._starts[at : at + 2]))
            cells[row[here], position[here] - self._starts[at]] = False
            yield tile, cells

    def _forbid(self, tile: Tile, cells: Mask, least: int) -> None:
        market, mentees, mentors = self.market, tile.mentees, tile.mentors
        for rule in market.rules:
            np.logical_and(cells, rule.table(mentees.people, mentors.people), out=cells)
        # Whoever's price is so low that a pair below the floor could pass is looked at cell by cell.
        floor = (market.least[mentees.people] - mentees.rest).astype(np.float32)
        most = floor + self._most_points[mentees.people]
        low = np.flatnonzero(tile.barrier + least + mentors.rest.min() < most)
        if low.size:
            # The floor is one of coverage: points of preference do not lift a pair above it.
            needed = floor[low, None] + market.points(mentees.people[low], mentors.people)
            cells[low] &= tile.values[low] + mentors.rest >= needed

    def _apart(self, block: Block, end: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """List the cells of the block that are kept apart or wished, by the mentors' positions in this sweep.

        Only those before an end are listed.
        """
        market, aside = self.market, self._aside
        ends = np.searchsorted(aside, [block.people * market.mentors, (block.people + 1) * market.mentors])
        counts = ends[1] - ends[0]
        row = np.repeat(np.arange(len(counts)), counts)
        within = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
        mentor = aside[ends[0][row] + within] - block.people[row] * market.mentors
        position = self._position[mentor]
        here = np.flatnonzero(position < end)
        here = here[np.argsort(position[here], kind="stable")]
        return row[here], position[here]


def cells_within(drifts: Prices, reach: int) -> int:
    """Count the cells of all tiles in which two drifts may add up to the reach, if prices are in one band."""
    if not (drifts.mentee.size and drifts.mentor.size) or int(drifts.mentee.max() + drifts.mentor.max()) < reach:
        return 0
    sides = (drifts.mentee, MENTEES_PER_TILE), (drifts.mentor, MENTORS_PER_TILE)
    return _cells_of(
        [[(drift[people[0]], len(people)) for people in _blocks(0 * drift, drift, size)] for drift, size in sides],
        reach,
    )


def _cells_of(blocks: list[list[tuple[int, int]]], reach: int) -> int:
    """Count cells, from the highest drift and the size of every block of both sides."""
    most, sizes = zip(*(np.array(side, dtype=np.int64).reshape(-1, 2).T for side in blocks), strict=True)
    return int(np.outer(*sizes)[np.add.outer(*most) >= reach].sum())


def _blocks(prices: Ints, drift: Ints, size: int) -> Iterator[NDArray[np.intp]]:
    # Most people move alike after a small change; those few who moved farther are apart, so that little is looked at.
    bands, moved = _bands(prices), drift > (np.median(drift) if len(drift) else 0)
    order = np.lexsort((-drift, bands))
    groups = 2 * bands[order] + moved[order]
    edges = np.flatnonzero(np.diff(groups, prepend=groups[:1] - 1))
    for start, end in pairwise([*edges, len(order)]):
        # Those who moved farthest are in small blocks, as next to no others reach as far as they do.
        width = size if drift[order[start]] == drift[order[end - 1]] else min(size, _SMALLEST)
        while start < end:
            yield order[start : min(start + width, end)]
            start, width = start + width, min(size, 2 * width)


def _bands(prices: Ints) -> Ints:
    return np.asarray((prices + BAND // 2) // BAND)


def _mentee_block(market: Market, people: NDArray[np.intp], prices: Ints, drift: Ints) -> Block:
    band = int(_bands(prices[people[:1]])[0])
    rest = (prices[people] - band * BAND).astype(np.float32)

    def factors() -> Floats:
        return np.hstack([market.wants[people], -rest[:, None], np.ones((len(people), 1), dtype=np.float32)])

    return Block(people=people, band=band, rest=rest, drift=int(drift[people].max()), factors=factors)


def _mentor_block(market: Market, people: NDArray[np.intp], prices: Ints, drift: Ints) -> Block:
    band = int(_bands(prices[people[:1]])[0])
    rest = (prices[people] - band * BAND).astype(np.float32)

    def factors() -> Floats:
        return np.vstack([market.teaches[people].T, np.ones((1, len(people)), dtype=np.float32), -rest[None, :]])

    return Block(people=people, band=band, rest=rest, drift=int(drift[people].max()), factors=factors)
