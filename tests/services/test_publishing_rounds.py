from dataclasses import replace

import pytest
import sqlalchemy as sa

from mentormatch.domain.errors import Conflict, PublishRefused
from mentormatch.domain.notices import NoticeState
from mentormatch.domain.pairings import PairingState
from mentormatch.domain.rounds import RoundState
from mentormatch.domain.signups import SignupState
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import AuditEntry, Notice, Pairing, Programme
from tests.builders import people
from tests.builders.running import Running


@pytest.fixture
def running(proposed: Running) -> Running:
    return proposed


def reasons(running: Running) -> tuple[str, ...]:
    with pytest.raises(PublishRefused) as refused:
        running.publish()
    assert running.state() == RoundState.PROPOSED
    assert running.count(Notice, NoticeState.HELD) == running.count(Notice)
    return refused.value.reasons


def test_publishing_announces_every_pair_and_releases_every_notice(running: Running) -> None:
    running.publish()

    assert running.state() == RoundState.PUBLISHED
    assert running.count(Pairing, PairingState.ANNOUNCED) == running.count(Pairing) == 2
    assert running.count(Notice, NoticeState.PENDING) == running.count(Notice) == len(running.ids)


def test_the_notices_of_a_discarded_proposal_are_not_released(running: Running) -> None:
    running.solve_again()
    running.solve()

    running.publish()

    assert running.count(Notice, NoticeState.CANCELLED) == running.count(Notice, NoticeState.PENDING)


def test_the_same_form_sent_again_finds_the_first_result(running: Running) -> None:
    seen = running.seen()
    running.publish(seen)

    running.publish(seen)

    assert running.count(Notice, NoticeState.PENDING) == len(running.ids)


def test_twenty_presses_of_one_form_publish_once_and_all_find_it_done(running: Running) -> None:
    seen = running.seen()

    met = running.at_once(*[lambda: running.publish(seen)] * 20)

    assert met == [None] * 20
    assert publications(running) == 1


def test_of_two_coordinators_one_publishes_and_the_other_is_told(running: Running) -> None:
    forms = [running.seen() for _ in range(10)]

    met = running.at_once(*[lambda form=form: running.publish(form) for form in forms])

    assert sorted(map(str, met)) == sorted([str(None), *[str(Conflict)] * 9])
    assert publications(running) == 1


def publications(running: Running) -> int:
    published = sa.select(sa.func.count()).where(
        AuditEntry.object_table == "matching_round", AuditEntry.new_state == "published"
    )
    assert running.count(Notice, NoticeState.PENDING) == len(running.ids)
    with Transactions().reading() as session:
        return session.scalar(published) or 0


def test_publishing_races_with_solving_again_and_one_wins(running: Running) -> None:
    seen = running.seen()

    met = running.at_once(lambda: running.publish(seen), running.solve_again)

    is_published = running.state() == RoundState.PUBLISHED
    assert met[0] is (None if is_published else Conflict)
    assert running.count(Notice, NoticeState.PENDING) == (len(running.ids) if is_published else 0)


def test_a_form_that_saw_another_proposal_is_refused(running: Running) -> None:
    seen = running.seen()
    running.solve_again()
    running.solve()

    with pytest.raises(Conflict):
        running.publish(seen)


@pytest.mark.parametrize("key", ["", "used"])
def test_a_form_without_a_key_of_its_own_is_refused(running: Running, key: str) -> None:
    running.publish(replace(running.seen(), publish_key="used"))
    running.start()
    running.solve()

    with pytest.raises(Conflict):
        running.publish(replace(running.seen(2), publish_key=key), number=2)


@pytest.mark.parametrize("state", [SignupState.PAUSED, SignupState.WITHDRAWN])
@pytest.mark.parametrize("name", ["Omar", "Mei", "Li"])
def test_whoever_left_after_the_proposal_keeps_it_from_being_published(
    running: Running, name: str, state: SignupState
) -> None:
    running.step(name, state)

    (reason,) = reasons(running)

    assert name in reason
    assert "does not take part any more" in reason


def test_a_withdrawal_races_with_publishing_and_nobody_withdrawn_before_gets_a_mail(running: Running) -> None:
    seen = running.seen()

    met = running.at_once(lambda: running.publish(seen), lambda: running.step("Mei", SignupState.WITHDRAWN))

    order = sa.select(AuditEntry.object_table).where(AuditEntry.new_state.in_(["withdrawn", "published"]))
    with Transactions().reading() as session:
        steps = list(session.scalars(order.order_by(AuditEntry.id)))
    assert steps == (["participant"] if met[0] else ["matching_round", "participant"])
    assert running.count(Notice, NoticeState.PENDING) == (0 if met[0] else len(running.ids))


def test_a_lowered_capacity_keeps_the_proposal_from_being_published(running: Running) -> None:
    running.change("Silva", capacity=0)

    assert reasons(running) == ("Silva Candida would now take fewer mentees than this proposal gives them.",)


def test_a_new_line_manager_keeps_the_pair_from_being_published(running: Running) -> None:
    mentor, mentee = next(iter(running.pairs()))
    running.change(mentee, manager_email=f"{mentor.upper()}@FIRM.example")

    assert any("line manager" in reason for reason in reasons(running))


def test_changed_answers_keep_the_proposal_from_being_published(running: Running) -> None:
    running.change("Ana", email="ana.ruiz@firm.example", mailbox="ana.ruiz@firm.example")

    assert reasons(running) == ("Ana Ruiz has changed their answers.",)


def test_changed_settings_keep_the_proposal_from_being_published(running: Running) -> None:
    with Transactions().writing() as session:
        programme = session.get_one(Programme, running.programme_id)
        programme.floor_percent, programme.inputs_version = 50, programme.inputs_version + 1

    assert reasons(running) == ("The settings that decide who is paired with whom have changed.",)


def test_a_change_that_was_taken_back_does_not_matter(running: Running) -> None:
    running.change("Ana", capacity=3)
    running.change("Ana", capacity=0)

    running.publish()

    assert running.state() == RoundState.PUBLISHED


def test_somebody_who_joined_is_shown_and_does_not_keep_the_others_waiting(running: Running) -> None:
    running.join(people.mentee(email="new@firm.example", name="New Comer"))

    shown = running.view().changes.joined
    running.publish()

    assert shown == ("New Comer",)
    assert running.count(Notice, NoticeState.PENDING) == len(running.ids)


def test_a_change_after_the_form_was_shown_is_never_published_unseen(running: Running) -> None:
    seen = running.seen()
    running.join(people.mentee(email="new@firm.example", name="New Comer"))

    with pytest.raises(Conflict, match="since you looked"):
        running.publish(seen)


def test_even_a_change_that_moved_no_version_is_caught(running: Running) -> None:
    seen = running.seen()
    running.step("Mei", SignupState.PAUSED)
    running.change("Silva", capacity=0)
    with Transactions().writing() as session:
        session.execute(sa.update(Programme).values(inputs_version=seen.inputs_version))

    assert len(reasons(running)) == 2
