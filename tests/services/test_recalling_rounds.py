from email import message_from_bytes
from email.policy import SMTP

import pytest
import sqlalchemy as sa

from mentormatch.domain.actors import CONSOLE
from mentormatch.domain.errors import Conflict, RecallRefused
from mentormatch.domain.notices import NoticeKind, NoticeState
from mentormatch.domain.pairings import PairingState
from mentormatch.domain.rounds import RoundState
from mentormatch.notices.mailing import Unanswered
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import AuditEntry, Notice, Pairing
from mentormatch.services.sending_notices import SendingNotices
from tests.builders.running import Running
from tests.installations import StandingClock
from tests.transports import ScriptedTransport, refused_for_good

WHY = "Two answers had been imported wrongly."


@pytest.fixture
def running(proposed: Running) -> Running:
    proposed.publish()
    return proposed


@pytest.fixture
def outbox(clock: StandingClock) -> ScriptedTransport:
    return ScriptedTransport()


@pytest.fixture
def sending(clock: StandingClock, outbox: ScriptedTransport) -> SendingNotices:
    return SendingNotices(Transactions(), clock, outbox, "from@firm.example")


def recall(running: Running, seen: int | None = None) -> int:
    version = running.version() if seen is None else seen
    return running.services.mail.recalls.recall(running.programme_id, 1, WHY, seen=version, actor=CONSOLE)


def send(sending: SendingNotices, most: int = 99) -> None:
    for _ in range(most):
        if not sending.send_next():
            break


def recalls() -> list[Notice]:
    with Transactions().reading() as session:
        return list(session.scalars(sa.select(Notice).where(Notice.kind == NoticeKind.RECALL).order_by(Notice.id)))


def take_up_one(state: PairingState) -> None:
    with Transactions().writing() as session:
        one = session.scalars(sa.select(Pairing.id)).first()
        for step in (PairingState.ACCEPTED, PairingState.COMPLETED):
            stepped = sa.update(Pairing).where(Pairing.id == one)
            session.execute(stepped.values(state=step, version=Pairing.version + 1))
            if step == state:
                return


def test_a_recall_takes_the_pairs_back_and_stops_what_has_not_left(running: Running) -> None:
    assert recall(running) == 0

    assert running.state() == RoundState.RECALLED
    assert running.count(Pairing, PairingState.RECALLED) == running.count(Pairing)
    assert running.count(Notice, NoticeState.CANCELLED) == running.count(Notice) == len(running.ids)


def test_whoever_was_told_is_told_of_the_recall_and_nobody_else(
    running: Running, sending: SendingNotices, outbox: ScriptedTransport
) -> None:
    send(sending, most=2)
    told = [to for to, _ in outbox.delivered]

    assert recall(running) == 2
    send(sending)

    assert sorted(to for to, _ in outbox.delivered) == sorted(told * 2)
    assert [notice.recipient for notice in recalls()] == told


def test_the_mail_of_a_recall_names_what_was_said_and_why_it_is_taken_back(
    running: Running, sending: SendingNotices
) -> None:
    send(sending)
    mentor, mentee = next(iter(running.pairs()))

    recall(running)

    texts = [message_from_bytes(n.message or b"", policy=SMTP).get_body(("plain",)) for n in recalls()]
    said = [" ".join(str(text.get_content()).split()) for text in texts if text]
    assert all(f"The reason: {WHY}" in text for text in said)
    assert any(f"Hello {mentee}" in text and f"We told you that {mentor}" in text for text in said)


def test_a_mail_that_may_have_arrived_counts_as_told_and_is_not_sent_again(
    running: Running, sending: SendingNotices, outbox: ScriptedTransport, clock: StandingClock
) -> None:
    outbox.at_delivery = [Unanswered("lost")]
    send(sending, most=1)

    assert recall(running) == 1
    clock.forward(minutes=16)
    send(sending)

    assert running.count(Notice, NoticeState.IN_DOUBT) == 0
    assert [notice.state for notice in recalls()] == [NoticeState.SENT]
    assert len(outbox.delivered) == 1


def test_a_mail_that_was_refused_only_after_a_doubt_counts_as_told(
    running: Running, sending: SendingNotices, outbox: ScriptedTransport, clock: StandingClock
) -> None:
    outbox.at_delivery = [Unanswered("lost")]
    send(sending)
    clock.forward(minutes=16)
    outbox.at_offer = [refused_for_good()]
    send(sending)

    assert running.count(Notice, NoticeState.FAILED) == 1
    assert recall(running) == len(running.ids)


def test_a_mail_in_hand_is_not_handed_over_after_the_recall(
    running: Running, clock: StandingClock, outbox: ScriptedTransport
) -> None:
    sending = SendingNotices(Transactions(), clock, outbox, "from@firm.example")
    claim = sending._claim()
    assert claim is not None

    recall(running)
    sending._send(claim)

    assert (outbox.delivered, outbox.withdrawn) == ([], 1)


@pytest.mark.parametrize("state", [PairingState.ACCEPTED, PairingState.COMPLETED])
def test_a_pairing_that_was_taken_up_keeps_the_round_from_being_recalled(running: Running, state: PairingState) -> None:
    take_up_one(state)

    with pytest.raises(RecallRefused, match="1 pairing has been accepted or completed"):
        recall(running)

    assert running.state() == RoundState.PUBLISHED
    assert running.services.mail.recalls.look(running.programme_id, 1).reasons_against != ()


def test_only_the_newest_round_is_recalled(running: Running) -> None:
    running.start()

    with pytest.raises(RecallRefused, match="Round 2 was started after it"):
        recall(running)


def test_a_round_that_changed_since_or_is_not_published_is_not_recalled(running: Running) -> None:
    seen = running.version()
    with pytest.raises(Conflict):
        recall(running, seen - 1)
    recall(running, seen)

    with pytest.raises(Conflict):
        recall(running, seen)
    assert recalls() == []


def test_of_many_presses_one_recalls(running: Running, sending: SendingNotices) -> None:
    send(sending)
    seen = running.version()

    met = running.at_once(*[lambda: recall(running, seen)] * 8)

    assert sorted(map(str, met)) == sorted([str(None), *[str(Conflict)] * 7])
    assert len(recalls()) == len(running.ids)


def test_a_recalled_round_is_solved_and_published_again_with_new_mails(
    running: Running, sending: SendingNotices, outbox: ScriptedTransport
) -> None:
    send(sending)
    recall(running)

    running.solve_again()
    running.solve()
    running.publish()
    send(sending)

    assert running.state() == RoundState.PUBLISHED
    assert len(outbox.delivered) == 3 * len(running.ids)


def test_the_page_says_how_many_mails_are_out_and_how_many_are_stopped(
    running: Running, sending: SendingNotices
) -> None:
    send(sending, most=2)

    view = running.services.mail.recalls.look(running.programme_id, 1)

    assert (view.already_out, view.stopped, view.pairings) == (2, len(running.ids) - 2, 2)


def test_the_audit_trail_says_who_took_the_round_back_and_why(running: Running) -> None:
    recall(running)

    with Transactions().reading() as session:
        entry = session.scalars(sa.select(AuditEntry).where(AuditEntry.new_state == "recalled")).first()
    assert entry is not None
    assert (entry.actor_kind, entry.why) == (CONSOLE.kind, f"recalled: {WHY}")
