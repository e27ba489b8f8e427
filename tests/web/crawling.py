"""Who goes where in a sweep, and which form a page of ours shows for a change."""

from typing import Final

from tests.web.expectations import may_enter
from tests.web.forms_seen import SeenForm, forms_on
from tests.web.routes import GETS, Route
from tests.web.sites import Site

_IN_TURN: Final = ("visitor", "coordinator", "participant", "creator")


def entering(route: Route) -> str:
    """Name somebody who comes in at a route of programme north."""
    return next(name for name in reversed(_IN_TURN) if may_enter(route, name, "north"))


def form_of(site: Site, route: Route) -> SeenForm | None:
    """Return the form that some page of ours shows for a change; None for a change that no page offers now."""
    if route.method == "GET":
        return None
    client, target = site.browser(entering(route)), route.address(site.world.north)
    pages = sorted(GETS, key=lambda page: page.address(site.world.north) != target)
    found = (form for page in pages for form in forms_on(client, page.address(site.world.north)))
    return next((form for form in found if form.action.split("?")[0] == target), None)
