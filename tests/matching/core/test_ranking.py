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

    marked = best_of_each(groups, slack, 6, each)

    for group in range(6):
        own = groups == group
        chosen, others = sorted(slack[own & marked]), sorted(slack[own & ~marked])
        assert len(chosen) == min(each, np.count_nonzero(own))
        assert not chosen or not others or chosen[-1] <= others[0]


def test_mentees_whose_pairs_are_all_alike_are_not_all_given_the_same_mentors() -> None:
    mentees, mentors = 100, 50
    groups = np.repeat(np.arange(mentees, dtype=np.int32), mentors)

    marked = best_of_each(groups, np.zeros(len(groups), dtype=np.int64), mentees, 4)

    by_mentor = marked.reshape(mentees, mentors).sum(axis=0)
    assert by_mentor.min() > 0
    assert by_mentor.max() < mentees // 4
