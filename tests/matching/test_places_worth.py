"""What a place is worth is the difference of two rounds solved afresh, or says that it is only a bound."""

import pytest
from hypothesis import given

from mentormatch.domain.policies import Policy
from mentormatch.matching import ground as grounds
from mentormatch.matching.explanation import PlaceValue
from mentormatch.matching.ground import ground_of
from mentormatch.matching.places_worth import places_worth
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.solution import MatchingSolution
from mentormatch.matching.solve import solve
from mentormatch.matching.worth import Worth
from tests.builders.problems import gold, levels, problem, seeker, silver, teacher
from tests.matching.explaining_rounds import (
    EVERYTHING,
    comes_to,
    everyone,
    large,
    one_sided,
    trials_of,
    with_capacity,
)
from tests.matching.properties.effort import some
from tests.matching.strategies import policies, problems, solved

pytestmark = pytest.mark.slow


def values(posed: MatchingProblem, policy: Policy, solution: MatchingSolution, solves: int) -> list[PlaceValue]:
    ground, trials = ground_of(posed, policy, solution), trials_of(posed, policy, solution, solves)
    return list(places_worth(ground, trials, everyone(posed)))


def check(posed: MatchingProblem, policy: Policy, found: PlaceValue, best: Worth) -> None:
    if found.gain is not None:
        gained = comes_to(with_capacity(posed, found.mentor_id, 1), policy) - best
        assert (found.gain.worth == gained) if found.gain.is_exact else (found.gain.worth >= gained)
    if found.loss is not None:
        lost = best - comes_to(with_capacity(posed, found.mentor_id, -1), policy)
        assert (found.loss.worth == lost) if found.loss.is_exact else (found.loss.worth <= lost)


@some
@given(problems(most=8), policies)
def test_a_place_is_worth_the_difference_of_two_solutions_or_a_bound_of_it(
    posed: MatchingProblem, policy: Policy
) -> None:
    solution = solved(posed, policy)
    best = comes_to(posed, policy)

    for found in values(posed, policy, solution, 0):
        check(posed, policy, found, best)


@some
@given(problems(most=7), policies)
def test_with_enough_solving_every_value_is_exact(posed: MatchingProblem, policy: Policy) -> None:
    solution = solved(posed, policy)
    best = comes_to(posed, policy)

    for found in values(posed, policy, solution, EVERYTHING):
        assert all(value.is_exact for value in (found.gain, found.loss) if value)
        check(posed, policy, found, best)


@pytest.mark.parametrize("seed", range(2))
def test_in_a_larger_round_most_values_are_exact_without_solving(seed: int) -> None:
    posed = large(seed)

    found = values(posed, Policy(), solve(posed, Policy()), 0)

    exact = [value.is_exact for each in found for value in (each.gain, each.loss) if value]
    assert sum(exact) > 0.8 * len(exact)
    for each in found[::5]:
        check(posed, Policy(), each, comes_to(posed, Policy()))


@pytest.mark.parametrize("seed", range(3))
def test_where_nobody_is_on_both_sides_every_value_is_exact_without_solving(seed: int) -> None:
    posed = one_sided(seed)

    found = values(posed, Policy(), solve(posed, Policy()), 0)

    assert all(value.is_exact for each in found for value in (each.gain, each.loss) if value)
    best = comes_to(posed, Policy())
    for each in found:
        check(posed, Policy(), each, best)


@pytest.mark.parametrize("limit", [1, 30])
def test_on_narrow_ground_what_is_told_is_still_a_bound(monkeypatch: pytest.MonkeyPatch, limit: int) -> None:
    posed = one_sided(3)
    solution = solve(posed, Policy())
    monkeypatch.setattr(grounds, "MOST_LISTED", 0)

    ground = ground_of(posed, Policy(), solution, limit=limit)

    for each in places_worth(ground, trials_of(posed, Policy(), solution), everyone(posed)):
        check(posed, Policy(), each, comes_to(posed, Policy()))


def test_one_more_place_where_somebody_waits_gains_what_it_closes() -> None:
    posed = problem(teacher("t"), seeker("x", targets=levels(4)), seeker("y"))

    [found] = values(posed, Policy(), solve(posed, Policy()), 0)

    assert found.gain is not None
    assert found.gain.worth == Worth(points=2000)
    assert found.loss is not None
    assert found.loss.worth == Worth(points=3000)


def test_a_candidate_may_need_the_place_that_comes_on_top() -> None:
    posed = problem(gold("g", capacity=1), seeker("x"), seeker("y"))

    [found] = values(posed, Policy(), solve(posed, Policy()), 0)

    assert found.gain is not None
    assert found.gain.worth == Worth(further_places=1, points=2000)


def test_who_has_the_most_places_cannot_have_more_and_a_locked_place_cannot_go() -> None:
    posed = problem(teacher("t", capacity=5), silver("s"), seeker("x"), seeker("y"), locks=[("s", "x")])

    found = {each.mentor_id: each for each in values(posed, Policy(), solve(posed, Policy()), 0)}

    assert found["t"].gain is None
    assert found["s"].loss is None
