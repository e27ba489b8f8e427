import socket
from collections.abc import Iterator

import pytest

from mentormatch.notices.mailing import Envelope, Refused, Unanswered
from mentormatch.notices.smtp import MailServer, SmtpTransport
from tests.mail_servers import Sink, running

ENVELOPE = Envelope("from@firm.example", "mei@firm.example", "<n.1.1@firm.example>")
MESSAGE = b"Subject: Hello\r\n\r\n.a line that begins with a dot\r\n"


@pytest.fixture
def sink() -> Iterator[Sink]:
    with running(Sink()) as sink:
        yield sink


@pytest.fixture
def transport(sink: Sink) -> Iterator[SmtpTransport]:
    transport = SmtpTransport(MailServer.at(sink.url), "firm.example")
    yield transport
    transport.rest()


def send(transport: SmtpTransport) -> str:
    transport.offer(ENVELOPE)
    return transport.deliver(MESSAGE)


def test_a_mail_arrives_byte_for_byte_at_its_one_recipient(sink: Sink, transport: SmtpTransport) -> None:
    words = send(transport)

    assert sink.accepted == [("from@firm.example", ["mei@firm.example"], MESSAGE)]
    assert words == "250 Accepted as 7F2"


def test_mails_that_follow_one_another_share_a_connection(sink: Sink, transport: SmtpTransport) -> None:
    for _ in range(3):
        send(transport)

    assert (len(sink.accepted), sink.connections, sink.resets) == (3, 1, 2)


@pytest.mark.parametrize("answers", ["to_mail", "to_rcpt"])
@pytest.mark.parametrize(("answer", "is_lasting"), [("451 Greylisted", False), ("550 No such mailbox", True)])
def test_a_refusal_before_the_text_carries_the_servers_words(
    sink: Sink, transport: SmtpTransport, answers: str, answer: str, *, is_lasting: bool
) -> None:
    getattr(sink, answers).append(answer)

    with pytest.raises(Refused) as refused:
        transport.offer(ENVELOPE)

    assert (refused.value.words, refused.value.is_lasting) == (answer, is_lasting)


@pytest.mark.parametrize(("answer", "is_lasting"), [("452 Mailbox full", False), ("554 Looks like spam", True)])
def test_a_refusal_of_the_text_is_certain(
    sink: Sink, transport: SmtpTransport, answer: str, *, is_lasting: bool
) -> None:
    sink.to_data.append(answer)
    transport.offer(ENVELOPE)

    with pytest.raises(Refused) as refused:
        transport.deliver(MESSAGE)

    assert (refused.value.words, refused.value.is_lasting) == (answer, is_lasting)


def test_missing_credentials_are_for_the_operator_to_mend_not_the_mails_fault(
    sink: Sink, transport: SmtpTransport
) -> None:
    sink.to_mail.append("530 Authentication required")

    with pytest.raises(Refused) as refused:
        transport.offer(ENVELOPE)

    assert not refused.value.is_lasting


@pytest.mark.parametrize("answer", ["drop", "drop after accepting"])
def test_a_connection_that_breaks_after_the_text_leaves_it_unanswered(
    sink: Sink, transport: SmtpTransport, answer: str
) -> None:
    sink.to_data.append(answer)
    transport.offer(ENVELOPE)

    with pytest.raises(Unanswered):
        transport.deliver(MESSAGE)

    assert send(transport) == "250 Accepted as 7F2"


def test_the_next_mail_goes_out_after_a_refused_one_and_after_one_taken_back(
    sink: Sink, transport: SmtpTransport
) -> None:
    sink.to_rcpt.append("550 No such mailbox")
    with pytest.raises(Refused):
        transport.offer(ENVELOPE)
    transport.offer(ENVELOPE)
    transport.withdraw()

    send(transport)

    assert [to for _, to, _ in sink.accepted] == [["mei@firm.example"]]


def test_a_connection_that_the_server_closed_meanwhile_is_opened_again(sink: Sink, transport: SmtpTransport) -> None:
    send(transport)
    assert transport._smtp is not None
    assert transport._smtp.sock is not None
    transport._smtp.sock.shutdown(socket.SHUT_RDWR)

    send(transport)

    assert (len(sink.accepted), sink.connections) == (2, 2)


def test_a_server_that_is_not_there_is_a_refusal_for_now() -> None:
    with running(Sink()) as gone:
        url = gone.url

    with pytest.raises(Refused) as refused:
        SmtpTransport(MailServer.at(url), "firm.example").offer(ENVELOPE)

    assert not refused.value.is_lasting
    assert "refused" in refused.value.words


def test_an_address_of_a_mail_server_is_read_with_its_usual_port() -> None:
    assert MailServer.at("smtp://relay") == MailServer("relay", 25, is_encrypted=False)
    assert MailServer.at("smtps://relay") == MailServer("relay", 465, is_encrypted=True)
    assert MailServer.at("smtp://a%40b:p%2Fw@relay") == MailServer(
        "relay", 587, is_encrypted=False, name="a@b", password="p/w"
    )


@pytest.mark.parametrize("url", ["relay:25", "http://relay", "smtp://", "smtp://relay:port", ""])
def test_what_is_no_address_of_a_mail_server_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"smtp://|[Pp]ort"):
        MailServer.at(url)
