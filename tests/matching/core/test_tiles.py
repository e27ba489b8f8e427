"""Looks at all pairs share the processor's cores among themselves and pass over what cannot matter."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from threadpoolctl import threadpool_info

from mentormatch.matching.core import tiles
from mentormatch.matching.core.market import Prices
from mentormatch.matching.core.tiles import cells_within
from tests.bench.families import measured_round
from tests.bench.solving import solved


class CalledOff(Exception): ...


drifts = st.lists(st.integers(-20, 20), max_size=40).map(lambda numbers: np.array(numbers, dtype=np.int64))


def test_whoever_multiplies_does_so_on_the_own_thread() -> None:
    solved(measured_round("random", 30, 30))

    assert {library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"} == {1}


@given(drifts, drifts, st.integers(-5, 30))
def test_no_pair_that_drifted_far_enough_is_passed_over(mentee: np.ndarray, mentor: np.ndarray, reach: int) -> None:
    exact = int(np.count_nonzero(np.add.outer(mentee, mentor) >= reach))

    found = cells_within(Prices(mentee, mentor), reach)

    assert exact <= found <= len(mentee) * len(mentor)
    assert (found == 0) == (exact == 0)


def test_what_is_little_starts_no_thread_and_stops_where_it_is_called_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(tiles, "ThreadPoolExecutor")
    begun = list[int]()

    def called_off_after_two() -> None:
        if len(begun) == 2:
            raise CalledOff

    with pytest.raises(CalledOff):
        list(tiles.in_threads(begun.append, range(5), called_off_after_two, is_little=True))

    assert begun == [0, 1]
