"""Which language a page is in, and who keeps it."""

import re

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Notice
from tests.web.sites import Site


def language_of(client: FlaskClient, **headers: str) -> str:
    found = re.search(r'<html lang="([^"]+)"', client.get("/sign-in/", headers=headers).text)
    assert found is not None
    return found[1]


def choose(site: Site, client: FlaskClient, language: str, back: str = "/sign-in/") -> tuple[int, str]:
    answer = client.post("/language", data=site.form(language=language, next=back))
    return answer.status_code, answer.headers.get("Location", "")


@pytest.mark.parametrize(
    ("asked", "given"),
    [("", "en"), ("de", "de"), ("de-AT,de;q=0.9,en;q=0.8", "de"), ("fr,en;q=0.5,de;q=0.4", "en"), ("fr", "en")],
)
def test_a_visitor_reads_what_the_browser_asks_for(site: Site, asked: str, given: str) -> None:
    assert language_of(site.browser("visitor"), **{"Accept-Language": asked}) == given


def test_what_a_visitor_chooses_stands_above_what_the_browser_asks_for(site: Site) -> None:
    visitor = site.browser("visitor")

    assert choose(site, visitor, "de") == (303, "/sign-in/")
    assert language_of(visitor, **{"Accept-Language": "en"}) == "de"


def test_a_person_finds_their_language_again_in_another_browser(site: Site) -> None:
    choose(site, site.browser("participant"), "de")

    assert language_of(site.browser("participant")) == "de"
    assert language_of(site.browser("coordinator")) == "en"


def test_a_language_that_does_not_exist_is_refused(site: Site) -> None:
    visitor = site.browser("visitor")

    assert choose(site, visitor, "../de")[0] == 422
    assert language_of(visitor) == "en"


def test_a_choice_leads_back_to_pages_of_this_site_only(site: Site) -> None:
    assert choose(site, site.browser("visitor"), "de", "https://evil.example/") == (303, "/")


def test_a_link_is_mailed_in_the_language_of_the_page_where_it_was_asked_for(site: Site) -> None:
    visitor = site.browser("visitor")
    asked = site.form(email="cora@firm.example", next="/arrive")

    visitor.post("/sign-in/", data=asked, headers={"Accept-Language": "de"})

    with site.app.app_context():
        while site.app.extensions["mentormatch"].mailing_links.mail_next():
            pass
        with Transactions().reading() as session:
            subject = session.scalar(sa.select(Notice.subject).order_by(Notice.id.desc()).limit(1))
    assert str(subject).startswith("Ihr Link zum Einloggen")
