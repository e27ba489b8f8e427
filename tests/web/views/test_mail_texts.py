"""The mail texts of a programme as a coordinator's browser meets them."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from mentormatch.services.bundle import Services
from tests.builders.running import Running, running_programme
from tests.web.forms_seen import SeenForm
from tests.web.pressing import browser_of, form_of, press, send

LIST = "/programmes/north/mail-texts"
EDIT = f"{LIST}/mentee"
OWN = "Dear {name},\n\n{your_mentor}\n\n{no_mentee}"


@pytest.fixture
def running(app: Flask, services: Services) -> Running:
    return running_programme(app, services)


@pytest.fixture
def browser(running: Running) -> FlaskClient:
    return browser_of(running)


def form(browser: FlaskClient, body: str = OWN, subject: str = "A mentor for you") -> SeenForm:
    found = form_of(browser, EDIT, "/mail-texts/mentee")
    found.fields |= {"subject": subject, "body": body}
    return found


def test_every_text_starts_as_the_default_and_leads_to_its_page(browser: FlaskClient) -> None:
    page = browser.get(LIST).text

    assert page.count(f'href="{LIST}/') == page.count("Default</span>") == 5


def test_a_default_is_offered_in_the_coordinators_language(browser: FlaskClient) -> None:
    page = browser.get(EDIT, headers={"Accept-Language": "de"}).text

    assert "Guten Tag {name}" in page
    assert "Hello {name}" not in page


def test_a_saved_text_is_the_programmes_own_until_it_is_put_back(browser: FlaskClient) -> None:
    assert send(browser, form(browser)).status_code == 303
    assert "Own</span>" in browser.get(LIST).text

    assert press(browser, EDIT, "/put-back").status_code == 303
    assert "Own</span>" not in browser.get(LIST).text


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("{your_mentor}", "{no_mentee} is missing"),
        (OWN + " {mentor.name}", "{mentor.name} is not one of the tokens"),
        (OWN + "\n\n{% raw %}", "{% raw %} is not one of the tokens"),
        ("", "Fill this in."),
        (OWN + "x" * 6000, "Use at most 6000 characters."),
    ],
)
def test_a_text_that_cannot_be_used_is_explained_and_stays_in_the_form(
    browser: FlaskClient, body: str, told: str
) -> None:
    answer = send(browser, form(browser, body))

    assert answer.status_code == 422
    assert told in answer.text
    assert 'id="body-error"' in answer.text


def test_the_preview_button_shows_the_mail_and_saves_nothing(browser: FlaskClient) -> None:
    asked = form(browser)
    asked.fields["preview"] = "yes"

    answer = send(browser, asked)

    assert "Dear Ana Sample," in answer.text
    assert "Own</span>" not in browser.get(LIST).text


def test_the_live_preview_is_a_part_of_a_page_and_the_formatted_one_stands_alone(browser: FlaskClient) -> None:
    fields = form(browser, OWN + "\n\n<b>{name}</b>").fields

    part, frame = (browser.post(f"{EDIT}/{which}", data=fields) for which in ("preview", "formatted"))

    assert "<html" not in part.text
    assert "&lt;b&gt;Ana Sample&lt;/b&gt;" in part.text
    assert "&lt;b&gt;Ana Sample&lt;/b&gt;" in frame.text
    assert frame.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


def test_the_later_of_two_sees_what_the_other_saved_and_may_save_once_more(browser: FlaskClient) -> None:
    mine, theirs = form(browser, subject="Mine"), form(browser, subject="Theirs")
    send(browser, theirs)

    late = send(browser, mine)
    mine.fields["version"] = "1"

    assert late.status_code == 409
    assert "Theirs" in late.text
    assert 'value="Mine"' in late.text
    assert 'name="version" value="1"' in late.text
    assert send(browser, mine).status_code == 303


@pytest.mark.parametrize("kind", ["sign_in", "test", "nobody", "mentor.txt"])
def test_a_mail_that_no_programme_words_has_no_page(browser: FlaskClient, kind: str) -> None:
    assert browser.get(f"{LIST}/{kind}").status_code == 404
