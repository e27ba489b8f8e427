"""Questions to all pairs of a market: which come close to given prices, which violate them, and who is best."""

from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mentormatch.matching.core.keys import among, united
from mentormatch.matching.core.market import Arcs, Ints, Market, Mask, Prices
from mentormatch.matching.core.ranking import best_of_each
from mentormatch.matching.core.tiles import Block, Check, Sweep, Tile, in_threads

_CROWDED: Final = 2
"""A tile with more violating pairs per mentee than this gives only a selection of them."""

_HELD: Final = 128
_KEPT: Final = 16
"""Of more pairs than the one number for each mentee of a block, about the other is kept, so that memory is bounded."""

_SAMPLE: Final = 20_000
_SAMPLED_MENTEES: Final = 256
_FEWER_MENTEES: Final = 64
_FARTHEST: Final = 1 << 14
_KNUTH: Final = 2_654_435_761
_ODD: Final = 2_246_822_519
_BITS: Final = 16


@dataclass(frozen=True, slots=True, eq=False)
class Violated:
    """Allowed pairs worth more than their prices; complete unless some tile had too many of them."""

    arcs: Arcs
    is_complete: bool


def close_pairs(market: Market, prices: Prices, distance: int, check: Check, one_in: int = 1) -> Arcs:
    """List the allowed pairs that the prices exceed by no more than the distance.

    Of the pairs exactly that far away only one in so many is listed, spread but the same on every run.
    """
    sweep = Sweep(market, prices)

    def close(block: Block) -> Arcs:
        found = []
        for tile, cells in sweep.tiles(block, -distance, None):
            row, column = _cells(cells)
            if one_in > 1:
                spread = (block.people[row] * _KNUTH + tile.mentors.people[column] * _ODD >> _BITS) % one_in == 0
                keep = spread | (tile.values[row, column] > tile.barrier - distance)
                row, column = row[keep], column[keep]
            found.append(_arcs(market, tile, row, column))
        return Arcs.joined(*found)

    return Arcs.joined(*in_threads(close, sweep.mentees, check))


def violated_pairs(
    market: Market, prices: Prices, drifts: Prices, reach: int, check: Check, *, shorten: bool = True, least: int = 1
) -> Violated:
    """List the allowed pairs worth at least `least` more than their prices, among those whose drifts reach that far."""
    sweep = Sweep(market, prices, drifts)

    def violating(block: Block) -> Violated:
        parts, size, complete = [Arcs.joined()], 0, True
        for tile, cells in sweep.tiles(block, least, reach):
            row, column = _cells(cells)
            if shorten and len(row) > _CROWDED * len(block.people):
                row, column = _selection(tile, cells, row, column)
                complete = False
            parts.append(_arcs(market, tile, row, column))
            size += len(row)
            if shorten and size > _HELD * len(block.people):
                parts, complete = [_thinned(market, prices, Arcs.joined(*parts), int(block.people[0]))], False
                size = len(parts[0])
        return Violated(Arcs.joined(*parts), complete)

    made = list(in_threads(violating, sweep.blocks(reach), check, is_little=sweep.is_little(reach)))
    return Violated(Arcs.joined(*(part.arcs for part in made)), all(part.is_complete for part in made))


def _thinned(market: Market, prices: Prices, arcs: Arcs, turn: int) -> Arcs:
    """Keep every mentee's worst pairs, and the worst one of some mentors, other ones for other blocks."""
    slack = arcs.slack(prices)
    kept = best_of_each(arcs.mentee, slack, market.mentees, _KEPT)
    theirs = np.flatnonzero((arcs.mentor + turn) % _KEPT == 0)
    kept[theirs] |= best_of_each(arcs.mentor[theirs], slack[theirs], market.mentors, 1)
    return arcs.where(kept)


def allowed_pairs(market: Market, check: Check) -> int:
    """Count the pairs that are allowed."""
    nothing = Prices(np.zeros(market.mentees, dtype=np.int64), np.zeros(market.mentors, dtype=np.int64))
    sweep = Sweep(replace(market, per_pair=0), nothing)

    def count(block: Block) -> int:
        return sum(int(np.count_nonzero(cells)) for _, cells in sweep.tiles(block, 0, None))

    return sum(in_threads(count, sweep.mentees, check)) + len(market.singled())


def distance_for(market: Market, prices: Prices, per_mentee: int) -> tuple[int, float]:
    """Estimate the distance within which every mentee has about so many pairs, and how many there are really."""
    sample = np.arange(0, market.mentees, max(1, market.mentees // _SAMPLED_MENTEES))
    number = np.zeros(_FARTHEST + 1, dtype=np.int64)
    for start in range(0, len(sample), _FEWER_MENTEES):
        rows = sample[start : start + _FEWER_MENTEES]
        values = (market.wants[rows] @ market.teaches.T).astype(np.float64)
        away = prices.mentee[rows, None] - market.per_pair + prices.mentor - values
        away = away[values - market.points(rows, slice(None)) >= market.least[rows, None]]
        number += np.bincount(np.clip(away, 0, _FARTHEST).astype(np.int64), minlength=_FARTHEST + 1)
    counts = np.cumsum(number[: np.flatnonzero(number).max(initial=0) + 1]) / max(1, len(sample))
    distance = min(_FARTHEST - 1, max(0, int(np.searchsorted(counts, per_mentee, side="right")) - 1))
    return distance, float(counts[min(distance, len(counts) - 1)])


def surplus(market: Market, others: Ints, check: Check, *, mentee_side: bool) -> Ints:
    """Tell what the best partner at the others' prices leaves each mentee (or each mentor), at least 0."""
    own, other = (market.wants, market.teaches) if mentee_side else (market.teaches, market.wants)
    facing = np.ascontiguousarray(other.T)
    price = (others - market.per_pair).astype(np.float32)

    def best(start: int) -> Ints:
        part = slice(start, start + _SAMPLED_MENTEES)
        values = own[part] @ facing
        allowed = _allowed(market, part, values, mentee_side=mentee_side)
        values -= price
        return np.asarray(values.max(axis=1, where=allowed, initial=0), dtype=np.int64)

    starts = range(0, len(own), _SAMPLED_MENTEES)
    return np.concatenate([np.empty(0, np.int64), *in_threads(best, starts, check)])


def best_partners(market: Market, mentees: Ints, mentors: Ints, prices: Prices, each: int, check: Check) -> Arcs:
    """Give the named mentees and mentors their best allowed partner in each of so many parts of the other side."""
    found = []
    for side, rows, others in ((True, mentees, market.mentors), (False, mentors, market.mentees)):
        work = partial(_best_in_parts, market, prices, mentee_side=side, parts=_parts(others, each))
        blocks = [rows[at : at + _FEWER_MENTEES] for at in range(0, len(rows), _FEWER_MENTEES)]
        found += [key for keys in in_threads(work, blocks, check) for key in keys]
    keys = united(*found)
    mentee, mentor = np.divmod(keys[~among(market.aside(), keys)], max(1, market.mentors))
    return Arcs(
        mentee=mentee.astype(np.int32),
        mentor=mentor.astype(np.int32),
        worth=market.score(mentee, mentor) + market.per_pair,
    )


def _parts(size: int, number: int) -> list[slice]:
    edges = np.linspace(0, size, min(number, size) + 1).astype(int)
    return [slice(start, end) for start, end in pairwise(edges)]


def _best_in_parts(market: Market, prices: Prices, rows: Ints, *, mentee_side: bool, parts: list[slice]) -> list[Ints]:
    own, other = (market.wants, market.teaches) if mentee_side else (market.teaches, market.wants)
    price = prices.mentor if mentee_side else prices.mentee
    values = own[rows] @ other.T
    allowed = _allowed(market, rows, values, mentee_side=mentee_side)
    values -= price.astype(np.float32)
    values[~allowed] = -np.inf
    found = []
    for part in parts:
        partner = values[:, part].argmax(axis=1) + part.start
        real = values[np.arange(len(rows)), partner] > -np.inf
        mentee, mentor = (rows[real], partner[real]) if mentee_side else (partner[real], rows[real])
        found.append(mentee * market.mentors + mentor)
    return found


def _allowed(market: Market, rows: slice | Ints, values: NDArray[np.float32], *, mentee_side: bool) -> Mask:
    everyone, tail = slice(None), market.closing < market.wants.shape[1]
    if mentee_side:
        coverage = values - market.points(rows, everyone) if tail else values
        allowed = np.asarray(coverage >= market.least[rows, None].astype(np.float32))
        tables = (rule.table(rows, everyone) for rule in market.rules)
    else:
        coverage = values - market.points(everyone, rows).T if tail else values
        allowed = np.asarray(coverage >= market.least.astype(np.float32))
        tables = (rule.table(everyone, rows).T for rule in market.rules)
    for table in tables:
        allowed &= table
    return allowed


def _cells(cells: Mask) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    row, column = np.divmod(np.flatnonzero(cells), cells.shape[1])
    return row, column


def _arcs(market: Market, tile: Tile, row: NDArray[np.intp], column: NDArray[np.intp]) -> Arcs:
    return Arcs(
        mentee=tile.mentees.people[row].astype(np.int32),
        mentor=tile.mentors.people[column].astype(np.int32),
        worth=tile.score(row, column).astype(np.int64) + market.per_pair,
    )


def _selection(
    tile: Tile, cells: Mask, row: NDArray[np.intp], column: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Select every mentee's worst cell and one more per mentee and per mentor, spread but the same on every run."""
    height, width = cells.shape
    step = slice(None, None, 1 + len(row) // _SAMPLE)
    keys = (row * width + column)[step]
    worst = np.where(cells, tile.values, -np.inf).argmax(axis=1)
    worst = (np.arange(height) * width + worst)[cells.any(axis=1)]
    by_column = np.argsort(column[step], kind="stable")
    spread = keys[_one_of_each(row[step], height)], keys[by_column[_one_of_each(column[step], width)]]
    chosen = united(worst, *spread)
    return chosen // width, chosen % width


def _one_of_each(groups: NDArray[np.intp], number: int) -> NDArray[np.intp]:
    """Give the position, in order of groups, of one member of every group that has any."""
    counts = np.bincount(groups, minlength=number)
    present = np.flatnonzero(counts)
    return np.asarray((np.cumsum(counts) - counts)[present] + (present * _KNUTH % 4_294_967_291) % counts[present])
