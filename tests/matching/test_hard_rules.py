"""Hard rules keep people apart whatever a pair would be worth; only a lock overrides them."""

import pytest

from mentormatch.domain.policies import Policy
from mentormatch.matching.checking import hours_together, violations
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.solve import solve
from tests.builders.problems import crowd, problem, scattered, seeker, teacher

ELSEWHERE = Policy(other_site_only=True)


def is_paired(posed: MatchingProblem, policy: Policy) -> bool:
    solution = solve(posed, policy)
    assert solution.totals.eligible_pairs == len(solution.pairings) or posed.locks
    return bool(solution.pairings)


@pytest.mark.parametrize(("asked", "paired"), [(0, True), (5, True), (6, False), (8, False)])
def test_a_pair_has_at_least_the_hours_that_are_asked_for(asked: int, paired: bool) -> None:  # noqa: FBT001 -- a case
    posed = problem(seeker("y", working_day=23 * 60), teacher("m", working_day=2 * 60 - 1))

    assert is_paired(posed, Policy(minimum_common_hours=asked)) is paired


@pytest.mark.parametrize(("site", "paired"), [("s1", False), ("s2", True)])
def test_a_pair_is_of_two_sites_where_that_is_asked_for(site: str, paired: bool) -> None:  # noqa: FBT001 -- a case
    posed = problem(seeker("y", site="s1"), teacher("m", site=site))

    assert is_paired(posed, ELSEWHERE) is paired
    assert is_paired(posed, Policy())


@pytest.mark.parametrize("policy", [ELSEWHERE, Policy(minimum_common_hours=8)])
def test_a_lock_overrides_sites_and_hours(policy: Policy) -> None:
    posed = problem(seeker("y"), teacher("m", working_day=720), locks=[("m", "y")])

    assert is_paired(posed, policy)
    assert violations(posed, policy, solve(posed, policy)) == ()


@pytest.mark.parametrize("seed", range(3))
def test_in_a_crowd_every_pair_keeps_all_rules(seed: int) -> None:
    posed = problem(*scattered(crowd(60, 40, seed, both=20), seed), seed=seed)
    policy = Policy(minimum_common_hours=4, other_site_only=True)
    people = {person.id: person for person in posed.people}

    solution = solve(posed, policy)
    both = [(people[p.mentor_id], people[p.mentee_id]) for p in solution.pairings]

    assert both
    assert min(hours_together(*pair) for pair in both) >= 4
    assert all(mentor.site != mentee.site for mentor, mentee in both)


def test_everybody_at_a_site_of_their_own_takes_no_table_of_sites() -> None:
    posed = problem(*(teacher(f"m{n}", site=f"s{n}") for n in range(30)), seeker("y", site="s7"))

    assert solve(posed, ELSEWHERE).totals.eligible_pairs == 29
