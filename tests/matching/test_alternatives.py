"""The loss of every alternative is the difference of two rounds solved afresh, or says that it is only a bound."""

import pytest
from hypothesis import assume, given

from mentormatch.domain.pairings import Side
from mentormatch.domain.policies import Objective, Policy
from mentormatch.matching import ground as grounds
from mentormatch.matching import premises
from mentormatch.matching.alternatives import choices_of
from mentormatch.matching.explanation import Alternative, Choices
from mentormatch.matching.ground import ground_of
from mentormatch.matching.people import Pair
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.solution import MatchingSolution
from mentormatch.matching.solve import solve
from mentormatch.matching.trials import pairs_of
from mentormatch.matching.worth import Worth
from tests.builders.problems import levels, problem, seeker, silver, teacher
from tests.matching.exhaustive import every_solution
from tests.matching.explaining_rounds import (
    EVERYTHING,
    comes_to,
    everyone,
    forced_comes_to,
    large,
    lively,
    one_sided,
    trials_of,
)
from tests.matching.properties.effort import some
from tests.matching.strategies import policies, problems, solved, with_locks

pytestmark = pytest.mark.slow

PARTICIPATION = Policy(objective=Objective.PARTICIPATION)


def choices(posed: MatchingProblem, policy: Policy, solution: MatchingSolution, solves: int) -> list[Choices]:
    ground, trials = ground_of(posed, policy, solution), trials_of(posed, policy, solution, solves)
    return [each for side in Side for each in choices_of(ground, trials, everyone(posed), side)]


def alternatives(
    posed: MatchingProblem, policy: Policy, solution: MatchingSolution, solves: int = EVERYTHING
) -> list[Alternative]:
    return [one for each in choices(posed, policy, solution, solves) for one in each.alternatives]


def pair_of(alternative: Alternative) -> Pair:
    return alternative.mentor_id, alternative.mentee_id


def moved(pairs: frozenset[Pair], alternative: Alternative) -> frozenset[Pair]:
    mentor_of: dict[str, str | None] = {mentee: mentor for mentor, mentee in pairs}
    for move in alternative.moves:
        assert mentor_of.get(move.mentee_id) == move.before
        mentor_of[move.mentee_id] = move.after
    return frozenset((mentor, mentee) for mentee, mentor in mentor_of.items() if mentor is not None)


@some
@given(problems(most=5), policies)
def test_a_loss_is_what_trying_every_solution_with_the_pair_says(posed: MatchingProblem, policy: Policy) -> None:
    solution = solved(posed, policy)
    best = comes_to(posed, policy)

    for found in alternatives(posed, policy, solution):
        assert found.is_exact
        assert found.loss == best - forced_comes_to(posed, policy, pair_of(found))


@some
@given(problems(most=9), policies)
def test_without_solving_a_loss_is_exact_or_says_that_it_is_a_bound(posed: MatchingProblem, policy: Policy) -> None:
    solution = solved(posed, policy)
    best = comes_to(posed, policy)

    for found in alternatives(posed, policy, solution, solves=0):
        check(posed, policy, found, best)


def check(posed: MatchingProblem, policy: Policy, found: Alternative, best: Worth) -> None:
    lost = best - comes_to(with_locks(posed, posed.locks | {pair_of(found)}), policy)
    assert (found.loss == lost) if found.is_exact else (found.loss <= lost)


@pytest.mark.parametrize("policy", [Policy(), PARTICIPATION], ids=["coverage", "participation"])
@pytest.mark.parametrize("posed", [large(0), large(1)])
def test_in_a_larger_round_most_losses_are_exact_without_solving(posed: MatchingProblem, policy: Policy) -> None:
    found = alternatives(posed, policy, solve(posed, policy), solves=0)

    assert sum(each.is_exact for each in found) > 0.6 * len(found)
    for each in found[::25]:
        check(posed, policy, each, comes_to(posed, policy))


@pytest.mark.parametrize("policy", [Policy(), PARTICIPATION], ids=["coverage", "participation"])
@pytest.mark.parametrize("seed", range(3))
def test_where_nobody_is_on_both_sides_every_loss_is_exact_without_solving(seed: int, policy: Policy) -> None:
    posed = one_sided(seed)

    found = alternatives(posed, policy, solve(posed, policy), solves=0)

    assert all(each.is_exact for each in found)
    best = comes_to(posed, policy)
    for each in found[::9]:
        check(posed, policy, each, best)


@pytest.mark.parametrize("refined", [1, 6])
@pytest.mark.parametrize("seed", [0, 1, 3])
def test_among_people_on_both_sides_no_loss_is_too_great(
    monkeypatch: pytest.MonkeyPatch, seed: int, refined: int
) -> None:
    posed = lively(seed, both=8)
    monkeypatch.setattr(grounds, "MOST_REFINED", refined)
    best = comes_to(posed, Policy())

    for each in alternatives(posed, Policy(), solve(posed, Policy()), solves=0)[::5]:
        check(posed, Policy(), each, best)


@some
@given(problems(most=9), policies)
def test_the_moves_lead_to_a_solution_with_the_pair_that_loses_just_that(
    posed: MatchingProblem, policy: Policy
) -> None:
    solution = solved(posed, policy)

    for found in alternatives(posed, policy, solution):
        pairs = moved(pairs_of(solution), found)
        assert pair_of(found) in pairs
        assert comes_to(posed, policy) - found.loss == comes_to(with_locks(posed, pairs), policy)


@pytest.mark.parametrize("posed", [lively(0, both=8), lively(1, both=8), large(1)])
def test_where_a_proof_branches_the_moves_still_begin_with_the_solution(posed: MatchingProblem) -> None:
    solution = solve(posed, Policy())
    best = comes_to(posed, Policy())

    for found in [each for each in alternatives(posed, Policy(), solution, solves=0) if each.is_exact][::6]:
        pairs = moved(pairs_of(solution), found)
        assert best - found.loss == comes_to(with_locks(posed, pairs), Policy())


@some
@given(problems(most=9), policies)
def test_nobody_is_offered_a_present_partner_or_a_pair_that_is_not_allowed(
    posed: MatchingProblem, policy: Policy
) -> None:
    solution = solved(posed, policy)
    locked = {mentee for _, mentee in posed.locks}

    for each in choices(posed, policy, solution, 0):
        pairs = {pair_of(found) for found in each.alternatives}
        assert len(pairs) == len(each.alternatives)
        assert not pairs & (pairs_of(solution) | posed.bars)
        assert not locked & {mentee for _, mentee in pairs}


@some
@given(problems(most=5), policies)
def test_a_mentee_is_offered_the_smallest_losses_of_all_first(posed: MatchingProblem, policy: Policy) -> None:
    solution, best = solved(posed, policy), comes_to(posed, policy)
    possible = frozenset().union(*every_solution(posed, policy)) - pairs_of(solution)

    for each in choices(posed, policy, solution, EVERYTHING):
        if each.side is Side.MENTEE:
            pairs = [pair for pair in possible if pair[1] == each.person_id]
            losses = sorted(best - forced_comes_to(posed, policy, pair) for pair in pairs)
            assert [found.loss for found in each.alternatives] == losses[:5]


def test_a_choice_that_costs_a_candidate_says_so_before_all_points() -> None:
    posed = problem(silver("s"), teacher("t", levels=levels(3)), seeker("x", targets=levels(4)))

    [choice] = choices_of_mentee(posed, "x")

    assert [(found.mentor_id, found.loss.candidates) for found in choice.alternatives] == [("t", 1)]


def test_a_choice_names_who_loses_a_mentor_for_it() -> None:
    posed = problem(teacher("t"), seeker("strong", targets=levels(4)), seeker("weak", targets=levels(2)))

    [choice] = choices_of_mentee(posed, "weak")

    [found] = choice.alternatives
    assert {(move.mentee_id, move.before, move.after) for move in found.moves} == {
        ("strong", "t", None),
        ("weak", None, "t"),
    }


def choices_of_mentee(posed: MatchingProblem, person_id: str) -> list[Choices]:
    solution = solve(posed, Policy())
    ground, trials = ground_of(posed, Policy(), solution), trials_of(posed, Policy(), solution)
    return list(choices_of(ground, trials, frozenset({person_id}), Side.MENTEE))


@pytest.mark.parametrize("limit", [20, 60, 200])
def test_on_narrow_ground_the_losses_within_reach_are_the_same(monkeypatch: pytest.MonkeyPatch, limit: int) -> None:
    posed = large(1)
    solution = solve(posed, Policy())
    trials = trials_of(posed, Policy(), solution)
    whole = list(choices_of(ground_of(posed, Policy(), solution), trials, everyone(posed), Side.MENTEE, most=30))
    monkeypatch.setattr(grounds, "MOST_LISTED", 0)

    ground = ground_of(posed, Policy(), solution, limit=limit)
    narrow = list(choices_of(ground, trials, everyone(posed), Side.MENTEE, most=30))

    for near, all_ in zip(narrow, whole, strict=True):
        reached = [a for a in all_.alternatives if a.loss <= Worth(points=limit)]
        assert {(a.mentor_id, a.loss) for a in near.alternatives} == {(a.mentor_id, a.loss) for a in reached}


@some
@given(problems(most=7), policies)
def test_losses_bound_from_below_even_without_a_certificate(posed: MatchingProblem, policy: Policy) -> None:
    solution = solved(posed, policy)
    assume(solution.pairings)
    object.__setattr__(solution, "certificate", None)

    for found in alternatives(posed, policy, solution, solves=0):
        check(posed, policy, found, comes_to(posed, policy))


@some
@given(problems(most=9), policies)
def test_losses_stay_bounds_where_a_proof_is_too_deep_to_be_looked_at(posed: MatchingProblem, policy: Policy) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(premises, "MOST_BRANCHES", 1)
        patch.setattr(grounds, "MOST_REFINED", 1)
        solution = solved(posed, policy)
        found = alternatives(posed, policy, solution, solves=0)

    for each in found:
        check(posed, policy, each, comes_to(posed, policy))
