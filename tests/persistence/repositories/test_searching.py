"""Finding people, on both databases."""

import pytest

from mentormatch.domain.certification import Certification
from mentormatch.domain.competencies import Competency
from mentormatch.domain.positions import DEFAULT_EMPHASIS, Position, default_targets
from mentormatch.domain.searches import Missing, Order, Part, Wanted
from mentormatch.domain.signups import SignupState
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.repositories.programmes import programme_of
from mentormatch.persistence.repositories.searching import count_people, find_people, people_wanted, sites_of
from tests.builders.people import both, candidate, mentee, mentor, ratings
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
        who = people_wanted(programme_of(session, programme_id), wanted)
        found = find_people(session, who, wanted, skip=skip, most=most)
        assert count_people(session, who) == len(found) or (skip, most) != (0, 10)
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
        (Wanted(order=Order.PLACES), ["Mei", "Bo", "Omar", "Silva"]),
        (Wanted(order=Order.PLACES, descending=True), ["Omar", "Silva", "Bo", "Mei"]),
        (Wanted(order=Order.WANTS), ["Omar", "Silva", "Bo", "Mei"]),
        (Wanted(order=Order.HELD), ["Bo", "Mei", "Omar", "Silva"]),
        (Wanted(order=Order.PURSUED, descending=True), ["Silva", "Bo", "Mei", "Omar"]),
        (Wanted(order=Order.POSITION), ["Bo", "Mei", "Omar", "Silva"]),
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
        (Wanted(held=Certification.BRONZE), ["Omar", "Silva"]),
        (Wanted(position=Position.VALUE_STREAM), ["Bo", "Mei", "Omar", "Silva"]),
        (Wanted(position=Position.CORPORATE), []),
        (Wanted(state=SignupState.PAUSED), ["Bo"]),
        (Wanted(text="firm", part=Part.OFFERS, state=SignupState.ACTIVE, site="Lyon"), ["Omar"]),
    ],
    ids=repr,
)
def test_people_are_found_in_order(transactions: Transactions, north: int, wanted: Wanted, found: list[str]) -> None:
    assert names(transactions, north, wanted) == found


def test_the_longest_search_of_signs_that_mean_something_finds_nobody(transactions: Transactions, north: int) -> None:
    assert names(transactions, north, Wanted(text="%" * 60)) == []


def test_people_come_a_page_at_a_time(transactions: Transactions, north: int) -> None:
    assert names(transactions, north, Wanted(), skip=1, most=2) == ["Mei", "Omar"]


def test_only_the_sites_of_the_programme_are_named(transactions: Transactions, north: int) -> None:
    with transactions.reading() as session:
        assert sites_of(session, north) == ("Lyon", "Nagoya", "Örebro")


def test_ladders_are_climbed_and_not_spelled(transactions: Transactions) -> None:
    with transactions.writing() as session:
        north = add_programme(session).id
        for held in reversed(Certification):
            add_participant(session, north, mentee(email=f"{held}@firm.example", name=held, certification_held=held))

    assert names(transactions, north, Wanted(order=Order.HELD)) == [held.value for held in Certification]


NOTHING_TO_CLOSE = mentee(email="ada@firm.example", name="Ada", levels=ratings(4), manager_email="boss@firm.example")
NOTHING_TO_TEACH = mentor(email="ben@firm.example", name="Ben", levels=ratings(2), hopes="To pass something on.")
NO_PLACE = mentor(email="cy@firm.example", name="Cy", capacity=0)
OWN_TARGETS = mentee(
    email="di@firm.example", name="Di", levels=ratings(2), targets=dict.fromkeys(Competency, 2), hopes="To see."
)


WHERE_THEY_AIM = mentee(
    email="eve@firm.example",
    name="Eve",
    levels=default_targets(DEFAULT_EMPHASIS[Position.VALUE_STREAM]),
    manager_email="boss@firm.example",
    hopes="To stay there.",
)


@pytest.mark.parametrize(
    ("missing", "found"),
    [
        (Missing.STRENGTHS, ["Ben"]),
        (Missing.GAPS, ["Ada", "Di", "Eve"]),
        (Missing.PLACES, ["Cy"]),
        (Missing.MANAGER, ["Ben", "Cy", "Di", "Mei"]),
        (Missing.HOPES, ["Ada", "Cy", "Mei"]),
    ],
)
def test_who_owes_an_answer_is_found(transactions: Transactions, missing: Missing, found: list[str]) -> None:
    with transactions.writing() as session:
        north = add_programme(session).id
        for signup in (mentee(), NOTHING_TO_CLOSE, NOTHING_TO_TEACH, NO_PLACE, OWN_TARGETS, WHERE_THEY_AIM):
            add_participant(session, north, signup)

    assert names(transactions, north, Wanted(missing=missing)) == found


def test_who_can_teach_depends_on_the_programme(transactions: Transactions) -> None:
    with transactions.writing() as session:
        north = add_programme(session, teach_level=2).id
        add_participant(session, north, NOTHING_TO_TEACH)

    assert names(transactions, north, Wanted(missing=Missing.STRENGTHS)) == []
