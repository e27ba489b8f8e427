"""Listing the participants of a programme, on both databases."""

import pytest

from mentormatch.domain.searches import Wanted
from mentormatch.persistence.database import Transactions
from mentormatch.services.bundle import Services
from mentormatch.services.listing_participants import PeoplePage
from tests.builders.people import mentee, mentor
from tests.builders.programmes import add_participant, add_programme


@pytest.fixture
def north(services: Services) -> int:
    with Transactions().writing() as session:
        north = add_programme(session).id
        for n in range(5):
            add_participant(session, north, mentee(email=f"m{n}@firm.example", name=f"Mei {n}"))
        add_participant(session, add_programme(session, slug="south").id, mentor())
        return north


def page(services: Services, programme_id: int, number: int, size: int = 2) -> PeoplePage:
    return services.listing_participants.page(programme_id, Wanted(), number, size)


@pytest.mark.parametrize(
    ("number", "names", "first"),
    [
        (1, ["Mei 0", "Mei 1"], 1),
        (2, ["Mei 2", "Mei 3"], 3),
        (3, ["Mei 4"], 5),
        (99, ["Mei 4"], 5),
    ],
)
def test_a_page_beyond_the_last_is_the_last(
    services: Services, north: int, number: int, names: list[str], first: int
) -> None:
    found = page(services, north, number)

    assert ([line.name for line in found.lines], found.first) == (names, first)
    assert (found.pages, found.found, found.in_all) == (3, 5, 5)


def test_everybody_is_counted_beside_those_who_are_found(services: Services, north: int) -> None:
    found = services.listing_participants.page(north, Wanted(text="Mei 3"))

    assert (found.found, found.in_all, found.sites) == (1, 5, ("Nagoya",))


def test_an_empty_programme_has_one_empty_page(services: Services) -> None:
    with Transactions().writing() as session:
        empty = add_programme(session).id

    found = page(services, empty, 7)

    assert (found.lines, found.page, found.pages, found.in_all) == ((), 1, 1, 0)
