"""The whole world on the site, in either database, and its coordinator's browser."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from mentormatch.persistence.database import Transactions
from tests.builders.world import World, add_world
from tests.standing_databases import KeptBuildings, Standing
from tests.web.sites import Site


@pytest.fixture
def site(app: Flask, standing: Standing, kept_buildings: KeptBuildings) -> Site:
    def build() -> World:
        with app.app_context(), Transactions().writing() as session:
            return add_world(session)

    return Site(app, kept_buildings.stand(standing, app, "world", build))


@pytest.fixture
def cora(site: Site) -> FlaskClient:
    return site.browser("coordinator")
