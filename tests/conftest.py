"""The application under test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from mentormatch.services.bundle import Services
from tests.installations import StandingClock, settings_for
from tests.standing_apps import StandingApps, let_go

pytest_plugins = ["tests.compiled_templates", "tests.databases"]


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture(scope="session")
def standing_apps() -> StandingApps:
    return StandingApps()


@pytest.fixture
def app(standing_apps: StandingApps, database_url: str, tmp_path: Path, clock: StandingClock) -> Iterator[Flask]:
    app = standing_apps.lend(settings_for(database_url, tmp_path), clock)
    yield app
    let_go(app)


@pytest.fixture
def services(app: Flask) -> Iterator[Services]:
    with app.app_context():
        yield app.extensions["mentormatch"]


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
