"""Creating programmes and changing their settings, on both databases."""

from dataclasses import replace

import pytest

from mentormatch.domain.actors import CONSOLE
from mentormatch.domain.competencies import Competency
from mentormatch.domain.errors import Conflict, InputRefused, NotFound
from mentormatch.domain.positions import Position
from mentormatch.domain.programmes import ProgrammeSettings
from mentormatch.domain.trails import Subject, TrailSearch
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.repositories.programmes import programme_of
from mentormatch.services.bundle import Services
from tests.builders.accounts import add_account
from tests.builders.settings import settings


@pytest.fixture
def crea(services: Services) -> int:
    with Transactions().writing() as session:
        return add_account(session, "crea@firm.example", may_create_programmes=True).id


@pytest.fixture
def north(services: Services, crea: int) -> int:
    services.editing_programmes.create("north", settings(), coordinator=crea)
    head = services.knowing_viewers.programme("north")
    assert head is not None
    return head.id


def inputs_version(programme_id: int) -> int:
    with Transactions().reading() as session:
        return programme_of(session, programme_id).inputs_version


def test_whoever_makes_a_programme_coordinates_it(services: Services, crea: int, north: int) -> None:
    assert [line.slug for line in services.overseeing_programmes.programmes_of(crea)] == ["north"]


def test_a_new_programme_has_the_settings_it_was_made_with(services: Services, north: int) -> None:
    assert services.editing_programmes.look(north).settings == settings()


def test_two_programmes_never_share_a_name_in_addresses(services: Services, crea: int, north: int) -> None:
    with pytest.raises(InputRefused) as refused:
        services.editing_programmes.create("north", settings(name="Another"), coordinator=crea)

    assert [fault.column for fault in refused.value.faults] == ["slug"]
    assert len(services.overseeing_programmes.programmes_of(crea)) == 1


def test_settings_change_in_the_version_that_was_seen(services: Services, north: int) -> None:
    services.editing_programmes.change(north, settings(name="North 2027"), seen=1, actor=CONSOLE)

    looked = services.editing_programmes.look(north)
    assert (looked.version, looked.settings.name) == (2, "North 2027")


def test_settings_that_somebody_else_changed_are_not_overwritten(services: Services, north: int) -> None:
    services.editing_programmes.change(north, settings(floor_percent=20), seen=1, actor=CONSOLE)

    with pytest.raises(Conflict):
        services.editing_programmes.change(north, settings(floor_percent=30), seen=1, actor=CONSOLE)

    assert services.editing_programmes.look(north).settings.floor_percent == 20


@pytest.mark.parametrize(
    ("changed", "moves"),
    [
        (settings(), 0),
        (settings(name="North 2027", purpose="Another"), 0),
        (settings(teach_level=2), 1),
        (settings(floor_percent=11), 1),
        (settings(shared_language=False), 1),
        (settings(minimum_common_hours=1), 1),
        (settings(other_site_only=True), 1),
        (settings(wish_points=0), 1),
        (settings(common_hour_points=1), 1),
        (settings(waiting_points=41), 1),
        (settings(targets={**settings().targets, Position.CORPORATE: dict.fromkeys(Competency, 4)}), 1),
    ],
    ids=[
        "nothing",
        "words",
        "teach level",
        "floor",
        "shared language",
        "hours",
        "sites",
        "wishes",
        "hour points",
        "waiting",
        "targets",
    ],
)
def test_only_what_could_change_the_pairs_moves_the_inputs(
    services: Services, north: int, changed: ProgrammeSettings, moves: int
) -> None:
    services.editing_programmes.change(north, changed, seen=1, actor=CONSOLE)

    assert inputs_version(north) == moves


def test_a_column_of_weights_that_is_only_scaled_changes_nothing(services: Services, north: int) -> None:
    kept = settings()
    tripled = {c: n * 3 for c, n in kept.emphasis[Position.CORPORATE].items()}
    changed = replace(kept, emphasis={**kept.emphasis, Position.CORPORATE: tripled})

    services.editing_programmes.change(north, changed, seen=1, actor=CONSOLE)

    assert inputs_version(north) == 0


def test_an_unknown_programme_has_no_settings(services: Services) -> None:
    with pytest.raises(NotFound):
        services.editing_programmes.change(1, settings(), seen=1, actor=CONSOLE)


def test_the_trail_says_what_was_changed(services: Services, north: int) -> None:
    services.editing_programmes.change(north, settings(name="North 2027"), seen=1, actor=CONSOLE)

    (line,) = services.records.trail.page(north, TrailSearch(subject=Subject.PROGRAMME), 1).lines
    assert (line.by, line.why) == ("the console", "settings: name")
