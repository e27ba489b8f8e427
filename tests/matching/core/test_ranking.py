"""The best few of every group are those that sorting each group by itself would give."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from mentormatch.matching.core.ranking import best_of_each

members = st.lists(st.tuples(st.integers(0, 5), st.integers(-(2**20), 2**20)), max_size=60)


@given(members, st.integers(0, 4))
def test_the_best_of_every_group_are_marked(given_members: list[tuple[int, int]], each: int) -> None:
    groups = np.array([group for group, _ in given_members], dtype=np.int32)
    slack = np.array([value for _, value in given_members], dtype=np.int64)

    marked = set(np.flatnonzero(best_of_each(groups, slack, 6, each)).tolist())

    ranked = [sorted((slack[at], at) for at in np.flatnonzero(groups == group)) for group in range(6)]
    assert marked == {at for group in ranked for _, at in group[:each]}
