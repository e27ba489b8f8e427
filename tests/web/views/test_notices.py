"""The notices of a programme as a coordinator's browser meets them, from held to sent."""

import re

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from mentormatch.domain.notices import NoticeKind
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Notice
from mentormatch.services.bundle import Services
from mentormatch.services.sending_notices import SendingNotices
from tests.builders.running import Running, running_programme
from tests.installations import StandingClock
from tests.transports import ScriptedTransport, refused_for_good, refused_for_now
from tests.web.pressing import browser_of, form_of, send

LIST = "/programmes/north/notices"


@pytest.fixture
def running(app: Flask, services: Services) -> Running:
    return running_programme(app, services)


@pytest.fixture
def browser(running: Running) -> FlaskClient:
    return browser_of(running)


@pytest.fixture
def outbox(clock: StandingClock) -> ScriptedTransport:
    return ScriptedTransport()


@pytest.fixture
def failed(running: Running, clock: StandingClock, outbox: ScriptedTransport) -> str:
    """Publish a round whose first mail fails and whose second has to wait; return the address of the first."""
    running.propose()
    running.publish()
    outbox.at_offer = [refused_for_good(), refused_for_now()]
    sending = SendingNotices(Transactions(), clock, outbox, "from@firm.example")
    while sending.send_next():
        pass
    with Transactions().reading() as session:
        return f"{LIST}/{session.scalar(sa.select(Notice.id).where(Notice.state == 'failed'))}"


def test_before_the_first_round_the_page_says_what_will_stand_here(browser: FlaskClient) -> None:
    page = browser.get(LIST)

    assert page.status_code == 200
    assert "No mails yet" in page.text


def test_every_held_notice_can_be_read_before_anything_is_published(running: Running, browser: FlaskClient) -> None:
    running.propose()

    addresses = sorted(set(re.findall(rf'href="({LIST}/\d+)"', browser.get(LIST).text)))
    pages = [browser.get(address).text for address in addresses]

    assert len(pages) == 5
    assert all("Leaves when the round is published." in page and "Hello " in page for page in pages)


def test_the_list_names_the_servers_words_and_what_is_tried_again(browser: FlaskClient, failed: str) -> None:
    page = browser.get(LIST).text

    assert "1 mail did not arrive" in page
    assert "“550 No such mailbox”" in page
    assert "next try 2 March 2026, 10:01 (Europe/Berlin)" in page


@pytest.mark.parametrize("query", ["state=lost", "kind=poem", "round=x", "page=0", f"q={'x' * 61}"])
def test_a_filter_that_does_not_exist_is_named_and_everything_else_is_shown(
    browser: FlaskClient, failed: str, query: str
) -> None:
    answer = browser.get(f"{LIST}?{query}")

    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert "5 mails" in answer.text


def test_a_filter_keeps_what_fits(browser: FlaskClient, failed: str) -> None:
    page = browser.get(f"{LIST}?state=failed&round=1").text

    assert set(re.findall(rf'href="({LIST}/\d+)"', page)) == {failed}
    assert "1 of 5 mail" in page


def test_the_formatted_mail_stands_shut_off_from_the_site(browser: FlaskClient, failed: str) -> None:
    frame = browser.get(f"{failed}/html")

    policy = frame.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'; style-src 'unsafe-inline';")
    assert "<h1" in frame.text
    assert f'src="{failed}/html" sandbox' in browser.get(failed).text


def test_a_failed_notice_goes_out_again_to_the_corrected_address(
    browser: FlaskClient, failed: str, clock: StandingClock, outbox: ScriptedTransport
) -> None:
    form = form_of(browser, failed, "/resend")
    form.fields["email"] = "right@firm.example"

    answer = send(browser, form)
    clock.forward(minutes=1)
    sending = SendingNotices(Transactions(), clock, outbox, "from@firm.example")
    while sending.send_next():
        pass

    assert answer.status_code == 303
    assert "Accepted 2 March 2026" in browser.get(answer.location).text
    assert [to for to, _ in outbox.delivered].count("right@firm.example") == 1
    assert "did not arrive" not in browser.get(LIST).text
    assert "has taken its place" in browser.get(failed).text


def test_a_second_press_is_told_that_it_was_sent_again_already(browser: FlaskClient, failed: str) -> None:
    form = form_of(browser, failed, "/resend")
    send(browser, form)

    assert send(browser, form).status_code == 409


@pytest.mark.parametrize(
    "email", ["", "mei@firm.example, victim@x.example", "mei", "mei@firm.example\r\nBcc: v@x.example"]
)
def test_an_address_that_cannot_be_used_is_explained_at_its_field_and_stays(
    browser: FlaskClient, failed: str, email: str
) -> None:
    form = form_of(browser, failed, "/resend")
    form.fields["email"] = email

    answer = send(browser, form)

    assert answer.status_code == 422
    assert 'id="email-error"' in answer.text


def test_a_mail_with_a_secret_link_shows_no_text(running: Running, browser: FlaskClient) -> None:
    with Transactions().writing() as session:
        running.services.asking_links.record(
            session,
            NoticeKind.CONFIRM_SIGNUP,
            "mei@firm.example",
            browser="b",
            client="c",
            next_path="/",
            programme_id=running.programme_id,
        )
    running.services.mailing_links.mail_next()
    [address] = set(re.findall(rf'href="({LIST}/\d+)"', browser.get(LIST).text))

    page = browser.get(address).text

    assert "secret link that is for its reader only" in page
    assert "/sign-in/" not in page.replace("/sign-in/out", "")
    assert browser.get(f"{address}/html").status_code == 404
