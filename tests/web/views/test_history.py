"""The pages that look back, as a coordinator's browser meets them."""

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient

from mentormatch.services.bundle import Services
from tests.builders.running import Running, running_programme
from tests.web.pressing import browser_of, press

HISTORY = "/programmes/north/history"
AUDIT = "/programmes/north/audit"


@pytest.fixture
def running(app: Flask, services: Services) -> Running:
    return running_programme(app, services)


@pytest.fixture
def browser(running: Running) -> FlaskClient:
    running.propose()
    return browser_of(running)


def test_a_programme_without_a_round_has_an_empty_history_that_says_what_to_do(running: Running) -> None:
    assert "No proposal yet" in browser_of(running).get(HISTORY).text


def test_a_proposal_leads_to_its_frozen_input_and_its_certificate(browser: FlaskClient) -> None:
    page = browser.get(HISTORY).text

    for file in (f"{HISTORY}/1/1/input.json", f"{HISTORY}/1/1/certificate.json"):
        assert f'href="{file}"' in page
        assert json.loads(browser.get(file).text)


def test_solving_again_says_that_it_comes_to_the_same(browser: FlaskClient) -> None:
    answer = press(browser, HISTORY, "/1/verify")

    assert "The same 2 pairs" in answer.text
    assert "proves them the best" in answer.text


def test_the_trail_is_searched_by_its_address(browser: FlaskClient) -> None:
    found = browser.get(f"{AUDIT}?q=omar&about=pairing").text

    assert "Omar Haddad" in found
    assert "Nothing fits" in browser.get(f"{AUDIT}?q=nobody").text


def test_a_day_that_is_none_is_named_and_kept(browser: FlaskClient) -> None:
    answer = browser.get(f"{AUDIT}?since=yesterday&q=Omar")

    assert (answer.status_code, "Write the day as year, month, day" in answer.text) == (422, True)
    assert 'value="yesterday"' in answer.text
