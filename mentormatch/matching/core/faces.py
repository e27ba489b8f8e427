"""All best solutions at once: what whole-number prices leave open, and the best of those by a further count."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from mentormatch.matching.core.auction import auctioned
from mentormatch.matching.core.columns import Columns, Reference
from mentormatch.matching.core.flow import Flow
from mentormatch.matching.core.keys import among
from mentormatch.matching.core.market import FORCED, Arcs, Ints, Mask, Places, Prices
from mentormatch.matching.core.opening import FEW, Former, opened
from mentormatch.matching.core.placed import Placed, Start
from mentormatch.matching.core.ranking import best_of_each
from mentormatch.matching.core.table import NotExact, best_by_table
from mentormatch.matching.core.tight import Condition, Excess, Tight, Values
from mentormatch.matching.core.tiles import Check

_STRIDE: Final = 2**36
"""Lots have 40 bits, so that nothing would be found by smaller strides."""

_REACH: Final = 2**38

_WHOLE: Final = 100_000
"""Tables of no more cells are solved whole."""

_ENOUGH: Final = 8
_FINE: Final = 20
_FEWEST: Final = 15_000
_CROWDED: Final = 4
"""Numbers of more bits than this are priced by auction first, if so many pairs are listed, and so many for each person.
"""

_NEAR: Final = 64
"""Pairs as near to their prices as so many of a mentee's numbers lie apart are listed with those beyond them."""

_STEPS: Final = (3, 6, 9, 12)
"""The steps of bids, as so many bits less than the highest number has."""


@dataclass(slots=True, eq=False, kw_only=True)
class Face:
    """The pairs that some best solution may have, who has to be paired in all of them, and the mentors' bounds.

    `listed` are those of the pairs that are known by now, `others` says where the rest is if there are too many.
    `holds` is one of these solutions, and `seen` what is known of the others before they are looked for.
    """

    listed: Arcs
    others: Tight | None
    must: Mask
    least: Ints
    most: Ints
    holds: Ints
    seen: Reference | None = None

    @classmethod
    def of(cls, columns: Columns, lots: Values, check: Check, former: Former | None = None) -> "Face":
        """Describe what the prices of an optimum leave open; lots tell which pairs to know first.

        From a `former` similar market it is known sooner.
        """
        places, prices, holds = columns.market.places, columns.flow.prices, columns.flow.mentor_of
        found = opened(columns, lots, check, former)
        above = prices.mentor + places.bonuses
        return cls(
            listed=found.listed,
            others=found.others,
            seen=found.seen,
            must=prices.mentee > 0,
            least=np.asarray(np.where(above > 0, places.counts, 0).sum(axis=0)),
            most=np.asarray(np.where(above >= 0, places.counts, 0).sum(axis=0)),
            holds=holds,
        )

    def best(self, worth: Values, check: Check, start: Start | None = None) -> Placed:
        """Find the solution of this face whose pairs are worth most; what is known of a similar one makes it sooner."""
        values = worth(self.listed.mentee, self.listed.mentor)
        if self.others is None and len(self.must) * int(self.most.sum()) <= _WHOLE:
            check()
            try:
                mentor_of, prices = best_by_table(replace(self.listed, worth=values), self.must, self.least, self.most)
                return Placed(mentor_of, prices, worth)
            except NotExact:
                pass
        if start is not None and _is_fine(values) and self.seen is None:
            # What a similar solution has is worth exactly its prices.
            self._list(Excess(worth, start.prices, more=1), check)
        flow, seen = self._settled(worth, start, check)
        core = np.sort(self._keys(flow.arcs)) if self._is_crowded() else None
        return Placed(flow.mentor_of, flow.prices, worth, seen, core)

    def _list(self, excess: "Excess", check: Check) -> int:
        """List those of the others that have an excess, and count them."""
        if self.others is None:
            return 0
        fresh = self._beside(self.listed, self.others.above(excess.of, check).arcs)
        self.listed = Arcs.joined(self.listed, fresh)
        return len(fresh)

    def _settled(self, worth: Values, start: Start | None, check: Check) -> tuple[Flow, Reference | None]:
        """Solve on the listed pairs and list more of the others until none is worth more than its prices."""
        begin = start or Start(self._roughly_priced(worth, check))
        flow = self._begun(worth(self.listed.mentee, self.listed.mentor), begin, check, is_near=start is not None)
        margin, seen = self._margin(worth), [self.seen] if self.seen else []
        while self.others is not None:
            fresh = self._fresh(self.others, flow, Excess(worth, flow.prices, 0 if seen else margin), seen, check)
            if not (fresh.slack(flow.prices) < 0).any():
                break
            flow.add(fresh)
            flow.settle(check)
        return flow, seen[0] if seen else None

    def _margin(self, worth: Values) -> int:
        """Tell how near to its price a pair may come and soon be worth more."""
        if self.others is None:
            return 0
        highest = int(worth(self.listed.mentee, self.listed.mentor).max(initial=0))
        return highest * _NEAR // max(_NEAR, self.others.number() // max(1, len(self.must)))

    def _fresh(self, others: Tight, flow: Flow, excess: "Excess", seen: list[Reference], check: Check) -> Arcs:
        """List the pairs with an excess that the flow does not know of, but for what was `seen` to stay below.

        What is seen now is added to that, the first one and the last one being kept.
        """
        nearest = min(seen, key=lambda known: known.reached(flow.prices, 1), default=None)
        drifts, reach = (nearest.drifts(flow.prices), nearest.margin + 1) if nearest else (None, None)
        found = others.above(excess.of, check, drifts, reach)
        known = self.listed.where(excess.of(self.listed.mentee, self.listed.mentor) > 0)
        # Only what has an excess itself can be one of these.
        fresh = self._beside(flow.arcs.where(flow.arcs.slack(flow.prices) < excess.more), known, found.arcs)
        self.listed = Arcs.joined(self.listed, self._beside(known, fresh))
        if found.is_complete:
            seen[1:] = [Reference(prices=flow.prices, margin=excess.more)]
        return replace(fresh, worth=excess.worth(fresh.mentee, fresh.mentor))

    def _beside(self, known: Arcs, *parts: Arcs) -> Arcs:
        """Join what is not known, each pair once."""
        arcs = Arcs.joined(*parts)
        keys, once = np.unique(self._keys(arcs), return_index=True)
        there = np.append(np.sort(self._keys(known)), -1)
        return arcs.where(once[there[np.searchsorted(there[:-1], keys)] != keys])

    def _begun(self, values: Ints, start: Start, check: Check, *, is_near: bool) -> Flow:
        """Solve on the listed pairs, everybody's best ones first; from near prices little is left to do, and far."""
        highest = int(values.max(initial=0))
        mentors = len(self.least)
        counts = np.array([self.least, self.most - self.least])
        bonuses = np.repeat(np.array([[FORCED], [0]], dtype=np.int64), mentors, axis=1)
        arcs = replace(self.listed, worth=values)
        first, prices = self._first(arcs, start, check), start.prices
        # Whoever has to be paired asks for as much as the pairs give, even if that is less than nothing.
        asked = np.where(self.must, -FORCED // 2, 0).astype(np.int64)
        np.maximum.at(asked, arcs.mentee[first], arcs.worth[first] - prices.mentor[arcs.mentor[first]])
        stride = max(1, highest if is_near else min(_STRIDE, highest))
        flow = Flow(Places(counts, bonuses), self.must, Prices(asked, prices.mentor), stride)
        flow.is_quiet = is_near
        check()
        flow.add(arcs.where(first))
        if start.mentor_of is not None:
            flow.assign(start.mentor_of)
        rest = arcs.where(~first)
        reach = highest if start.core is not None else max(1, min(_REACH, highest))
        while True:
            is_settled = flow.settle(check, reach if len(rest) and reach < highest else None)
            cheap = rest.slack(flow.prices) < 0
            if is_settled and not cheap.any():
                return flow
            reach *= 4
            flow.add(rest.where(cheap))
            rest = rest.where(~cheap)

    def _roughly_priced(self, worth: Values, check: Check) -> Prices:
        """Price by auctions over the listed pairs, listing more of the others until hardly any is worth more."""
        prices = Prices(np.zeros(len(self.must), dtype=np.int64), np.zeros(len(self.least), dtype=np.int64))
        fewest = max(_FEWEST, _CROWDED * (len(self.must) + len(self.least)))
        values = worth(self.listed.mentee, self.listed.mentor)
        if not _is_fine(values) or len(self.listed) < fewest:
            return prices
        steps = [int(values.max()) >> bits for bits in _STEPS]
        while True:
            prices = auctioned(self._sorted(worth), self.must, self.most, prices.mentor, steps, check)
            if self._list(Excess(worth, prices), check) <= len(self.must) // _ENOUGH:
                return prices
            steps = steps[-2:]

    def _sorted(self, worth: Values) -> Arcs:
        listed = self.listed.where(np.argsort(self.listed.mentee, kind="stable"))
        return replace(listed, worth=worth(listed.mentee, listed.mentor))

    def _is_crowded(self) -> bool:
        return len(self.listed) > 2 * FEW * (len(self.must) + len(self.least))

    def _first(self, arcs: Arcs, start: Start, check: Check) -> Mask:
        """Mark the pairs to begin with: everybody's best, and those of a solution, so that there is one."""
        if not self._is_crowded():
            return np.ones(len(arcs), dtype=bool)
        check()
        if start.core is not None:
            own = among(start.core, self._keys(arcs))
        else:
            own = best_of_each(arcs.mentee, start.prices.mentor[arcs.mentor] - arcs.worth, len(self.must), FEW)
            check()
            own |= best_of_each(arcs.mentor, -arcs.worth, len(self.least), FEW)
        return np.asarray(own | (self.holds[arcs.mentee] == arcs.mentor))

    def keys(self) -> Ints:
        """Give the keys of the listed pairs: mentee times number of mentors plus mentor."""
        return self._keys(self.listed)

    def narrowed(self, best: Placed) -> "Face":
        """Keep what is as good as the best that `best` found."""
        condition = Condition(best.worth, best.prices)
        listed = self.listed.where(condition.holds(self.listed.mentee, self.listed.mentor))
        return Face(
            listed=listed if self.others is None else listed.including(best.mentor_of),
            others=self.others and self.others.narrowed(condition),
            must=self.must | (best.prices.mentee > 0),
            least=np.where(best.prices.mentor > 0, self.most, self.least),
            most=np.where(best.prices.mentor < 0, self.least, self.most),
            holds=best.mentor_of,
            seen=self.seen,
        )

    def _keys(self, arcs: Arcs) -> Ints:
        return np.asarray(arcs.mentee.astype(np.int64) * len(self.least) + arcs.mentor)


def _is_fine(values: Ints) -> bool:
    return int(values.max(initial=0)).bit_length() > _FINE
