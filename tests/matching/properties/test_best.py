"""No solution is better: every solution tried where there are few, an integer program where there are many."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentormatch.domain.policies import Objective, Policy
from mentormatch.matching.checking import violations
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.solve import solve
from tests.builders.problems import crowd, scattered
from tests.matching.properties import exhausting, integer_program
from tests.matching.properties.effort import few, many
from tests.matching.properties.judging import pairs_of, solved_pairs, solved_worth
from tests.matching.properties.model import TIERS, Model
from tests.matching.properties.rounds import BOTH, Round, policies, rounds

pytestmark = pytest.mark.slow

GREAT = ((300, 120, 0), (200, 60, 0), (60, 60, 30), (0, 0, 60), (60, 100, 20))
"""Who only wants a mentor, who only mentors, who does both."""
MOST_FOR_ALL_TIERS = 8_000
"""In rounds of more pairs the integer program takes minutes for the last tiers."""


@many
@given(rounds(mentees=10, mentors=8))
def test_every_solution_keeps_to_every_rule_and_counts_truly(drawn: Round) -> None:
    posed, policy = drawn
    solution = solve(posed, policy)

    assert Model(posed, policy).is_feasible(pairs_of(solution))
    assert violations(posed, policy, solution) == ()


@many
@given(rounds(mentees=5, mentors=5))
def test_the_pairs_are_those_that_trying_every_solution_finds(drawn: Round) -> None:
    model = Model(*drawn)

    assert solved_pairs(*drawn) == exhausting.best(model)[1]


@many
@given(rounds(mentees=12, mentors=12, roles=BOTH))
def test_where_everyone_mentors_and_is_mentored_no_loop_free_solution_is_better(drawn: Round) -> None:
    found, by_program = solved_worth(*drawn), integer_program.best(Model(*drawn))

    assert found[:-1] == by_program[:-1]
    assert found[-1] >= by_program[-1]


@many
@given(st.integers(0, 18), st.integers(0, 9), st.integers(0, 5), st.integers(0, 10**6), policies())
def test_no_integer_program_finds_a_better_solution_of_a_small_crowd(
    seekers: int, teachers: int, both: int, seed: int, policy: Policy
) -> None:
    posed = MatchingProblem.of(scattered(crowd(seekers, teachers, seed, both), seed), seed=seed)
    found, by_program = solved_worth(posed, policy), integer_program.best(Model(posed, policy))

    assert found[:-1] == by_program[:-1]
    assert found[-1] >= by_program[-1]


@few
@given(st.sampled_from(GREAT), st.integers(0, 10**6), policies())
def test_no_integer_program_finds_a_better_solution_of_a_great_crowd(
    shape: tuple[int, int, int], seed: int, policy: Policy
) -> None:
    posed = MatchingProblem.of(scattered(crowd(*shape[:2], seed, shape[2]), seed), seed=seed)
    model, tiers = Model(posed, policy), TIERS
    if len(model.pairs) > MOST_FOR_ALL_TIERS:
        model, tiers = Model(posed, replace(policy, objective=Objective.COVERAGE)), TIERS - 1
    found, by_program = solved_worth(posed, model.policy), integer_program.best(model, tiers)

    assert found[:-1] == by_program[:-1]
    assert found[-1] >= by_program[-1]
