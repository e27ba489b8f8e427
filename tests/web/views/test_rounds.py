"""The list of rounds, and one round until it is solved, as a coordinator's browser meets them."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from mentormatch.domain.rounds import RoundState, Stage
from mentormatch.persistence.models import MatchingRound
from mentormatch.services.bundle import Services
from tests.builders import people
from tests.builders.running import Running, doing_at, running_programme
from tests.web.pressing import LIST, ROUND, actions_on, browser_of, form_of, press, send


@pytest.fixture
def running(app: Flask, services: Services) -> Running:
    return running_programme(app, services)


@pytest.fixture
def browser(running: Running) -> FlaskClient:
    return browser_of(running)


def test_before_the_first_round_there_is_one_button_and_who_is_ready(browser: FlaskClient) -> None:
    page = browser.get(LIST).text

    assert actions_on(browser, LIST) == [""]
    assert "Start round 1" in page
    assert "nothing is mailed until you publish" in page
    assert "3 places" in page


def test_with_nobody_to_pair_there_is_no_button(app: Flask, services: Services) -> None:
    browser = browser_of(running_programme(app, services, [people.mentee()]))

    assert actions_on(browser, LIST) == []
    assert "Nobody to pair yet" in browser.get(LIST).text


def test_starting_leads_to_the_round(running: Running, browser: FlaskClient) -> None:
    answer = press(browser, LIST, "/rounds")

    assert (answer.status_code, answer.location) == (303, ROUND)
    assert running.state() == RoundState.QUEUED


def test_a_second_press_leads_to_the_same_round_and_says_why(running: Running, browser: FlaskClient) -> None:
    form = form_of(browser, LIST, "/rounds")

    first, second = send(browser, form), send(browser, form)

    assert first.location == second.location == ROUND
    assert "Round 1 is still open, so no other was started" in browser.get(ROUND).text
    assert running.count(MatchingRound) == 1


def test_a_start_with_nobody_to_pair_leads_back_with_the_reason(running: Running, browser: FlaskClient) -> None:
    form = form_of(browser, LIST, "/rounds")
    running.change("Omar", capacity=0)
    running.change("Silva", capacity=0)

    answer = send(browser, form)

    assert answer.location == LIST
    assert "at least one place with a mentor" in browser.get(LIST).text


def test_a_waiting_round_reloads_itself_without_script_and_can_be_cancelled(
    running: Running, browser: FlaskClient
) -> None:
    running.start()
    page = browser.get(ROUND).text

    assert '<noscript><meta http-equiv="refresh"' in page
    assert f'data-poll="{ROUND}/progress"' in page
    assert actions_on(browser, ROUND) == ["/1/cancel"]


def test_cancelling_says_that_nothing_was_sent(running: Running, browser: FlaskClient) -> None:
    running.start()

    answer = press(browser, ROUND, "/cancel")

    assert answer.location == ROUND
    assert "Nothing was sent to anybody" in browser.get(ROUND).text
    assert actions_on(browser, ROUND) == ["/1/solve-again"]


@pytest.mark.parametrize(
    ("stage", "words"), [(Stage.SCORING, "Step 2 of 6"), (Stage.SOLVING, "Step 3 of 6"), (Stage.SAVING, "Step 6 of 6")]
)
def test_the_progress_names_the_stage_at_work(running: Running, browser: FlaskClient, stage: Stage, words: str) -> None:
    running.start()
    seen: list[str] = []

    running.solve(doing_at(stage, lambda: seen.append(browser.get(f"{ROUND}/progress").text)))

    assert words in seen[0]
    assert 'data-poll="' in seen[0]


def test_the_progress_of_a_solved_round_leads_to_it(running: Running, browser: FlaskClient) -> None:
    running.propose()

    fragment = browser.get(f"{ROUND}/progress").text

    assert f'data-then="{ROUND}"' in fragment
    assert "data-poll" not in fragment


def test_a_failed_round_says_why_and_can_be_tried_again(running: Running, browser: FlaskClient) -> None:
    running.start()
    claims = running.services.solving_rounds._claims
    claim = claims.next()
    assert claim
    claims.fail(claim, "The reason that a coordinator reads.")

    assert "The reason that a coordinator reads." in browser.get(ROUND).text
    assert press(browser, ROUND, "/solve-again").location == ROUND
    assert running.state() == RoundState.QUEUED
