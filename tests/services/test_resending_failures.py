import pytest
import sqlalchemy as sa

from mentormatch.domain.actors import CONSOLE
from mentormatch.domain.errors import Conflict, NotFound
from mentormatch.domain.notices import NoticeState
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Notice
from mentormatch.services.sending_notices import SendingNotices
from tests.builders.running import Running
from tests.installations import StandingClock
from tests.transports import ScriptedTransport, refused_for_good


@pytest.fixture
def running(proposed: Running, clock: StandingClock) -> Running:
    """Publish a round of five mails, of which two fail and three arrive."""
    proposed.publish()
    send(clock, ScriptedTransport(at_offer=[refused_for_good(), refused_for_good()]))
    return proposed


def send(clock: StandingClock, outbox: ScriptedTransport) -> int:
    sending = SendingNotices(Transactions(), clock, outbox, "from@firm.example")
    while sending.send_next():
        pass
    return len(outbox.delivered)


def resend(running: Running) -> int:
    seen = running.services.mail.failures.look(running.programme_id)
    return running.services.mail.failures.resend(running.programme_id, up_to=seen.newest_id, actor=CONSOLE)


def one_sent() -> Notice:
    with Transactions().reading() as session:
        return session.scalars(sa.select(Notice).where(Notice.state == NoticeState.SENT)).all()[0]


def test_everything_that_failed_goes_out_again(running: Running, clock: StandingClock) -> None:
    assert running.services.mail.failures.look(running.programme_id).count == 2

    assert resend(running) == 2
    assert send(clock, ScriptedTransport()) == 2
    assert running.services.mail.failures.look(running.programme_id).count == 0


def test_many_presses_send_each_mail_again_once(running: Running) -> None:
    seen = running.services.mail.failures.look(running.programme_id).newest_id
    again = running.services.mail.failures

    met = running.at_once(*[lambda: again.resend(running.programme_id, up_to=seen, actor=CONSOLE)] * 6)

    assert set(met) <= {None, Conflict}
    assert running.count(Notice, NoticeState.PENDING) == 2


def test_what_failed_after_the_page_was_shown_waits(running: Running) -> None:
    assert running.services.mail.failures.resend(running.programme_id, up_to=0, actor=CONSOLE) == 0


def test_another_programme_has_nothing_to_send_again(running: Running) -> None:
    assert running.services.mail.failures.look(running.programme_id + 1).count == 0


def test_a_mail_that_came_back_is_noted_and_can_be_sent_again(running: Running) -> None:
    sent = one_sent()

    running.services.mail.bounces.note(running.programme_id, sent.id, seen=sent.version, actor=CONSOLE)

    assert running.count(Notice, NoticeState.BOUNCED) == 1
    assert resend(running) == 3


def test_only_a_sent_mail_of_this_programme_that_is_as_it_was_seen_comes_back(running: Running) -> None:
    sent, note = one_sent(), running.services.mail.bounces.note

    with pytest.raises(NotFound):
        note(running.programme_id + 1, sent.id, seen=sent.version, actor=CONSOLE)
    with pytest.raises(Conflict):
        note(running.programme_id, sent.id, seen=sent.version + 1, actor=CONSOLE)
