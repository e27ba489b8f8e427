"""Snapshots are canonical, lossless, and enough to solve the round again."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from mentormatch.domain.policies import Policy
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.snapshots import formula_of, problem_from, record_of, sha256_of, snapshot_of
from mentormatch.matching.solve import solve
from tests.builders.problems import crowd, problem, scattered
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


@pytest.mark.parametrize("policy", [Policy(floor_percent=11), Policy(wish_points=51), Policy(other_site_only=True)])
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


def as_version_1(written: str) -> str:
    """Leave out of a snapshot what version 1 of the model did not know of."""
    read = json.loads(written)
    for name in ("minimum_common_hours", "other_site_only", "wish_points", "common_hour_points", "waiting_points"):
        del read["policy"][name]
    for person in read["problem"]["people"]:
        del person["site"], person["working_day"], person["rounds_waited"]
    del read["problem"]["wishes"]
    return json.dumps(read | {"formula": 1})


def test_a_snapshot_from_before_preferences_is_solved_without_them() -> None:
    people = scattered(crowd(20, 12, seed=2, both=5), seed=3)
    posed = problem(*people, wishes=[("p25", "p1"), ("p26", "p2")])

    read, policy = problem_from(as_version_1(snapshot_of(posed, Policy())))

    assert {p.coverage == p.score for p in solve(read, policy).pairings} == {True}
    assert read == problem(*crowd(20, 12, seed=2, both=5))


def test_the_record_of_a_round_from_before_preferences_keeps_its_form() -> None:
    posed = problem(*crowd(6, 4, seed=1))
    solution = solve(posed, Policy())

    before, now = (json.loads(record_of(solution, formula)) for formula in (1, 2))

    assert before["totals"] == {name: n for name, n in now["totals"].items() if name != "total_coverage"}
    assert (before["formula"], before["pairings"]) == (1, now["pairings"])


def test_a_snapshot_says_which_version_of_the_model_it_follows() -> None:
    assert formula_of(snapshot_of(problem(), Policy())) == 2
