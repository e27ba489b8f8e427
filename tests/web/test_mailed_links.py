"""The links that sign somebody in: whatever a mail scanner does with one, whoever asked for it still comes in."""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import SMTP

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from mentormatch.domain.notices import NoticeKind
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Notice
from mentormatch.schemas.signup import answers_of
from tests.builders.people import mentee
from tests.web.sites import Site

FOREIGN = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}


@dataclass(frozen=True)
class Asked:
    """A link that was asked for, and the browser that asked."""

    path: str
    browser: FlaskClient


def sign_up_with(site: Site, email: str) -> FlaskClient:
    browser, filled = site.browser("visitor"), answers_of(mentee(email=email, name="Nora New"))
    answered = {name: value for name, value in filled.items() if value != "no"}
    assert site.send(browser, "POST", "/p/north/sign-up", **answered).status_code == 303
    return browser


def ask_to_sign_in(site: Site, email: str) -> FlaskClient:
    browser = site.browser("visitor")
    assert site.send(browser, "POST", "/sign-in/", email=email).status_code == 303
    return browser


def mailed(site: Site, kind: NoticeKind) -> str:
    """Let the mail be written; return the path of its link."""
    with site.app.app_context():
        while site.app.extensions["mentormatch"].mailing_links.mail_next():
            pass
        with Transactions().reading() as session:
            newest = sa.select(Notice.message).where(Notice.kind == kind).order_by(Notice.id.desc())
            message = session.scalars(newest).first() or b""
    body = message_from_bytes(message, policy=SMTP).get_body(("plain",))
    found = body and re.search(r"/sign-in/\S+", str(body.get_content()))
    assert found
    return found.group()


@pytest.fixture(params=[NoticeKind.SIGN_IN, NoticeKind.CONFIRM_SIGNUP, NoticeKind.ALREADY_SIGNED_UP])
def asked(site: Site, request: pytest.FixtureRequest) -> Asked:
    ways = {
        NoticeKind.SIGN_IN: (ask_to_sign_in, "mei@firm.example"),
        NoticeKind.CONFIRM_SIGNUP: (sign_up_with, "new@firm.example"),
        NoticeKind.ALREADY_SIGNED_UP: (sign_up_with, "mei@firm.example"),
    }
    ask, email = ways[request.param]
    browser = ask(site, email)
    return Asked(mailed(site, request.param), browser)


def test_a_link_lives_through_head_ten_looks_and_foreign_posts(site: Site, asked: Asked) -> None:
    before, scanner, stranger = site.checksum(), site.app.test_client(), site.browser("visitor")
    looks = {scanner.head(asked.path).status_code, *(scanner.get(asked.path).status_code for _ in range(10))}
    posts = {
        scanner.post(asked.path).status_code,
        asked.browser.post(asked.path, data={"csrf_token": "forged"}, headers=FOREIGN).status_code,
        site.send(stranger, "POST", asked.path).status_code,
    }

    assert (looks, posts <= {400, 403}, site.checksum()) == ({200}, True, before)
    assert site.send(asked.browser, "POST", asked.path).status_code == 303
    assert asked.browser.get("/account").status_code == 200


def test_only_the_press_of_the_button_confirms_a_sign_up(site: Site) -> None:
    browser = sign_up_with(site, "new@firm.example")
    path = mailed(site, NoticeKind.CONFIRM_SIGNUP)
    states = []
    for method in ("HEAD", "GET", "POST"):
        site.send(browser, method, path)
        states += [row["state"] for row in site.rows()["participant"] if row["mailbox"] == "new@firm.example"]

    assert states == ["unconfirmed", "unconfirmed", "active"]
