"""Everybody x every route x every programme: who comes in is what the reviewed file says."""

from pathlib import Path

import pytest

from mentormatch.app import create_app
from mentormatch.web.access import rule_of
from tests.builders.world import Room
from tests.installations import settings_for
from tests.web.crawling import entering
from tests.web.expectations import CLASSES, EXPECTED, answer, may_enter
from tests.web.routes import OF_A_PROGRAMME, OF_A_THING, OTHER_PARTS, ROUTES, Route, missing
from tests.web.sites import VISITORS, Site, seen

pytestmark = pytest.mark.slow

NOWHERE = "no-such-programme"


def test_every_route_has_an_expectation_and_every_expectation_a_route() -> None:
    assert sorted({(route.endpoint, route.method) for route in ROUTES} ^ set(EXPECTED)) == []


def test_every_route_has_a_rule(site: Site) -> None:
    assert sorted({route.endpoint for route in ROUTES if rule_of(site.app, route.endpoint) is None}) == []


def test_every_part_of_an_address_can_be_filled_in(site: Site) -> None:
    known = {"slug", *OTHER_PARTS, *site.world.north.ids}

    assert set().union(*(route.parts for route in ROUTES)) <= known


def test_the_expectations_speak_of_the_cast(site: Site) -> None:
    named = {name for who in CLASSES.values() for names in who.values() if isinstance(names, list) for name in names}

    assert named <= set(site.cast)
    assert set(VISITORS) <= set(site.cast)


@pytest.mark.parametrize("programme", ["north", "south"])
@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_who_comes_in_is_what_the_reviewed_file_says(site: Site, route: Route, programme: str) -> None:
    room: Room = getattr(site.world, programme)
    address = route.address(room)

    met = {name: site.send(site.browser(name), route.method, address).status_code for name in site.cast}

    assert met == {name: answer(route, name, programme) for name in site.cast}


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_whoever_is_not_signed_in_any_more_is_a_visitor(site: Site, route: Route) -> None:
    address = route.address(site.world.north)
    answers = {seen(site.send(site.browser(name), route.method, address)) for name in VISITORS}

    assert len(answers) == 1


@pytest.mark.parametrize("route", OF_A_PROGRAMME, ids=str)
def test_a_programme_that_does_not_exist_lets_nobody_in(site: Site, route: Route) -> None:
    address = route.address(site.world.north, slug=NOWHERE)
    met = {name: site.send(site.browser(name), route.method, address).status_code for name in site.cast}

    assert set(met.values()) <= {303, 404}
    assert {met[name] for name in site.cast if name not in VISITORS} == {404}


@pytest.mark.parametrize("route", OF_A_THING, ids=str)
@pytest.mark.parametrize("thing", ["of another programme", "missing"])
def test_a_thing_that_is_not_in_the_programme_does_not_exist(site: Site, route: Route, thing: str) -> None:
    others = {
        part: site.world.south.ids[part] if thing == "of another programme" else missing(part) for part in route.things
    }
    address = route.address(site.world.north, **others)
    met = {name: site.send(site.browser(name), route.method, address).status_code for name in site.cast}

    assert {met[name] for name in site.cast if may_enter(route, name, "north")} == {404}


@pytest.mark.parametrize("route", OF_A_THING, ids=str)
def test_a_number_that_no_database_can_hold_does_not_exist(site: Site, route: Route) -> None:
    too_great = {part: 2**63 if isinstance(missing(part), int) else missing(part) for part in route.things}
    address = route.address(site.world.north, **too_great)

    assert site.send(site.browser(entering(route)), route.method, address).status_code == 404


def test_a_view_without_a_rule_is_refused_to_everybody(tmp_path: Path) -> None:
    app = create_app(settings_for("sqlite://", tmp_path))
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")

    answer_met = app.test_client().get("/forgotten")

    assert (rule_of(app, "forgotten"), answer_met.status_code, b"secret" in answer_met.data) == (None, 403, False)
