"""Supply and demand at length, counted by hand."""

import pytest

from mentormatch.domain.competencies import Competency
from mentormatch.domain.positions import Position, weights_of
from mentormatch.domain.signups import SignupState
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.repositories.tallies import RatedAlike
from mentormatch.services.bundle import Services
from mentormatch.services.surveying_supply import ScarcityLine, scarcity_lines
from mentormatch.spreadsheets.opening_workbooks import first_sheet
from mentormatch.spreadsheets.tables import FileKind
from tests.builders.people import both, mentee, mentor, ratings
from tests.builders.programmes import add_participant, add_programme
from tests.builders.settings import settings

FLOW_PULL, KAIZEN = Competency.FLOW_PULL, Competency.KAIZEN_EVENTS


def alike(level: int, target: int, *, places: int = 0, seekers: int = 0, of: Competency = FLOW_PULL) -> RatedAlike:
    return RatedAlike(of, Position.VALUE_STREAM, level, target, places, seekers)


def line(*groups: RatedAlike, teach_level: int = 3) -> ScarcityLine:
    lines = scarcity_lines(groups, settings(teach_level=teach_level))
    return next(one for one in lines if one.competency is FLOW_PULL)


def test_gaps_are_counted_by_how_many_levels_are_missing() -> None:
    found = line(
        *(alike(2, 3, seekers=5), alike(1, 3, seekers=4), alike(0, 3, seekers=3), alike(0, 4, seekers=2)),
        *(alike(3, 3, seekers=50), alike(4, 2, seekers=50)),
    )

    assert (found.by_one, found.by_two, found.by_more, found.wanted, found.up_to_4) == (5, 4, 5, 14, 2)


def test_points_are_levels_weighed_by_the_position_aimed_at() -> None:
    weight = weights_of(settings().emphasis[Position.VALUE_STREAM])[FLOW_PULL]

    assert line(alike(1, 3, seekers=4), alike(2, 3, seekers=1)).points == 9 * weight


@pytest.mark.parametrize(("teach_level", "places"), [(2, (6, 3)), (3, (4, 3)), (4, (0, 3))])
def test_places_stand_at_the_level_of_their_mentor(teach_level: int, places: tuple[int, int]) -> None:
    found = line(*(alike(n, 4, places=m) for n, m in ((1, 9), (2, 2), (3, 4), (4, 3))), teach_level=teach_level)

    assert (found.places_at_3, found.places_at_4) == places


def test_what_is_short_is_told_for_all_and_for_level_4() -> None:
    found = line(alike(1, 3, seekers=4), alike(1, 4, seekers=3), alike(3, 3, places=3), alike(4, 4, places=1))

    assert (found.short, found.short_at_4, found.people_per_place) == (3, 2, 7 / 4)


def test_what_nobody_can_teach_is_scarcest_and_what_nobody_wants_comes_last() -> None:
    groups = (
        *(alike(1, 3, seekers=9), alike(3, 3, places=3)),
        alike(1, 3, seekers=1, of=KAIZEN),
        *(alike(1, 3, seekers=2, of=Competency.DAILY_KAIZEN), alike(3, 3, places=2, of=Competency.DAILY_KAIZEN)),
    )

    lines = scarcity_lines(groups, settings())

    assert [one.competency for one in lines[:3]] == [KAIZEN, FLOW_PULL, Competency.DAILY_KAIZEN]
    assert (lines[0].people_per_place, lines[0].short, len(lines)) == (None, 1, 16)


@pytest.fixture
def north(services: Services) -> int:
    with Transactions().writing() as session:
        north = add_programme(session).id
        for signup in (mentee(), mentor(), both(levels=ratings(1, flow_pull=4))):
            add_participant(session, north, signup)
        add_participant(session, north, mentor(email="zoe@firm.example"), state=SignupState.PAUSED)
        return north


def test_only_active_people_count(services: Services, north: int) -> None:
    page = services.people.supply.page(north)

    found = {one.competency: one for one in page.lines}
    assert (found[FLOW_PULL].places_at_4, found[KAIZEN].places_at_4) == (3, 2)
    assert (found[FLOW_PULL].wanted, found[KAIZEN].wanted) == (1, 2)
    assert page.points == sum(one.points for one in page.lines)


@pytest.mark.parametrize("kind", FileKind)
def test_the_table_is_handed_out_as_it_is_shown(services: Services, north: int, kind: FileKind) -> None:
    data = services.people.supply.spreadsheet(north, kind)
    lines = first_sheet(data, 99) if kind is FileKind.XLSX else [x.split(",") for x in data.decode().splitlines()]

    shown = services.people.supply.page(north).lines
    assert [line[0] for line in lines] == ["competency", *(one.competency for one in shown)]
    assert [line[5] for line in lines] == ["gap_of_3_or_4", *(str(one.by_more) for one in shown)]
