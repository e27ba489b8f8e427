"""Published assignment instances with known optima come out right.

Machol and Wien ("A hard assignment problem", Operations Research 24, 1976) ask for the cheapest assignment with costs
i times j; by the rearrangement inequality it pairs the highest with the lowest and costs n(n+1)(n+2)/6, while the
dearest pairs equals and costs n(n+1)(2n+1)/6.
"""

import numpy as np
import pytest

from mentormatch.matching.core.flow import Flow
from mentormatch.matching.core.market import Arcs, Market, Places, Prices
from mentormatch.matching.core.setting_out import TUNING
from tests.matching.core.test_columns import never, settled


def machol_wien(size: int, *, cheapest: bool) -> Market:
    number = np.arange(1, size + 1, dtype=np.float32)
    # The cheapest is the dearest of what is left of a constant, which is a second product.
    wants = np.stack([-number, np.ones(size, np.float32) * (size * size + 1)], axis=1) if cheapest else number[:, None]
    teaches = np.stack([number, np.ones(size, np.float32)], axis=1) if cheapest else number[:, None]
    return Market(
        wants=wants.astype(np.float32),
        teaches=teaches.astype(np.float32),
        closing=wants.shape[1],
        least=np.ones(size, dtype=np.int64),
        rules=(),
        apart=np.empty(0, dtype=np.int64),
        places=Places.plain(np.ones(size, dtype=np.int64)),
    )


@pytest.mark.parametrize("size", [1, 2, 30, 100, 400, 900])
def test_the_dearest_machol_wien_assignment_is_found(size: int) -> None:
    columns = settled(machol_wien(size, cheapest=False), TUNING)

    mentee = np.arange(size)
    assert columns.market.score(mentee, columns.flow.mentor_of).sum() == size * (size + 1) * (2 * size + 1) // 6


@pytest.mark.parametrize("size", [1, 2, 30, 100, 400, 900])
def test_the_cheapest_machol_wien_assignment_is_found(size: int) -> None:
    columns = settled(machol_wien(size, cheapest=True), TUNING)

    cost = ((np.arange(size) + 1) * (columns.flow.mentor_of + 1)).sum()
    assert cost == size * (size + 1) * (size + 2) // 6


@pytest.mark.parametrize("size", [1, 2, 30, 100])
def test_a_flow_on_all_pairs_finds_the_cheapest_machol_wien_assignment(size: int) -> None:
    mentee, mentor = (side.ravel() for side in np.indices((size, size), dtype=np.int32))
    worth = size * size + 1 - (mentee.astype(np.int64) + 1) * (mentor + 1)
    nothing = np.zeros(size, dtype=np.int64)
    flow = Flow(Places.plain(nothing + 1), np.zeros(size, dtype=bool), Prices(nothing, nothing))
    flow.add(Arcs(mentee=mentee, mentor=mentor, worth=worth))

    assert flow.settle(never)
    assert ((np.arange(size) + 1) * (flow.mentor_of + 1)).sum() == size * (size + 1) * (size + 2) // 6
