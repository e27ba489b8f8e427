"""The sweeps hear which query parameters a view reads, and send enough to each."""

import pytest

from tests.web.crawling import entering, form_of
from tests.web.nasty import inputs_for
from tests.web.parameters import others_than, parameters_read
from tests.web.routes import ROUTES, Route
from tests.web.sites import Site

pytestmark = pytest.mark.slow

READ = {
    "participants.list_participants": {"q", "page", "state", "held"},  # a schema's fields
    "choosing.ask": {"ticked", "act"},  # looked for, and taken by name
    "what_if.page": {"floor_percent_b", "more"},  # made up from the letter of a column
    "adjusting.foresee": {"kind", "mentee"},  # loaded from all of the address
    "signing_in.ask": {"next"},
}
ENOUGH = 200


@pytest.mark.parametrize("endpoint", READ)
def test_a_view_is_heard_to_read_its_parameters_in_whatever_way(site: Site, endpoint: str) -> None:
    route = next(route for route in ROUTES if (route.endpoint, route.method) == (endpoint, "GET"))

    assert READ[endpoint] <= set(parameters_read(site, route, entering(route)))


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_two_hundred_nasty_inputs_are_sent_to_a_route(site: Site, route: Route) -> None:
    sent = inputs_for(route, site, form_of(site, route), [], others_than([]))
    plain = route.address(site.world.north)

    assert sum(len(one.query) if one.address == plain and one.query else 1 for one in sent) >= ENOUGH
