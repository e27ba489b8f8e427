"""Published assignment instances with known optima come out right.

Machol and Wien ("A hard assignment problem", Operations Research 24, 1976) ask for the cheapest assignment with costs
i times j; by the rearrangement inequality it pairs the highest with the lowest and costs n(n+1)(n+2)/6, while the
dearest pairs equals and costs n(n+1)(2n+1)/6. The first of the OR-Library's assignment problems (Beasley, "OR-Library:
distributing test problems by electronic mail", Journal of the Operational Research Society 41, 1990) costs 305 at
least, the "Matrix Sum" of Project Euler (problem 345) comes to 13,938 at most.
"""

from pathlib import Path
from typing import Final

import numpy as np
import pytest
from numpy.typing import NDArray

from mentormatch.matching.core.flow import Flow
from mentormatch.matching.core.loops import Twins
from mentormatch.matching.core.market import Arcs, Market, Places, Prices
from mentormatch.matching.core.setting_out import TUNING, Tuning
from tests.bench.families import Measured
from tests.bench.solving import solved
from tests.matching.core.test_columns import STARVED, never, settled

PUBLISHED: Final = Path(__file__).parent / "published"


def table_of(name: str) -> NDArray[np.int64]:
    return np.loadtxt(PUBLISHED / name, dtype=np.int64)


def valued(worth: NDArray[np.int64]) -> Market:
    """Make a market of any table: what a mentee wants is the row, and each mentor teaches one thing."""
    return Market(
        wants=worth.astype(np.float32),
        teaches=np.eye(worth.shape[1], dtype=np.float32),
        closing=worth.shape[1],
        least=np.ones(len(worth), dtype=np.int64),
        rules=(),
        apart=np.empty(0, dtype=np.int64),
        places=Places.plain(np.ones(worth.shape[1], dtype=np.int64)),
    )


@pytest.mark.parametrize("tuning", [TUNING, STARVED])
def test_the_cheapest_assignment_of_the_or_library_costs_305(tuning: Tuning) -> None:
    cost = table_of("assign100.txt")
    # Whatever is left of more than anything costs is worth having, so nobody is left out.
    columns = settled(valued(int(cost.max()) + 1 - cost), tuning)

    assert cost[np.arange(len(cost)), columns.flow.mentor_of].sum() == 305


@pytest.mark.parametrize("tuning", [TUNING, STARVED])
def test_the_matrix_sum_is_13938(tuning: Tuning) -> None:
    worth = table_of("matrix_sum.txt")
    columns = settled(valued(worth), tuning)

    assert worth[np.arange(len(worth)), columns.flow.mentor_of].sum() == 13_938


def test_lots_leave_a_published_optimum_what_it_is() -> None:
    cost = table_of("assign100.txt")
    nobody = np.full(len(cost), -1)
    found = solved(Measured(valued(int(cost.max()) + 1 - cost), Twins(nobody, nobody))).choice.mentor_of

    assert cost[np.arange(len(cost)), found].sum() == 305


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


@pytest.mark.parametrize("size", [1, 2, 30, 100, 400, pytest.param(900, marks=pytest.mark.slow)])
def test_the_dearest_machol_wien_assignment_is_found(size: int) -> None:
    columns = settled(machol_wien(size, cheapest=False), TUNING)

    mentee = np.arange(size)
    assert columns.market.score(mentee, columns.flow.mentor_of).sum() == size * (size + 1) * (2 * size + 1) // 6


@pytest.mark.parametrize("size", [1, 2, 30, 100, 400, pytest.param(900, marks=pytest.mark.slow)])
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
