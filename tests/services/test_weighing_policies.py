"""What each rule of a policy costs: every figure is the difference of two rounds solved anew."""

from dataclasses import replace
from typing import Any, Final

import pytest

from mentormatch.domain.policies import Objective, Policy
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.solve import solve
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.repositories.programmes import inputs_moved
from mentormatch.services.bundle import Services
from mentormatch.services.posing_policies import PosingPolicies
from mentormatch.services.weighing_policies import PolicyRule, WeighingPolicies, costs_of
from mentormatch.services.working_out import Standing, WorkingOut
from tests.builders.people import mentee, mentor
from tests.builders.problems import crowd, scattered
from tests.builders.programmes import add_participant, add_programme
from tests.builders.settings import settings
from tests.installations import StandingClock

STRICT: Final = Policy(
    floor_percent=40, minimum_common_hours=3, other_site_only=True, common_hour_points=20, waiting_points=500
)
WITHOUT: Final[dict[PolicyRule, dict[str, Any]]] = {
    PolicyRule.OBJECTIVE: {},
    PolicyRule.FLOOR: {"floor_percent": 0},
    PolicyRule.SHARED_LANGUAGE: {"shared_language": False},
    PolicyRule.COMMON_HOURS: {"minimum_common_hours": 0},
    PolicyRule.OTHER_SITE: {"other_site_only": False},
    PolicyRule.EARLIER_PAIRINGS: {"allow_earlier_pairings": True},
    PolicyRule.WISHES: {"wish_points": 0},
    PolicyRule.COMMON_HOUR_POINTS: {"common_hour_points": 0},
    PolicyRule.WAITING: {"waiting_points": 0},
}


def drawn(seed: int) -> MatchingProblem:
    people = scattered(crowd(14, 7, seed, both=4), seed)
    return MatchingProblem.of(people, earlier_pairings=[("p14", "p0"), ("p15", "p1")], wishes=[("p16", "p2")])


def test_every_rule_that_is_set_has_its_cost_and_no_other() -> None:
    found = [cost.rule for cost in costs_of(drawn(1), Policy(shared_language=False)).costs]

    assert found == [
        *(PolicyRule.OBJECTIVE, PolicyRule.FLOOR, PolicyRule.EARLIER_PAIRINGS, PolicyRule.WISHES, PolicyRule.WAITING)
    ]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("policy", [Policy(), STRICT, Policy(objective=Objective.PARTICIPATION)])
def test_a_cost_is_the_difference_of_two_rounds_solved_anew(seed: int, policy: Policy) -> None:
    problem = drawn(seed)
    with_it = solve(problem, policy).totals
    other = next(one for one in Objective if one is not policy.objective)

    for cost in costs_of(problem, policy).costs:
        lifted = WITHOUT[cost.rule] | ({"objective": other} if cost.rule is PolicyRule.OBJECTIVE else {})
        without = solve(problem, replace(policy, **lifted)).totals
        assert (cost.eligible_pairs, cost.coverage, cost.mentees_paired, cost.candidates_served) == (
            without.eligible_pairs - with_it.eligible_pairs,
            without.total_coverage - with_it.total_coverage,
            without.mentees_paired - with_it.mentees_paired,
            without.candidates_served - with_it.candidates_served,
        ), cost.rule


def test_hard_rules_cost_something_where_they_keep_people_apart() -> None:
    costs = {cost.rule: cost for cost in costs_of(drawn(1), STRICT).costs}

    assert all(costs[rule].eligible_pairs > 0 for rule in (PolicyRule.OTHER_SITE, PolicyRule.COMMON_HOURS))
    assert costs[PolicyRule.OTHER_SITE].coverage > 0


@pytest.fixture
def north(services: Services) -> int:
    with Transactions().writing() as session:
        north = add_programme(session).id
        for signup in (mentor(), mentee()):
            add_participant(session, north, signup)
        return north


@pytest.fixture
def weighing(services: Services, clock: StandingClock) -> WeighingPolicies:
    return WeighingPolicies(PosingPolicies(Transactions(), clock), WorkingOut(patience=60))


def test_the_costs_of_a_policy_are_those_of_the_people_of_now(weighing: WeighingPolicies, north: int) -> None:
    ground = weighing.ground(north)

    worked = weighing.weigh(ground, settings(), "cora")

    assert worked.standing is Standing.FOUND
    assert worked.answer is not None
    assert (worked.answer.totals.people, worked.answer.totals.mentees_paired) == (2, 1)


def test_usual_targets_that_are_only_typed_count_in_the_costs(weighing: WeighingPolicies, north: int) -> None:
    none = settings(targets={position: dict.fromkeys(row, 0) for position, row in settings().targets.items()})

    worked = weighing.weigh(weighing.ground(north), none, "cora")

    assert worked.answer is not None
    assert worked.answer.totals.mentees_paired == 0


def test_a_policy_that_was_weighed_is_known_until_the_people_change(weighing: WeighingPolicies, north: int) -> None:
    before = weighing.ground(north)
    weighing.weigh(before, before.now.policy, "cora")
    assert weighing.known(weighing.glance(north)) is not None

    with Transactions().writing() as session:
        inputs_moved(session, north)

    assert weighing.known(weighing.glance(north)) is None
