"""Databases without any table, and an application that can move them through the revisions."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask

from mentormatch.app import create_app
from mentormatch.persistence.database import db
from tests.databases import BOTH_DATABASES, administer, url_of
from tests.installations import settings_for


@pytest.fixture(params=BOTH_DATABASES)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/empty.sqlite3"
        return
    server, name = request.getfixturevalue("postgresql_server"), f"empty_{uuid4().hex[:12]}"
    administer(server, f"CREATE DATABASE {name}")
    yield url_of(server, name)
    administer(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def bare(empty_database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """An application whose database has no table yet, inside its context."""
    app = create_app(settings_for(empty_database_url, tmp_path))
    with app.app_context():
        yield app
        db.engine.dispose()
