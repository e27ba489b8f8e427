"""Rehearsing, publishing and recalling a round as a coordinator's browser meets them."""

import re

import pytest
from flask.testing import FlaskClient

from mentormatch.domain.actors import CONSOLE
from mentormatch.domain.mail_texts import MailText
from mentormatch.domain.notices import NoticeKind, NoticeState
from mentormatch.domain.rounds import RoundState
from mentormatch.persistence.models import Notice
from tests.builders.running import Running
from tests.web.pressing import PUBLISH, ROUND, browser_of, form_of, press, send

REHEARSAL = f"{ROUND}/rehearsal"
RECALL = f"{ROUND}/recall"


@pytest.fixture
def running(proposed: Running) -> Running:
    return proposed


@pytest.fixture
def browser(running: Running) -> FlaskClient:
    return browser_of(running)


def addresses(page: str) -> list[str]:
    return list(dict.fromkeys(re.findall(rf'href="({REHEARSAL}/\d+)', page)))


def edit_the_text_to_mentees(running: Running) -> None:
    own = MailText("Hello", "Dear {name}\n\n{your_mentor}\n\n{no_mentee}")
    running.services.mail.texts.change(running.programme_id, NoticeKind.MENTEE, own, seen=0, actor=CONSOLE)


def test_every_mail_is_read_one_after_the_other(browser: FlaskClient) -> None:
    at, read = addresses(browser.get(REHEARSAL).text)[0], 0
    while at:
        page = browser.get(at).text
        read += 1
        assert f"{read} of 5" in page
        following = re.search(rf'rel="next" href="({REHEARSAL}/\d+)"', page)
        at = following[1] if following else ""

    assert read == 5


def test_a_rehearsal_keeps_its_filter_from_mail_to_mail(browser: FlaskClient) -> None:
    page = browser.get(f"{REHEARSAL}?kind=mentee&q=firm").text

    assert "2 of 5 mails" in page
    assert "1 of 2" in browser.get(f"{addresses(page)[0]}?kind=mentee&q=firm").text


def test_a_filter_that_does_not_exist_is_passed_over(browser: FlaskClient) -> None:
    assert "5 mails" in browser.get(f"{REHEARSAL}?kind=sign_in&page=x").text


def test_a_test_mail_is_promised_to_the_coordinator_alone(running: Running, browser: FlaskClient) -> None:
    one = addresses(browser.get(REHEARSAL).text)[0]

    answer = press(browser, one, "/test")

    assert "on its way to cora@firm.example" in browser.get(answer.location).text
    assert running.count(Notice, NoticeState.PENDING) == 1


def test_outdated_notices_are_written_anew_from_the_page_on_which_one_publishes(
    running: Running, browser: FlaskClient
) -> None:
    edit_the_text_to_mentees(running)
    assert "Publish and send" not in browser.get(PUBLISH).text

    answer = press(browser, PUBLISH, "/write-anew")

    assert "notices are written anew" in browser.get(answer.location).text
    assert press(browser, PUBLISH, "/publish").status_code == 303


def test_a_form_from_before_an_edit_meets_the_offer_to_write_anew(running: Running, browser: FlaskClient) -> None:
    form = form_of(browser, PUBLISH, "/publish")
    edit_the_text_to_mentees(running)

    answer = send(browser, form)

    assert answer.status_code == 409
    assert "/write-anew" in answer.text


def test_a_recall_asks_for_a_reason_and_says_what_it_does(running: Running, browser: FlaskClient) -> None:
    running.publish()
    form = form_of(browser, RECALL, "/recall")

    refused = send(browser, form)
    form.fields["reason"] = "Two answers were wrong."
    answer = send(browser, form)

    assert refused.status_code == 422
    assert 'id="reason-error"' in refused.text
    assert "Nobody had been told" in browser.get(answer.location).text
    assert running.state() == RoundState.RECALLED


def test_a_recalled_round_shows_the_way_on(running: Running, browser: FlaskClient) -> None:
    running.publish()
    assert "Recall…" in browser.get(ROUND).text
    running.services.mail.recalls.recall(running.programme_id, 1, "Why", seen=running.version(), actor=CONSOLE)

    assert press(browser, ROUND, "/solve-again").status_code == 303


def test_a_second_press_of_the_recall_is_told_that_it_was_done(running: Running, browser: FlaskClient) -> None:
    running.publish()
    form = form_of(browser, RECALL, "/recall")
    form.fields["reason"] = "Two answers were wrong."
    send(browser, form)

    assert send(browser, form).status_code == 409


@pytest.mark.parametrize("page", [REHEARSAL, PUBLISH, "/programmes/north/notices"])
def test_pages_on_which_mail_is_let_go_say_that_it_is_on_hold(
    running: Running, browser: FlaskClient, page: str
) -> None:
    running.services.mail.hold.hold("A restore is under way.", CONSOLE)

    assert "A restore is under way." in browser.get(page).text
    assert "mentormatch mail release" in browser.get(page).text
