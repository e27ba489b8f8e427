import re
from email import message_from_bytes
from email.policy import SMTP

import pytest
import sqlalchemy as sa

from mentormatch.domain.errors import LinkRefused
from mentormatch.domain.notices import NoticeKind, NoticeState
from mentormatch.domain.signups import SignupState
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Notice, SignInRequest
from mentormatch.services.bundle import Services
from tests.builders.accounts import NOW, add_account
from tests.builders.people import mentee
from tests.builders.programmes import add_participant, add_programme
from tests.installations import StandingClock


def ask(services: Services, email: str, browser: str = "asking browser") -> None:
    services.asking_links.ask(email, browser=browser, client="192.0.2.1", next_path="/arrive")


def notices() -> list[Notice]:
    with Transactions().reading() as session:
        return list(session.scalars(sa.select(Notice).order_by(Notice.id)))


def mailed_text(notice: Notice) -> str:
    assert notice.message is not None
    body = message_from_bytes(notice.message, policy=SMTP).get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def mailed_secrets(notice: Notice) -> tuple[str, str]:
    """Return the token and the code that a mail carries."""
    text = mailed_text(notice)
    token, code = re.search(r"/sign-in/(\S+)", text), re.search(r"(\d{4}) (\d{4})", text)
    assert token is not None
    assert code is not None
    return token[1], code[1] + code[2]


@pytest.fixture
def ana(services: Services) -> str:
    with Transactions().writing() as session:
        add_account(session, "Ana@firm.example")
    return "ana@firm.example"


def test_a_known_mailbox_gets_one_mail_at_its_kept_address(services: Services, ana: str) -> None:
    ask(services, "ANA@firm.example")

    assert services.mailing_links.mail_next()
    assert not services.mailing_links.mail_next()

    [notice] = notices()
    assert (notice.kind, notice.state, notice.recipient) == (
        NoticeKind.SIGN_IN,
        NoticeState.PENDING,
        "Ana@firm.example",
    )


def test_a_participant_without_an_account_gets_the_mail_too(services: Services) -> None:
    with Transactions().writing() as session:
        add_participant(session, add_programme(session).id, mentee())
    ask(services, "mei@firm.example")

    services.mailing_links.mail_next()

    assert [notice.recipient for notice in notices()] == ["mei@firm.example"]


@pytest.mark.parametrize("state", ["unknown", "disabled", "erased"])
def test_a_mailbox_that_may_not_come_in_gets_no_mail(services: Services, state: str) -> None:
    with Transactions().writing() as session:
        if state == "disabled":
            add_account(session, "mei@firm.example", disabled_at=NOW)
        if state == "erased":
            add_participant(session, add_programme(session).id, mentee(), state=SignupState.ERASED)
    ask(services, "mei@firm.example")

    assert services.mailing_links.mail_next()

    assert notices() == []


def test_only_hashes_of_the_secrets_are_kept_with_the_request(services: Services, ana: str) -> None:
    ask(services, ana)
    services.mailing_links.mail_next()

    token, code = mailed_secrets(notices()[0])

    with Transactions().reading() as session:
        row = session.execute(sa.select(SignInRequest.__table__)).mappings().one()
    assert not {token, code} & {str(value) for value in row.values()}


def test_the_link_and_the_code_of_a_mail_let_the_asking_browser_in(services: Services, ana: str) -> None:
    for browser in ("by link", "by code"):
        ask(services, ana, browser)
        services.mailing_links.mail_next()
    by_link, by_code = map(mailed_secrets, notices())

    assert services.signing_in.by_link(by_link[0], browser="by link").next_path == "/arrive"
    with pytest.raises(LinkRefused):  # the first entry has made the other links of this mailbox worthless
        services.signing_in.by_code(by_code[1], browser="by code")


@pytest.mark.parametrize("minutes", [10, 11])
def test_a_link_is_worthless_after_ten_minutes(
    services: Services, ana: str, clock: StandingClock, minutes: int
) -> None:
    ask(services, ana)
    services.mailing_links.mail_next()
    clock.forward(minutes=minutes)

    with pytest.raises(LinkRefused):
        services.signing_in.by_link(mailed_secrets(notices()[0])[0], browser="asking browser")


def test_a_hundred_requests_for_one_mailbox_make_at_most_five_mails(services: Services, ana: str) -> None:
    for n in range(100):
        services.asking_links.ask(ana, browser=f"b{n}", client=f"192.0.2.{n}", next_path="/arrive")
    while services.mailing_links.mail_next():
        pass

    assert len(notices()) == 5


def test_one_client_gets_at_most_twenty_mails_an_hour_written(services: Services, clock: StandingClock) -> None:
    with Transactions().writing() as session:
        for n in range(30):
            add_account(session, f"p{n}@firm.example")
    for n in range(30):
        ask(services, f"p{n}@firm.example")
    while services.mailing_links.mail_next():
        pass
    assert len(notices()) == 20
    clock.forward(minutes=61)

    ask(services, "p29@firm.example")

    assert services.mailing_links.mail_next()
    assert len(notices()) == 21


def test_a_mailbox_that_no_mail_can_be_written_to_does_not_hold_up_the_next(services: Services, ana: str) -> None:
    with Transactions().writing() as session:
        add_account(session, "é@firm.example")
    ask(services, "é@firm.example")
    ask(services, ana)

    while services.mailing_links.mail_next():
        pass

    assert [notice.recipient for notice in notices()] == ["Ana@firm.example"]


@pytest.mark.parametrize("kind", [NoticeKind.CONFIRM_SIGNUP, NoticeKind.ALREADY_SIGNED_UP])
def test_mails_after_a_sign_up_name_the_programme_and_belong_to_it(services: Services, kind: NoticeKind) -> None:
    with Transactions().writing() as session:
        programme_id = add_programme(session).id
        person_id = add_participant(session, programme_id, mentee(), state=SignupState.UNCONFIRMED).id
        services.asking_links.record(
            session, kind, "mei@firm.example", browser="b", client="c", next_path="/", programme_id=programme_id
        )

    services.mailing_links.mail_next()

    [notice] = notices()
    assert (notice.kind, notice.programme_id, notice.participant_id) == (kind, programme_id, person_id)
    assert "North 2026" in mailed_text(notice)
