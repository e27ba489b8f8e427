"""What comes first, and that nothing that comes later can outweigh it."""

import pytest

from mentormatch.domain.pairings import Serves
from mentormatch.domain.policies import Objective, Policy
from mentormatch.matching.solve import solve
from tests.builders.problems import gold, levels, problem, seeker, silver, teacher


def test_a_candidate_gets_the_mentee_even_where_another_mentor_would_close_more() -> None:
    weaker = silver("candidate", levels=levels(0, flow_pull=4, standard_work=4, kaizen_events=4))

    solution = solve(problem(seeker("mentee"), teacher("stronger"), weaker), Policy())

    assert [p.mentor_id for p in solution.pairings] == ["candidate"]
    assert solution.totals.price_of_candidates > 0


def test_nobody_is_paired_below_the_floor_for_the_sake_of_a_certificate() -> None:
    weak = silver("candidate", levels=levels(0, strategic_orientation=4))

    solution = solve(problem(seeker("mentee"), weak), Policy())

    assert solution.pairings == ()


def test_first_places_of_all_candidates_come_before_further_places_of_one() -> None:
    solution = solve(problem(seeker("a"), seeker("b"), gold("gold"), silver("silver")), Policy())

    assert sorted(p.mentor_id for p in solution.pairings) == ["gold", "silver"]


def test_a_further_needed_place_comes_before_more_points() -> None:
    needing = gold("gold", levels=levels(3, flow_pull=2))
    aims_high = [seeker(name, targets=levels(4)) for name in ("a", "b")]

    solution = solve(problem(*aims_high, needing, teacher("stronger", capacity=2)), Policy())

    assert sorted(p.serves for p in solution.pairings) == [Serves.FIRST_PLACE, Serves.FURTHER_PLACE]


@pytest.mark.parametrize(
    ("objective", "pairs"),
    [
        (Objective.COVERAGE, {("wide", "far")}),
        (Objective.PARTICIPATION, {("wide", "near"), ("narrow", "far")}),
    ],
)
def test_participation_first_pairs_more_people_for_fewer_points(
    objective: Objective, pairs: set[tuple[str, str]]
) -> None:
    far = seeker("far", levels=levels(0), targets=levels(4))
    near = seeker("near", levels=levels(4, flow_pull=3), targets=levels(4))
    narrow = teacher("narrow", levels=levels(0, flow_pull=4, kaizen_events=4))

    solution = solve(
        problem(far, near, teacher("wide"), narrow, bars=[("narrow", "near")]), Policy(objective=objective)
    )

    assert {(p.mentor_id, p.mentee_id) for p in solution.pairings} == pairs
