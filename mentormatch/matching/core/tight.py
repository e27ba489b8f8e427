"""Every pair worth exactly its prices; there may be far too many to hold, so they are found in tiles when asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mentormatch.matching.core.market import Arcs, Floats, Ints, Market, Mask, Prices
from mentormatch.matching.core.pricing import Violated
from mentormatch.matching.core.ranking import best_of_each
from mentormatch.matching.core.tiles import Block, Check, Sweep, in_threads

Numbers = NDArray[np.integer]

Values = Callable[[Numbers, Numbers], Ints]
"""Tells what pairs are worth in a stage, given by the numbers of their mentees and mentors."""

_SAMPLED: Final = 512
_FEWER: Final = 64
_PER_CHUNK: Final = 32
_CROWDED: Final = 8


@dataclass(frozen=True, slots=True, eq=False)
class Excess:
    """By how much pairs are worth more than their prices, and so much more."""

    worth: Values
    prices: Prices
    more: int = 0

    def of(self, mentee: Numbers, mentor: Numbers) -> Ints:
        """Tell it of the pairs of these numbers."""
        due = self.prices.mentee[mentee] + self.prices.mentor[mentor]
        return np.asarray(self.worth(mentee, mentor) - due + self.more)


@dataclass(frozen=True, slots=True, eq=False)
class Condition:
    """A further stage: pairs have to be worth exactly these prices in it, too."""

    worth: Values
    prices: Prices

    def holds(self, mentee: Numbers, mentor: Numbers) -> Mask:
        """Mark the pairs worth exactly their prices."""
        return np.asarray(self.worth(mentee, mentor) == self.prices.mentee[mentee] + self.prices.mentor[mentor])


@dataclass(frozen=True, slots=True, eq=False)
class Tight:
    """The pairs worth exactly what an optimum's prices ask, but for those that the product says nothing about."""

    market: Market
    prices: Prices
    conditions: tuple[Condition, ...] = ()

    def narrowed(self, condition: Condition) -> "Tight":
        """Keep to what also meets a condition."""
        return Tight(self.market, self.prices, (*self.conditions, condition))

    def number(self) -> int:
        """Estimate from a small sample how many of these pairs there are."""
        mentees, mentors = self._sides()
        return int(mentors.estimated(mentees, _FEWER).sum())

    def counted(self) -> tuple[Ints, Ints]:
        """Estimate from a sample how many of these pairs every mentee and every mentor has."""
        mentees, mentors = self._sides()
        return mentees.estimated(mentors, _SAMPLED), mentors.estimated(mentees, _SAMPLED)

    def _sides(self) -> "tuple[_Side, _Side]":
        market, prices = self.market, self.prices
        mentees = _Side(market.wants, prices.mentee - market.per_pair, market.least)
        return mentees, _Side(market.teaches, prices.mentor, np.zeros(market.mentors, dtype=np.int64))

    def above(self, excess: Values, check: Check, drifts: Prices | None = None, reach: int | None = None) -> Violated:
        """List the pairs with a positive excess, each with it, or the worst of them where there are very many.

        With a `reach`, only among those whose drifts may add up to it.
        """
        sweep = Sweep(self.market, self.prices, drifts)

        def found(block: Block) -> Violated:
            parts, size, complete = [Arcs.joined()], 0, True
            for tile, cells in sweep.tiles(block, 0, reach):
                row, column = np.divmod(np.flatnonzero(cells), cells.shape[1])
                parts.append(self._chosen(excess, block.people[row], tile.mentors.people[column]))
                size += len(parts[-1])
                if size > _CROWDED * _CROWDED * len(block.people):
                    parts, complete = [_worst(Arcs.joined(*parts), self.market)], False
                    size = len(parts[0])
            return Violated(Arcs.joined(*parts), complete)

        made = list(in_threads(found, sweep.blocks(reach), check, is_little=sweep.is_little(reach)))
        return Violated(Arcs.joined(*(part.arcs for part in made)), all(part.is_complete for part in made))

    def _chosen(self, excess: Values, mentee: NDArray[np.intp], mentor: NDArray[np.intp]) -> Arcs:
        arcs = Arcs(mentee=mentee.astype(np.int32), mentor=mentor.astype(np.int32), worth=excess(mentee, mentor))
        arcs = arcs.where(arcs.worth > 0)
        for condition in self.conditions:
            arcs = arcs.where(condition.holds(arcs.mentee, arcs.mentor))
        return arcs


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """One side's factors of the score, what is due from each person, and the least that each needs."""

    factors: Floats
    due: Ints
    least: Ints

    def estimated(self, other: "_Side", sampled: int) -> Ints:
        """Estimate how many pairs everybody has whose score is due, from so many of the other side."""
        sample = np.arange(0, len(other.due), 1 + len(other.due) // sampled)
        counts = np.zeros(len(self.due), dtype=np.int64)
        for start in range(0, len(sample), _PER_CHUNK):
            rows = sample[start : start + _PER_CHUNK]
            score = (other.factors[rows] @ self.factors.T).astype(np.int64)
            enough = (score >= self.least) & (score >= other.least[rows, None])
            counts += np.count_nonzero(enough & (score == other.due[rows, None] + self.due), axis=0)
        return counts * len(other.due) // max(1, len(sample))


def _worst(arcs: Arcs, market: Market) -> Arcs:
    kept = best_of_each(arcs.mentee, -arcs.worth, market.mentees, _CROWDED)
    return arcs.where(kept | best_of_each(arcs.mentor, -arcs.worth, market.mentors, _CROWDED))
