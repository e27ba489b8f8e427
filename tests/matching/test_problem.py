"""What a problem refuses, and the order it puts people in."""

import pytest

from mentormatch.domain.errors import InputRefused, LockFault, LocksContradict
from mentormatch.domain.policies import Policy
from mentormatch.matching.people import Pair, Person
from mentormatch.matching.problem import MatchingProblem
from mentormatch.matching.solve import solve
from tests.builders.problems import levels, problem, seeker, teacher

PEOPLE = (seeker("a"), seeker("b"), teacher("c"), teacher("d", wants_mentor=True, manager="b"))


@pytest.mark.parametrize(
    "person",
    [
        seeker("", capacity=0),
        seeker("x" * 101),
        seeker("half \ud800"),
        seeker("x", levels=levels(5)),
        seeker("x", levels=levels(1)[1:]),
        seeker("x", targets=levels(-1)),
        seeker("x", targets=(True,) * 16),
        teacher("x", capacity=6),
        teacher("x", capacity=-1),
        teacher("x", mentorships_completed=100),
        seeker("x", site="s" * 101),
        seeker("x", working_day=24 * 60),
        seeker("x", working_day=-1),
        seeker("x", rounds_waited=1001),
        seeker("x", rounds_waited=-1),
    ],
)
def test_a_value_out_of_bounds_is_refused_by_name(person: Person) -> None:
    with pytest.raises(InputRefused, match=f"person {person.id}"):
        problem(person)


@pytest.mark.parametrize("seed", [-1, 2**63, True])
def test_a_seed_out_of_bounds_is_refused(seed: int) -> None:
    with pytest.raises(InputRefused, match="seed"):
        problem(seed=seed)


def test_one_id_for_two_people_is_refused() -> None:
    with pytest.raises(InputRefused, match="appears 2 times"):
        problem(seeker("a"), teacher("a"))


def test_the_order_of_people_is_drawn_from_the_seed_and_not_from_the_rows() -> None:
    orders = {
        tuple(p.id for p in problem(*rows, seed=seed).people) for seed in range(9) for rows in (PEOPLE, PEOPLE[::-1])
    }

    assert 1 < len(orders) <= 9


def test_bars_wishes_and_earlier_pairings_of_people_who_are_not_there_are_forgotten() -> None:
    pairs, gone = [("c", "gone"), ("c", "a")], [("gone", "a")]
    posed = problem(*PEOPLE, bars=pairs, wishes=pairs, earlier_pairings=gone)

    assert posed.bars == posed.wishes == frozenset({("c", "a")})
    assert posed.earlier_pairings == frozenset()


@pytest.mark.parametrize(
    ("locks", "fault"),
    [
        ([("c", "gone")], LockFault.NOT_IN_THE_ROUND),
        ([("d", "d")], LockFault.SAME_PERSON),
        ([("c", "d")], LockFault.BARRED),
        ([("d", "b")], LockFault.LINE_MANAGER),
        ([("d", "c")], LockFault.WANTS_NO_MENTOR),
        ([("c", "a"), ("c", "b")], LockFault.OVER_CAPACITY),
        ([("c", "a"), ("d", "a")], LockFault.TWO_MENTORS),
    ],
)
def test_a_lock_that_cannot_hold_is_named(locks: list[Pair], fault: LockFault) -> None:
    with pytest.raises(LocksContradict) as refused:
        problem(*PEOPLE, locks=locks, bars=[("c", "d")])

    assert fault in {conflict.fault for conflict in refused.value.conflicts}


def test_two_locks_that_make_people_mentor_each_other_are_named() -> None:
    with pytest.raises(LocksContradict) as refused:
        problem(teacher("c", wants_mentor=True), teacher("d", wants_mentor=True), locks=[("c", "d"), ("d", "c")])

    assert {conflict.fault for conflict in refused.value.conflicts} == {LockFault.MUTUAL}


def test_a_lock_that_teaches_nothing_is_named_before_solving() -> None:
    posed = problem(seeker("a"), teacher("c", levels=levels(1)), locks=[("c", "a")])

    with pytest.raises(LocksContradict) as refused:
        solve(posed, Policy())

    assert [conflict.fault for conflict in refused.value.conflicts] == [LockFault.TEACHES_NOTHING]


def test_a_lock_overrides_language_earlier_pairing_and_floor() -> None:
    stranger = teacher("c", languages=frozenset({"de"}), levels=levels(0, strategic_orientation=4))
    posed = MatchingProblem.of([seeker("a"), stranger], locks=[("c", "a")], earlier_pairings=[("c", "a")])

    [pairing] = solve(posed, Policy()).pairings

    assert (pairing.mentor_id, pairing.mentee_id, pairing.locked) == ("c", "a", True)
