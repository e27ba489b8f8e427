import pytest
import sqlalchemy as sa

from mentormatch.domain.errors import Conflict, NotFound, TooMany
from mentormatch.domain.notices import HeldSearch, NoticeKind, NoticeState
from mentormatch.notices.opening import opened
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Notice
from mentormatch.services.rehearsing_rounds import Rehearsal
from mentormatch.services.sending_notices import SendingNotices
from mentormatch.services.sending_tests import MOST_IN_AN_HOUR
from tests.builders.accounts import add_coordinator
from tests.builders.running import Running
from tests.installations import StandingClock
from tests.transports import ScriptedTransport

EVERYBODY = ["Ana Ruiz", "Li Wei", "Mei Tanaka", "Omar Haddad", "Silva Candida"]


@pytest.fixture
def running(proposed: Running) -> Running:
    return proposed


@pytest.fixture
def account_id(running: Running) -> int:
    with Transactions().writing() as session:
        return add_coordinator(session, "cora@firm.example", running.programme_id).id


def rehearsal(running: Running, search: HeldSearch = HeldSearch()) -> Rehearsal:  # noqa: B008 -- frozen
    return running.services.mail.rehearsals.page(running.programme_id, 1, search, 1)


def send_test(running: Running, account_id: int) -> str:
    first = rehearsal(running).lines[0].id
    return running.services.mail.tests.send(running.programme_id, 1, first, account_id=account_id)


def test_a_rehearsal_lists_everybody_by_name_and_counts_the_kinds(running: Running) -> None:
    page = rehearsal(running)

    assert [line.name for line in page.lines] == EVERYBODY
    assert (page.in_all, sum(page.by_kind.values()), page.outdated) == (5, 5, {})


def test_a_rehearsal_is_narrowed_by_kind_and_by_words(running: Running) -> None:
    unpaired = rehearsal(running, HeldSearch(kind=NoticeKind.UNPAIRED))
    named = rehearsal(running, HeldSearch(text="ANA@FIRM"))

    assert unpaired.found == rehearsal(running).by_kind[NoticeKind.UNPAIRED]
    assert [line.name for line in named.lines] == ["Ana Ruiz"]


def test_one_leads_to_the_next_until_everybody_was_read(running: Running) -> None:
    read, at = [], rehearsal(running).lines[0].id
    while at:
        one = running.services.mail.rehearsals.one(running.programme_id, 1, at, HeldSearch())
        read.append((one.line.name, one.position))
        assert (one.before_id is None) is (one.position == 1)
        at = one.after_id or 0

    assert read == [(name, n) for n, name in enumerate(EVERYBODY, start=1)]


def test_what_is_shown_is_what_is_held(running: Running) -> None:
    line = rehearsal(running).lines[0]
    with Transactions().reading() as session:
        message = session.scalar(sa.select(Notice.message).where(Notice.id == line.id))

    assert running.services.mail.rehearsals.one(running.programme_id, 1, line.id, HeldSearch()).mail == opened(
        message or b""
    )


def test_a_published_round_has_nothing_to_rehearse(running: Running) -> None:
    running.publish()

    with pytest.raises(Conflict):
        rehearsal(running)


def test_a_notice_of_another_round_is_not_found(running: Running) -> None:
    with pytest.raises(NotFound):
        running.services.mail.rehearsals.one(running.programme_id, 1, 2_000_000_000, HeldSearch())


def test_a_test_mail_goes_to_the_coordinator_alone_and_the_notice_stays_held(
    running: Running, account_id: int, clock: StandingClock
) -> None:
    outbox = ScriptedTransport()

    assert send_test(running, account_id) == "cora@firm.example"
    sending = SendingNotices(Transactions(), clock, outbox, "from@firm.example")
    while sending.send_next():
        pass

    ((to, message),) = outbox.delivered
    assert to == "cora@firm.example"
    assert dict(opened(message).headers)["Subject"].startswith("[Test] ")
    assert running.count(Notice, NoticeState.HELD) == 5


def test_after_a_test_the_round_is_published_as_if_there_had_been_none(running: Running, account_id: int) -> None:
    send_test(running, account_id)

    running.publish()

    assert running.count(Notice, NoticeState.PENDING) == 6


def test_test_mails_are_bounded_however_fast_the_button_is_pressed(running: Running, account_id: int) -> None:
    met = running.at_once(*[lambda: send_test(running, account_id)] * (MOST_IN_AN_HOUR + 3))

    assert met.count(TooMany) == 3


def test_after_an_hour_test_mails_go_again(running: Running, account_id: int, clock: StandingClock) -> None:
    for _ in range(MOST_IN_AN_HOUR):
        send_test(running, account_id)
    clock.forward(minutes=61)

    assert send_test(running, account_id)
