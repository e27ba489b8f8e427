"""A form sets its own fields and nothing else, whatever else is sent with it."""

from typing import Final

import pytest

from tests.standing_databases import StandingFile
from tests.web.crawling import entering, form_of
from tests.web.nasty import column_names
from tests.web.routes import CHANGES, Route
from tests.web.sites import Rows, Site, restored

pytestmark = pytest.mark.slow

RANDOM: Final = {("matching_round", "seed"), ("sign_in_request", "browser_hash"), ("matching_round", "publish_key")}
"""Columns that are drawn anew each time."""


def settled(rows: Rows) -> Rows:
    return {t: [{k: v for k, v in row.items() if (t, k) not in RANDOM} for row in found] for t, found in rows.items()}


@pytest.mark.parametrize("value", ["2", "published"])
@pytest.mark.parametrize("route", CHANGES, ids=str)
def test_a_form_sets_its_own_fields_and_nothing_else(site: Site, kept: StandingFile, route: Route, value: str) -> None:
    form, address, name = form_of(site, route), route.address(site.world.north), entering(route)
    fields = form.filled_in() if form else {}
    extra = [column for column in column_names() if column not in fields]
    outcomes = []

    for added in ([], extra[::2], extra[1::2]):
        restored(site.app, kept)
        met = site.send(site.browser(name), route.method, address, **fields, **dict.fromkeys(added, value))
        outcomes.append((met.status_code if form else None, settled(site.rows())))

    assert outcomes[1] == outcomes[0]
    assert outcomes[2] == outcomes[0]


@pytest.mark.parametrize(
    "endpoint", ["public.change_signup", "public.signup", "programmes.settings", "rounds.discard", "participants.pause"]
)
def test_the_forms_are_read_well_enough_to_be_accepted(site: Site, endpoint: str) -> None:
    """Proof that the test above compares changes and not refusals."""
    route = next(each for each in CHANGES if each.endpoint == endpoint)
    form = form_of(site, route)
    assert form is not None

    met = site.send(site.browser(entering(route)), "POST", route.address(site.world.north), **form.filled_in())

    assert met.status_code == 303
