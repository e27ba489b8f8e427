import pytest
import sqlalchemy as sa
from flask import Flask

from mentormatch.domain.adjustments import Adjustment, ChangeKind
from mentormatch.domain.errors import AdjustedMeanwhile, Conflict, NotFound, PublishRefused
from mentormatch.domain.pairings import Reason
from mentormatch.domain.rounds import RoundState
from mentormatch.domain.signups import Signup, SignupState
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import AuditEntry
from mentormatch.persistence.repositories.adjustments import active_adjustments
from mentormatch.persistence.repositories.rounds import round_of
from mentormatch.services.adjusting_proposals import Terms
from mentormatch.services.bundle import Services
from tests.builders import people
from tests.builders.running import Running, running_programme

LOCK, BAR, MOVE, SWAP, UNPAIR, EXTRA, LIFT = ChangeKind


@pytest.fixture
def running(proposed: Running) -> Running:
    """Omar has two places, Silva needs a mentee and has one; Mei and Ana get a mentor each, Li speaks to nobody."""
    return proposed


def pair_of(running: Running, mentee: str) -> str:
    return next(mentor for mentor, other in running.pairs() if other == mentee)


def other_mentor(running: Running, mentee: str) -> str:
    return "Silva" if pair_of(running, mentee) == "Omar" else "Omar"


def resolve(running: Running) -> set[tuple[str, str]]:
    running.solve_again()
    running.solve()
    return running.pairs()


def test_a_barred_pair_is_not_made_again(running: Running) -> None:
    mentor = pair_of(running, "Mei")
    running.adjust(BAR, mentor=mentor, mentee="Mei")

    assert (mentor, "Mei") not in resolve(running)


def test_a_mentee_who_is_moved_gets_that_mentor(running: Running) -> None:
    mentor = other_mentor(running, "Mei")
    running.adjust(MOVE, mentor=mentor, mentee="Mei")

    assert (mentor, "Mei") in resolve(running)


def test_two_mentees_who_are_swapped_exchange_their_mentors(running: Running) -> None:
    before = {mentee: mentor for mentor, mentee in running.pairs()}
    running.adjust(SWAP, mentee="Mei", other="Ana")

    assert {mentee: mentor for mentor, mentee in resolve(running)} == {"Mei": before["Ana"], "Ana": before["Mei"]}


def test_who_is_left_out_is_unpaired_by_decision_and_told_so(running: Running) -> None:
    running.adjust(UNPAIR, mentee="Mei")

    assert "Mei" not in {mentee for _, mentee in resolve(running)}
    proposal = running.view().proposal
    assert proposal
    assert {line.name: line.reason for line in proposal.left_over.rows}["Mei Tanaka"] == Reason.LEFT_OUT


def test_an_extra_place_is_filled_and_can_be_published(app: Flask, services: Services) -> None:
    cast = [people.mentor(capacity=1), people.mentee(), people.mentee(email="ana@firm.example", name="Ana Ruiz")]
    running = running_programme(app, services, cast)
    running.propose()
    running.adjust(EXTRA, mentor="Omar")

    assert len(resolve(running)) == 2
    running.publish()
    assert running.state() is RoundState.PUBLISHED


def test_what_is_decided_survives_one_solve_after_another(running: Running) -> None:
    mentor = other_mentor(running, "Mei")
    running.adjust(MOVE, mentor=mentor, mentee="Mei")
    resolve(running)

    assert (mentor, "Mei") in resolve(running)


def test_a_bar_for_good_holds_in_the_next_round_and_a_lock_does_not(app: Flask, services: Services) -> None:
    running = running_programme(app, services, people_for_two_rounds())
    running.propose()
    running.adjust(BAR, Terms(for_good=True, reason="They asked for it"), mentor="Omar", mentee="Mei")
    running.adjust(LOCK, mentor="Omar", mentee="Ana")
    resolve(running)
    running.publish()
    running.start()

    with Transactions().reading() as session:
        second = round_of(session, running.programme_id, 2)
        holding = [one.adjustment for one in active_adjustments(session, running.programme_id, second.id)]
    assert holding == [Adjustment.bar(running.ids["Omar"], running.ids["Mei"])]


def people_for_two_rounds() -> list[Signup]:
    return [people.mentor(), people.mentee(), people.mentee(email="ana@firm.example", name="Ana Ruiz")]


def test_a_proposal_without_the_adjustments_cannot_be_published(running: Running) -> None:
    running.adjust(LOCK, mentor=pair_of(running, "Mei"), mentee="Mei")

    with pytest.raises(PublishRefused, match="re-solve first"):
        running.publish()


def test_what_is_decided_and_undone_leaves_the_proposal_publishable(running: Running) -> None:
    running.adjust(UNPAIR, mentee="Mei")
    running.undo()

    running.publish()

    assert running.state() is RoundState.PUBLISHED


def test_who_is_moved_is_free_of_the_lock_before(running: Running) -> None:
    first, second = pair_of(running, "Mei"), other_mentor(running, "Mei")
    running.adjust(LOCK, mentor=first, mentee="Mei")
    running.adjust(MOVE, mentor=second, mentee="Mei")

    assert running.holding() == {Adjustment.lock(running.ids[second], running.ids["Mei"])}


def test_undoing_brings_back_what_had_given_way(running: Running) -> None:
    first, second = pair_of(running, "Mei"), other_mentor(running, "Mei")
    running.adjust(LOCK, mentor=first, mentee="Mei")
    running.adjust(MOVE, mentor=second, mentee="Mei")

    running.undo()
    assert running.holding() == {Adjustment.lock(running.ids[first], running.ids["Mei"])}
    running.undo()
    assert running.holding() == set()


def test_a_swap_is_undone_whole(running: Running) -> None:
    running.adjust(SWAP, mentee="Mei", other="Ana")

    running.undo()

    assert running.holding() == set()


def test_the_later_of_two_coordinators_overwrites_nothing_and_learns_what_the_other_did(running: Running) -> None:
    seen = running.foresee(UNPAIR, mentee="Ana").seen
    running.adjust(UNPAIR, mentee="Mei")

    with pytest.raises(AdjustedMeanwhile):
        running.adjust(UNPAIR, seen=seen, mentee="Ana")
    (done,) = running.services.workbench.adjusting.since(running.programme_id, 1, seen.act)
    assert (done.adjustment, done.mentee) == (Adjustment.left_out(running.ids["Mei"]), "Mei Tanaka")
    assert running.holding() == {done.adjustment}


def test_the_same_change_sent_twice_is_made_once(running: Running) -> None:
    seen = running.foresee(UNPAIR, mentee="Mei").seen

    for _ in range(2):
        running.adjust(UNPAIR, seen=seen, mentee="Mei")

    assert running.holding() == {Adjustment.left_out(running.ids["Mei"])}


def test_two_coordinators_at_once_are_told_apart(running: Running) -> None:
    seen = running.foresee(UNPAIR, mentee="Mei").seen

    met = running.at_once(
        *(lambda name=name: running.adjust(UNPAIR, seen=seen, mentee=name) for name in ("Mei", "Ana"))
    )

    assert sorted(map(str, met)) == sorted(map(str, [AdjustedMeanwhile, None]))
    assert len(running.holding()) == 1


def test_nothing_is_decided_while_a_round_is_solved(running: Running) -> None:
    seen = running.foresee(UNPAIR, mentee="Mei").seen
    running.solve_again()

    with pytest.raises(Conflict):
        running.adjust(UNPAIR, seen=seen, mentee="Mei")


def test_somebody_who_joined_since_cannot_be_adjusted_yet(running: Running) -> None:
    running.join(people.mentee(email="new@firm.example", name="New Comer"))
    with Transactions().reading() as session:
        running.ids["New"] = session.scalars(sa.text("SELECT max(id) FROM participant")).one()

    with pytest.raises(NotFound):
        running.foresee(UNPAIR, mentee="New")


def test_a_lock_on_somebody_who_left_fails_the_next_solve_by_name_and_can_be_undone(running: Running) -> None:
    running.adjust(LOCK, mentor=pair_of(running, "Mei"), mentee="Mei")
    running.step("Mei", SignupState.WITHDRAWN)
    running.solve_again()
    running.solve()

    assert "cannot be locked to Mei Tanaka: one of them is not in this round" in running.view().head.failure
    running.undo()
    assert "Mei" not in {mentee for _, mentee in resolve(running)}


def test_every_making_and_lifting_has_its_audit_row(running: Running) -> None:
    running.adjust(UNPAIR, Terms(reason="On leave"), mentee="Mei")
    running.undo()

    with Transactions().reading() as session:
        entries = sa.select(AuditEntry.old_state, AuditEntry.new_state, AuditEntry.why)
        kept = session.execute(entries.where(AuditEntry.object_table == "adjustment").order_by(AuditEntry.id)).all()
    assert [tuple(entry) for entry in kept] == [("", "made", "On leave"), ("made", "lifted", "undone")]
