"""Whom to recruit is told by solving the round with them in it, and nobody better is left out."""

from dataclasses import replace
from statistics import median_low

import pytest

from mentormatch.domain.competencies import Competency
from mentormatch.domain.policies import Objective, Policy
from mentormatch.matching.people import Person
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.recruiting import Recruits, recruits_for
from mentormatch.matching.solution import MatchingSolution
from mentormatch.matching.solve import solve
from mentormatch.matching.worth import total_of
from tests.builders.problems import SIXTEEN, levels, problem, seeker, teacher
from tests.matching.explaining_rounds import large, one_sided, posed_again, scarce

PARTICIPATION = Policy(objective=Objective.PARTICIPATION)


def recruited(posed: MatchingProblem, found: Recruits) -> MatchingProblem:
    """Let them take part: the middle mentor, with the languages most of them speak."""
    mentors = [person for person in posed.people if person.places]
    middle = [median_low(column) for column in zip(*(mentor.levels for mentor in mentors), strict=True)]
    spoken = [mentor.languages for mentor in mentors]
    strong = tuple(4 if c is found.competency else level for c, level in zip(Competency, middle, strict=True))
    usual = max(dict.fromkeys(spoken), key=spoken.count)
    new = [
        replace(seeker("new"), id=f"recruit {number + 1}", levels=strong, capacity=found.places, languages=usual)
        for number in range(found.number)
    ]
    return posed_again(posed, people=[*posed.people, *map(as_mentor, new)])


def as_mentor(person: Person) -> Person:
    return replace(person, offers_mentoring=True, wants_mentor=False)


def closed(solution: MatchingSolution, competency: Competency) -> int:
    return sum(closure.competency is competency for each in solution.pairings for closure in each.closures)


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("policy", [Policy(), PARTICIPATION], ids=["coverage", "participation"])
@pytest.mark.parametrize("posed", [large(0), scarce(0), scarce(1)])
def test_what_recruits_add_is_the_difference_of_two_solutions(
    posed: MatchingProblem, policy: Policy, number: int
) -> None:
    before = solve(posed, policy)

    for found in recruits_for(posed, policy, before, number=number):
        after = solve(recruited(posed, found), policy)
        first = policy.objective is Objective.PARTICIPATION
        worth = [total_of(each.totals, participation=first) for each in (before, after)]
        assert found.worth == worth[1] - worth[0]
        assert found.mentees_paired == after.totals.mentees_paired - before.totals.mentees_paired
        assert found.gaps_closed == closed(after, found.competency) - closed(before, found.competency)


@pytest.mark.parametrize("posed", [scarce(0), scarce(2), one_sided(0), one_sided(1)])
def test_the_best_come_first_and_none_that_is_better_is_left_out(posed: MatchingProblem) -> None:
    before = solve(posed, Policy())

    every = recruits_for(posed, Policy(), before, most=SIXTEEN, most_solves=SIXTEEN)

    for most in (1, 2, 3):
        few = recruits_for(posed, Policy(), before, most=most, most_solves=SIXTEEN)
        assert [each.worth for each in few] == sorted((each.worth for each in every), reverse=True)[:most]


def test_a_round_that_lacks_one_competency_is_told_so() -> None:
    lacking = teacher("t", levels=levels(4, flow_pull=0), capacity=2)
    posed = problem(lacking, seeker("x", levels=levels(4, flow_pull=1)), seeker("y", levels=levels(4, flow_pull=2)))

    [found] = recruits_for(posed, Policy(floor_percent=0), solve(posed, Policy(floor_percent=0)))

    assert (found.competency, found.mentees_paired, found.gaps_closed) == (Competency.FLOW_PULL, 2, 2)


def test_without_mentors_nobody_is_in_the_middle() -> None:
    posed = problem(seeker("x"))

    assert recruits_for(posed, Policy(), solve(posed, Policy())) == ()
