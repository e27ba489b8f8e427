"""What every solution keeps to, on rounds of every kind."""

import random
from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from mentormatch.domain.policies import Policy
from mentormatch.matching.checking import violations
from mentormatch.matching.people import Pair
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.solution import MatchingSolution
from mentormatch.matching.solve import solve
from tests.builders.problems import crowd, problem
from tests.matching.exhaustive import best_worth, worth_of
from tests.matching.properties.effort import some
from tests.matching.strategies import policies, problems, solved, with_locks


def pairs_of(solution: MatchingSolution) -> frozenset[Pair]:
    return frozenset((p.mentor_id, p.mentee_id) for p in solution.pairings)


@some
@given(problems(most=8), policies)
def test_every_solution_passes_the_independent_check(posed: MatchingProblem, policy: Policy) -> None:
    assert violations(posed, policy, solved(posed, policy)) == ()


@some
@given(problems(most=5), policies)
def test_no_other_solution_is_better_in_any_tier(posed: MatchingProblem, policy: Policy) -> None:
    solution = solved(posed, policy)

    assert worth_of(posed, policy, solution) == best_worth(posed, policy)
    assert solution.is_proven


@some
@given(problems(most=5), policies)
def test_the_plain_optimum_is_the_best_for_a_round_without_candidates(posed: MatchingProblem, policy: Policy) -> None:
    plain = replace(policy, mentorships_required={})

    totals = solved(posed, policy).totals.plain

    assert best_worth(replace(posed, under_review=frozenset()), plain)[3] == totals.total_score


@some
@given(problems(most=8), policies, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(posed: MatchingProblem, policy: Policy, shuffler: random.Random) -> None:
    shuffled = list(posed.people)
    shuffler.shuffle(shuffled)
    reordered = with_locks(replace(posed, people=tuple(shuffled)), posed.locks)

    assert solved(reordered, policy) == solved(posed, policy)


@some
@given(problems(most=6), policies, st.integers(0, 5))
def test_one_more_place_never_hurts(posed: MatchingProblem, policy: Policy, at: int) -> None:
    assume(at < len(posed.people))
    roomier = tuple(
        replace(person, capacity=person.capacity + (number == at)) for number, person in enumerate(posed.people)
    )
    wider = replace(posed, people=roomier)

    assert worth_of(wider, policy, solved(wider, policy)) >= worth_of(posed, policy, solved(posed, policy))


@some
@given(problems(most=6), policies)
def test_lifting_the_bars_never_hurts(posed: MatchingProblem, policy: Policy) -> None:
    freed = replace(posed, bars=frozenset())

    assert worth_of(posed, policy, solved(freed, policy)) >= worth_of(posed, policy, solved(posed, policy))


@some
@given(problems(most=6), policies)
def test_barring_a_pair_that_was_not_chosen_changes_no_pair(posed: MatchingProblem, policy: Policy) -> None:
    solution = solved(posed, policy)
    others = {(a.id, b.id) for a in posed.people for b in posed.people} - pairs_of(solution)
    barred = replace(posed, bars=frozenset(sorted(others)[:3]) | posed.bars)

    assert pairs_of(solved(barred, policy)) == pairs_of(solution)


@some
@given(problems(most=6), policies, st.integers(1, 2**63 - 1))
def test_the_seed_decides_ties_and_nothing_else(posed: MatchingProblem, policy: Policy, seed: int) -> None:
    other = replace(posed, seed=seed)

    assert worth_of(other, policy, solved(other, policy)) == worth_of(posed, policy, solved(posed, policy))


def test_solving_a_solved_proposal_again_keeps_every_pair() -> None:
    posed = problem(*crowd(30, 15, seed=4, both=10))
    first = pairs_of(solve(posed, Policy()))

    again = replace(posed, seed=77, under_review=first)

    assert pairs_of(solve(again, Policy())) == first


def test_a_programme_doubled_is_worth_double() -> None:
    once = crowd(12, 6, seed=8, both=4)
    twice = [replace(p, id=f"again-{p.id}", manager=f"again-{p.manager}") for p in once]
    apart = [(a.id, b.id) for a in once for b in twice] + [(b.id, a.id) for a in once for b in twice]

    single = solve(problem(*once), Policy()).totals
    double = solve(problem(*once, *twice, bars=apart), Policy()).totals

    assert double.total_score == 2 * single.total_score
    assert double.candidates_served == 2 * single.candidates_served
