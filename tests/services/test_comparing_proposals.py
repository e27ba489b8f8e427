import pytest

from mentormatch.domain.adjustments import Adjustment, ChangeKind
from mentormatch.domain.errors import NotFound
from mentormatch.domain.reviews import Look
from mentormatch.domain.signups import SignupState
from mentormatch.services.comparing_proposals import Cause, CauseKind, Comparison, ExplainedMove, explained
from mentormatch.services.proposal_moves import Move, Someone
from tests.builders.running import Running


@pytest.fixture
def running(proposed: Running) -> Running:
    return proposed


def compared(running: Running, which: int = 2) -> Comparison:
    page = running.services.reviewing_rounds.proposal(running.programme_id, 1, which, Look())
    assert page.comparison
    return page.comparison


def again(running: Running) -> None:
    running.solve_again()
    running.solve()


def whys(comparison: Comparison) -> dict[str, tuple[bool, list[CauseKind]]]:
    return {one.move.mentee.name: (one.is_direct, [c.kind for c in one.causes]) for one in comparison.moves}


def test_without_a_change_every_pair_stays(running: Running) -> None:
    again(running)

    comparison = compared(running)

    assert (comparison.kept, comparison.causes, comparison.moves) == (2, (), ())


def test_who_is_left_out_is_the_cause_of_their_own_move(running: Running) -> None:
    running.adjust(ChangeKind.UNPAIR, mentee="Mei")
    again(running)

    comparison = compared(running)

    assert [cause.adjustment for cause in comparison.causes] == [Adjustment.left_out(running.ids["Mei"])]
    assert whys(comparison)["Mei Tanaka"] == (True, [CauseKind.DECIDED])


def test_who_moves_along_with_a_swap_is_told_by_the_locks(running: Running) -> None:
    running.adjust(ChangeKind.SWAP, mentee="Mei", other="Ana")
    again(running)

    moves = whys(compared(running))

    assert moves == {name: (True, [CauseKind.DECIDED]) for name in ("Mei Tanaka", "Ana Ruiz")}


def test_what_is_undone_is_a_cause_as_well(running: Running) -> None:
    running.adjust(ChangeKind.UNPAIR, mentee="Mei")
    again(running)
    running.adjust(ChangeKind.LIFT, lifted="left_out", mentee="Mei")
    again(running)

    assert whys(compared(running, 3))["Mei Tanaka"] == (True, [CauseKind.UNDONE])


def test_who_has_left_is_named(running: Running) -> None:
    running.step("Mei", SignupState.WITHDRAWN)
    again(running)

    assert whys(compared(running))["Mei Tanaka"] == (True, [CauseKind.LEFT])


def test_an_older_proposal_can_still_be_read(running: Running) -> None:
    before = running.pairs()
    running.adjust(ChangeKind.UNPAIR, mentee="Mei")
    again(running)

    page = running.services.reviewing_rounds.proposal(running.programme_id, 1, 1, Look())

    shown = {(p.line.mentor.split()[0], p.line.mentee.split()[0]) for p in page.proposal.pairs.rows}
    assert (shown, page.latest) == (before, 2)


def test_a_proposal_that_is_not_there_is_not_found(running: Running) -> None:
    with pytest.raises(NotFound):
        running.services.reviewing_rounds.proposal(running.programme_id, 1, 7, Look())


def person(key: int) -> Someone:
    return Someone(id=key, name=f"P{key}")


def move(mentee: int, before: int | None, after: int | None) -> Move:
    return Move(
        mentee=person(mentee),
        before=person(before) if before else None,
        after=person(after) if after else None,
    )


def test_a_move_further_down_the_chain_follows_from_the_one_above() -> None:
    locked = Cause(kind=CauseKind.DECIDED, people=(person(1), person(11)), adjustment=Adjustment.lock(1, 11))

    first, second, third, apart = explained(
        [move(11, 2, 1), move(12, 1, 3), move(13, 3, None), move(14, 8, 9)], [locked]
    )

    assert first == ExplainedMove(move=first.move, causes=(locked,), is_direct=True)
    assert [(one.causes, one.is_direct) for one in (second, third)] == [((locked,), False)] * 2
    assert apart.causes == ()
