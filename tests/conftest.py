"""The application under test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from mentormatch.app import create_app
from mentormatch.persistence.database import db
from mentormatch.services.bundle import Services
from tests.installations import StandingClock, settings_for

pytest_plugins = ["tests.databases"]


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def app(database_url: str, tmp_path: Path, clock: StandingClock) -> Iterator[Flask]:
    app = create_app(settings_for(database_url, tmp_path), clock)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def services(app: Flask) -> Iterator[Services]:
    with app.app_context():
        yield app.extensions["mentormatch"]


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
