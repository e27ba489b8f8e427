"""Finding people, on both databases."""

import pytest

from mentormatch.domain.certification import Certification
from mentormatch.domain.searches import Order, Part, Wanted
from mentormatch.domain.signups import SignupState
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.repositories.searching import count_people, find_people, sites_of
from tests.builders.people import both, candidate, mentee, mentor
from tests.builders.programmes import add_participant, add_programme


@pytest.fixture
def north(transactions: Transactions) -> int:
    with transactions.writing() as session:
        north = add_programme(session).id
        for signup in (mentor(), mentee(organisation="50%_Works"), candidate(site="Örebro")):
            add_participant(session, north, signup)
        add_participant(session, north, both(), state=SignupState.PAUSED)
        add_participant(session, add_programme(session, slug="south").id, mentor(name="Otto South", site="Elsewhere"))
        return north


def names(transactions: Transactions, programme_id: int, wanted: Wanted, skip: int = 0, most: int = 10) -> list[str]:
    with transactions.reading() as session:
        found = find_people(session, programme_id, wanted, skip=skip, most=most)
        return [row.name.split()[0] for row in found]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), ["Bo", "Mei", "Omar", "Silva"]),
        (Wanted(descending=True), ["Silva", "Omar", "Mei", "Bo"]),
        (Wanted(order=Order.SITE), ["Omar", "Bo", "Mei", "Silva"]),
        (Wanted(order=Order.STATE), ["Mei", "Omar", "Silva", "Bo"]),
        (Wanted(order=Order.ORGANISATION), ["Mei", "Bo", "Omar", "Silva"]),
        (Wanted(order=Order.UPDATED), ["Bo", "Mei", "Omar", "Silva"]),
        (Wanted(text="HADDAD"), ["Omar"]),
        (Wanted(text="@firm.example"), ["Bo", "Mei", "Omar", "Silva"]),
        (Wanted(text="0%_w"), ["Mei"]),
        (Wanted(text="%"), ["Mei"]),
        (Wanted(text="\\"), []),
        (Wanted(part=Part.OFFERS), ["Bo", "Omar", "Silva"]),
        (Wanted(part=Part.WANTS), ["Bo", "Mei"]),
        (Wanted(part=Part.BOTH), ["Bo"]),
        (Wanted(site="Örebro"), ["Silva"]),
        (Wanted(site="Elsewhere"), []),
        (Wanted(pursued=Certification.SILVER), ["Silva"]),
        (Wanted(state=SignupState.PAUSED), ["Bo"]),
        (Wanted(text="firm", part=Part.OFFERS, state=SignupState.ACTIVE, site="Lyon"), ["Omar"]),
    ],
    ids=repr,
)
def test_people_are_found_in_order(transactions: Transactions, north: int, wanted: Wanted, found: list[str]) -> None:
    assert names(transactions, north, wanted) == found
    with transactions.reading() as session:
        assert count_people(session, north, wanted) == len(found)


def test_the_longest_search_of_signs_that_mean_something_finds_nobody(transactions: Transactions, north: int) -> None:
    assert names(transactions, north, Wanted(text="%" * 60)) == []


def test_people_come_a_page_at_a_time(transactions: Transactions, north: int) -> None:
    assert names(transactions, north, Wanted(), skip=1, most=2) == ["Mei", "Omar"]


def test_only_the_sites_of_the_programme_are_named(transactions: Transactions, north: int) -> None:
    with transactions.reading() as session:
        assert sites_of(session, north) == ("Lyon", "Nagoya", "Örebro")
