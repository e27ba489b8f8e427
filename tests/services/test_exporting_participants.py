"""Exporting participants: as listed and with all answers, on both databases."""

from collections.abc import Callable

import pytest

from mentormatch.domain.choices import Chosen
from mentormatch.domain.searches import Order, Part, Wanted
from mentormatch.domain.signups import Signup, SignupState
from mentormatch.persistence.database import Transactions
from mentormatch.services.bundle import Services
from mentormatch.spreadsheets.opening_workbooks import first_sheet
from mentormatch.spreadsheets.signups import read_signups
from mentormatch.spreadsheets.tables import FileKind
from tests.builders.people import both, mentee, mentor
from tests.builders.programmes import add_participant, add_programme

EVERYBODY = Chosen(wanted=Wanted())


def programme_with(**people: tuple[Signup, SignupState]) -> int:
    with Transactions().writing() as session:
        north = add_programme(session).id
        for signup, state in people.values():
            add_participant(session, north, signup, state=state)
        return north


@pytest.fixture
def north(services: Services) -> int:
    return programme_with(
        omar=(mentor(), SignupState.ACTIVE), bo=(both(), SignupState.PAUSED), mei=(mentee(), SignupState.WITHDRAWN)
    )


def listed(services: Services, programme_id: int, chosen: Chosen) -> list[str]:
    lines = first_sheet(services.people.exporting.listed(programme_id, chosen, FileKind.XLSX), 99)
    return [line[1] for line in lines[1:]]


def test_the_list_is_exported_as_it_is_shown(services: Services, north: int) -> None:
    wanted = Wanted(part=Part.OFFERS, order=Order.SITE, descending=True)

    assert listed(services, north, EVERYBODY) == ["Bo Both", "Mei Tanaka", "Omar Haddad"]
    assert listed(services, north, Chosen(wanted=wanted)) == ["Bo Both", "Omar Haddad"]


def test_those_ticked_are_exported_and_nobody_of_another_programme(services: Services, north: int) -> None:
    with Transactions().writing() as session:
        south = add_programme(session, slug="south").id
        stranger = add_participant(session, south, mentee(name="A Stranger")).id
    page = services.listing_participants.page(north, Wanted())
    ids = (page.lines[0].id, page.lines[2].id, stranger)

    assert listed(services, north, Chosen(wanted=Wanted(descending=True), ids=ids)) == ["Omar Haddad", "Bo Both"]


def test_the_list_says_what_the_page_says(services: Services, north: int) -> None:
    content = services.people.exporting.listed(north, Chosen(wanted=Wanted(text="bo both")), FileKind.CSV)

    header, line = content.decode().splitlines()
    assert header.startswith("email,name,organisation,site,position,")
    assert line.startswith(
        "bo@firm.example,Bo Both,Firm,Nagoya,value_stream,value_stream,1,yes,none,none,0,paused,2026-"
    )


def test_only_answers_of_people_who_are_in_the_programme_are_exported(services: Services) -> None:
    states = [state for state in SignupState if state is not SignupState.ERASED]
    signups = {state: mentee(email=f"{state}@firm.example", name=state) for state in states}
    north = programme_with(**{state.value: (signups[state], state) for state in states})

    exported = read_signups(services.people.exporting.answers(north, EVERYBODY, FileKind.CSV))

    assert exported == (signups[SignupState.ACTIVE], signups[SignupState.PAUSED])


@pytest.mark.parametrize("kind", FileKind)
def test_an_export_keeps_what_looks_like_a_formula(services: Services, kind: FileKind) -> None:
    signups = (both(name="-5"), mentor(name="=2+5", site="@home", organisation="'=quoted"))
    north = programme_with(bo=(signups[0], SignupState.ACTIVE), omar=(signups[1], SignupState.ACTIVE))

    exported = services.people.exporting.answers(north, EVERYBODY, kind)

    assert read_signups(exported) == signups


@pytest.mark.parametrize("kind", FileKind)
def test_no_text_of_a_list_can_be_taken_for_a_formula(services: Services, kind: FileKind) -> None:
    north = programme_with(omar=(mentor(name="=cmd|' /C calc'!A0", site="+1", organisation="@x"), SignupState.ACTIVE))
    rows: Callable[[bytes], list[list[str]]] = (
        (lambda data: first_sheet(data, 9)) if kind is FileKind.XLSX else (lambda data: [data.decode().split(",")])
    )

    cells = [cell for row in rows(services.people.exporting.listed(north, EVERYBODY, kind)) for cell in row]

    assert [cell for cell in cells if cell[:1] in set("=+@-")] == []
    assert "'=cmd|' /C calc'!A0" in cells
