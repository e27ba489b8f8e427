"""What changes and what does not when a round is changed a little."""

import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mentormatch.domain.policies import Policy
from mentormatch.matching.people import Pair, Person
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.snapshots import record_of, snapshot_of
from mentormatch.matching.solve import solve
from tests.matching.properties.effort import many
from tests.matching.properties.judging import pairs_of, solved_pairs, solved_worth
from tests.matching.properties.model import Model
from tests.matching.properties.rounds import Round, policies, rounds
from tests.matching.strategies import with_locks

pytestmark = pytest.mark.slow

WITHOUT_FLOOR = policies(floors=(0,))
numbers = st.integers(0, 2**16)


def one_of(pairs: frozenset[Pair], at: int) -> Pair:
    """Name one of these pairs; rounds without any prove nothing here."""
    assume(pairs)
    return sorted(pairs)[at % len(pairs)]


def with_people(posed: MatchingProblem, change: Callable[[Person], Person]) -> MatchingProblem:
    """Give the same round with everybody changed in this way."""
    return with_locks(replace(posed, people=tuple(change(person) for person in posed.people)), posed.locks)


@many
@given(rounds(mentees=8, mentors=7), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_neither_the_answer_nor_the_snapshot(drawn: Round, draw: random.Random) -> None:
    posed, policy = drawn
    rows = list(posed.people)
    draw.shuffle(rows)
    shuffled = with_locks(replace(posed, people=tuple(rows)), posed.locks)

    assert snapshot_of(shuffled, policy) == snapshot_of(posed, policy)
    assert record_of(solve(shuffled, policy)) == record_of(solve(posed, policy))


@many
@given(rounds(mentees=5, mentors=5))
def test_other_ids_decide_by_lot_and_nothing_else(drawn: Round) -> None:
    posed, policy = drawn

    def renamed(pairs: frozenset[Pair]) -> frozenset[Pair]:
        return frozenset((f"x{a}", f"x{b}") for a, b in pairs)

    others = MatchingProblem.of(
        [replace(p, id=f"x{p.id}", manager=None if p.manager is None else f"x{p.manager}") for p in posed.people],
        seed=posed.seed,
        bars=renamed(posed.bars),
        locks=renamed(posed.locks),
        earlier_pairings=renamed(posed.earlier_pairings),
        under_review=renamed(posed.under_review),
        wishes=renamed(posed.wishes),
    )

    assert solved_worth(others, policy)[:-1] == solved_worth(posed, policy)[:-1]


@many
@given(rounds(mentees=5, mentors=5), st.integers(0, 12))
def test_one_more_place_never_hurts(drawn: Round, at: int) -> None:
    posed, policy = drawn
    assume(at < len(posed.people))
    lucky = posed.people[at].id
    wider = with_people(posed, lambda p: replace(p, capacity=min(5, p.capacity + (p.id == lucky))))

    assert solved_worth(wider, policy) >= Model(wider, policy).worth(solved_pairs(posed, policy))


@many
@given(rounds(mentees=5, mentors=5), numbers)
def test_a_lifted_bar_never_hurts(drawn: Round, at: int) -> None:
    posed, policy = drawn
    pairs = sorted(Model(replace(posed, bars=frozenset()), policy).pairs)
    assume(pairs)
    lifted = pairs[at % len(pairs)]
    barred = with_locks(replace(posed, bars=posed.bars | {lifted}), posed.locks - {lifted})
    freed = replace(barred, bars=barred.bars - {lifted})

    assert solved_worth(freed, policy) >= solved_worth(barred, policy)


@many
@given(rounds(mentees=5, mentors=5), st.randoms(use_true_random=False))
def test_barring_pairs_that_are_not_chosen_changes_no_pair(drawn: Round, draw: random.Random) -> None:
    posed, policy = drawn
    chosen = solved_pairs(posed, policy)
    others = sorted(Model(posed, policy).pairs.keys() - chosen)
    barred = draw.sample(others, draw.randint(0, len(others)))

    assert solved_pairs(replace(posed, bars=posed.bars.union(barred)), policy) == chosen


@many
@given(rounds(mentees=5, mentors=5))
def test_mentors_who_are_left_without_a_mentee_may_leave_without_changing_a_pair(drawn: Round) -> None:
    posed, policy = drawn
    chosen = solved_pairs(posed, policy)
    idle = {p.id for p in posed.people if not p.wants_mentor} - {mentor for mentor, _ in chosen}
    smaller = replace(posed, people=tuple(p for p in posed.people if p.id not in idle))

    assert solved_pairs(with_locks(smaller, posed.locks), policy) == chosen


@many
@given(rounds(mentees=5, mentors=5, policy=WITHOUT_FLOOR), numbers, st.integers(1, 4))
def test_a_chosen_pair_that_closes_so_much_more_adds_exactly_that(drawn: Round, at: int, target: int) -> None:
    posed, policy = with_people(replace(drawn[0], locks=frozenset()), _without_strategy), drawn[1]
    before = solve(posed, policy)
    mentor, mentee = one_of(pairs_of(before), at)

    def only_these_two(person: Person) -> Person:
        levels = (4 if person.id == mentor else 0, *person.levels[1:])
        return replace(person, levels=levels, targets=(target if person.id == mentee else 0, *person.targets[1:]))

    after = solve(with_people(posed, only_these_two), policy)

    assert pairs_of(after) == pairs_of(before)
    assert after.totals.total_score - before.totals.total_score == target * _weight(posed, policy, mentee)


@many
@given(rounds(mentees=5, mentors=5), numbers, st.integers(0, 1000))
def test_a_wish_for_a_chosen_pair_adds_exactly_its_points(drawn: Round, at: int, points: int) -> None:
    posed, policy = drawn[0], replace(drawn[1], wish_points=points)
    before = solve(posed, policy)
    wished = one_of(pairs_of(before) - posed.wishes, at)

    after = solve(replace(posed, wishes=posed.wishes | {wished}), policy)

    assert pairs_of(after) == pairs_of(before)
    assert after.totals.total_score - before.totals.total_score == points


@many
@given(rounds(mentees=5, mentors=5), numbers)
def test_a_chosen_pair_that_was_there_before_stays_with_all_others(drawn: Round, at: int) -> None:
    posed, policy = drawn
    chosen = solved_pairs(posed, policy)
    kept = replace(posed, under_review=posed.under_review | {one_of(chosen - posed.under_review, at)})

    assert solved_pairs(kept, policy) == chosen


def _without_strategy(person: Person) -> Person:
    """Take the first competency out of the round: nobody has it and nobody wants it."""
    return replace(person, levels=(0, *person.levels[1:]), targets=(0, *person.targets[1:]))


def _weight(posed: MatchingProblem, policy: Policy, mentee: str) -> int:
    [aimed_at] = [person.position_aimed_at for person in posed.people if person.id == mentee]
    return next(iter(policy.weights[aimed_at].values()))
