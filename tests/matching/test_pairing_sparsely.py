"""The sparse core chooses the very pairs that the tables of small rounds give."""

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mentormatch.domain.policies import Policy
from mentormatch.matching.core.columns import TUNING, Tuning
from mentormatch.matching.pairing_sparsely import chosen_sparsely, floor_of, without_candidates
from mentormatch.matching.pairing_up import board_of, chosen_pairs, plain_pairs
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.scoring import pair_table
from mentormatch.matching.sides import sides_of
from tests.builders.problems import crowd
from tests.matching.strategies import policies, problems

STARVED = Tuning(dense=3, shrink=2, pooled=2, core=1, fewest=1)
tunings = st.sampled_from([TUNING, STARVED])


def never() -> None:
    """Never call anything off."""


def assert_same(posed: MatchingProblem, policy: Policy, tuning: Tuning) -> None:
    table = pair_table(posed, policy)
    assume(not (table.mask_of(posed.locks) & (table.coverage < 1)).any())
    board, floor = board_of(posed, policy, table), floor_of(posed, policy, sides_of(posed, policy), tuning)

    dense = chosen_pairs(board, posed.seed, posed.under_review, never)
    sparse = chosen_sparsely(floor, posed.under_review, never)
    plain = plain_pairs(board, posed.seed, dense.pairs, never)

    assert sparse.found == dense
    assert chosen_sparsely(without_candidates(floor), dense.pairs, never).found == plain


@settings(max_examples=300, deadline=None)
@given(problems(most=8), policies, tunings)
def test_small_rounds_of_every_kind_are_paired_alike(posed: MatchingProblem, policy: Policy, tuning: Tuning) -> None:
    assert_same(posed, policy, tuning)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 40), st.integers(0, 40), st.integers(0, 15), policies, tunings)
def test_crowds_are_paired_alike(
    seed: int, seekers: int, teachers: int, both: int, policy: Policy, tuning: Tuning
) -> None:
    assert_same(MatchingProblem.of(crowd(seekers, teachers, seed, both), seed=seed), policy, tuning)
