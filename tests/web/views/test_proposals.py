"""A proposal from its page to its publication, as a coordinator's browser meets it."""

import re

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from mentormatch.domain.notices import NoticeState
from mentormatch.domain.signups import SignupState
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Notice, Programme
from mentormatch.services.bundle import Services
from tests.builders import people
from tests.builders.running import Running, running_programme
from tests.web.pressing import PUBLISH, ROUND, actions_on, browser_of, form_of, press, send


@pytest.fixture
def running(app: Flask, services: Services) -> Running:
    return running_programme(app, services)


@pytest.fixture
def browser(running: Running) -> FlaskClient:
    return browser_of(running)


def test_a_proposal_shows_pairs_reasons_price_and_notices(running: Running, browser: FlaskClient) -> None:
    running.propose()

    page = browser.get(ROUND).text

    for fact in (
        "The one candidate gets a mentee.",
        "Omar Haddad",
        "First mentee towards Silver",
        "would fit, but share no language",
        "read the 5 notices held for it",
        "from level 1 to 4",
        "mentormatch rounds verify north/1",
    ):
        assert fact in page


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ({"other_site_only": True}, "work at the same site"),
        ({"minimum_common_hours": 8}, "share too few working hours"),
        ({"common_hour_points": 100}, "with preferences"),
    ],
)
def test_a_proposal_tells_of_rules_and_preferences(
    running: Running, browser: FlaskClient, setting: dict[str, int], told: str
) -> None:
    with Transactions().writing() as session:
        session.execute(sa.update(Programme).values(**setting))
    running.change("Mei", site="Lyon", time_zone="Europe/Paris")
    running.propose()

    assert told in browser.get(ROUND).text


def test_a_name_of_the_length_that_the_field_takes_is_searched_for(running: Running, browser: FlaskClient) -> None:
    running.propose()
    longest = re.search(r'id="q"[^>]*maxlength="(\d+)"', browser.get(ROUND).text)
    assert longest is not None

    page = browser.get(f"{ROUND}?q={'x' * int(longest[1])}").text

    assert "Omar Haddad" not in page.partition('id="pairs"')[2].partition("</section>")[0]


def test_a_proposal_offers_to_publish_to_solve_again_and_to_discard(running: Running, browser: FlaskClient) -> None:
    running.propose()

    assert actions_on(browser, ROUND) == ["/1/solve-again", "/1/discard"]
    assert f'href="{PUBLISH}"' in browser.get(ROUND).text


def test_a_discarded_proposal_is_not_shown_any_more(running: Running, browser: FlaskClient) -> None:
    running.propose()

    press(browser, ROUND, "/discard")

    page = browser.get(ROUND).text
    assert "This round has no proposal" in page
    assert "Omar Haddad" not in page


def test_a_proposal_that_does_not_fit_any_more_says_who_changed_and_cannot_be_published(
    running: Running, browser: FlaskClient
) -> None:
    running.propose()
    running.step("Mei", SignupState.WITHDRAWN)

    page = browser.get(ROUND).text

    assert "1 person has changed since this was solved" in page
    assert "Mei Tanaka does not take part any more." in page
    assert f'href="{PUBLISH}"' not in page


def test_who_joined_since_is_named_and_does_not_stand_in_the_way(running: Running, browser: FlaskClient) -> None:
    running.propose()
    running.join(people.mentee(email="new@firm.example", name="New Comer"))

    page = browser.get(ROUND).text

    assert "New: New Comer. This person is not in this round and will get no mail from it." in page
    assert f'href="{PUBLISH}"' in page


def test_before_publishing_the_mails_are_counted_by_kind(running: Running, browser: FlaskClient) -> None:
    running.propose()

    page = re.sub(r"<[^>]+>|\s+", " ", browser.get(PUBLISH).text)

    assert "Send 5 mails?" in page
    assert re.search(r"To mentors\s+2\s+To mentees\s+2\s+To people who are both\s+0\s+To people not paired", page)


def test_publishing_from_the_page_releases_the_mails(running: Running, browser: FlaskClient) -> None:
    running.propose()

    answer = press(browser, PUBLISH, "/publish")

    assert (answer.status_code, answer.location) == (303, ROUND)
    assert running.count(Notice, NoticeState.PENDING) == 5
    assert "5 pending" in browser.get(ROUND).text


def test_the_same_publication_sent_twice_is_answered_alike(running: Running, browser: FlaskClient) -> None:
    running.propose()
    form = form_of(browser, PUBLISH, "/publish")

    answers = [send(browser, form) for _ in range(2)]

    assert [(answer.status_code, answer.location) for answer in answers] == [(303, ROUND)] * 2
    assert running.count(Notice, NoticeState.PENDING) == 5


def test_a_publication_that_is_refused_says_why_and_sends_nothing(running: Running, browser: FlaskClient) -> None:
    running.propose()
    form = form_of(browser, PUBLISH, "/publish")
    running.change("Silva", capacity=0)

    answer = send(browser, form)

    assert answer.status_code == 409
    assert "Silva Candida would now take fewer mentees" in answer.text
    assert running.count(Notice, NoticeState.PENDING) == 0


@pytest.mark.parametrize(("name", "column"), [("pairings", "mentor_email"), ("unpaired", "reason")])
def test_the_files_of_a_round_are_handed_out_to_be_saved(
    running: Running, browser: FlaskClient, name: str, column: str
) -> None:
    running.propose()

    answer = browser.get(f"{ROUND}/{name}.csv")

    assert answer.headers["Content-Disposition"] == f'attachment; filename="north-round-1-{name}.csv"'
    assert column in answer.text.splitlines()[0]


def test_a_search_without_a_find_says_so(running: Running, browser: FlaskClient) -> None:
    running.propose()

    page = browser.get(f"{ROUND}?q=nobody+here").text

    assert "No pair has “nobody here” in a name or site." in page


@pytest.mark.parametrize("query", ["order=size", "page=0", "page=99999999999", "direction=sideways", "page=%00"])
def test_a_strange_address_is_no_fault(running: Running, browser: FlaskClient, query: str) -> None:
    running.propose()

    assert browser.get(f"{ROUND}?{query}").status_code in {200, 400}
