"""Counts that come first, folded into whole numbers of which each outweighs all below, and proven not to mix."""

from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from mentormatch.matching.core.columns import Columns
from mentormatch.matching.core.keys import among, lacking, united
from mentormatch.matching.core.loops import TiersMixed, Worth
from mentormatch.matching.core.market import Arcs, Ints, Market, Places, Prices
from mentormatch.matching.core.moving import moved, moved_keys
from mentormatch.matching.core.pricing import surplus
from mentormatch.matching.core.setting_out import TUNING, Tuning, columns_of
from mentormatch.matching.core.tiles import Check, multiply_alone

_RATIO: Final = 32
_WIDER: Final = 16
_QUARTER: Final = 4
_LARGEST: Final = 2**50


Tiers = tuple[Prices, Prices, Prices, Prices]
"""Prices of the first places, of further places, of participation and of the score."""


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

    Compared tier after tier, no allowed pair is worth more than the two prices of its people. The pairs with these
    `keys`, sorted, are charged `amounts`, which may be nothing.
    """

    columns: Columns
    counts: Counts
    units: _Units
    prices: Tiers
    keys: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    amounts: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))

    @property
    def market(self) -> Market:
        """Give the market that is solved, charges or not: what is charged is worth something else, but not barred."""
        market = self.columns.market
        return replace(market, apart=lacking(market.apart, self.keys)) if len(self.keys) else market

    def without(self, barred: Ints, check: Check) -> "Tiered":
        """Solve the same market less some pairs, by their sorted keys, from where this one stands."""
        left = ~among(barred, self.keys)
        fewer = replace(self, columns=self.columns.without(barred), keys=self.keys[left], amounts=self.amounts[left])
        try:
            return _settled(fewer, fewer.columns, check)
        except TiersMixed:
            return tiered_optimum(fewer.market, self.counts, check)

    def moved(self, market: Market, counts: Counts, rows: Ints, check: Check) -> "Tiered | None":
        """Solve a similar market from where this one stands; `rows` gives its mentees' numbers on this one.

        None where the two are not worth the same or not counted in the same units.
        """
        if _counted(counts) != _counted(self.counts) or _bits(market) != _bits(self.columns.market):
            return None
        keys, left = moved_keys(self.columns.market, market, rows, self.keys)
        columns = moved(self.columns, _folded(market, counts, self.units), rows, self.keys)
        if columns is None:
            return None
        try:
            return _settled(replace(self, counts=counts, keys=keys, amounts=self.amounts[left]), columns, check)
        except TiersMixed:
            return None

    def charged(self, keys: Ints, amounts: Ints, check: Check) -> "Tiered":
        """Solve the same market with charges on some allowed pairs, given by their sorted keys, and on no others.

        Raises TiersMixed where the charges would have to be so high that they outweigh a count.
        """
        every = united(self.keys, keys)
        charges = np.zeros(len(every), dtype=np.int64)
        charges[np.searchsorted(every, keys)] = amounts
        if np.array_equal(every, self.keys) and np.array_equal(charges, self.amounts):
            return self
        mentee, mentor = np.divmod(every, self.columns.market.mentors)
        worth = self.columns.market.score(mentee, mentor) + self.units.pair - charges
        arcs = Arcs(mentee=mentee.astype(np.int32), mentor=mentor.astype(np.int32), worth=worth)
        return _settled(replace(self, keys=every, amounts=charges), self.columns.priced_apart(arcs), check)

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


def tiered_optimum(
    market: Market, counts: Counts, check: Check, *, tuning: Tuning = TUNING, start: Tiers | None = None
) -> Tiered:
    """Solve a market tier by tier; raises TiersMixed where this cannot be done in exact whole numbers.

    Prices of a similar market, tier by tier, make it sooner.
    """
    multiply_alone()
    ratio = _RATIO
    while True:
        units = _units(market, counts, ratio)
        folded = _folded(market, counts, units)
        columns = columns_of(folded, check, tuning, _start(folded, units, start, check) if start else None)
        columns.settle(check)
        if (prices := unfolded(columns.flow.prices, units)) is not None:
            return Tiered(columns=columns, counts=counts, units=units, prices=prices)
        ratio *= _WIDER


def _settled(tiered: Tiered, columns: Columns, check: Check) -> Tiered:
    columns.settle(check)
    prices = unfolded(columns.flow.prices, tiered.units)
    if prices is None:
        raise TiersMixed
    return replace(tiered, columns=columns, prices=prices)


def _start(market: Market, units: _Units, tiers: Tiers, check: Check) -> Prices:
    """Fold the mentors' prices and let the mentees ask for what those leave them, so that few pairs are too cheap."""
    mentor = np.zeros(market.mentors, dtype=np.int64)
    for unit, prices in zip((units.first, units.further, units.pair, 1), tiers, strict=True):
        mentor += unit * prices.mentor
    return Prices(surplus(market, mentor, check, mentee_side=True), mentor)


def unfolded(prices: Prices, units: _Units) -> Tiers | None:
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
    unit, found = 1 << _bits(market), []
    for counted in _counted(counts):
        unit = unit * ratio if counted else unit
        found.append(unit if counted else 0)
    if unit > _LARGEST:
        raise TiersMixed
    pair, further, first = found
    return _Units(first, further, pair)


def _counted(counts: Counts) -> tuple[bool, bool, bool]:
    return counts.participation, bool(counts.further.any()), bool(counts.first.any())


def _bits(market: Market) -> int:
    return market.highest().bit_length()


def _folded(market: Market, counts: Counts, units: _Units) -> Market:
    rest = counts.capacity - counts.first - counts.further
    bonuses = np.array([[units.first], [units.further], [0]], dtype=np.int64)
    places = Places(np.array([counts.first, counts.further, rest]), np.repeat(bonuses, market.mentors, axis=1))
    return replace(market, places=places, per_pair=units.pair)
