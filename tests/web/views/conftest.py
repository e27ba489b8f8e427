"""The whole world on the site, in either database, and its coordinator's browser."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from mentormatch.persistence.database import Transactions
from tests.builders.world import add_world
from tests.web.sites import Site


@pytest.fixture
def site(app: Flask) -> Site:
    with app.app_context(), Transactions().writing() as session:
        world = add_world(session)
    return Site(app, world)


@pytest.fixture
def cora(site: Site) -> FlaskClient:
    return site.browser("coordinator")
