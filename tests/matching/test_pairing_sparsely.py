"""The sparse core chooses the very pairs that the tables of small rounds give."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import mentormatch.matching.solve as solving
from mentormatch.domain.errors import LocksContradict
from mentormatch.domain.policies import Policy
from mentormatch.matching.core.columns import TUNING, Tuning
from mentormatch.matching.pairing_sparsely import chosen_sparsely, floor_of, plain_sparsely
from mentormatch.matching.pairing_up import board_of, chosen_pairs, plain_pairs
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.scoring import pair_table
from mentormatch.matching.sides import sides_of
from mentormatch.matching.solve import solve
from tests.builders.problems import crowd
from tests.matching.strategies import policies, problems
from tests.matching.test_mutual import twins

STARVED = Tuning(dense=3, shrink=2, pooled=2, core=1, fewest=1)
tunings = st.sampled_from([TUNING, STARVED])


def never() -> None:
    """Never call anything off."""


def assert_same(posed: MatchingProblem, policy: Policy, tuning: Tuning) -> None:
    table = pair_table(posed, policy)
    if (table.mask_of(posed.locks) & (table.coverage < 1)).any():
        return
    board, floor = board_of(posed, policy, table), floor_of(posed, policy, sides_of(posed, policy), tuning)

    dense = chosen_pairs(board, posed.seed, posed.under_review, never)
    sparse = chosen_sparsely(floor, posed.under_review, never)
    plain = plain_pairs(board, posed.seed, dense.pairs, never)

    assert sparse.found == dense
    assert plain_sparsely(floor, sparse, never) == plain


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


@settings(max_examples=150, deadline=None)
@given(problems(most=8), policies)
def test_a_round_solved_without_tables_reads_the_same(posed: MatchingProblem, policy: Policy) -> None:
    with pytest.MonkeyPatch.context() as patched:
        try:
            with_tables = solve(posed, policy)
        except LocksContradict:
            assume(False)  # noqa: FBT003 -- hypothesis' own signature
        patched.setattr(solving, "MOST_CELLS", -1)

        assert solve(posed, policy) == with_tables


@pytest.mark.parametrize(("pairs", "block", "seed"), [(3, 1, 3), (4, 1, 6), (5, 4, 3)])
def test_people_made_for_each_other_are_paired_alike(pairs: int, block: int, seed: int) -> None:
    assert_same(MatchingProblem.of(twins(pairs, seed, block), seed=seed), Policy(mentorships_required={}), TUNING)
