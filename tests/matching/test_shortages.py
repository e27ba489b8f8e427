"""Whoever was left out learns by whom the others are taken, and only of changes that do help."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given

from mentormatch.domain.pairings import Reason, Side
from mentormatch.domain.policies import Objective, Policy
from mentormatch.matching.checking import points_of
from mentormatch.matching.explain import changes_for, explain
from mentormatch.matching.explanation import Change, ChangeKind, Holder, Shortage
from mentormatch.matching.people import Pair
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.solution import MatchingSolution
from mentormatch.matching.solve import solve
from mentormatch.matching.trials import pairs_of
from mentormatch.matching.worth import total_of
from tests.builders.problems import levels, problem, seeker, silver, teacher
from tests.matching.explaining_rounds import posed_again, scarce, with_capacity
from tests.matching.properties.effort import some
from tests.matching.strategies import policies, problems, solved, with_locks

GERMAN = frozenset({"de"})
PARTICIPATION = Policy(objective=Objective.PARTICIPATION)


def shortages(posed: MatchingProblem, policy: Policy, solution: MatchingSolution) -> tuple[Shortage, ...]:
    return explain(posed, policy, solution, frozenset(u.person_id for u in solution.unpaired)).shortages


def shortage(posed: MatchingProblem, policy: Policy | None = None) -> Shortage:
    [found] = changes_for(posed, policy or Policy(), solve(posed, policy or Policy()), "x")
    return found


def changed(posed: MatchingProblem, policy: Policy, short: Shortage, change: Change) -> tuple[MatchingProblem, Policy]:
    """Make a change the way a coordinator would."""
    pair = (change.partner_id or "", short.person_id)
    pair = pair if short.side is Side.MENTEE else pair[::-1]
    match change.kind:
        case ChangeKind.ONE_MORE_PLACE:
            return with_capacity(posed, change.partner_id or "", 1), policy
        case ChangeKind.LOWER_FLOOR:
            return posed, replace(policy, floor_percent=change.floor_percent or 0)
        case ChangeKind.LIFT_BAR:
            return posed_again(posed, bars=posed.bars - {pair}), policy
        case ChangeKind.ALLOW_EARLIER_PAIRING:
            return posed_again(posed, earlier_pairings=posed.earlier_pairings - {pair}), policy
        case ChangeKind.DROP_HARD_RULE:
            return posed, without_rule(policy, change.rule)
        case ChangeKind.FORCE:
            return with_locks(posed, posed.locks | {pair}), policy


def without_rule(policy: Policy, rule: str | None) -> Policy:
    match rule:
        case "shared_language":
            return replace(policy, shared_language=False)
        case "minimum_common_hours":
            return replace(policy, minimum_common_hours=0)
        case _:
            return replace(policy, other_site_only=False)


def has_partner(pairs: frozenset[Pair], short: Shortage) -> bool:
    return short.person_id in {pair[short.side is Side.MENTEE] for pair in pairs}


def check(posed: MatchingProblem, policy: Policy, solution: MatchingSolution, short: Shortage) -> None:
    for change in short.changes:
        now, then = changed(posed, policy, short, change)
        afresh = solve(posed_again(now, under_review=pairs_of(solution)), then)
        assert has_partner(pairs_of(afresh), short)
        first = policy.objective is Objective.PARTICIPATION
        before, after = (total_of(each.totals, participation=first) for each in (solution, afresh))
        assert change.difference == after - before


@some
@given(problems(most=8), policies)
def test_every_change_that_is_offered_gives_a_partner(posed: MatchingProblem, policy: Policy) -> None:
    solution = solved(posed, policy)

    for short in shortages(posed, policy, solution):
        check(posed, policy, solution, short)


@pytest.mark.parametrize("seed", range(2))
def test_in_a_larger_round_too_every_change_gives_a_partner(seed: int) -> None:
    posed = scarce(seed)
    solution = solve(posed, PARTICIPATION)

    found = explain(posed, PARTICIPATION, solution, most_solves=20).shortages

    assert found
    for short in found:
        check(posed, PARTICIPATION, solution, short)


def floors_that_differ(posed: MatchingProblem, policy: Policy) -> set[int]:
    """Return the highest floors that allow some pair, and those just too high; in between a round stays the same."""
    points = [points_of(policy, mentor, mentee) for mentor, mentee in permutations(posed.people, 2)]
    return {100 * coverage // gap + more for coverage, gap in points if gap for more in (0, 1)}


@some
@given(problems(most=5), policies)
def test_the_floor_that_is_offered_is_the_highest_that_helps(posed: MatchingProblem, policy: Policy) -> None:
    solution = solved(posed, policy)

    for short in shortages(posed, policy, solution):
        near = posed_again(posed, under_review=pairs_of(solution))
        offered = next((c.floor_percent for c in short.changes if c.kind is ChangeKind.LOWER_FLOOR), None)
        above = range(policy.floor_percent - 1, -1 if offered is None else offered, -1)
        for percent in floors_that_differ(posed, policy).intersection(above):
            afresh = solve(near, replace(policy, floor_percent=percent))
            assert not has_partner(pairs_of(afresh), short) or not short.obstacles.below_floor


@some
@given(problems(most=6), policies)
def test_a_single_bar_or_earlier_pairing_that_stands_in_the_way_is_named(
    posed: MatchingProblem, policy: Policy
) -> None:
    solution = solved(posed, policy)

    for short in shortages(posed, policy, solution):
        near = posed_again(posed, under_review=pairs_of(solution))
        named = {(c.kind, c.partner_id) for c in short.changes}
        for pair in posed.bars:
            if pair[short.side is Side.MENTEE] == short.person_id:
                afresh = pairs_of(solve(posed_again(near, bars=posed.bars - {pair}), policy))
                partner = pair[short.side is Side.MENTOR]
                assert (pair in afresh) <= ((ChangeKind.LIFT_BAR, partner) in named)


def kinds(short: Shortage) -> list[ChangeKind]:
    return [change.kind for change in short.changes]


def test_who_finds_all_mentors_full_learns_with_whom() -> None:
    posed = problem(seeker("x"), seeker("y", targets=levels(4)), teacher("m"))

    short = shortage(posed)

    assert short.reason is Reason.MENTORS_FULL
    assert short.taken == (Holder(partner_id="m", coverage=2000, partners=("y",)),)


def test_who_finds_all_mentors_full_is_helped_by_one_more_place_or_by_force() -> None:
    posed = problem(seeker("x"), seeker("y", targets=levels(4)), teacher("m"))

    short = shortage(posed)

    assert kinds(short) == [ChangeKind.ONE_MORE_PLACE, ChangeKind.FORCE]
    assert [change.difference.points for change in short.changes] == [2000, -1000]


def test_who_is_barred_is_helped_by_lifting_the_bar() -> None:
    assert kinds(shortage(problem(seeker("x"), teacher("m"), bars=[("m", "x")]))) == [ChangeKind.LIFT_BAR]


def test_who_was_paired_before_is_helped_by_allowing_it_again() -> None:
    posed = problem(seeker("x"), teacher("m"), earlier_pairings=[("m", "x")])

    assert kinds(shortage(posed)) == [ChangeKind.ALLOW_EARLIER_PAIRING]


def test_who_shares_no_language_is_helped_by_dropping_the_rule() -> None:
    [change] = shortage(problem(seeker("x"), teacher("m", languages=GERMAN))).changes

    assert (change.kind, change.rule) == (ChangeKind.DROP_HARD_RULE, "shared_language")


def test_who_is_below_the_floor_learns_the_highest_floor_that_is_low_enough() -> None:
    posed = problem(seeker("x"), teacher("m", levels=levels(0, strategic_orientation=4)))
    weights = Policy().weights[posed.people[0].position_aimed_at]
    share = 100 * max(weight for c, weight in weights.items() if c.value == "strategic_orientation") // 1000

    [change] = shortage(posed).changes

    assert (change.kind, change.floor_percent) == (ChangeKind.LOWER_FLOOR, share)


def test_an_unserved_candidate_learns_what_serving_would_cost_another_one() -> None:
    posed = problem(silver("x", levels=levels(3)), silver("m"), seeker("y", targets=levels(4)))

    short = shortage(posed)

    assert (short.side, short.taken) == (Side.MENTOR, (Holder(partner_id="y", coverage=2000, partners=("m",)),))
    assert [(c.kind, c.difference.candidates, c.difference.points) for c in short.changes] == [
        (ChangeKind.FORCE, 0, -1000)
    ]


def test_whom_nobody_can_help_is_offered_nothing() -> None:
    short = shortage(problem(seeker("x"), teacher("m", levels=levels(2))))

    assert (short.reason, short.changes, short.was_searched) == (Reason.NO_ONE_TEACHES, (), True)


def test_without_solving_nothing_is_offered_that_was_not_verified() -> None:
    posed = problem(seeker("x"), teacher("m"), bars=[("m", "x")])

    [short] = explain(posed, Policy(), solve(posed, Policy()), most_solves=0).shortages

    assert (short.changes, short.was_searched) == ((), False)
