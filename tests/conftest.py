"""The application under test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from mentormatch.persistence.database import Transactions
from mentormatch.services.bundle import Services
from tests.builders.running import Running, running_programme
from tests.builders.world import World, add_world
from tests.installations import StandingClock, settings_for
from tests.standing_apps import StandingApps, let_go
from tests.standing_databases import KeptBuildings, Standing

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


@pytest.fixture
def world(app: Flask, standing: Standing, kept_buildings: KeptBuildings) -> World:
    """Two programmes and everybody who has to do with them; to be asked for before a connection is."""

    def build() -> World:
        with app.app_context(), Transactions().writing() as session:
            return add_world(session)

    return kept_buildings.stand(standing, app, "world", build)


@pytest.fixture
def proposed(app: Flask, services: Services, standing: Standing, kept_buildings: KeptBuildings) -> Running:
    """The programme of the cast, its first round solved and waiting to be reviewed."""

    def build() -> tuple[int, dict[str, int]]:
        running = running_programme(app, services)
        running.propose()
        return running.programme_id, running.ids

    # The services that solved it are another test's: these have done nothing yet, as after a restart.
    return Running(app, services, *kept_buildings.stand(standing, app, "proposed", build))
