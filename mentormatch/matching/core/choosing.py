"""The one best solution of a market: its tiers, then nearness, then lots, with the prices that prove each of them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentormatch.matching.core.faces import Face
from mentormatch.matching.core.market import Arcs, Ints, Prices
from mentormatch.matching.core.tiers import Tiered
from mentormatch.matching.core.tiles import Check

Lots = Callable[[NDArray[np.int32], NDArray[np.int32]], Ints]
"""Draws the lots of pairs, given by the numbers of their mentees and mentors."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Choice:
    """For each mentee the mentor or -1; the prices of every tier, nearness and lots the last; the sums of these two."""

    mentor_of: Ints
    prices: tuple[Prices, ...]
    near: int
    lots: int


def choose(tiered: Tiered, near: Ints, lots: Lots, check: Check) -> Choice:
    """Choose among the best solutions the one with most pairs of the sorted keys `near`, then by lots."""
    columns = tiered.columns
    face = Face.of(columns.market.places, columns.flow.prices, columns.tight(check))
    nothing = Prices(np.zeros(columns.market.mentees, np.int64), np.zeros(columns.market.mentors, np.int64))
    proofs = [nothing]
    if near.size:
        nearest = face.best(_near(face.arcs, near, columns.market.mentors), check)
        proofs = [nearest.prices]
        face = face.narrowed(nearest)
    drawn = face.best(lots(face.arcs.mentee, face.arcs.mentor), check)
    chosen = drawn.mentor_of
    pairs = np.flatnonzero(chosen >= 0)
    return Choice(
        mentor_of=chosen,
        prices=(*tiered.prices, *proofs, drawn.prices),
        near=int(np.isin(pairs * columns.market.mentors + chosen[pairs], near).sum()),
        lots=sum(lots(pairs.astype(np.int32), chosen[pairs].astype(np.int32)).tolist()),
    )


def _near(arcs: Arcs, near: Ints, mentors: int) -> Ints:
    return np.isin(arcs.mentee.astype(np.int64) * mentors + arcs.mentor, near).astype(np.int64)
