"""A participant's home as a browser meets it, on both databases."""

import pytest
import sqlalchemy as sa

from mentormatch.domain.pairings import PairingState
from mentormatch.domain.signups import SignupState
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Pairing, Participant, PlanStep, Programme
from tests.installations import StandingClock
from tests.web.sites import Site

HOME = "/my/north"


@pytest.fixture(autouse=True)
def no_pairing_awaits_an_answer(site: Site) -> None:
    """An answer that is awaited is everybody's next step, before all that is looked at here."""
    announced = sa.update(Pairing).where(Pairing.state == PairingState.ANNOUNCED)
    with site.app.app_context(), Transactions().writing() as session:
        session.execute(announced.values(state=PairingState.RECALLED, version=Pairing.version + 1))


def home(site: Site, who: str = "participant") -> str:
    return site.browser(who).get(HOME).text


def put(site: Site, state: SignupState) -> None:
    mei = sa.update(Participant).where(Participant.mailbox == "mei@firm.example")
    with site.app.app_context(), Transactions().writing() as session:
        session.execute(mei.values(state=state, version=Participant.version + 1))


@pytest.mark.parametrize(
    ("who", "where"),
    [
        ("participant", HOME),
        ("participant of another", "/my/south-canary"),
        ("coordinator taking part in another", "/programmes"),
        ("former coordinator", "/"),
    ],
)
def test_whoever_signs_in_is_led_to_where_their_work_is(site: Site, who: str, where: str) -> None:
    assert site.browser(who).get("/arrive").location == where


def test_the_home_greets_by_name_and_leads_to_the_answers(site: Site) -> None:
    page = home(site)

    assert "Hello Mei Tanaka" in page
    assert 'href="/p/north/my-sign-up"' in page


def test_while_sign_up_is_open_the_next_step_is_to_check_the_answers(site: Site) -> None:
    assert 'href="/p/north/my-sign-up/change"' in home(site)


def close_sign_up(site: Site, clock: StandingClock) -> None:
    with site.app.app_context(), Transactions().writing() as session:
        session.execute(sa.update(Programme).values(closes_at=clock.now))


def test_after_the_window_people_are_told_when_everybody_hears(site: Site, clock: StandingClock) -> None:
    close_sign_up(site, clock)

    assert "promised to tell everybody by 15 April 2026" in home(site)


def test_after_the_window_a_plan_that_was_not_begun_is_the_next_step(site: Site, clock: StandingClock) -> None:
    close_sign_up(site, clock)
    with site.app.app_context(), Transactions().writing() as session:
        session.execute(sa.delete(PlanStep))

    assert "Begin with your plan" in home(site)


def test_what_was_meant_for_a_day_is_the_next_step(site: Site, clock: StandingClock) -> None:
    close_sign_up(site, clock)
    with site.app.app_context(), Transactions().writing() as session:
        session.execute(sa.update(PlanStep).values(is_done=False))

    assert "You meant to do something by 1 March 2026." in home(site)


@pytest.mark.parametrize(
    ("state", "told"), [(SignupState.PAUSED, "You are paused"), (SignupState.WITHDRAWN, "You have left this programme")]
)
def test_who_takes_no_part_is_told_so_first(site: Site, state: SignupState, told: str) -> None:
    put(site, state)

    assert told in home(site)


def test_only_rooms_that_exist_stand_in_the_navigation(site: Site) -> None:
    navigation = home(site).partition("Your pages")[2].partition("</nav>")[0]
    linked = {part.split('"')[0] for part in navigation.split('href="')[1:]}

    assert {site.browser("participant").get(address).status_code for address in linked} == {200}
