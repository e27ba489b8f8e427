"""Counts that come first, folded into whole numbers of which each outweighs all below, and proven not to mix."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from mentormatch.matching.core.columns import TUNING, Columns, Tuning, columns_of
from mentormatch.matching.core.loops import TiersMixed, Worth
from mentormatch.matching.core.market import Arcs, Ints, Market, Places, Prices
from mentormatch.matching.core.tiles import Check

_RATIO: Final = 32
_WIDER: Final = 16
_QUARTER: Final = 4
_LARGEST: Final = 2**50


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Which counts come before the score: candidates served, their further places, mentees paired."""

    first: Ints
    further: Ints
    capacity: Ints
    participation: bool


@dataclass(frozen=True, slots=True)
class _Units:
    """What one of each count is worth in points; 0 where nobody is counted."""

    first: int
    further: int
    pair: int


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Tiered:
    """An optimum with, tier by tier, its prices: first places, further places, participation, score.

    Compared tier after tier, no allowed pair is worth more than the two prices of its people.
    """

    columns: Columns
    counts: Counts
    units: _Units
    prices: tuple[Prices, Prices, Prices, Prices]

    def without(self, barred: Ints, check: Check) -> "Tiered":
        """Solve the same market less some pairs, by their sorted keys, from where this one stands."""
        columns = self.columns.without(barred)
        try:
            return self._settled(columns, check)
        except TiersMixed:
            return tiered_optimum(columns.market, self.counts, check)

    def charged(self, keys: Ints, charges: Ints, check: Check) -> "Tiered":
        """Solve the same market with charges on some allowed pairs, given by their sorted keys.

        Raises TiersMixed where the charges would have to be so high that they outweigh a count.
        """
        mentee, mentor = np.divmod(keys, self.columns.market.mentors)
        worth = self.columns.market.score(mentee, mentor) + self.units.pair - charges
        arcs = Arcs(mentee=mentee.astype(np.int32), mentor=mentor.astype(np.int32), worth=worth)
        return self._settled(self.columns.priced_apart(arcs), check)

    def worth_of(self, mentor_of: Ints) -> Worth:
        """Add up what an assignment is worth, count by count and then the score, without any charges."""
        market = self.columns.market
        mentee = np.flatnonzero(mentor_of >= 0)
        mentor = mentor_of[mentee]
        held = np.bincount(mentor, minlength=market.mentors)
        first = int(np.minimum(held, self.counts.first).sum())
        further = int(np.clip(held - self.counts.first, 0, self.counts.further).sum())
        paired = len(mentee) if self.counts.participation else 0
        return first, further, paired, int(market.score(mentee, mentor).sum())

    def _settled(self, columns: Columns, check: Check) -> "Tiered":
        columns.settle(check)
        prices = unfolded(columns.flow.prices, self.units)
        if prices is None:
            raise TiersMixed
        return replace(self, columns=columns, prices=prices)


def tiered_optimum(
    market: Market, counts: Counts, check: Check, *, tuning: Tuning = TUNING, start: Prices | None = None
) -> Tiered:
    """Solve a market tier by tier; raises TiersMixed where this cannot be done in exact whole numbers."""
    ratio = _RATIO
    while True:
        units = _units(market, counts, ratio)
        columns = columns_of(_folded(market, counts, units), check, tuning, start)
        columns.settle(check)
        if (prices := unfolded(columns.flow.prices, units)) is not None:
            return Tiered(columns=columns, counts=counts, units=units, prices=prices)
        ratio *= _WIDER


def unfolded(prices: Prices, units: _Units) -> tuple[Prices, Prices, Prices, Prices] | None:
    """Take folded prices apart; None if some lower part is so large that it could have mixed with a higher one."""
    rest, found = prices, []
    for unit in (units.first, units.further, units.pair):
        if not unit:
            found.append(Prices(np.zeros_like(prices.mentee), np.zeros_like(prices.mentor)))
            continue
        part = Prices((rest.mentee + unit // 2) // unit, (rest.mentor + unit // 2) // unit)
        rest = Prices(rest.mentee - part.mentee * unit, rest.mentor - part.mentor * unit)
        if max(np.abs(rest.mentee).max(initial=0), np.abs(rest.mentor).max(initial=0)) * _QUARTER >= unit:
            return None
        found.append(part)
    return found[0], found[1], found[2], rest


def _units(market: Market, counts: Counts, ratio: int) -> _Units:
    unit, found = 1 << market.highest().bit_length(), []
    for counted in (counts.participation, counts.further.any(), counts.first.any()):
        unit = unit * ratio if counted else unit
        found.append(unit if counted else 0)
    if unit > _LARGEST:
        raise TiersMixed
    pair, further, first = found
    return _Units(first, further, pair)


def _folded(market: Market, counts: Counts, units: _Units) -> Market:
    rest = counts.capacity - counts.first - counts.further
    bonuses = np.array([[units.first], [units.further], [0]], dtype=np.int64)
    places = Places(np.array([counts.first, counts.further, rest]), np.repeat(bonuses, market.mentors, axis=1))
    return replace(market, places=places, per_pair=units.pair)
