"""Databases that are made once and put back before each test, which takes a hundredth of making them."""

import shutil
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any, Final, Protocol, TypeVar

import psycopg
from flask import Flask
from psycopg.sql import SQL, Composed, Identifier, Literal

from mentormatch.persistence.database import db

_TABLES: Final = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
_THROW_OUT: Final = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()"""
_WORN_OUT: Final = 50
"""Deleted rows stay in the files; so often the files are made anew."""

AT_FIRST: Final = "at_first"
"""The name of what a database holds when it is made."""

Built = TypeVar("Built")


class Standing(Protocol):
    """A database that can be put back to whatever it was kept as."""

    url: str

    def keep(self, name: str) -> None:
        """Remember what is in it now by a name."""

    def put_back(self, name: str = AT_FIRST) -> None:
        """Make it what it was when it was kept by this name."""


class KeptBuildings:
    """What tests build in databases before they begin; each is built once and put back from then on."""

    def __init__(self) -> None:
        self._built: dict[tuple[str, str], Any] = {}

    def stand(self, standing: Standing, app: Flask, name: str, build: Callable[[], Built]) -> Built:
        """Return, every time anew, what is built by this name in an empty database, which holds it then."""
        key = standing.url, name
        is_new = key not in self._built
        if is_new:
            self._built[key] = build()
        with app.app_context():
            db.engine.dispose()
        if is_new:
            standing.keep(name)
        else:
            standing.put_back(name)
        built: Built = deepcopy(self._built[key])
        return built


class StandingFile:
    """A database of SQLite; nobody may have it open while it is kept or put back."""

    def __init__(self, file: Path) -> None:
        self.url, self._file = f"sqlite:///{file}", file

    def keep(self, name: str) -> None:
        """Remember what is in it now by a name."""
        shutil.copy(self._file, self._kept(name))

    def put_back(self, name: str = AT_FIRST) -> None:
        """Make it what it was when it was kept by this name, in a file of its own: others go on reading the last."""
        for leftover in (self._file, Path(f"{self._file}-wal"), Path(f"{self._file}-shm")):
            leftover.unlink(missing_ok=True)
        shutil.copy(self._kept(name), self._file)

    def _kept(self, name: str) -> Path:
        return self._file.with_name(f"{name}.sqlite3")


class StandingDatabase:
    """A database of PostgreSQL; what is in it now is kept at once."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._connection = psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://"), autocommit=True)
        # A table of history refuses to be emptied, and a foreign key asks for an order: neither binds a replica.
        self._connection.execute("SET session_replication_role = replica")
        self._tables = [Identifier(table) for (table,) in self._connection.execute(_TABLES)]
        self._times = 0
        self._refills: dict[str, list[Composed]] = {}
        self.keep(AT_FIRST)

    def keep(self, name: str) -> None:
        """Remember what is in every table now, and every count, by a name."""
        schema = Identifier(f"kept_{name}")
        self._connection.execute(SQL("DROP SCHEMA IF EXISTS {0} CASCADE; CREATE SCHEMA {0}").format(schema))
        filled = [table for table in self._tables if self._has_rows(table)]
        for table in filled:
            self._connection.execute(SQL("CREATE TABLE {0}.{1} AS TABLE {1}").format(schema, table))
        refill = SQL("INSERT INTO {1} OVERRIDING SYSTEM VALUE SELECT * FROM {0}.{1}")
        self._refills[name] = [*(refill.format(schema, table) for table in filled), *self._counts()]

    def put_back(self, name: str = AT_FIRST) -> None:
        """Put every table and every count back as they were kept."""
        self._times += 1
        empty = [SQL("DELETE FROM {}").format(table) for table in self._tables]
        if self._times % _WORN_OUT == 0:
            empty = [SQL("TRUNCATE {}").format(SQL(",").join(self._tables))]
        self._connection.execute(SQL(";").join([*empty, *self._refills[name]]))

    def throw_out(self) -> None:
        """Close the connections of everybody else."""
        self._connection.execute(_THROW_OUT)

    def close(self) -> None:
        """Let go of it, so that it can be dropped."""
        self._connection.close()

    def _has_rows(self, table: Identifier) -> bool:
        return self._connection.execute(SQL("SELECT FROM {} LIMIT 1").format(table)).fetchone() is not None

    def _counts(self) -> list[Composed]:
        names = self._connection.execute("SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'").fetchall()
        ask, setting = SQL("SELECT last_value, is_called FROM {}"), SQL("SELECT setval({}, {}, {})")
        found = [(name, self._connection.execute(ask.format(Identifier(name))).fetchone()) for (name,) in names]
        return [setting.format(Literal(name), *map(Literal, stand or ())) for name, stand in found]
