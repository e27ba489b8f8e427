"""What a visitor may know of programmes, on both databases."""

from datetime import datetime, timedelta

import pytest

from mentormatch.domain.errors import NotFound
from mentormatch.domain.signups import SignupState
from mentormatch.persistence.database import Transactions
from mentormatch.services.bundle import Services
from tests.builders.accounts import add_account
from tests.builders.people import mentee
from tests.builders.programmes import EARLIER, LATER, add_participant, add_programme
from tests.installations import StandingClock

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("now", "state"),
    [(EARLIER - SECOND, "before"), (EARLIER, "open"), (LATER - SECOND, "open"), (LATER, "closed")],
)
def test_a_programme_says_where_its_sign_up_stands(
    services: Services, clock: StandingClock, now: datetime, state: str
) -> None:
    with Transactions().writing() as session:
        programme_id = add_programme(session).id
    clock.now = now

    page = services.showing_programmes.page(programme_id)

    assert {"before": page.is_before, "open": page.is_open, "closed": page.is_closed} == {
        one: one == state for one in ("before", "open", "closed")
    }


def test_an_unknown_programme_has_no_page(services: Services) -> None:
    with pytest.raises(NotFound):
        services.showing_programmes.page(99)


def test_programmes_that_take_sign_ups_are_listed_by_their_end(services: Services, clock: StandingClock) -> None:
    with Transactions().writing() as session:
        add_programme(session, slug="long", closes_at=clock.now + timedelta(days=9))
        add_programme(session, slug="short", closes_at=clock.now + SECOND)
        add_programme(session, slug="over", closes_at=clock.now)
        add_programme(session, slug="to-come", opens_at=clock.now + SECOND)

    assert [page.slug for page in services.showing_programmes.taking_signups()] == ["short", "long"]


def test_people_find_the_programmes_they_have_signed_up_to(services: Services) -> None:
    with Transactions().writing() as session:
        joined, _, erased = (add_programme(session, slug=slug).id for slug in ("joined", "other", "erased"))
        add_participant(session, joined, mentee())
        add_participant(session, erased, mentee(), state=SignupState.ERASED)
        account_id = add_account(session, "mei@firm.example").id

    assert [page.slug for page in services.showing_programmes.signed_up_to(account_id)] == ["joined"]


def test_a_visitor_has_signed_up_to_nothing(services: Services) -> None:
    assert services.showing_programmes.signed_up_to(None) == ()
