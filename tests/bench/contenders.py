"""Solvers of the same market: the sparse core, one look at all pairs, and what else is installed."""

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linear_sum_assignment, milp
from scipy.sparse import coo_array, vstack

from mentormatch.matching.core.choosing import Chooser
from mentormatch.matching.core.loops import Twins
from mentormatch.matching.core.market import Ints, Market
from mentormatch.matching.core.pricing import allowed_pairs
from mentormatch.matching.core.tiers import Counts, tiered_optimum

Table = NDArray[np.float64]


def never() -> None:
    """Never call anything off."""


def sparse_core(market: Market) -> int:
    """Solve and certify, lots included."""
    nobody = np.zeros(market.mentors, dtype=np.int64)
    counts = Counts(first=nobody, further=nobody, capacity=market.places.capacity, participation=False)
    alone = Twins(np.full(market.mentees, -1), np.full(market.mentors, -1))
    chooser = Chooser(twins=alone, near=np.empty(0, np.int64), lots=_lots, check=never)
    choice = chooser.choose(tiered_optimum(market, counts, never))
    return choice.bounds[0]


def one_look(market: Market) -> int:
    """Count the allowed pairs: one pass over all of them in tiles."""
    return allowed_pairs(market, never)


def dense_scipy(market: Market) -> int:
    """Solve the whole table, a column per place."""
    table = _table(market)
    rows, columns = linear_sum_assignment(table, maximize=True)
    return int(table[rows, columns].sum())


def lapx(market: Market) -> int:
    """Solve the whole table with lapx."""
    from lap import lapjv

    table = _table(market)
    _, columns, _ = lapjv(-table, extend_cost=True)
    rows = np.flatnonzero(columns >= 0)
    return int(table[rows, columns[rows]].sum())


def ortools_assignment(market: Market) -> int:
    """Solve with OR-tools' cost-scaling assignment on a square table in which who has no partner shares a cell of 0."""
    from ortools.graph.python import linear_sum_assignment as lsa

    table = _table(market)
    size = max(table.shape)
    cost = np.zeros((size, size), dtype=np.int64)
    cost[: table.shape[0], : table.shape[1]] = -table
    solver: Any = lsa.SimpleLinearSumAssignment()
    solver.add_arcs_with_cost(np.repeat(np.arange(size), size), np.tile(np.arange(size), size), cost.ravel())
    assert solver.solve() == solver.OPTIMAL
    return -int(solver.optimal_cost())


def ortools_flow(market: Market) -> int:
    """Solve with OR-tools' min-cost flow, capacities as they are."""
    from ortools.graph.python import min_cost_flow

    worth = _worth(market)
    rows, columns = worth.nonzero()
    mentees, mentors, end = market.mentees, market.mentors, market.mentees + market.mentors
    solver: Any = min_cost_flow.SimpleMinCostFlow()
    one, sides = np.ones(len(rows), np.int64), (np.arange(mentees), mentees + np.arange(mentors))
    solver.add_arcs_with_capacity_and_unit_cost(rows, mentees + columns, one, -worth[rows, columns].astype(np.int64))
    solver.add_arcs_with_capacity_and_unit_cost(sides[1], 0 * sides[1] + end, market.places.capacity, 0 * sides[1])
    solver.add_arcs_with_capacity_and_unit_cost(sides[0], 0 * sides[0] + end, 0 * sides[0] + 1, 0 * sides[0])
    for mentee in range(mentees):
        solver.set_node_supply(mentee, 1)
    solver.set_node_supply(end, -mentees)
    assert solver.solve() == solver.OPTIMAL
    return -int(solver.optimal_cost())


def highs(market: Market) -> int:
    """Solve as a linear programme with HiGHS."""
    worth = _worth(market)
    rows, columns = worth.nonzero()
    each = np.arange(len(rows))
    ones = np.ones(len(rows))
    sides = [
        coo_array((ones, (rows, each)), shape=(market.mentees, len(rows))),
        coo_array((ones, (columns, each)), shape=(market.mentors, len(rows))),
    ]
    most = np.concatenate([np.ones(market.mentees), market.places.capacity])
    solved = milp(
        -worth[rows, columns], constraints=LinearConstraint(vstack(sides), -np.inf, most), bounds=Bounds(0, 1)
    )
    return -round(solved.fun or 0)


CONTENDERS: Final[dict[str, tuple[Callable[[Market], int], int]]] = {
    "core": (sparse_core, 10**9),
    "one look": (one_look, 10**9),
    "dense scipy": (dense_scipy, 10_000),
    "lapx": (lapx, 5_000),
    "or-tools assignment": (ortools_assignment, 5_000),
    "or-tools flow": (ortools_flow, 5_000),
    "highs": (highs, 500),
}
"""Every contender with the number of mentees up to which it is asked."""

_NEEDS: Final = {"lapx": "lap", "or-tools assignment": "ortools", "or-tools flow": "ortools"}


def installed() -> list[str]:
    """Name the contenders that can be run here."""
    return [name for name in CONTENDERS if name not in _NEEDS or find_spec(_NEEDS[name])]


def _lots(mentee: NDArray[np.int32], mentor: NDArray[np.int32]) -> Ints:
    mixed = mentee.astype(np.uint64) << np.uint64(32) | mentor.astype(np.uint64)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return np.asarray(mixed >> np.uint64(24), dtype=np.int64) + 1


def _worth(market: Market) -> Table:
    worth = (market.wants @ market.teaches.T).astype(np.float64)
    worth[worth < market.least[:, None]] = 0
    for rule in market.rules:
        worth[~rule.table(slice(None), slice(None))] = 0
    worth[np.divmod(market.apart, market.mentors)] = 0
    return worth


def _table(market: Market) -> Table:
    return _worth(market)[:, np.repeat(np.arange(market.mentors), market.places.capacity)]
