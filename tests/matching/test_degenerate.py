"""The smallest and the strangest rounds: always an answer, never an exception."""

from dataclasses import replace
from itertools import product

import pytest

from mentormatch.domain.policies import Policy
from mentormatch.matching.checking import violations
from mentormatch.matching.people import Person
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.solve import solve
from tests.builders.problems import gold, levels, problem, seeker, teacher

KINDS = (
    seeker("x"),
    teacher("x"),
    gold("x"),
    teacher("x", wants_mentor=True, levels=levels(3)),
    seeker("x", wants_mentor=False),
)


@pytest.mark.parametrize("size", range(4))
def test_every_round_of_up_to_three_people_has_an_answer(size: int) -> None:
    for kinds in product(KINDS, repeat=size):
        posed = problem(*(replace(kind, id=str(number)) for number, kind in enumerate(kinds)))

        assert violations(posed, Policy(), solve(posed, Policy())) == ()


def everyone_barred() -> MatchingProblem:
    people = [seeker("a"), seeker("b"), teacher("c"), teacher("d")]
    return problem(*people, bars=[(x.id, y.id) for x in people for y in people])


@pytest.mark.parametrize(
    "posed",
    [
        problem(*(seeker(str(n)) for n in range(5))),
        problem(*(teacher(str(n)) for n in range(5))),
        problem(*(teacher(str(n), capacity=0) for n in range(3)), seeker("a")),
        everyone_barred(),
    ],
    ids=["no mentors", "no mentees", "capacity 0", "all barred"],
)
def test_a_round_in_which_nobody_can_be_paired_names_everybody(posed: MatchingProblem) -> None:
    solution = solve(posed, Policy())

    assert solution.pairings == ()
    assert {unpaired.person_id for unpaired in solution.unpaired} == {person.id for person in posed.people}


def test_one_mentor_for_all_takes_as_many_as_there_are_places() -> None:
    mentees: list[Person] = [seeker(f"mentee{n}") for n in range(8)]

    solution = solve(problem(*mentees, teacher("mentor", capacity=5)), Policy())

    assert [pairing.slot for pairing in solution.pairings] == [1, 2, 3, 4, 5]
