"""Solvers of the same market: the sparse core, one look at all pairs, and what else is installed."""

import sys
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linear_sum_assignment, milp
from scipy.sparse import coo_array, vstack

from mentormatch.matching.core.market import Market
from mentormatch.matching.core.pricing import allowed_pairs
from tests.bench.families import Measured
from tests.bench.solving import lots, never, solved

Table = NDArray[np.float64]

_DROPPED: Final = 16


def sparse_core(measured: Measured) -> int:
    """Solve and certify, lots included and without anyone mentoring their own mentor."""
    mentor_of = solved(measured).choice.mentor_of
    mentee = np.flatnonzero(mentor_of >= 0)
    return int(measured.market.score(mentee, mentor_of[mentee]).sum())


def one_look(measured: Measured) -> int:
    """Count the allowed pairs: one pass over all of them in tiles."""
    return allowed_pairs(measured.market, never)


def dense_scipy(measured: Measured) -> int:
    """Solve the whole table, a column per place."""
    table = _table(measured.market)
    rows, columns = linear_sum_assignment(table, maximize=True)
    return int(table[rows, columns].sum())


def dense_proven(measured: Measured) -> int:
    """Solve the whole table, find the prices that prove it, check them, and settle by lots what they leave open.

    This is the core's task, but for loops, in the plainest way that scipy offers.
    """
    table = _table(measured.market)
    rows, columns = linear_sum_assignment(table, maximize=True)
    paired = table[rows, columns] > 0
    rows, columns = rows[paired], columns[paired]
    gain = table[rows] - table[rows, columns][:, None]
    price, before = np.delete(table, rows, axis=0).max(axis=0, initial=0), np.full(table.shape[1], -1.0)
    while (price > before).any():
        before, price = price, np.maximum(price, (price[columns][:, None] + gain).max(axis=0, initial=0))
    asked = (table - price).max(axis=1, initial=0)
    slack = asked[:, None] + price - table
    found = int(table[rows, columns].sum())
    # No pair exceeds these prices, as mentees ask for all that is left them; so the sum is the proof.
    assert asked.sum() + price.sum() == found
    mentor = np.repeat(np.arange(measured.market.mentors), measured.market.places.capacity)
    # So few bits that all lots together and what stands above them, that who has a price be paired, are exact.
    drawn = lots(np.arange(len(table))[:, None], mentor[None, :]) >> _DROPPED
    drawn += (int(drawn.max(initial=0)) * len(table) + 1) * ((asked > 0)[:, None].astype(np.int64) + (price > 0))
    rows, columns = linear_sum_assignment(np.where((slack == 0) & (table > 0), drawn, 0), maximize=True)
    return int(table[rows, columns].sum())


def lapx(measured: Measured) -> int:
    """Solve the whole table with lapx."""
    from lap import lapjv

    table = _table(measured.market)
    _, columns, _ = lapjv(-table, extend_cost=True)
    rows = np.flatnonzero(columns >= 0)
    return int(table[rows, columns[rows]].sum())


def ortools_assignment(measured: Measured) -> int:
    """Solve with OR-tools' cost-scaling assignment on a square table in which who has no partner shares a cell of 0."""
    from ortools.graph.python import linear_sum_assignment as lsa

    table = _table(measured.market)
    size = max(table.shape)
    cost = np.zeros((size, size), dtype=np.int64)
    cost[: table.shape[0], : table.shape[1]] = -table
    solver: Any = lsa.SimpleLinearSumAssignment()
    solver.add_arcs_with_cost(np.repeat(np.arange(size), size), np.tile(np.arange(size), size), cost.ravel())
    assert solver.solve() == solver.OPTIMAL
    return -int(solver.optimal_cost())


def ortools_flow(measured: Measured) -> int:
    """Solve with OR-tools' min-cost flow, capacities as they are."""
    from ortools.graph.python import min_cost_flow

    market, worth = measured.market, _worth(measured.market)
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


def highs(measured: Measured) -> int:
    """Solve as a linear programme with HiGHS."""
    market, worth = measured.market, _worth(measured.market)
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


class _Numbered(Protocol):
    profession: int


class _Offer(Protocol):
    mentee: _Numbered
    mentor: _Numbered


def mentor_match(measured: Measured) -> int:
    """Solve with the package mentor-match, its rules swapped for the score of the pair.

    A rule of its own may be any object with `apply`; a mentor of several places is entered several times, as the
    package gives everybody one partner per run. It works in plain Python, which keeps it to small rounds.
    """
    from matching.mentee import Mentee
    from matching.mentor import Mentor
    from matching.process import process_data

    table = _table(measured.market)

    class Score:
        def apply(self, match_object: _Offer) -> int:
            return int(table[match_object.mentee.profession, match_object.mentor.profession])

        def evaluate(self, match_object: _Offer) -> bool:
            return self.apply(match_object) > 0

    mentees = [Mentee(grade=0, email=f"mentee {at}", profession=at) for at in range(table.shape[0])]
    mentors = [Mentor(grade=0, email=f"mentor {at}", profession=at) for at in range(table.shape[1])]
    _, paired = process_data(mentors, mentees, [[Score()]])
    return sum(int(table[person.profession, mentor.profession]) for person in paired for mentor in person.mentors)


CONTENDERS: Final[dict[str, tuple[Callable[[Measured], int], int]]] = {
    "core": (sparse_core, sys.maxsize),
    "one look": (one_look, sys.maxsize),
    "dense scipy": (dense_scipy, 10_000),
    "dense scipy, proven": (dense_proven, 10_000),
    "lapx": (lapx, 5_000),
    "or-tools assignment": (ortools_assignment, 10_000),
    "or-tools flow": (ortools_flow, 10_000),
    "highs": (highs, 500),
    "mentor-match": (mentor_match, 200),
}
"""Every contender with the number of mentees up to which it is asked."""

_NEEDS: Final = {
    "lapx": "lap",
    "or-tools assignment": "ortools",
    "or-tools flow": "ortools",
    "mentor-match": "matching",
}


def is_installed(name: str) -> bool:
    """Tell whether a contender can be run here."""
    return name not in _NEEDS or find_spec(_NEEDS[name]) is not None


def _worth(market: Market) -> Table:
    worth = (market.wants @ market.teaches.T).astype(np.float64)
    worth[worth < market.least[:, None]] = 0
    for rule in market.rules:
        worth[~rule.table(slice(None), slice(None))] = 0
    worth[np.divmod(market.apart, market.mentors)] = 0
    return worth


def _table(market: Market) -> Table:
    return _worth(market)[:, np.repeat(np.arange(market.mentors), market.places.capacity)]
