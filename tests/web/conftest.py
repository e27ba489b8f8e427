"""One application for all tests of the site; its database is put back as it was before each."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from flask import Flask
from flask_migrate import upgrade

from mentormatch.app import create_app
from mentormatch.persistence.database import Transactions, db
from tests.builders.world import World, add_world
from tests.databases import administer, url_of
from tests.installations import StandingClock, settings_for
from tests.standing_databases import AT_FIRST, StandingDatabase, StandingFile
from tests.web.sites import Browser, Site, restored


def filled(app: Flask) -> World:
    """Build the tables and fill them with the whole world."""
    app.test_client_class = Browser
    with app.app_context():
        upgrade()
        with Transactions().writing() as session:
            world = add_world(session)
        db.engine.dispose()
    return world


@pytest.fixture(scope="session")
def world_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, World, StandingFile]]:
    """The application, and its database, which goes back to the whole world."""
    folder = tmp_path_factory.mktemp("site")
    standing = StandingFile(folder / "site.sqlite3")
    app = create_app(settings_for(standing.url, folder), StandingClock())
    world = filled(app)
    standing.keep(AT_FIRST)
    yield app, world, standing
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def kept(world_app: tuple[Flask, World, StandingFile]) -> StandingFile:
    """The database as it was, to go back to in the middle of a test."""
    return world_app[2]


@pytest.fixture
def site(world_app: tuple[Flask, World, StandingFile], kept: StandingFile) -> Site:
    app, world, _ = world_app
    restored(app, kept)
    return Site(app, world)


@pytest.fixture(scope="session")
def postgresql_world(
    postgresql_server: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Flask, World, StandingDatabase]]:
    """The same application on PostgreSQL, and its database, which goes back to the whole world."""
    name = f"site_{uuid4().hex[:12]}"
    administer(postgresql_server, f"CREATE DATABASE {name}")
    folder = tmp_path_factory.mktemp("postgresql_site")
    app = create_app(settings_for(url_of(postgresql_server, name), folder), StandingClock())
    world = filled(app)
    standing = StandingDatabase(url_of(postgresql_server, name))
    yield app, world, standing
    with app.app_context():
        db.engine.dispose()
    standing.close()
    administer(postgresql_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def postgresql_kept(postgresql_world: tuple[Flask, World, StandingDatabase]) -> StandingDatabase:
    """The database on PostgreSQL, to put back in the middle of a test."""
    return postgresql_world[2]


@pytest.fixture
def postgresql_site(postgresql_world: tuple[Flask, World, StandingDatabase], postgresql_kept: StandingDatabase) -> Site:
    app, world, _ = postgresql_world
    postgresql_kept.put_back()
    return Site(app, world)
