"""Policies side by side: each as if it were alone, and who is paired otherwise than under the first."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentormatch.domain.errors import InputRefused
from mentormatch.domain.policies import Objective, Policy
from mentormatch.matching.comparing import MOST_POLICIES, compare
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.solve import solve
from mentormatch.matching.trials import pairs_of
from tests.builders.problems import levels, problem, seeker, silver, teacher
from tests.matching.explaining_rounds import large
from tests.matching.properties.effort import some
from tests.matching.strategies import policies, problems, solved

STRICT = Policy(floor_percent=60)


@some
@given(problems(most=7), st.lists(policies, min_size=1, max_size=MOST_POLICIES))
def test_each_policy_is_solved_as_if_it_were_alone(posed: MatchingProblem, given_: list[Policy]) -> None:
    alone = [solved(posed, policy) for policy in given_]

    assert [outcome.solution for outcome in compare(posed, given_).outcomes] == alone


@some
@given(problems(most=7), policies, policies)
def test_the_difference_turns_the_first_pairs_into_the_others(
    posed: MatchingProblem, one: Policy, other: Policy
) -> None:
    solved(posed, one), solved(posed, other)

    first, second = compare(posed, [one, other]).outcomes

    gained, lost = set(second.difference.pairs_gained), set(second.difference.pairs_lost)
    assert pairs_of(first.solution) - lost | gained == pairs_of(second.solution)
    assert set(second.difference.people) == {person for pair in gained | lost for person in pair}
    assert first.difference.people == ()


def test_shares_and_load_are_counted_from_the_pairings() -> None:
    posed = large(0)

    [outcome] = compare(posed, [Policy()]).outcomes

    shares = sorted(Fraction(each.coverage, each.gap_points) for each in outcome.solution.pairings)
    assert outcome.lowest is not None
    assert outcome.median is not None
    assert Fraction(outcome.lowest.coverage, outcome.lowest.gap_points) == shares[0]
    assert Fraction(outcome.median.coverage, outcome.median.gap_points) == shares[(len(shares) - 1) // 2]
    assert sum(outcome.load) == outcome.solution.totals.mentors
    assert sum(number * mentors for number, mentors in enumerate(outcome.load)) == len(outcome.solution.pairings)


def test_a_stricter_floor_shows_whom_it_leaves_out() -> None:
    posed = problem(teacher("t"), silver("s", levels=levels(0, flow_pull=4)), seeker("x"), seeker("y"))

    first, second = compare(posed, [Policy(floor_percent=0), STRICT]).outcomes

    assert (first.load, second.load) == ((0, 2), (1, 1))
    assert [pair[0] for pair in second.difference.pairs_lost if pair[0] == "s"] == ["s"]


def test_a_round_without_pairs_has_no_shares() -> None:
    [outcome] = compare(problem(seeker("x")), [Policy()]).outcomes

    assert (outcome.lowest, outcome.median, outcome.load) == (None, None, (0,))


@pytest.mark.parametrize("number", [0, MOST_POLICIES + 1])
def test_no_policy_or_too_many_are_refused(number: int) -> None:
    with pytest.raises(InputRefused):
        compare(problem(seeker("x")), [Policy(objective=Objective.COVERAGE)] * number)


def test_an_outcome_tells_whether_it_is_proved() -> None:
    posed = large(1)

    assert compare(posed, [Policy()]).outcomes[0].solution.is_proven == solve(posed, Policy()).is_proven
