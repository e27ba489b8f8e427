from dataclasses import dataclass
from datetime import timedelta

import pytest
import sqlalchemy as sa

from mentormatch.domain.actors import SYSTEM
from mentormatch.domain.notices import NoticeState
from mentormatch.domain.rounds import RoundState
from mentormatch.notices.mailing import Envelope, Refused, Unanswered
from mentormatch.persistence.advancing import Cause, advance
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import AuditEntry, MatchingRound, Notice
from mentormatch.services.bundle import Services
from mentormatch.services.sending_notices import SendingNotices
from tests.builders.outboxes import add_link_mail, add_notices
from tests.installations import StandingClock
from tests.transports import ScriptedTransport, refused_for_good, refused_for_now


@dataclass
class Outbox:
    """An outbox, the way its mails go, and one notice in it."""

    sending: SendingNotices
    transport: ScriptedTransport
    clock: StandingClock

    def notice(self) -> Notice:
        with Transactions().reading() as session:
            return session.scalars(sa.select(Notice).order_by(Notice.id)).all()[0]

    def another_worker(self) -> SendingNotices:
        return SendingNotices(Transactions(), self.clock, self.transport, "from@firm.example")

    def send_all(self) -> int:
        sent = 0
        while self.sending.send_next():
            sent += 1
        return sent


@pytest.fixture
def outbox(services: Services, clock: StandingClock) -> Outbox:
    transport = ScriptedTransport()
    return Outbox(SendingNotices(Transactions(), clock, transport, "from@firm.example"), transport, clock)


@pytest.fixture
def due(outbox: Outbox) -> Outbox:
    with Transactions().writing() as session:
        add_notices(session)
    return outbox


def recall() -> None:
    with Transactions().writing() as session:
        row = session.scalars(sa.select(MatchingRound)).one()
        advance(session, row, RoundState.RECALLED, Cause(SYSTEM, row.created_at))


def test_a_due_notice_is_sent_once_with_the_servers_words(due: Outbox) -> None:
    assert due.send_all() == 1

    notice = due.notice()
    assert [to for to, _ in due.transport.delivered] == ["p0@firm.example"]
    assert (notice.state, notice.reply, notice.attempts, notice.doubts, notice.lease_until, notice.sent_at) == (
        *(NoticeState.SENT, "250 Accepted as 7F2", 1, 0, None),
        due.clock.now,
    )


def test_every_step_of_a_sent_notice_is_in_the_audit_trail(due: Outbox) -> None:
    due.send_all()

    with Transactions().reading() as session:
        steps = session.scalars(sa.select(AuditEntry.new_state).order_by(AuditEntry.id)).all()
    assert steps == ["sending", "in_doubt", "sent"]


@pytest.mark.parametrize("state", [NoticeState.HELD, NoticeState.CANCELLED, NoticeState.FAILED, NoticeState.SENT])
def test_only_pending_notices_are_sent(outbox: Outbox, state: NoticeState) -> None:
    with Transactions().writing() as session:
        add_notices(session, state=state)

    assert outbox.send_all() == 0


@pytest.mark.parametrize("change", [{"state": RoundState.RECALLED}, {"publication": 2}])
def test_a_notice_of_a_round_that_does_not_stand_is_not_sent(due: Outbox, change: dict[str, object]) -> None:
    with Transactions().writing() as session:
        session.execute(sa.update(MatchingRound).values(**change, version=MatchingRound.version + 1))

    assert due.send_all() == 0


def test_a_recall_between_claim_and_mark_takes_the_notice_back(due: Outbox) -> None:
    class RecalledMeanwhile(ScriptedTransport):
        def offer(self, envelope: Envelope) -> None:
            super().offer(envelope)
            recall()

    transport = RecalledMeanwhile()
    SendingNotices(Transactions(), due.clock, transport, "from@firm.example").send_next()

    assert (transport.delivered, transport.withdrawn) == ([], 1)


def test_a_refusal_for_now_is_tried_again_after_ever_longer_pauses(due: Outbox) -> None:
    due.transport.at_offer = [refused_for_now() for _ in range(11)]
    pauses = []
    for _ in range(11):
        due.send_all()
        assert due.send_all() == 0
        pauses.append((due.notice().next_at - due.clock.now) // timedelta(minutes=1))
        due.clock.now = due.notice().next_at

    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 240, 240, 240]
    assert due.notice().reply == "451 Try again later"


def test_a_notice_that_is_refused_for_three_days_has_failed(due: Outbox) -> None:
    due.transport.at_offer = [refused_for_now(), refused_for_now()]
    due.send_all()
    due.clock.forward(hours=72)

    due.send_all()

    assert (due.notice().state, due.notice().reply) == (NoticeState.FAILED, "451 Try again later")


@pytest.mark.parametrize("step", ["at_offer", "at_delivery"])
def test_a_refusal_for_good_fails_at_once_and_keeps_the_mail(due: Outbox, step: str) -> None:
    setattr(due.transport, step, [refused_for_good()])

    due.send_all()

    notice = due.notice()
    assert (notice.state, notice.reply, notice.doubts) == (NoticeState.FAILED, "550 No such mailbox", 0)
    assert notice.message is not None


def test_a_text_refused_for_now_leaves_no_doubt(due: Outbox) -> None:
    due.transport.at_delivery = [refused_for_now()]
    due.send_all()
    assert due.notice().state == NoticeState.PENDING
    due.clock.forward(minutes=1)

    due.send_all()

    assert (due.notice().state, due.notice().doubts) == (NoticeState.SENT, 0)


def test_a_lost_answer_leaves_the_notice_in_doubt_and_sends_the_same_bytes_again(due: Outbox) -> None:
    due.transport.at_delivery = [Unanswered("connection lost")]
    due.send_all()
    assert (due.notice().state, due.notice().reply) == (NoticeState.IN_DOUBT, "connection lost")
    kept = due.notice().message
    due.clock.forward(minutes=14, seconds=59)
    assert due.send_all() == 0
    due.clock.forward(seconds=1)

    due.send_all()

    assert (due.notice().state, due.notice().doubts) == (NoticeState.SENT, 1)
    assert due.transport.delivered == [("p0@firm.example", kept)]


def test_a_worker_that_died_before_the_mark_leaves_no_doubt(due: Outbox) -> None:
    due.sending._claim()
    due.clock.forward(minutes=2)

    assert due.another_worker().send_next()
    assert (due.notice().state, due.notice().doubts, due.notice().attempts) == (NoticeState.SENT, 0, 2)


def test_a_worker_that_wakes_up_too_late_sends_nothing(due: Outbox) -> None:
    late = due.sending._claim()
    assert late is not None
    due.clock.forward(minutes=2)
    due.another_worker().send_next()

    due.sending._send(late)

    assert len(due.transport.delivered) == 1
    assert due.transport.withdrawn == 1


@pytest.mark.parametrize("answer", [None, refused_for_good()])
def test_what_a_late_worker_does_touches_nothing_that_another_has_in_hand(due: Outbox, answer: Refused | None) -> None:
    late = due.sending._claim()
    assert late is not None
    due.clock.forward(minutes=2)
    due.another_worker()._claim()
    due.transport.at_offer = [answer]

    due.sending._send(late)

    assert (due.transport.delivered, due.notice().state, due.notice().fence) == ([], NoticeState.SENDING, 2)


def test_a_lease_that_has_run_out_allows_no_mark_even_if_nobody_has_taken_over(due: Outbox) -> None:
    late = due.sending._claim()
    assert late is not None
    due.clock.forward(minutes=2)

    due.sending._send(late)

    assert due.transport.delivered == []


def test_an_answer_that_comes_after_another_worker_took_over_changes_nothing(due: Outbox) -> None:
    def overtaken() -> None:
        due.transport.before_delivery = lambda: None
        due.clock.forward(minutes=15)
        due.another_worker().send_next()

    due.transport.before_delivery = overtaken
    due.sending.send_next()

    assert len(due.transport.delivered) == 2
    assert (due.notice().state, due.notice().doubts, due.notice().attempts) == (NoticeState.SENT, 1, 2)


def test_a_link_overtakes_the_notices_of_a_round_and_is_forgotten_once_sent(due: Outbox) -> None:
    with Transactions().writing() as session:
        link_id = add_link_mail(session)

    due.sending.send_next()

    assert [to for to, _ in due.transport.delivered] == ["ana@firm.example"]
    with Transactions().reading() as session:
        assert session.scalar(sa.select(Notice.message).where(Notice.id == link_id)) is None


def test_a_link_that_is_no_longer_valid_is_not_sent(outbox: Outbox) -> None:
    with Transactions().writing() as session:
        add_link_mail(session)
    outbox.clock.forward(minutes=10)

    assert outbox.send_all() == 0
    assert (outbox.notice().state, outbox.notice().message) == (NoticeState.CANCELLED, None)
