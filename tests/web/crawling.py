"""Who goes where in a sweep, and which form a page of ours shows for a change."""

from copy import deepcopy
from typing import Final

from flask import Flask

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
    name, target = entering(route), route.address(site.world.north)
    pages = sorted(GETS, key=lambda page: page.address(site.world.north) != target)
    found = (form for page in pages for form in _shown(site, name, page.address(site.world.north)))
    return next((form for form in found if form.action.split("?")[0] == target), None)


_SHOWN: Final = dict[tuple[Flask, str, str], list[SeenForm]]()
"""Every test begins with the same world, so a page that was read once need not be read again."""


def _shown(site: Site, name: str, address: str) -> list[SeenForm]:
    key = (site.app, name, address)
    if key not in _SHOWN:
        _SHOWN[key] = forms_on(site.browser(name), address)
    return deepcopy(_SHOWN[key])
