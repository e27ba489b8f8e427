"""People in a round as a coordinator's browser meets them: alternatives with their prices, and what would help."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from mentormatch.domain.adjustments import ChangeKind
from mentormatch.services.bundle import Services
from tests.builders import people
from tests.builders.running import Running, running_programme
from tests.web.pressing import ROUND, browser_of, press

CAST = [
    people.mentor(capacity=1),
    people.mentor(email="ken@firm.example", name="Ken Sato", capacity=1, levels=people.ratings(3)),
    people.mentee(),
    people.mentee(email="ana@firm.example", name="Ana Ruiz", levels=people.ratings(2)),
    people.mentee(email="eva@firm.example", name="Eva Berg", levels=people.ratings(0)),
]


@pytest.fixture
def running(app: Flask, services: Services) -> Running:
    running = running_programme(app, services, CAST)
    running.propose()
    return running


@pytest.fixture
def browser(running: Running) -> FlaskClient:
    return browser_of(running)


def told(browser: FlaskClient, address: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", browser.get(address).text).split())


def left_out(running: Running) -> str:
    (name,) = {"Mei", "Ana", "Eva"} - {mentee for _, mentee in running.pairs()}
    return name


def test_a_person_leads_to_every_alternative_with_its_price(running: Running, browser: FlaskClient) -> None:
    mentor, mentee = sorted(running.pairs())[0]
    (other,) = {"Omar", "Ken"} - {mentor}

    page = browser.get(f"{ROUND}/people/{running.ids[mentee]}").text

    assert re.search(r"(?:−[\d\u202f]+|±0)</b> points", page)
    assert f"kind=move&amp;mentor={running.ids[other]}&amp;mentee={running.ids[mentee]}" in page
    assert "kind=swap" in page


def test_the_pairs_lead_to_their_people_in_the_round(running: Running, browser: FlaskClient) -> None:
    page = browser.get(ROUND).text

    for ids in running.pairs():
        assert all(f'href="{ROUND}/people/{running.ids[name]}"' in page for name in ids)


def test_the_unpaired_are_offered_what_would_help(running: Running, browser: FlaskClient) -> None:
    page = told(browser, f"{ROUND}/unpaired")

    assert "Every candidate has a mentee." in page
    assert re.search(r"One more place with (Omar Haddad|Ken Sato) \(\+[\d ]+ points\)", page)


def test_what_is_offered_can_be_made_and_helps(running: Running, browser: FlaskClient) -> None:
    name, page = left_out(running), browser.get(f"{ROUND}/unpaired").text.replace("&amp;", "&")
    offered = re.search(r'href="([^"]*kind=extra_place[^"]*)"', page)
    assert offered

    press(browser, offered[1], "/change")
    running.solve_again()
    running.solve()

    assert name in {mentee for _, mentee in running.pairs()}


def test_who_was_left_out_by_decision_can_be_brought_back(running: Running, browser: FlaskClient) -> None:
    running.adjust(ChangeKind.UNPAIR, mentee="Eva")
    running.solve_again()
    running.solve()

    page = browser.get(f"{ROUND}/unpaired").text

    assert "Left out of this round by a coordinator." in page
    assert "Undo the leaving out" in page


def test_a_published_round_offers_nothing_to_change(running: Running, browser: FlaskClient) -> None:
    running.publish()
    mentee = sorted(running.pairs())[0][1]

    pages = [browser.get(f"{ROUND}/{page}").text for page in (f"people/{running.ids[mentee]}", "unpaired")]

    assert all("/change" not in page for page in pages)


def test_a_round_without_a_proposal_has_no_people_to_show(running: Running, browser: FlaskClient) -> None:
    running.discard()

    assert browser.get(f"{ROUND}/unpaired").status_code == 404
