"""The exact core: the best assignment of a table of whole numbers, proved by whole-number prices."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from mentormatch.matching.scoring import Table

Columns = NDArray[np.intp]
"""For each row the column assigned to it, or -1."""

EXACT = 2**53
"""Up to here floating point, in which scipy computes, tells neighbouring whole numbers apart."""


class NotProven(ArithmeticError):
    """An assignment could not be proved the best; this is a fault of the program, never of the input."""


def is_exact(shape: tuple[int, ...], highest: int) -> bool:
    """Tell whether values up to `highest` in a table of this shape keep every sum on the way exact."""
    return (min(shape, default=0) + 1) * highest < EXACT


def assign(values: Table) -> Columns:
    """Assign columns to rows so that the sum of values is greatest; a value of 0 means: stays unassigned.

    Values must not be negative. Leaving every row a way out at value 0 makes any table solvable.
    """
    columns = np.full(values.shape[0], -1, dtype=np.intp)
    if not values.size:
        return columns
    if not is_exact(values.shape, int(values.max())):
        raise NotProven("the values are too large to be added exactly")
    rows, chosen = linear_sum_assignment(values, maximize=True)
    columns[rows] = np.where(values[rows, chosen] > 0, chosen, -1)
    return columns


def prices(values: Table, columns: Columns) -> tuple[Table, Table]:
    """Give whole-number prices of rows and columns that prove the assignment the best; raise NotProven if none do.

    No price is negative, every value is at most its row's plus its column's price, with equality where assigned, and
    what is unassigned has price 0. So no other assignment is worth more, and every equally good one uses only cells
    of equality and leaves nothing with a price unassigned.
    """
    assigned = np.flatnonzero(columns >= 0)
    worth = np.zeros(len(columns), dtype=np.int64)
    worth[assigned] = values[assigned, columns[assigned]]
    row_of = np.full(values.shape[1], -1, dtype=np.intp)
    row_of[columns[assigned]] = assigned
    price = np.zeros(values.shape[1], dtype=np.int64)
    rows = np.arange(len(columns))
    while rows.size and values.shape[1]:
        # What a row keeps for itself at today's prices; a column that would give it more must cost more.
        keeps = worth[rows] - np.where(columns[rows] >= 0, price[columns[rows]], 0)
        asked = (values[rows] - keeps[:, None]).max(axis=0)
        rising = np.flatnonzero(asked > price)
        price[rising] = asked[rising]
        rows = row_of[rising]
        if (rows < 0).any() or (price[rising] > worth[rows]).any():
            raise NotProven("a better assignment exists")
    keeps = worth - np.where(columns >= 0, price[columns], 0) if len(price) else worth
    return keeps, price
