"""A form sets its own fields and nothing else, whatever else is sent with it."""

from pathlib import Path
from typing import Final

import pytest

from tests.web.crawling import entering, form_of
from tests.web.nasty import column_names
from tests.web.routes import CHANGES, Route
from tests.web.sites import Rows, Site, restored

RANDOM: Final = {("matching_round", "seed"), ("sign_in_request", "browser_hash"), ("matching_round", "publish_key")}
"""Columns that are drawn anew each time."""


def settled(rows: Rows) -> Rows:
    return {t: [{k: v for k, v in row.items() if (t, k) not in RANDOM} for row in found] for t, found in rows.items()}


@pytest.mark.parametrize("value", ["2", "published"])
@pytest.mark.parametrize("route", CHANGES, ids=str)
def test_a_form_sets_its_own_fields_and_nothing_else(site: Site, kept: Path, route: Route, value: str) -> None:
    form = form_of(site, route)
    fields = form.fields if form else {}
    extra = {name: value for name in column_names() if name not in fields}
    address, name = route.address(site.world.north), entering(route)

    plain = site.send(site.browser(name), route.method, address, **fields).status_code
    after_plain = settled(site.rows())
    restored(site.app, kept)
    crowded = site.send(site.browser(name), route.method, address, **fields, **extra).status_code

    assert (crowded, settled(site.rows())) == (plain, after_plain)
