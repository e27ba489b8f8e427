"""The browsers of an account, the programmes of one person, and their time zone, on both databases."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import BrowserSession, Participant, Programme
from mentormatch.services.bundle import Services
from mentormatch.services.knowing_viewers import Viewer
from mentormatch.services.secrets_kept import hash_of
from tests.builders.accounts import NOW, add_account
from tests.builders.people import mentee
from tests.builders.programmes import add_participant, add_programme
from tests.installations import StandingClock

HERE, THERE, OLD = "this browser", "another browser", "a browser of last week"


@pytest.fixture
def mei(services: Services) -> int:
    """An account with two browsers that are signed in and one that was a week ago."""
    with Transactions().writing() as session:
        account_id = add_account(session, "mei@firm.example").id
        for token, at in ((HERE, NOW), (THERE, NOW - timedelta(hours=1)), (OLD, NOW - timedelta(days=8))):
            session.add(_signed_in(account_id, token, at))
        other = add_account(session, "omar@firm.example").id
        session.add(_signed_in(other, "the browser of somebody else", NOW))
    return account_id


def _signed_in(account_id: int, token: str, at: object) -> BrowserSession:
    return BrowserSession(token_hash=hash_of(token), account_id=account_id, created_at=at, seen_at=at, called=token)


def test_people_see_the_browsers_that_are_signed_in_now(services: Services, mei: int) -> None:
    browsers = services.own.sessions.page(mei, HERE).browsers

    assert [(one.called, one.is_this) for one in browsers] == [(HERE, True), (THERE, False)]


def test_signing_out_elsewhere_leaves_this_browser(services: Services, mei: int) -> None:
    services.own.sessions.end_all(mei, but=HERE)

    viewers = [services.knowing_viewers.viewer(token) for token in (HERE, THERE)]
    assert [viewer.is_signed_in for viewer in viewers] == [True, False]


def test_signing_out_everywhere_ends_all_and_nobody_elses(services: Services, mei: int) -> None:
    services.own.sessions.end_all(mei)

    assert services.knowing_viewers.viewer(HERE) == Viewer()
    assert services.knowing_viewers.viewer("the browser of somebody else").is_signed_in


def test_one_person_is_in_several_programmes(services: Services, mei: int) -> None:
    with Transactions().writing() as session:
        for slug in ("north", "south"):
            add_participant(session, add_programme(session, slug=slug).id, mentee())
        add_programme(session, slug="east")

    assert {one.slug for one in services.own.sessions.my_programmes(mei)} == {"north", "south"}


def test_a_new_time_zone_counts_in_all_programmes(services: Services, mei: int) -> None:
    with Transactions().writing() as session:
        for slug in ("north", "south"):
            add_participant(session, add_programme(session, slug=slug).id, mentee())

    services.own.sessions.move_to(mei, "Europe/Paris")

    with Transactions().reading() as session:
        kept = session.execute(sa.select(Participant.time_zone, Participant.version)).all()
        moved = session.scalars(sa.select(Programme.inputs_version)).all()
    assert (kept, moved) == ([("Europe/Paris", 2)] * 2, [1, 1])


def test_the_same_time_zone_changes_nothing(services: Services, mei: int) -> None:
    with Transactions().writing() as session:
        add_participant(session, add_programme(session).id, mentee())

    services.own.sessions.move_to(mei, "Asia/Tokyo")

    with Transactions().reading() as session:
        assert session.scalars(sa.select(Programme.inputs_version)).all() == [0]


def test_the_clock_decides_who_is_signed_in(services: Services, mei: int, clock: StandingClock) -> None:
    clock.forward(hours=13)

    assert services.own.sessions.page(mei, HERE).browsers == ()
