"""Which pairs to know first of all those that the prices of an optimum leave open."""

from typing import Final

import numpy as np

from mentormatch.matching.core.columns import Columns
from mentormatch.matching.core.market import Arcs, Ints
from mentormatch.matching.core.tight import Numbers, Tight, Values
from mentormatch.matching.core.tiles import Check

FEW: Final = 12
"""So many pairs of each person are looked at first where there are many more."""

_LISTED: Final = 40
"""Where people have more pairs than this on average, not all of them are held."""


def opened(columns: Columns, lots: Values, check: Check) -> tuple[Tight | None, Arcs]:
    """List all pairs or, where they are too many, everybody's highest lots and those of one solution."""
    market, flow = columns.market, columns.flow
    tight = Tight(market, flow.prices)
    if tight.number() < _LISTED * (market.mentees + market.mentors):
        return None, columns.tight(check)
    counts = tight.counted()
    known = Arcs.joined(flow.arcs).where(flow.arcs.slack(flow.prices) == 0)
    held = flow.mentor_of[known.mentee] == known.mentor
    certain = known.where(held | np.isin(market.keys_of(known), market.aside()))
    most = int(lots(certain.mentee, certain.mentor).max(initial=1))
    lowest = [(most * np.maximum(0, 1 - FEW / np.maximum(count, max(1, _LISTED)))).astype(np.int64) for count in counts]

    def excess(mentee: Numbers, mentor: Numbers) -> Ints:
        return np.asarray(lots(mentee, mentor) - np.minimum(lowest[0][mentee], lowest[1][mentor]))

    arcs = Arcs.joined(certain, tight.above(excess, check).arcs)
    return tight, arcs.where(np.unique(market.keys_of(arcs), return_index=True)[1])
