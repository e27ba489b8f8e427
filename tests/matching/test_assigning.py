"""Assignments that are proved by their prices."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from mentormatch.matching.assigning import EXACT, NotProven, assign, prices
from mentormatch.matching.scoring import Table

tables = arrays(np.int64, array_shapes(min_dims=2, max_dims=2, max_side=7), elements=st.integers(0, 6))


@settings(max_examples=200, deadline=None)
@given(tables)
def test_prices_cover_every_value_and_add_up_to_the_assignment(values: Table) -> None:
    columns = assign(values)

    row_price, column_price = prices(values, columns)

    rows = np.flatnonzero(columns >= 0)
    assert (row_price[:, None] + column_price >= values).all()
    assert row_price.sum() + column_price.sum() == values[rows, columns[rows]].sum()
    assert min(row_price.min(), column_price.min()) >= 0


@pytest.mark.parametrize("columns", [[0, 1], [1, -1], [-1, -1]])
def test_a_worse_assignment_cannot_be_priced(columns: list[int]) -> None:
    with pytest.raises(NotProven):
        prices(np.array([[1, 5], [5, 1]]), np.array(columns))


def test_values_that_cannot_be_added_exactly_are_refused() -> None:
    with pytest.raises(NotProven):
        assign(np.full((2, 2), EXACT // 2))


@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (3, 0)])
def test_an_empty_table_assigns_nobody(shape: tuple[int, int]) -> None:
    values = np.zeros(shape, dtype=np.int64)

    columns = assign(values)

    assert list(columns) == [-1] * shape[0]
    assert [len(price) for price in prices(values, columns)] == list(shape)
