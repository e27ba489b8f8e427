from email import message_from_bytes
from email.policy import SMTP

import pytest
from flask import Flask

from mentormatch.domain.errors import LinkRefused
from mentormatch.domain.notices import NoticeKind, NoticeState
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Notice
from mentormatch.services.bundle import Services
from mentormatch.services.reminding import Reminding
from mentormatch.services.sending_notices import SendingNotices
from tests.builders import people
from tests.builders.pairs import Pairs, published
from tests.builders.running import running_programme
from tests.installations import StandingClock
from tests.transports import ScriptedTransport


@pytest.fixture
def pairs(app: Flask, services: Services) -> Pairs:
    cast = (people.mentor(), people.mentee(time_zone="Europe/Helsinki"))
    return published(running_programme(app, services, cast))


@pytest.fixture
def reminding(services: Services) -> Reminding:
    return services.pairings.reminding


def reminded(reminding: Reminding, pairs: Pairs) -> int:
    """Write all that is due; return how many reminders there are by now."""
    while reminding.remind_next():
        pass
    return len(pairs.mails(NoticeKind.REMINDER))


def test_both_are_reminded_once_when_no_meeting_is_arranged(
    pairs: Pairs, reminding: Reminding, clock: StandingClock
) -> None:
    clock.forward(days=13)
    before = reminded(reminding, pairs)
    clock.forward(days=1)

    assert (before, reminded(reminding, pairs), reminded(reminding, pairs)) == (0, 2, 2)


def test_nobody_is_reminded_of_a_meeting_that_is_arranged(
    pairs: Pairs, reminding: Reminding, clock: StandingClock
) -> None:
    pairs.both_accept("Mei")
    at = pairs.view("Mei").times[0].starts_at
    pairs.running.services.pairings.inviting.invite(pairs.seat("Mei"), at)
    clock.forward(days=15)

    assert reminded(reminding, pairs) == 0


def test_both_are_reminded_at_half_time_and_before_the_end(
    pairs: Pairs, reminding: Reminding, clock: StandingClock
) -> None:
    pairs.both_accept("Mei")
    clock.forward(days=135)
    half = reminded(reminding, pairs)
    clock.forward(days=121)

    assert (half, reminded(reminding, pairs)) == (2, 4)


def test_a_reminder_that_was_due_long_ago_is_not_written_any_more(
    pairs: Pairs, reminding: Reminding, clock: StandingClock
) -> None:
    clock.forward(days=29)

    assert reminded(reminding, pairs) == 0


def test_whoever_has_had_enough_gets_no_reminders_and_the_other_still_does(
    pairs: Pairs, reminding: Reminding, clock: StandingClock
) -> None:
    reminding.choose(pairs.running.programme_id, pairs.accounts["Mei"], is_on=False)
    clock.forward(days=14)
    reminded(reminding, pairs)

    assert pairs.mails(NoticeKind.REMINDER) == [("reminder", "omar@firm.example")]


def test_a_reminder_ends_at_one_press_and_no_other_mail_does(
    pairs: Pairs, reminding: Reminding, clock: StandingClock
) -> None:
    clock.forward(days=14)
    reminded(reminding, pairs)
    mail = message_from_bytes(pairs.text(NoticeKind.REMINDER, "mei@firm.example"), policy=SMTP)
    notice = message_from_bytes(pairs.text(NoticeKind.MENTEE, "mei@firm.example"), policy=SMTP)
    link = str(mail["List-Unsubscribe"]).strip("<>")
    reminding.end_by_link(link.rpartition("/")[2])

    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert notice["List-Unsubscribe"] is None
    assert not reminding.are_on(pairs.running.programme_id, pairs.accounts["Mei"])


def test_the_header_of_the_one_press_is_one_line_that_mail_programs_read(
    pairs: Pairs, reminding: Reminding, clock: StandingClock
) -> None:
    clock.forward(days=14)
    reminded(reminding, pairs)
    (line,) = [
        line
        for line in pairs.text(NoticeKind.REMINDER, "mei@firm.example").split(b"\r\n")
        if line.startswith(b"List-Unsubscribe:")
    ]

    assert line.startswith(b"List-Unsubscribe: <http://localhost/reminders/")
    assert line.endswith(b">")


def test_the_link_to_answer_does_not_end_reminders(pairs: Pairs, reminding: Reminding) -> None:
    with pytest.raises(LinkRefused):
        reminding.end_by_link(pairs.mailed_link("Mei").token)


def test_a_reminder_that_waits_is_not_sent_once_the_pairing_is_declined(
    pairs: Pairs, reminding: Reminding, clock: StandingClock
) -> None:
    clock.forward(days=14)
    reminded(reminding, pairs)
    pairs.answering.decline(pairs.seat("Mei"), "")
    outbox = SendingNotices(Transactions(), clock, ScriptedTransport(), "from@firm.example")
    while outbox.send_next():
        pass

    with Transactions().reading() as session:
        states = [row.state for row in session.query(Notice).where(Notice.kind == NoticeKind.REMINDER)]
    assert states == [NoticeState.CANCELLED] * 2
