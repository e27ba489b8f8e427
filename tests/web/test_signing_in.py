import re
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import SMTP
from statistics import median
from time import perf_counter
from urllib.parse import parse_qs, urlsplit

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import BrowserSession, Notice
from tests.builders.accounts import add_account
from tests.installations import StandingClock

TOKEN = re.compile(r'name="csrf_token" value="[^"]+"')


@dataclass
class Visitor:
    """A browser at the sign-in pages."""

    app: Flask
    client: FlaskClient

    def csrf(self, path: str = "/sign-in/") -> str:
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.client.get(path).text)
        assert found is not None
        return found[1]

    def post(self, path: str, **fields: str) -> TestResponse:
        return self.client.post(path, data={"csrf_token": self.csrf(), **fields})

    def ask(self, email: str) -> TestResponse:
        return self.post("/sign-in/", email=email, next="/arrive")

    def mailed(self) -> tuple[str, str]:
        """Let the worker mail what was asked for; return the path of the link and the code of the newest mail."""
        body = message_from_bytes(self.newest_mail(), policy=SMTP).get_body(("plain",))
        assert body is not None
        path, code = (re.search(p, str(body.get_content())) for p in (r"(/sign-in/\S+)", r"(\d{4}) (\d{4})"))
        assert path is not None
        assert code is not None
        return path[1], code[1] + code[2]

    def newest_mail(self) -> bytes:
        with self.app.app_context():
            while self.app.extensions["mentormatch"].mailing_links.mail_next():
                pass
            with Transactions().reading() as session:
                return session.scalars(sa.select(Notice.message).order_by(Notice.id.desc())).first() or b""

    def sessions(self) -> int:
        with self.app.app_context(), Transactions().reading() as session:
            return session.scalar(sa.select(sa.func.count()).select_from(BrowserSession)) or 0


@pytest.fixture
def ana(app: Flask) -> Visitor:
    with app.app_context(), Transactions().writing() as session:
        add_account(session, "ana@firm.example", may_create_programmes=True)
    return Visitor(app, app.test_client())


@pytest.fixture
def stranger(app: Flask) -> Visitor:
    return Visitor(app, app.test_client())


def test_an_address_of_any_length_does_not_keep_anybody_from_asking(ana: Visitor) -> None:
    sent_on = ana.client.get(f"/programmes?q={'x' * 600}")
    way = parse_qs(urlsplit(sent_on.location or "").query)["next"][0]

    assert ana.post("/sign-in/", email="ana@firm.example", next=way).status_code == 303


def test_the_answer_tells_nobody_whether_a_mailbox_is_known(ana: Visitor, stranger: Visitor) -> None:
    known, unknown = ana.ask("ana@firm.example"), stranger.ask("nobody@firm.example")

    assert (known.status, known.headers["Location"], known.data) == (
        *(unknown.status, unknown.headers["Location"], unknown.data),
    )
    assert sorted(known.headers.keys()) == sorted(unknown.headers.keys())
    pages = [TOKEN.sub("", visitor.client.get("/sign-in/sent").text) for visitor in (ana, stranger)]
    assert pages[0] == pages[1]


@pytest.mark.slow
def test_the_answer_takes_the_same_time_for_known_and_unknown_mailboxes(ana: Visitor) -> None:
    csrf = ana.csrf()
    times: dict[str, list[float]] = {"ana@firm.example": [], "nobody@firm.example": []}
    for _ in range(60):
        for email, taken in times.items():
            start = perf_counter()
            ana.client.post("/sign-in/", data={"csrf_token": csrf, "email": email})
            taken.append(perf_counter() - start)

    known, unknown = map(median, times.values())
    assert abs(known - unknown) < 0.005


def test_scanners_use_nothing_up_and_the_human_still_comes_in(ana: Visitor, stranger: Visitor) -> None:
    ana.ask("ana@firm.example")
    path, _ = ana.mailed()

    assert stranger.client.head(path).status_code == 200
    assert {stranger.client.get(path).status_code for _ in range(10)} == {200}
    assert stranger.post(path).status_code == 403
    assert ana.sessions() == 0

    assert ana.post(path).headers["Location"] == "/arrive"
    assert ana.client.get("/arrive").headers["Location"] == "/programmes"


def test_the_code_from_the_mail_lets_the_asking_browser_in_and_no_other(ana: Visitor, stranger: Visitor) -> None:
    ana.ask("ana@firm.example")
    _, code = ana.mailed()

    assert stranger.post("/sign-in/code", code=code).status_code == 403
    assert ana.post("/sign-in/code", code=f"{code[:4]} {code[4:]}").headers["Location"] == "/arrive"


def test_five_wrong_codes_make_the_right_one_worthless(ana: Visitor) -> None:
    ana.ask("ana@firm.example")
    _, code = ana.mailed()
    wrong = f"{(int(code) + 1) % 10**8:08d}"

    assert {ana.post("/sign-in/code", code=wrong).status_code for _ in range(5)} == {403}

    assert ana.post("/sign-in/code", code=code).status_code == 403
    assert ana.sessions() == 0


@pytest.mark.parametrize("code", ["", "1234567", "123456789", "١٢٣٤٥٦٧٨", "12345678\n9"])
def test_what_is_no_code_costs_no_try_and_is_explained_at_the_field(ana: Visitor, code: str) -> None:
    ana.ask("ana@firm.example")
    _, right = ana.mailed()

    answers = [ana.post("/sign-in/code", code=code) for _ in range(6)]

    assert {a.status_code for a in answers} == {422}
    assert 'id="code-error"' in answers[0].text
    assert ana.post("/sign-in/code", code=right).status_code == 303


def test_a_used_link_is_worthless(ana: Visitor) -> None:
    ana.ask("ana@firm.example")
    path, _ = ana.mailed()
    ana.post(path)

    again = ana.post(path)

    assert (again.status_code, ana.sessions()) == (403, 1)


@pytest.mark.parametrize("change", [str.lower, str.upper, lambda path: path + "x", lambda path: path + "%20"])
def test_a_link_that_is_not_exactly_the_mailed_one_is_worthless(ana: Visitor, change: object) -> None:
    ana.ask("ana@firm.example")
    path, _ = ana.mailed()
    assert callable(change)

    assert ana.post("/sign-in/" + change(path.removeprefix("/sign-in/"))).status_code == 403


def test_an_expired_link_is_worthless(ana: Visitor, clock: StandingClock) -> None:
    ana.ask("ana@firm.example")
    path, _ = ana.mailed()
    clock.forward(minutes=10)

    assert ana.post(path).status_code == 403


def test_a_link_never_names_the_host_that_the_request_named(ana: Visitor) -> None:
    csrf = ana.csrf()
    headers = {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    ana.client.post("/sign-in/", data={"csrf_token": csrf, "email": "ana@firm.example"}, headers=headers)

    message = ana.newest_mail()

    assert b"http://localhost/sign-in/" in message.replace(b"=\r\n", b"")
    assert b"evil" not in message


def test_without_a_mail_server_the_page_names_the_folder_of_the_mails(app: Flask, ana: Visitor) -> None:
    assert app.config["MAIL_FOLDER"] in ana.client.get("/sign-in/sent").text

    app.config["MAIL_FOLDER"] = ""

    assert "writes its mails to files" not in ana.client.get("/sign-in/sent").text
