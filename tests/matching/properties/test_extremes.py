"""Every value at its bound, and every kind of id: still the best pairs, still proven, still read back."""

from dataclasses import replace
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentormatch.domain.certification import HIGHEST_CAPACITY, MOST_MENTORSHIPS, Certification
from mentormatch.domain.competencies import Competency
from mentormatch.domain.levels import HIGHEST, LOWEST
from mentormatch.domain.policies import (
    MOST_COMMON_HOUR_POINTS,
    MOST_COMMON_HOURS,
    MOST_WAITING_POINTS,
    MOST_WISH_POINTS,
    Objective,
    Policy,
)
from mentormatch.domain.positions import WEIGHT_TOTAL
from mentormatch.domain.working_hours import MINUTES_OF_A_DAY
from mentormatch.matching.bounds import HIGHEST_SEED, LONGEST_ID, MOST_ROUNDS_WAITED
from mentormatch.matching.checking import violations
from mentormatch.matching.people import Person
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.proof import doubts
from mentormatch.matching.snapshots import problem_from, record_of, snapshot_of
from mentormatch.matching.solve import solve
from tests.builders.problems import SIXTEEN, crowd, scattered, seeker
from tests.matching.properties import exhausting
from tests.matching.properties.effort import many
from tests.matching.properties.judging import pairs_of
from tests.matching.properties.model import Model
from tests.matching.properties.rounds import Round, weights

pytestmark = pytest.mark.slow

IDS: Final = (
    "x" * LONGEST_ID,
    "x" * (LONGEST_ID - 1) + "y",
    "\U0001d4cd" * LONGEST_ID,
    "\u00e9",
    "e\u0301",
    "\u0130",
    "SS",
    "\u00df",
    "10",
    "9",
    " 9",
    "\x00",
    "\x1f",
    "mentee\x1f9",
    "\u202e",
    "nan",
)
ALL_ON_ONE: Final = weights({Competency.FLOW_PULL: WEIGHT_TOTAL})
HIGHEST_POLICY: Final = Policy(
    weights=ALL_ON_ONE,
    wish_points=MOST_WISH_POINTS,
    common_hour_points=MOST_COMMON_HOUR_POINTS,
    waiting_points=MOST_WAITING_POINTS,
    mentorships_required=dict.fromkeys((Certification.SILVER, Certification.GOLD), MOST_MENTORSHIPS),
)


def ends(often: int, seldom: int) -> st.SearchStrategy[int]:
    """Draw one of two bounds."""
    return st.sampled_from([often, often, often, seldom])


policies = st.builds(
    Policy,
    teach_level=ends(HIGHEST, 1),
    floor_percent=ends(0, 100),
    objective=st.sampled_from(Objective),
    shared_language=st.sampled_from([False, False, False, True]),
    minimum_common_hours=ends(0, MOST_COMMON_HOURS),
    other_site_only=st.sampled_from([False, False, False, True]),
    wish_points=ends(MOST_WISH_POINTS, 0),
    common_hour_points=ends(MOST_COMMON_HOUR_POINTS, 0),
    waiting_points=ends(MOST_WAITING_POINTS, 0),
    mentorships_required=st.sampled_from([HIGHEST_POLICY.mentorships_required, {}]),
    weights=st.sampled_from([ALL_ON_ONE, Policy().weights]),
)
persons = st.builds(
    Person,
    id=st.sampled_from(IDS),
    levels=st.sampled_from([(HIGHEST,) * SIXTEEN, (LOWEST,) * SIXTEEN, (LOWEST, HIGHEST) * (SIXTEEN // 2)]),
    targets=st.just((HIGHEST,) * SIXTEEN),
    position_aimed_at=st.just(seeker("x").position_aimed_at),
    offers_mentoring=st.sampled_from([True, True, True, False]),
    capacity=ends(HIGHEST_CAPACITY, 0),
    wants_mentor=st.sampled_from([True, True, True, False]),
    languages=st.sampled_from([frozenset({"en"}), frozenset()]),
    certification_pursued=st.sampled_from([Certification.GOLD, Certification.NONE]),
    mentorships_completed=ends(0, MOST_MENTORSHIPS),
    site=st.sampled_from(["", "s" * LONGEST_ID]),
    working_day=ends(MINUTES_OF_A_DAY - 1, 0),
    rounds_waited=ends(MOST_ROUNDS_WAITED, 0),
)


@st.composite
def extremes(draw: st.DrawFn) -> Round:
    """Draw a round of few people with every value at one of its bounds."""
    size = min(6, draw(st.integers(0, 10)))
    people = draw(st.lists(persons, min_size=size, max_size=size, unique_by=lambda person: person.id))
    ids = st.sampled_from([person.id for person in people] or ["nobody"])
    wishes = draw(st.frozensets(st.tuples(ids, ids), max_size=3))
    return MatchingProblem.of(people, seed=draw(ends(HIGHEST_SEED, 0)), wishes=wishes), draw(policies)


@many
@given(extremes())
def test_with_every_value_at_its_bound_the_pairs_are_still_the_best(drawn: Round) -> None:
    posed, policy = drawn
    solution = solve(posed, policy)

    assert violations(posed, policy, solution) == ()
    assert pairs_of(solution) == exhausting.best(Model(posed, policy))[1]


@many
@given(extremes())
def test_with_every_value_at_its_bound_a_snapshot_solves_to_the_same_record(drawn: Round) -> None:
    assert record_of(solve(*problem_from(snapshot_of(*drawn)))) == record_of(solve(*drawn))


@pytest.mark.parametrize("objective", Objective)
@pytest.mark.parametrize("shape", [(300, 100, 0), (60, 300, 0), (100, 60, 20)])
def test_a_crowd_with_every_value_at_its_bound_is_proven_to_the_last_lot(
    shape: tuple[int, int, int], objective: Objective
) -> None:
    people = scattered(crowd(shape[0], shape[1], 1, shape[2]), 1)
    full = [replace(p, capacity=HIGHEST_CAPACITY if p.offers_mentoring else 0, rounds_waited=1000) for p in people]
    posed, policy = MatchingProblem.of(full, seed=HIGHEST_SEED), replace(HIGHEST_POLICY, objective=objective)

    solution = solve(posed, policy)

    assert doubts(posed, policy, pairs_of(solution), solution.certificate) == ()
