"""The whole world on the site, in either database, and its coordinator's browser."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.builders.world import World
from tests.web.sites import Site


@pytest.fixture
def site(app: Flask, world: World) -> Site:
    return Site(app, world)


@pytest.fixture
def cora(site: Site) -> FlaskClient:
    return site.browser("coordinator")
