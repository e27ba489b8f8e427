"""The public pages and people's own sign-up as a browser meets them, on both databases."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from werkzeug.test import TestResponse

from mentormatch.domain.competencies import Competency
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Programme
from mentormatch.schemas.signup import answers_of
from tests.builders.people import mentee, ratings
from tests.builders.programmes import EARLIER, LATER
from tests.installations import StandingClock
from tests.web.sites import Site, seen

SIGN_UP, MINE, CHANGE = "/p/north/sign-up", "/p/north/my-sign-up", "/p/north/my-sign-up/change"
WINDOW = {
    "before": (EARLIER - timedelta(days=1), "Sign-up is not open yet", "1 February 2026, 09:00 (Europe/Berlin)"),
    "closed": (LATER + timedelta(days=1), "Sign-up is closed", "1 April 2026, 18:00 (Europe/Berlin)"),
}
"""When, what the page is called, and the instant it names: 08:00 UTC in winter, 16:00 UTC in summer."""


def answers(**differing: Any) -> dict[str, str]:  # noqa: ANN401 -- any field of the form
    """Return what a browser sends for a newcomer: an unticked box sends nothing."""
    filled = answers_of(mentee(email="new@firm.example", name="Nora New"))
    return {name: value for name, value in filled.items() if value != "no"} | differing


def sign_up(site: Site, /, **differing: Any) -> TestResponse:  # noqa: ANN401 -- any field of the form
    return site.send(site.browser("visitor"), "POST", SIGN_UP, **answers(**differing))


def change(site: Site, /, **differing: Any) -> TestResponse:  # noqa: ANN401 -- any field of the form
    return site.send(site.browser("participant"), "POST", CHANGE, **answers(**{"version": "1", **differing}))


def participants(site: Site) -> list[dict[str, Any]]:
    return site.rows()["participant"]


def test_the_page_of_a_programme_tells_every_rule_and_preference_that_is_set(site: Site) -> None:
    before = site.browser("visitor").get("/p/north").text
    with site.app.app_context(), Transactions().writing() as session:
        rules = {"minimum_common_hours": 1, "other_site_only": True, "common_hour_points": 1}
        session.execute(sa.update(Programme).values(**rules))
    after = site.browser("visitor").get("/p/north").text

    for told in ("at least 1 hour of the working day", "work at different sites", "that the two have in common"):
        assert (told in before, told in after) == (False, True)
    assert "without a mentor" in before


def test_the_page_of_a_programme_tells_how_its_people_are_paired(site: Site) -> None:
    text = site.browser("visitor").get("/p/north").text

    for fact in ("level 3 (Independent)", "less than 10 %", "1 completed mentorship for Silver", "15 April 2026"):
        assert fact in text


@pytest.mark.parametrize("window", WINDOW)
def test_outside_the_window_the_page_says_so(site: Site, clock: StandingClock, window: str) -> None:
    clock.now, title, instant = WINDOW[window]

    answer = site.browser("visitor").get(SIGN_UP)

    assert (answer.status_code, title in answer.text, instant in answer.text) == (200, True, True)


@pytest.mark.parametrize("window", WINDOW)
def test_outside_the_window_a_form_changes_nothing(site: Site, clock: StandingClock, window: str) -> None:
    before, (clock.now, title, _) = site.checksum(), WINDOW[window]

    answer = sign_up(site)

    assert (answer.status_code, title in answer.text, site.checksum()) == (409, True, before)


def test_a_newcomer_is_sent_to_their_mail(site: Site) -> None:
    answer = sign_up(site)

    assert (answer.status_code, answer.location) == (303, "/p/north/sign-up/sent")
    assert [row["name"] for row in participants(site) if row["state"] == "unconfirmed"] == ["Nora New"]


def test_people_are_told_everything_that_a_partner_will_see(site: Site) -> None:
    told = site.browser("visitor").get(SIGN_UP).text.partition("the person you are paired with sees")[2].split("<")[0]

    for shown in ("name", "organisation", "site", "time zone", "address", "languages", "from which level to which"):
        assert shown in told


def test_known_and_new_mailboxes_get_the_same_answer(site: Site) -> None:
    def told(email: str) -> object:
        browser = site.browser("visitor")
        first = site.send(browser, "POST", SIGN_UP, **answers(email=email))
        cookies = sorted(cookie.partition("=")[0] for cookie in first.headers.getlist("Set-Cookie"))
        return seen(first, email), cookies, seen(browser.get(first.location), email)

    known, again, new = told("mei@firm.example"), told("MEI@firm.example"), told("new@firm.example")

    assert known == again == new


def test_what_was_typed_stays_and_every_fault_is_told(site: Site) -> None:
    answer = sign_up(site, name="Zoë <b>", email="not an address", hopes="To\n</textarea>learn", flow_pull="")

    assert (answer.status_code, "<title>Error: Sign up" in answer.text) == (422, True)
    for kept in ('value="Zoë &lt;b&gt;"', 'value="not an address"', "To\n&lt;/textarea&gt;learn"):
        assert kept in answer.text
    for link in ('<a href="#email">', '<a href="#flow_pull">'):
        assert link in answer.text


def test_a_faulty_form_changes_nothing(site: Site) -> None:
    before = site.checksum()

    sign_up(site, name="")

    assert site.checksum() == before


def test_every_competency_has_to_be_rated(site: Site) -> None:
    missing = {c for c in Competency if f'id="{c}-error"' in sign_up(site, **{c: ""}).text}

    assert missing == set(Competency)


def test_fields_that_no_question_asks_for_do_nothing(site: Site) -> None:
    extra = {"role": "admin", "programme_id": site.world.south.programme_id, "state": "active", "version": "7"}
    extra |= {"id": "1", "mailbox": "root@firm.example", "created_at": "2000-01-01", "capacity": "5"}

    sign_up(site, **extra)

    (row,) = [row for row in participants(site) if row["name"] == "Nora New"]
    assert (row["programme_id"], row["state"], row["version"]) == (site.world.north.programme_id, "unconfirmed", 1)
    assert (row["mailbox"], row["capacity"], row["offers_mentoring"]) == ("new@firm.example", 0, False)


@pytest.mark.parametrize("shown", [{}, {"name": ""}])
def test_without_a_script_the_usual_targets_are_filled_in_on_request(site: Site, shown: dict[str, str]) -> None:
    answer = sign_up(site, show_targets="1", position_aimed_at="corporate", hopes="Kept.", **shown)

    assert (answer.status_code, "Kept." in answer.text, "Error:" in answer.text) == (200, True, False)
    # Corporate needs flow and pull least: an emphasis of 1, which aims at level 2.
    assert 'name="flow_pull_target" value="2" checked' in answer.text


def test_an_offer_that_nobody_can_use_is_taken_in_with_a_warning(site: Site) -> None:
    browser, offer = site.browser("visitor"), answers_of(mentee(levels=ratings(2), offers_mentoring=True, capacity=1))

    answer = site.send(browser, "POST", SIGN_UP, **offer | {"email": "new@firm.example"})

    assert "no mentee can be found for you" in browser.get(answer.location).text
    assert len([row for row in participants(site) if row["state"] == "unconfirmed"]) == 1


def test_people_see_their_strengths_gaps_and_what_comes_next(site: Site) -> None:
    text = site.browser("participant").get(MINE).text

    for fact in ("Mei Tanaka", "Where you want to grow", "15 April 2026", "cora@firm.example"):
        assert fact in text


def test_people_change_their_answers(site: Site) -> None:
    answer = change(site, site="Osaka")

    row = next(row for row in participants(site) if row["mailbox"] == "mei@firm.example")
    assert (answer.location, row["site"], row["name"], row["email"]) == (MINE, "Osaka", "Nora New", "mei@firm.example")


def test_answers_that_changed_meanwhile_are_shown_to_be_decided_again(site: Site) -> None:
    change(site, site="Osaka")
    before = site.checksum()

    answer = change(site, site="Kobe")

    assert (answer.status_code, 'value="Kobe"' in answer.text, site.checksum()) == (409, True, before)
    assert 'name="version" value="2"' in answer.text


def close_sign_up(site: Site, clock: StandingClock) -> None:
    with site.app.app_context(), Transactions().writing() as session:
        session.execute(sa.update(Programme).values(closes_at=clock.now))


def test_after_the_window_answers_are_to_be_read_only(site: Site, clock: StandingClock) -> None:
    browser = site.browser("participant")
    assert CHANGE in browser.get(MINE).text

    close_sign_up(site, clock)

    assert (CHANGE in browser.get(MINE).text, browser.get(CHANGE).location) == (False, MINE)


def test_a_change_that_comes_too_late_is_told_and_changes_nothing(site: Site, clock: StandingClock) -> None:
    close_sign_up(site, clock)
    before, browser = site.checksum(), site.browser("participant")

    answer = site.send(browser, "POST", CHANGE, **answers(version="1", site="Osaka"))

    assert "can no longer be changed" in browser.get(answer.location).text
    assert site.checksum() == before


@pytest.mark.parametrize("faulty", [{"name": ""}, {"version": "x" * 50, "site": ""}, {"flow_pull": "5"}])
def test_a_faulty_change_keeps_what_was_typed(site: Site, faulty: dict[str, str]) -> None:
    before = site.checksum()

    answer = change(site, hopes="Kept.", **faulty)

    assert (answer.status_code, "Kept." in answer.text, site.checksum()) == (422, True, before)


NASTY = [
    *("\x00", "a\x1b[31m", "\u202eevil", "x" * 100_000, "'; DROP TABLE participant; --", "<script>x</script>"),
    *("{{ 7*7 }}", "=HYPERLINK(1)", "-1", "1e9", "9" * 5000, "٣", "１", "NaN", "\r\nBcc: a@b.example", "é" * 121),
]
ASKED = ("name", "email", "languages", "time_zone", "manager_email", "capacity", "flow_pull", "hopes", "targets_for")


@pytest.mark.parametrize("field", ASKED)
def test_no_input_is_a_fault_of_ours(site: Site, field: str) -> None:
    met = {text: sign_up(site, offers_mentoring="yes", **{field: text}).status_code for text in NASTY}

    assert {text: status for text, status in met.items() if status not in {303, 400, 422}} == {}
