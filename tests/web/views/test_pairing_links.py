"""The links that need no sign-in: they live through every mail scanner, and do what a button says and nothing else."""

import pytest
from flask.testing import FlaskClient

from mentormatch.domain.pairings import PairingState
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Pairing, PairingAnswer, RemindersOff
from mentormatch.services.signed_links import SignedLinks
from tests.builders.accounts import NOW
from tests.web.sites import Site

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def pairing(site: Site) -> Pairing:
    with site.app.app_context(), Transactions().reading() as session:
        return session.get_one(Pairing, site.world.north.ids["pairing_id"])


def answer_of(site: Site) -> str | None:
    row = pairing(site)
    with site.app.app_context(), Transactions().reading() as session:
        said = session.get(PairingAnswer, (row.id, row.mentee_id))
        return said.answer if said else None


def are_off(site: Site) -> bool:
    with site.app.app_context(), Transactions().reading() as session:
        return session.get(RemindersOff, site.world.north.ids["participant_id"]) is not None


@pytest.fixture
def links(site: Site) -> SignedLinks:
    return SignedLinks(site.app.config["SECRET_KEY"], "")


@pytest.fixture
def to_answer(site: Site, links: SignedLinks) -> str:
    row = pairing(site)
    return links.to_answer(row.id, row.mentee_id, NOW)


@pytest.fixture
def to_end(site: Site, links: SignedLinks) -> str:
    return links.to_end_reminders(pairing(site).mentee_id)


@pytest.fixture
def stranger(site: Site) -> FlaskClient:
    return site.browser("visitor")


@pytest.mark.parametrize("link", ["to_answer", "to_end"])
def test_a_link_lives_through_head_ten_looks_and_a_foreign_post(
    site: Site, link: str, request: pytest.FixtureRequest
) -> None:
    address, scanner = request.getfixturevalue(link), site.app.test_client()
    before = site.checksum()
    statuses = {scanner.head(address).status_code, *(scanner.get(address).status_code for _ in range(10))}
    refused = [
        scanner.post(f"{address}{act}", data=data, headers={"Origin": "https://evil.example"}).status_code
        for act in ("", "/accept", "/decline")
        for data in ({}, {"csrf_token": "forged"})
    ]

    assert (statuses, site.checksum()) == ({200}, before)
    assert set(refused) <= {400, 404, 405}


def test_the_link_shows_its_pairing_and_accepts_it_with_a_button(
    site: Site, stranger: FlaskClient, to_answer: str
) -> None:
    page = stranger.get(to_answer).text
    after = stranger.post(f"{to_answer}/accept", data=site.form(), follow_redirects=True).text

    assert ("Silva Candida" in page, "Silva Candida has not answered yet" in after) == (True, True)
    assert answer_of(site) == "accepted"


def test_the_link_declines_with_a_reason(site: Site, stranger: FlaskClient, to_answer: str) -> None:
    stranger.post(f"{to_answer}/decline", data=site.form(reason="No time"))

    assert pairing(site).state is PairingState.DECLINED


def test_the_link_signs_nobody_in(site: Site, stranger: FlaskClient, to_answer: str) -> None:
    stranger.post(f"{to_answer}/accept", data=site.form())

    assert stranger.get("/my/north/pairings").status_code == 303


def test_a_link_that_was_changed_by_one_sign_is_refused(stranger: FlaskClient, to_answer: str) -> None:
    changed = to_answer[:-5] + ("A" if to_answer[-5] != "A" else "B") + to_answer[-4:]

    assert stranger.get(changed).status_code == 403


def test_a_mail_program_ends_the_reminders_without_a_cookie_or_a_form(site: Site, to_end: str) -> None:
    answer = site.app.test_client().post(to_end, data=ONE_CLICK)

    assert (answer.status_code, are_off(site)) == (200, True)


def test_a_mail_program_in_a_browser_ends_them_too(site: Site, to_end: str) -> None:
    headers = {"Origin": "https://webmail.example", "Sec-Fetch-Site": "cross-site"}
    site.app.test_client().post(to_end, data=ONE_CLICK, headers=headers)

    assert are_off(site)


def test_the_button_of_the_page_ends_them_and_says_how_they_come_back(site: Site, to_end: str) -> None:
    page = site.app.test_client().post(to_end, data={"end": "yes"}).text

    assert "You get no reminders" in page
    assert "/my/north/pairings" in page
