"""Adjusting a proposal as a coordinator's browser meets it."""

import re

import pytest
from flask.testing import FlaskClient

from mentormatch.domain.adjustments import Adjustment, ChangeKind
from tests.builders.running import Running
from tests.web.pressing import PUBLISH, ROUND, browser_of, form_of, press, send

CHANGE = f"{ROUND}/change"


@pytest.fixture
def running(proposed: Running) -> Running:
    return proposed


@pytest.fixture
def browser(running: Running) -> FlaskClient:
    return browser_of(running)


def change(running: Running, kind: str, **named: str) -> str:
    asked = "&".join(f"{part}={running.ids.get(name, name)}" for part, name in named.items())
    return f"{CHANGE}?kind={kind}&{asked}"


def told(browser: FlaskClient, address: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", browser.get(address).text).split())


def test_every_pair_leads_to_locking_and_barring_it(running: Running, browser: FlaskClient) -> None:
    page = browser.get(ROUND).text.replace("&amp;", "&")

    for mentor, mentee in running.pairs():
        assert change(running, "lock", mentor=mentor, mentee=mentee) in page
        assert change(running, "bar", mentor=mentor, mentee=mentee) in page


def test_a_change_shows_what_it_does_before_it_is_made(running: Running, browser: FlaskClient) -> None:
    page = told(browser, change(running, "unpair", mentee="Mei"))

    assert "Leave Mei Tanaka without a mentor?" in page
    assert re.search(r"−[\d ]+ points in total", page)
    assert "Mei Tanaka loses their mentor" in page
    assert running.holding() == set()


def test_a_change_that_is_made_is_listed_and_asks_for_a_new_solve(running: Running, browser: FlaskClient) -> None:
    answer = press(browser, change(running, "unpair", mentee="Mei"), "/change")

    assert (answer.status_code, answer.location) == (303, f"{ROUND}#adjustments")
    page = told(browser, ROUND)
    assert "Mei Tanaka gets no mentor in this round" in page
    assert "1 adjustment is not in this proposal yet" in page
    assert "cora@firm.example" in page
    assert f'href="{PUBLISH}"' not in browser.get(ROUND).text


def test_a_bar_for_good_asks_for_a_reason(running: Running, browser: FlaskClient) -> None:
    mentor, mentee = sorted(running.pairs())[0]
    form = form_of(browser, change(running, "bar", mentor=mentor, mentee=mentee), "/change")
    form.fields["scope"] = "good"

    answer = send(browser, form)

    assert answer.status_code == 422
    assert "Say why this pair must never be" in answer.text
    form.fields["reason"] = "They asked for it"
    assert send(browser, form).status_code == 303
    assert "in every round" in told(browser, ROUND)


def test_what_cannot_be_is_refused_by_name_and_offers_no_button(running: Running, browser: FlaskClient) -> None:
    page = browser.get(change(running, "lock", mentor="Omar", mentee="Omar")).text

    assert "Omar Haddad cannot mentor themselves." in page
    assert "Make this change" not in page


def test_whoever_comes_late_sees_what_the_other_did(running: Running, browser: FlaskClient) -> None:
    form = form_of(browser, change(running, "unpair", mentee="Ana"), "/change")
    running.adjust(ChangeKind.UNPAIR, mentee="Mei")

    answer = send(browser, form)

    assert answer.status_code == 409
    assert "Somebody else was faster" in answer.text
    assert "Mei Tanaka gets no mentor in this round" in answer.text
    assert running.holding() == {Adjustment.left_out(running.ids["Mei"])}


def test_the_button_on_the_late_page_makes_the_change_after_all(running: Running, browser: FlaskClient) -> None:
    form = form_of(browser, change(running, "unpair", mentee="Ana"), "/change")
    running.adjust(ChangeKind.UNPAIR, mentee="Mei")
    send(browser, form)

    press(browser, change(running, "unpair", mentee="Ana"), "/change")

    assert running.holding() == {Adjustment.left_out(running.ids[name]) for name in ("Mei", "Ana")}


def test_a_change_after_a_new_solve_is_held_back(running: Running, browser: FlaskClient) -> None:
    form = form_of(browser, change(running, "unpair", mentee="Ana"), "/change")
    running.solve_again()
    running.solve()

    answer = send(browser, form)

    assert answer.status_code == 409
    assert "The round has changed since you looked at it" in answer.text


def test_the_last_one_is_undone_with_one_press(running: Running, browser: FlaskClient) -> None:
    running.adjust(ChangeKind.UNPAIR, mentee="Mei")

    press(browser, ROUND, "/undo")

    assert running.holding() == set()


def test_each_one_can_be_undone_by_itself(running: Running, browser: FlaskClient) -> None:
    running.adjust(ChangeKind.UNPAIR, mentee="Mei")
    running.adjust(ChangeKind.UNPAIR, mentee="Ana")

    press(browser, change(running, "lift", of="left_out", mentee="Mei"), "/change")

    assert running.holding() == {Adjustment.left_out(running.ids["Ana"])}


def test_a_round_without_a_proposal_still_lets_go_of_what_was_decided(running: Running, browser: FlaskClient) -> None:
    running.adjust(ChangeKind.UNPAIR, mentee="Mei")
    running.discard()

    press(browser, ROUND, "/undo")

    assert running.holding() == set()


@pytest.mark.parametrize("query", ["", "kind=lock", "kind=marry&mentor=1", "kind=lift", "kind=lock&mentor=0&mentee=0"])
def test_an_address_that_names_no_change_is_no_fault(running: Running, browser: FlaskClient, query: str) -> None:
    assert browser.get(f"{CHANGE}?{query}").status_code in {200, 404, 422}
