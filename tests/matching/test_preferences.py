"""Points of preference: small whole numbers that decide between eligible pairs and never make one eligible."""

from dataclasses import replace
from types import MappingProxyType
from typing import Final

import pytest
from hypothesis import given

from mentormatch.domain.competencies import Competency
from mentormatch.domain.pairings import Preference
from mentormatch.domain.policies import Objective, Policy
from mentormatch.domain.positions import Position
from mentormatch.domain.working_hours import common_hours
from mentormatch.matching.checking import violations
from mentormatch.matching.core.tiles import BAND
from mentormatch.matching.people import Pair
from mentormatch.matching.preferences import Points
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.proof import doubts
from mentormatch.matching.sides import sides_of
from mentormatch.matching.solve import solve
from tests.builders.problems import crowd, levels, problem, scattered, seeker, teacher
from tests.matching.exhaustive import best_worth, worth_of
from tests.matching.properties.effort import some
from tests.matching.strategies import policies, problems, solved

ONE_WEIGHT: Final = MappingProxyType({c: 1000 * (c is Competency.FLOW_PULL) for c in Competency})
EXTREME: Final = Policy(
    wish_points=1000,
    common_hour_points=100,
    waiting_points=1000,
    weights=MappingProxyType(dict.fromkeys(Position, ONE_WEIGHT)),
)
"""Every weight and every point as high as it goes."""
NARROW: Final = levels(0, strategic_orientation=4)
"""Teaches too little of a seeker's gap for the usual floor."""


def pairs_of(posed: MatchingProblem, policy: Policy) -> set[Pair]:
    return {(p.mentor_id, p.mentee_id) for p in solve(posed, policy).pairings}


@some
@given(problems(most=8), policies)
def test_a_score_is_the_coverage_and_every_preference_counted_by_hand(posed: MatchingProblem, policy: Policy) -> None:
    people = {person.id: person for person in posed.people}
    for pairing in solved(posed, policy).pairings:
        mentor, mentee = people[pairing.mentor_id], people[pairing.mentee_id]
        wish = policy.wish_points if (mentor.id, mentee.id) in posed.wishes else 0
        hours = policy.common_hour_points * common_hours(mentor.working_day, mentee.working_day)
        waiting = policy.waiting_points * min(5, mentee.rounds_waited)
        assert pairing.score == pairing.coverage + wish + hours + waiting
        assert sum(found.points for found in pairing.preferences) == wish + hours + waiting


def test_a_pair_tells_its_points_by_kind() -> None:
    mentee = seeker("y", rounds_waited=2, working_day=120)
    posed = problem(mentee, teacher("m"), wishes=[("m", "y")])

    [pairing] = solve(posed, Policy(common_hour_points=3)).pairings

    kinds = (Preference.WISH, 50), (Preference.COMMON_HOURS, 18), (Preference.WAITING, 80)
    assert pairing.preferences == tuple(Points(*kind) for kind in kinds)


@pytest.mark.parametrize("wishes", [{("m", "x")}, {("m", "y")}])
def test_a_wish_decides_between_equals(wishes: set[Pair]) -> None:
    assert pairs_of(problem(seeker("x"), seeker("y"), teacher("m"), wishes=wishes), Policy()) == wishes


@pytest.mark.parametrize("seed", range(6))
def test_of_two_equals_the_one_who_was_left_out_before_gets_the_mentor(seed: int) -> None:
    posed = problem(seeker("x"), seeker("y", rounds_waited=1), teacher("m"), seed=seed)

    assert pairs_of(posed, Policy()) == {("m", "y")}


@pytest.mark.parametrize("seed", range(6))
def test_of_two_equals_the_one_with_more_hours_in_common_is_taken(seed: int) -> None:
    people = seeker("x", working_day=23 * 60), teacher("near", working_day=60), teacher("far", working_day=3 * 60)

    assert pairs_of(problem(*people, seed=seed), Policy(common_hour_points=1)) == {("near", "x")}


def test_more_than_five_rounds_of_waiting_count_as_five() -> None:
    score = {n: solve(problem(seeker("y", rounds_waited=n), teacher("m")), Policy()).totals for n in (0, 4, 5, 6, 1000)}

    assert [found.total_score - score[0].total_score for found in score.values()] == [0, 160, 200, 200, 200]
    assert {found.total_coverage for found in score.values()} == {score[0].total_score}


def test_a_policy_without_points_gives_none() -> None:
    people = scattered(crowd(20, 12, seed=2, both=5), seed=2)
    posed = problem(*people, wishes=[(a.id, b.id) for a in people for b in people[:9]])

    totals = solve(posed, Policy(wish_points=0, waiting_points=0)).totals

    assert totals.total_score == totals.total_coverage


@pytest.mark.parametrize("objective", Objective)
def test_no_points_lift_a_pair_above_the_floor(objective: Objective) -> None:
    mentee = seeker("y", rounds_waited=5)
    posed = problem(mentee, teacher("m", levels=NARROW), wishes=[("m", "y")])
    policy = replace(EXTREME, objective=objective, weights=Policy().weights)

    solution = solve(posed, policy)

    assert (solution.pairings, solution.totals.eligible_pairs) == ((), 0)


def test_among_many_no_points_lift_a_pair_above_the_floor() -> None:
    people = scattered(crowd(120, 60, seed=4, both=30), seed=4)
    posed = problem(*people, wishes=[(a.id, b.id) for a in people[::3] for b in people[::7]])
    policy = Policy(floor_percent=60, wish_points=1000, common_hour_points=100, waiting_points=1000)

    solution = solve(posed, policy)

    assert violations(posed, policy, solution) == ()
    assert min(p.coverage * 100 // p.gap_points for p in solution.pairings) >= 60


def test_points_are_exact_where_all_are_at_their_highest() -> None:
    people = [
        replace(person, levels=levels(4 * (at % 2)), targets=levels(4), rounds_waited=at % 7)
        for at, person in enumerate(scattered(crowd(40, 30, seed=5, both=40), seed=5))
    ]
    posed = problem(*people, wishes=[(a.id, b.id) for a in people[::2] for b in people[::5]])

    solution = solve(posed, EXTREME)

    assert solution.certificate is not None
    assert violations(posed, EXTREME, solution) == ()
    assert doubts(posed, EXTREME, frozenset(pairs_of(posed, EXTREME)), solution.certificate) == ()


def test_the_highest_score_leaves_room_for_prices_in_32_bit_floating_point() -> None:
    novice = seeker("y", levels=levels(0), targets=levels(4), rounds_waited=9)
    market = sides_of(problem(novice, teacher("m"), wishes=[("m", "y")]), EXTREME).whole_market()

    assert market.highest() == 4 * 1000 + 8 * 100 + 5 * 1000 + 1000
    assert market.highest() + 2 * BAND < 2**24


@pytest.mark.parametrize("seed", range(4))
def test_wishes_between_people_who_could_mentor_each_other_are_settled_exactly(seed: int) -> None:
    people = scattered(crowd(0, 0, seed, both=6), seed)
    posed = problem(*people, wishes=[(a.id, b.id) for a in people for b in people if a is not b], seed=seed)
    policy = Policy(wish_points=1000, waiting_points=1000, shared_language=False)

    assert worth_of(posed, policy, solve(posed, policy)) == best_worth(posed, policy)


def test_a_wish_that_a_rule_forbids_is_not_granted() -> None:
    posed = problem(seeker("y"), teacher("m"), wishes=[("m", "y")], bars=[("m", "y")])

    assert pairs_of(posed, EXTREME) == set()


def test_a_certificate_for_a_round_without_its_wishes_is_doubted() -> None:
    people = crowd(20, 12, seed=2)
    plain = problem(*people)
    taken = pairs_of(plain, Policy())
    other = next((a.id, b.id) for a in people[20:] for b in people[:20] if (a.id, b.id) not in taken)
    solution, wished = solve(plain, Policy()), replace(plain, wishes=frozenset({other, *taken}))

    assert solution.certificate is not None
    assert "and the prices to" in doubts(wished, Policy(), frozenset(taken), solution.certificate)[-1]
