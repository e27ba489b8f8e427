"""Lexicographic optimisation: each tier counts only among the best of the tiers before it, in whole numbers."""

from collections.abc import Sequence

import numpy as np

from mentormatch.matching.assigning import Columns, NotProven, assign, is_exact, prices
from mentormatch.matching.scoring import Mask, Table


def best(tiers: Sequence[Table], permitted: Mask) -> Columns:
    """Assign columns to rows, on permitted cells only, best in the first tier, then in the second, and so on.

    As many tiers as stay exact are folded into one table; the next ones are solved on the cells that the prices of
    the table before leave open to an equally good assignment. Values must not be negative; the last tier's must be
    positive.
    """
    musts = np.zeros(permitted.shape, dtype=np.int64)
    left = list(tiers)
    columns = np.full(permitted.shape[0], -1, dtype=np.intp)
    while left:
        values, folded = _fold(musts, left)
        left = left[folded:]
        values = np.where(permitted, values, 0)
        columns = assign(values)
        row_price, column_price = prices(values, columns)
        permitted = permitted & (values == row_price[:, None] + column_price)
        # Whoever has a price is assigned in every best assignment, and must stay so.
        musts = (row_price > 0).astype(np.int64)[:, None] + (column_price > 0)
    return columns


def _fold(musts: Table, tiers: Sequence[Table]) -> tuple[Table, int]:
    """Fold the leading tiers, after the musts, into one table, as many as stay exact; tell how many these were."""
    values, count = musts, 0
    for tier in tiers:
        scale = min(tier.shape) * _highest(tier) + 1
        if not is_exact(tier.shape, _highest(values) * scale + _highest(tier)):
            break
        values, count = values * scale + tier, count + 1
    if not count:
        raise NotProven("one tier alone is too large to be added exactly")
    return values, count


def _highest(values: Table) -> int:
    return int(values.max(initial=0))
