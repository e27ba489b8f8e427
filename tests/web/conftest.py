"""One application for all tests of the site; its database is put back as it was before each."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from mentormatch.app import create_app
from mentormatch.persistence.database import Transactions, db
from tests.builders.world import World, add_world
from tests.installations import StandingClock, settings_for
from tests.web.sites import Site, restored


@pytest.fixture(scope="session")
def world_app(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, World, Path]]:
    """The application, the world in its database, and a copy of that database to go back to."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copy(sqlite_template, folder / "site.sqlite3")
    app = create_app(settings_for(f"sqlite:///{folder}/site.sqlite3", folder), StandingClock())
    with app.app_context():
        with Transactions().writing() as session:
            world = add_world(session)
        db.engine.dispose()
    shutil.copy(folder / "site.sqlite3", folder / "kept.sqlite3")
    yield app, world, folder / "kept.sqlite3"
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def site(world_app: tuple[Flask, World, Path]) -> Iterator[Site]:
    app, world, kept = world_app
    with restored(app, kept):
        yield Site(app, world)
