"""Databases for tests, on SQLite and on PostgreSQL: migrated, and empty before each test."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NoReturn
from uuid import uuid4

import psycopg
import pytest
from flask_migrate import upgrade

from mentormatch.app import create_app
from mentormatch.persistence.database import db
from tests.installations import settings_for
from tests.standing_databases import AT_FIRST, KeptBuildings, Standing, StandingDatabase, StandingFile

ON_POSTGRESQL: Final = pytest.param("postgresql", marks=pytest.mark.slow)
BOTH_DATABASES: Final = ("sqlite", ON_POSTGRESQL)
"""What a test that touches the database runs on; in daily work the first alone."""
NO_POSTGRESQL = "no PostgreSQL here: install Debian's package postgresql, or set MENTORMATCH_TEST_PG to a server's URL"


def missing(reason: str) -> NoReturn:
    """Skip a test for want of a program, or fail where everything is promised to be there."""
    if os.environ.get("MENTORMATCH_TEST_EVERYTHING"):
        pytest.fail(reason)
    pytest.skip(reason)


def migrate(database_url: str, folder: Path) -> None:
    """Build the tables as an installation does: by running the migrations."""
    app = create_app(settings_for(database_url, folder))
    with app.app_context():
        upgrade()
        db.engine.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sqlite")
    migrate(f"sqlite:///{folder}/template.sqlite3", folder)
    return folder / "template.sqlite3"


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """Yield the URL of a server; one is started in a folder of its own unless the environment names one."""
    named = os.environ.get("MENTORMATCH_TEST_PG")
    if named:
        yield named.rstrip("/")
        return
    binaries = _binaries()
    if binaries is None:
        missing(NO_POSTGRESQL)
    with tempfile.TemporaryDirectory(prefix="mm-pg-") as folder:
        yield from _private_server(binaries, Path(folder))


def _binaries() -> Path | None:
    config = shutil.which("pg_config")
    if config is None:
        return None
    asked = subprocess.run([config, "--bindir"], check=False, capture_output=True, text=True)
    # The library alone, without the server, brings pg_config too.
    folder = Path(asked.stdout.strip())
    return folder if (folder / "initdb").exists() else None


def _private_server(binaries: Path, folder: Path) -> Iterator[str]:
    # initdb refuses to run as root, so root hands the folder to the user the package made.
    as_owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if as_owner:
        shutil.chown(folder, "postgres")
    data, log = folder / "data", folder / "log"

    def run(*command: str | Path) -> None:
        subprocess.run([*as_owner, *map(str, command)], check=True, stdout=subprocess.DEVNULL, cwd=folder)

    run(binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
    options = f"-k {folder} -c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    run(binaries / "pg_ctl", "-D", data, "-w", "-l", log, "-o", options, "start")
    try:
        yield f"postgresql+psycopg://postgres@/{{name}}?host={folder}"
    finally:
        run(binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop")


def url_of(server: str, name: str) -> str:
    """Return the URL of one database on a server."""
    return server.format(name=name) if "{name}" in server else f"{server}/{name}"


def administer(server: str, statement: str) -> None:
    """Run a statement outside any transaction, as CREATE DATABASE wants it."""
    plain = url_of(server, "postgres").replace("postgresql+psycopg://", "postgresql://")
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(statement.encode())


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    name = f"template_{uuid4().hex[:12]}"
    administer(postgresql_server, f"CREATE DATABASE {name}")
    migrate(url_of(postgresql_server, name), tmp_path_factory.mktemp("postgresql"))
    yield name
    administer(postgresql_server, f"DROP DATABASE {name}")


@pytest.fixture(scope="session")
def postgresql_standing(postgresql_server: str, postgresql_template: str) -> Iterator[StandingDatabase]:
    name = f"test_{uuid4().hex[:12]}"
    administer(postgresql_server, f"CREATE DATABASE {name} TEMPLATE {postgresql_template}")
    standing = StandingDatabase(url_of(postgresql_server, name))
    yield standing
    standing.close()
    administer(postgresql_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def postgresql_url(postgresql_standing: StandingDatabase) -> str:
    postgresql_standing.throw_out()
    postgresql_standing.put_back()
    return postgresql_standing.url


@pytest.fixture(scope="session")
def sqlite_standing(sqlite_template: Path) -> StandingFile:
    shutil.copy(sqlite_template, sqlite_template.with_name(f"{AT_FIRST}.sqlite3"))
    return StandingFile(sqlite_template.with_name("test.sqlite3"))


@pytest.fixture
def sqlite_url(sqlite_standing: StandingFile) -> str:
    sqlite_standing.put_back(AT_FIRST)
    return sqlite_standing.url


@pytest.fixture(scope="session")
def kept_buildings() -> KeptBuildings:
    return KeptBuildings()


@pytest.fixture(params=BOTH_DATABASES)
def database_url(request: pytest.FixtureRequest) -> str:
    """Return the URL of a database that no other test is using, migrated and empty."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def standing(request: pytest.FixtureRequest, database_url: str) -> Standing:
    """The database behind the URL, to put back to something that is built in it."""
    kind = "sqlite" if database_url.startswith("sqlite") else "postgresql"
    found: Standing = request.getfixturevalue(f"{kind}_standing")
    return found
