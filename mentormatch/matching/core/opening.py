"""Which pairs to know first of all those that the prices of an optimum leave open."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from mentormatch.matching.core.columns import Columns, Reference
from mentormatch.matching.core.keys import among
from mentormatch.matching.core.market import Arcs, Ints, Market, Mask, Prices
from mentormatch.matching.core.pricing import Violated
from mentormatch.matching.core.tight import Numbers, Tight, Values
from mentormatch.matching.core.tiles import Check, cells_within

FEW: Final = 12
"""So many pairs of each person are looked at first where there are many more."""

_LISTED: Final = 40
"""Where people have more pairs than this on average, not all of them are held."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Former:
    """What was known when a similar market was settled: the prices of its optimum, and the pairs that were listed.

    All others that were open stayed below the prices of their lots, as far as `seen` says.
    """

    prices: Prices
    listed: Arcs
    seen: Reference


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Opened:
    """The pairs that are listed, where to look for the others if there are any, and what was seen of those already."""

    listed: Arcs
    others: Tight | None = None
    seen: Reference | None = None


def opened(columns: Columns, lots: Values, check: Check, former: Former | None = None) -> Opened:
    """List all pairs or, where they are too many, everybody's highest lots and those of one solution."""
    market, flow = columns.market, columns.flow
    tight = Tight(market, flow.prices)
    if tight.number() < _LISTED * (market.mentees + market.mentors):
        return Opened(listed=columns.tight(check))
    known = flow.arcs.where(flow.arcs.slack(flow.prices) == 0)
    certain = (flow.mentor_of[known.mentee] == known.mentor) | among(market.aside(), market.keys_of(known))
    if former is not None:
        excess = _Above(lots, former.seen).of
        certain |= excess(known.mentee, known.mentor) > 0
        found = _reopened(columns, tight, excess, former, check)
        arcs = Arcs.joined(known.where(certain), found.arcs)
        return Opened(listed=_once(market, arcs), others=tight, seen=former.seen if found.is_complete else None)
    known = known.where(certain)
    arcs = Arcs.joined(known, tight.above(_highest(tight, known, lots), check).arcs)
    return Opened(listed=_once(market, arcs), others=tight)


@dataclass(frozen=True, slots=True, eq=False)
class _Above:
    """By how much lots are above what all pairs that were not listed were seen to stay below."""

    lots: Values
    seen: Reference

    def of(self, mentee: Numbers, mentor: Numbers) -> Ints:
        due = self.seen.prices.mentee[mentee] + self.seen.prices.mentor[mentor]
        return np.asarray(self.lots(mentee, mentor) - due + self.seen.margin)


def _highest(tight: Tight, certain: Arcs, lots: Values) -> Values:
    """Tell by how much lots exceed the lowest of so few that everybody is expected to have."""
    most = int(lots(certain.mentee, certain.mentor).max(initial=1))
    lowest = [
        (most * np.maximum(0, 1 - FEW / np.maximum(count, max(1, _LISTED)))).astype(np.int64)
        for count in tight.counted()
    ]

    def excess(mentee: Numbers, mentor: Numbers) -> Ints:
        return np.asarray(lots(mentee, mentor) - np.minimum(lowest[0][mentee], lowest[1][mentor]))

    return excess


def _reopened(columns: Columns, tight: Tight, excess: Values, former: Former, check: Check) -> Violated:
    """List of those known before the ones that are still open, and what was opened since and may be wanted."""
    prices = columns.flow.prices
    drifts = Prices(former.prices.mentee - prices.mentee, former.prices.mentor - prices.mentor)
    kept = former.listed.where(_still_tight(columns.market, former.listed, drifts))
    if not cells_within(drifts, 1):
        return Violated(kept, is_complete=True)
    fresh = tight.above(excess, check, drifts, 1)
    return Violated(Arcs.joined(kept, fresh.arcs), fresh.is_complete)


def _still_tight(market: Market, arcs: Arcs, drifts: Prices) -> Mask:
    """Mark the pairs, tight at earlier prices, that are not kept apart and whose two prices come to the same now."""
    same = drifts.mentee[arcs.mentee] + drifts.mentor[arcs.mentor] == 0
    return np.asarray(same & ~among(market.aside(), market.keys_of(arcs)))


def _once(market: Market, arcs: Arcs) -> Arcs:
    return arcs.where(np.unique(market.keys_of(arcs), return_index=True)[1])
