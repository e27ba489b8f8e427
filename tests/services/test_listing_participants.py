"""Listing and exporting the participants of a programme, on both databases."""

import pytest

from mentormatch.domain.searches import Order, Wanted
from mentormatch.domain.signups import SignupState
from mentormatch.persistence.database import Transactions
from mentormatch.services import listing_participants
from mentormatch.services.bundle import Services
from mentormatch.services.listing_participants import PeoplePage
from mentormatch.spreadsheets.signups import read_signups
from tests.builders.people import both, mentee, mentor
from tests.builders.programmes import add_participant, add_programme


@pytest.fixture
def north(services: Services) -> int:
    with Transactions().writing() as session:
        north = add_programme(session).id
        for n in range(5):
            add_participant(session, north, mentee(email=f"m{n}@firm.example", name=f"Mei {n}"))
        add_participant(session, add_programme(session, slug="south").id, mentor())
        return north


def page(services: Services, programme_id: int, number: int, wanted: Wanted | None = None) -> PeoplePage:
    return services.listing_participants.page(programme_id, wanted or Wanted(), number)


@pytest.mark.parametrize(
    ("number", "names"),
    [(1, ["Mei 0", "Mei 1"]), (2, ["Mei 2", "Mei 3"]), (3, ["Mei 4"]), (99, ["Mei 4"])],
)
def test_a_page_beyond_the_last_is_the_last(
    services: Services, north: int, number: int, names: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing_participants, "PAGE_SIZE", 2)

    found = page(services, north, number)

    assert [line.name for line in found.lines] == names
    assert (found.pages, found.found, found.in_all) == (3, 5, 5)


def test_an_empty_programme_has_one_empty_page(services: Services) -> None:
    with Transactions().writing() as session:
        empty = add_programme(session).id

    found = page(services, empty, 7)

    assert (found.lines, found.page, found.pages, found.in_all) == ((), 1, 1, 0)


@pytest.mark.parametrize(
    ("wanted", "is_narrowed"),
    [(Wanted(), False), (Wanted(order=Order.SITE, descending=True), False), (Wanted(text="Mei"), True)],
)
def test_an_order_narrows_nothing(services: Services, north: int, wanted: Wanted, *, is_narrowed: bool) -> None:
    assert page(services, north, 1, wanted).is_narrowed is is_narrowed


def test_only_people_who_are_in_the_programme_are_exported(services: Services) -> None:
    states = {state: mentee(email=f"{state}@firm.example") for state in SignupState if state is not SignupState.ERASED}
    with Transactions().writing() as session:
        north = add_programme(session).id
        for state, signup in states.items():
            add_participant(session, north, signup, state=state)

    exported = read_signups(services.listing_participants.spreadsheet(north))

    assert exported == (states[SignupState.ACTIVE], states[SignupState.PAUSED])


def test_an_export_keeps_what_looks_like_a_formula(services: Services) -> None:
    signups = (mentor(name="=2+5", site="@home", organisation="'=quoted"), both(name="-5"))
    with Transactions().writing() as session:
        north = add_programme(session).id
        for signup in signups:
            add_participant(session, north, signup)

    exported = services.listing_participants.spreadsheet(north)

    assert b"'=2+5,''=quoted,'@home" in exported
    assert read_signups(exported) == signups
