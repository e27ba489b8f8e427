"""How few pairs are looked at on the way changes nothing about the answer."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentormatch.domain.policies import Policy
from mentormatch.matching.core.setting_out import Tuning
from mentormatch.matching.laying_out import floor_of
from mentormatch.matching.pairing_up import chosen_pairs, plain_pairs
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.sides import sides_of
from tests.builders.problems import crowd
from tests.matching.strategies import policies, problems
from tests.matching.test_branching import twins

pytestmark = pytest.mark.slow

STARVED = Tuning(whole=0, dense=3, shrink=2, pooled=2, core=1, fewest=1)


def never() -> None:
    """Never call anything off."""


def assert_same(posed: MatchingProblem, policy: Policy) -> None:
    sides = sides_of(posed, policy)
    if any(coverage < 1 for coverage in sides.coverage_of(posed.locks).values()):
        return
    usual, starved = floor_of(posed, policy, sides), floor_of(posed, policy, sides, STARVED)

    settled, again = (chosen_pairs(floor, posed.under_review, never) for floor in (usual, starved))

    assert (again.pairs, again.searched.is_proven) == (settled.pairs, settled.searched.is_proven)
    assert plain_pairs(again, never).pairs == plain_pairs(settled, never).pairs


@settings(max_examples=200, deadline=None)
@given(problems(most=8), policies)
def test_small_rounds_of_every_kind_are_paired_alike(posed: MatchingProblem, policy: Policy) -> None:
    assert_same(posed, policy)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 40), st.integers(0, 40), st.integers(0, 15), policies)
def test_crowds_are_paired_alike(seed: int, seekers: int, teachers: int, both: int, policy: Policy) -> None:
    assert_same(MatchingProblem.of(crowd(seekers, teachers, seed, both), seed=seed), policy)


@pytest.mark.parametrize(("pairs", "block", "seed"), [(3, 1, 3), (4, 1, 6), (5, 4, 3)])
def test_people_made_for_each_other_are_paired_alike(pairs: int, block: int, seed: int) -> None:
    assert_same(MatchingProblem.of(twins(pairs, seed, block), seed=seed), Policy(mentorships_required={}))
