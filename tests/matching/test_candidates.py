"""The price of the candidates is the difference to a round in which nobody is preferred."""

from dataclasses import replace

import pytest

from mentormatch.domain.policies import Objective, Policy
from mentormatch.matching.candidates import price_of_candidates
from mentormatch.matching.explanation import CandidatesPrice
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.solve import solve
from mentormatch.matching.trials import pairs_of
from mentormatch.matching.worth import Worth
from tests.builders.problems import levels, problem, seeker, silver, teacher
from tests.matching.explaining_rounds import comes_to, large, lively
from tests.matching.strategies import with_locks

INDIFFERENT = Policy(mentorships_required={})


def price(posed: MatchingProblem, policy: Policy | None = None) -> CandidatesPrice:
    return price_of_candidates(posed, policy or Policy(), solve(posed, policy or Policy()))


@pytest.mark.parametrize("posed", [lively(1), lively(2), large(0), large(2)])
@pytest.mark.parametrize("objective", Objective)
def test_the_price_and_its_pairs_agree_with_what_the_solution_says(
    posed: MatchingProblem, objective: Objective
) -> None:
    solution = solve(posed, Policy(objective=objective))

    found = price_of_candidates(posed, Policy(objective=objective), solution)

    assert found.points == solution.totals.price_of_candidates
    assert len(found.pairs_for_it) == solution.totals.plain.pairings_that_differ
    plain = pairs_of(solution) - set(found.pairs_for_it) | set(found.pairs_instead)
    assert comes_to(with_locks(posed, plain), INDIFFERENT) == replace(comes_to(posed, INDIFFERENT), paired=0)


@pytest.mark.parametrize("seed", range(4))
def test_a_candidate_costs_alone_what_the_cheapest_mentee_costs(seed: int) -> None:
    posed = lively(seed)
    plain = pairs_of(solve(posed, INDIFFERENT))

    for found in price(posed).candidates:
        assert not found.is_served or (found.cost is not None and found.cost.worth == Worth())
        if found.cost is not None and found.cost.is_exact and not found.is_served:
            mentees = [person.id for person in posed.people if person.wants_mentor]
            locked = [with_locked(posed, found.mentor_id, mentee) for mentee in mentees]
            best = max(comes_to(each, INDIFFERENT) for each in locked if each is not None)
            assert found.cost.worth == comes_to(posed, INDIFFERENT) - best
    assert plain


def with_locked(posed: MatchingProblem, mentor: str, mentee: str) -> MatchingProblem | None:
    """Lock a pair, if it is eligible."""
    people = {person.id: person for person in posed.people}
    if mentor == mentee:
        return None
    alone = problem(replace(people[mentor], wants_mentor=False), replace(people[mentee], offers_mentoring=False))
    return with_locks(posed, frozenset({(mentor, mentee)})) if solve(alone, INDIFFERENT).pairings else None


def test_a_candidate_who_teaches_less_costs_the_difference() -> None:
    posed = problem(teacher("t"), silver("s", levels=levels(3)), seeker("x", targets=levels(4)))

    found = price(posed)

    assert (found.points, found.pairs_for_it, found.pairs_instead) == (1000, (("s", "x"),), (("t", "x"),))
    [candidate] = found.candidates
    assert candidate.cost is not None
    assert (candidate.is_served, candidate.cost.worth, candidate.cost.is_exact) == (False, Worth(points=1000), True)


def test_a_candidate_whom_nobody_can_learn_from_has_no_cost() -> None:
    posed = problem(teacher("t"), silver("s", levels=levels(2)), seeker("x"))

    [candidate] = price(posed).candidates

    assert candidate.cost is None


def test_without_candidates_there_is_no_price() -> None:
    assert price(problem(teacher("t"), seeker("x"))) == CandidatesPrice(
        points=0, pairs_for_it=(), pairs_instead=(), candidates=()
    )
