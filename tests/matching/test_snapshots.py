"""Snapshots are canonical, lossless, and enough to solve the round again."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from mentormatch.domain.policies import Policy
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.snapshots import problem_from, record_of, sha256_of, snapshot_of
from mentormatch.matching.solve import solve
from tests.builders.problems import crowd, problem
from tests.matching.strategies import policies, problems


@settings(max_examples=60, deadline=None)
@given(problems(most=6), policies)
def test_a_snapshot_reads_back_to_the_same_problem_and_policy(posed: MatchingProblem, policy: Policy) -> None:
    written = snapshot_of(posed, policy)

    assert problem_from(written) == (posed, policy)
    assert snapshot_of(*problem_from(written)) == written


def test_the_order_of_rows_does_not_change_the_snapshot() -> None:
    people = crowd(6, 4, seed=1)

    assert snapshot_of(problem(*people), Policy()) == snapshot_of(problem(*people[::-1]), Policy())


@pytest.mark.parametrize("policy", [Policy(floor_percent=11), Policy(shared_language=False)])
def test_another_policy_gives_another_hash(policy: Policy) -> None:
    posed = problem(*crowd(6, 4, seed=1))

    assert sha256_of(snapshot_of(posed, policy)) != sha256_of(snapshot_of(posed, Policy()))


def test_another_seed_gives_another_hash() -> None:
    posed = problem(*crowd(6, 4, seed=1))

    assert snapshot_of(replace(posed, seed=1), Policy()) != snapshot_of(posed, Policy())


def test_solving_a_snapshot_again_gives_the_same_record() -> None:
    posed = problem(*crowd(20, 12, seed=2, both=5))
    again, policy = problem_from(snapshot_of(posed, Policy()))

    assert record_of(solve(again, policy)) == record_of(solve(posed, Policy()))


def test_a_snapshot_of_another_version_of_the_model_is_not_solved_as_if_it_were_ours() -> None:
    read = json.loads(snapshot_of(problem(), Policy()))

    with pytest.raises(ValueError, match="version 0"):
        problem_from(json.dumps(read | {"formula": 0}))
