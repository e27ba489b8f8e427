"""The smallest rounds, all of them, and the strangest: always the best answer, always proven, never an exception."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations_with_replacement, cycle, product

import pytest

from mentormatch.domain.policies import Objective, Policy
from mentormatch.matching.checking import violations
from mentormatch.matching.people import Person
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.solve import solve
from tests.builders.problems import gold, levels, problem, seeker, teacher
from tests.matching.properties import exhausting
from tests.matching.properties.effort import IN_FULL
from tests.matching.properties.judging import pairs_of
from tests.matching.properties.model import Model

pytestmark = pytest.mark.slow

GERMAN = frozenset({"de"})
MENTEES = (
    seeker("plain"),
    seeker("ambitious", levels=levels(0), targets=levels(4)),
    seeker("content", targets=levels(1)),
    seeker("both", levels=levels(1, flow_pull=4, kaizen_events=4), offers_mentoring=True, capacity=1),
)
MENTORS = (
    teacher("plain"),
    gold("candidate"),
    teacher("full", capacity=0),
    teacher("narrow", levels=levels(0, strategic_orientation=4)),
    teacher("both", levels=levels(4, flow_pull=1, kaizen_events=1), targets=levels(4), wants_mentor=True),
)
SIDES = range(4 if IN_FULL else 3)


def rounds_of(mentees: int, mentors: int) -> Iterator[MatchingProblem]:
    """Give every round of so many mentees and so many mentors."""
    sides = combinations_with_replacement(MENTEES, mentees), combinations_with_replacement(MENTORS, mentors)
    for number, (these, those) in enumerate(product(*sides)):
        people = (*these, *those)
        yield problem(*(replace(person, id=str(at)) for at, person in enumerate(people)), seed=number)


@pytest.mark.parametrize("mentors", SIDES)
@pytest.mark.parametrize("mentees", SIDES)
def test_every_round_of_so_few_people_gets_its_best_answer(mentees: int, mentors: int) -> None:
    for posed, objective in zip(rounds_of(mentees, mentors), cycle(Objective), strict=False):
        policy = Policy(objective=objective)
        solution = solve(posed, policy)

        assert violations(posed, policy, solution) == ()
        assert pairs_of(solution) == exhausting.best(Model(posed, policy))[1]


NOBODY: dict[str, tuple[Person, ...]] = {
    "nobody at all": (),
    "no mentors": (*MENTEES[:3], seeker("another")),
    "no mentees": (*MENTORS[:4], gold("another")),
    "capacity 0": (*MENTEES[:3], teacher("a", capacity=0), gold("b", capacity=0)),
    "nobody wants anything": tuple(seeker(str(n), targets=levels(0)) for n in range(3)) + MENTORS[:1],
    "nobody teaches": (*MENTEES[:3], teacher("a", levels=levels(2)), gold("b", levels=levels(2))),
    "no language in common": (seeker("a"), seeker("b"), teacher("c", languages=GERMAN)),
    "one person, both": (MENTORS[4],),
}


@pytest.mark.parametrize("people", NOBODY.values(), ids=NOBODY)
def test_where_nobody_can_be_paired_everybody_is_named_and_nobody_paired(people: tuple[Person, ...]) -> None:
    solution = solve(problem(*people), Policy())

    assert solution.pairings == ()
    assert {unpaired.person_id for unpaired in solution.unpaired} == {person.id for person in people}


@pytest.mark.parametrize("size", [1, 5, 9])
def test_where_everybody_is_barred_from_everybody_nobody_is_paired(size: int) -> None:
    missing = ("flow_pull", "kaizen_events", "standard_work")
    people = [
        teacher(str(n), levels=levels(4, **{missing[n % 3]: 0}), targets=levels(4), wants_mentor=True)
        for n in range(size)
    ]
    bars = [(a.id, b.id) for a in people for b in people]

    assert len(solve(problem(*people), Policy()).pairings) >= size // 2
    assert solve(problem(*people, bars=bars), Policy()).pairings == ()


@pytest.mark.parametrize(("mentees", "mentors", "capacity"), [(40, 40, 1), (40, 7, 5), (7, 40, 3)])
def test_where_all_are_equal_every_place_is_filled_or_every_mentee_paired(
    mentees: int, mentors: int, capacity: int
) -> None:
    people = [seeker(f"a{n}") for n in range(mentees)] + [teacher(f"b{n}", capacity=capacity) for n in range(mentors)]

    solution = solve(problem(*people), Policy())

    assert len(solution.pairings) == min(mentees, mentors * capacity)


@pytest.mark.parametrize("capacity", [1, 5])
def test_one_mentor_for_all_takes_those_whom_it_helps_most(capacity: int) -> None:
    modest = [seeker(f"modest{n}") for n in range(20)]
    ambitious = [seeker(f"ambitious{n}", targets=levels(4)) for n in range(capacity)]

    solution = solve(problem(*modest, *ambitious, teacher("mentor", capacity=capacity)), Policy())

    assert {pairing.mentee_id for pairing in solution.pairings} == {person.id for person in ambitious}
