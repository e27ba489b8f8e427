"""The pages of a pairing as its mentee's browser meets them."""

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from mentormatch.domain.answers import Answer
from mentormatch.domain.pairings import PairingState
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Pairing, PairingAnswer
from tests.builders.accounts import NOW
from tests.web.sites import Site


@pytest.fixture
def mei(site: Site) -> FlaskClient:
    return site.browser("participant")


def address(site: Site, rest: str = "") -> str:
    return f"/my/north/pairings/{site.world.north.ids['pairing_id']}{rest}"


def send(site: Site, client: FlaskClient, where: str, **fields: object) -> TestResponse:
    return client.post(where, data=site.form(**fields), follow_redirects=True)


def pairing(site: Site) -> Pairing:
    with site.app.app_context(), Transactions().reading() as session:
        return session.get_one(Pairing, site.world.north.ids["pairing_id"])


@pytest.fixture
def accepted(site: Site) -> Site:
    """The site once the mentor has accepted."""
    row = pairing(site)
    with site.app.app_context(), Transactions().writing() as session:
        said = session.get_one(PairingAnswer, (row.id, row.mentor_id))
        said.answer, said.answered_at = Answer.ACCEPTED, NOW
    return site


def test_the_page_of_a_pairing_says_who_why_and_what_comes_next(site: Site, mei: FlaskClient) -> None:
    page = mei.get(address(site)).text

    assert all(words in page for words in ("Silva Candida", "silva@firm.example", "Flow and pull", "Do you accept?"))


def test_the_page_tells_nothing_that_the_other_has_told_the_coordinators(site: Site, mei: FlaskClient) -> None:
    page = mei.get(address(site)).text

    assert "I travel too much" not in page
    assert "checked" not in page


def test_accepting_says_what_it_waits_for(site: Site, mei: FlaskClient) -> None:
    page = send(site, mei, address(site, "/accept")).text

    assert "Silva Candida has not answered yet" in page
    assert pairing(site).state is PairingState.ANNOUNCED


def test_once_both_have_accepted_three_times_are_proposed_by_both_clocks(accepted: Site, mei: FlaskClient) -> None:
    page = send(accepted, mei, address(accepted, "/accept")).text

    assert pairing(accepted).state is PairingState.ACCEPTED
    assert page.count('name="starts_at"') == 3
    assert page.count("(Asia/Tokyo)") >= 3
    assert page.count("(Europe/Paris)") >= 3


def test_a_time_nobody_proposed_stays_on_the_page_with_what_is_wrong(accepted: Site, mei: FlaskClient) -> None:
    send(accepted, mei, address(accepted, "/accept"))
    answer = send(accepted, mei, address(accepted, "/meeting"), starts_at="2026-03-08T03:00:00+00:00")

    assert answer.status_code == 422
    assert "Choose one of the times that are proposed." in answer.text


def test_the_calendar_file_is_one_to_be_saved(accepted: Site, mei: FlaskClient) -> None:
    send(accepted, mei, address(accepted, "/accept"))
    answer = mei.get(address(accepted, "/meetings.ics"))

    assert answer.content_type == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_declining_keeps_the_reason_for_the_coordinators(site: Site, mei: FlaskClient) -> None:
    page = send(site, mei, address(site, "/decline"), reason="We share\r\nan office.").text

    assert "Your coordinators know" in page
    assert pairing(site).state is PairingState.DECLINED
    assert "We share an office." in site.browser("coordinator").get("/programmes/north/pairings").text


def test_a_reason_that_is_too_long_stays_in_the_form(site: Site, mei: FlaskClient) -> None:
    answer = send(site, mei, address(site, "/decline"), reason="x" * 501)

    assert (answer.status_code, "x" * 501 in answer.text) == (422, True)
    assert pairing(site).state is PairingState.ANNOUNCED


def test_the_home_leads_to_the_pairing_that_awaits_an_answer(site: Site, mei: FlaskClient) -> None:
    page = mei.get("/my/north").text

    assert "Say yes or no to Silva Candida" in page
    assert f'href="{address(site)}"' in page


def test_reminders_are_switched_off_and_on(site: Site, mei: FlaskClient) -> None:
    off = send(site, mei, "/my/north/pairings/reminders", reminders="no").text
    on = send(site, mei, "/my/north/pairings/reminders", reminders="yes").text

    assert ("You get no reminders" in off, "You get no reminders" in on) == (True, False)
