"""A PostgreSQL database that is made once and put back before each test, which takes a hundredth of making it."""

from typing import Final

import psycopg
from psycopg.sql import SQL, Composed, Identifier, Literal

_TABLES: Final = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
_KEEPING: Final = "DROP SCHEMA IF EXISTS kept CASCADE; CREATE SCHEMA kept"
_THROW_OUT: Final = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()"""
_WORN_OUT: Final = 50
"""Deleted rows stay in the files; so often the files are made anew."""


class StandingDatabase:
    """Keeps what is in a database now, and puts it back as often as it is asked."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._connection = psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://"), autocommit=True)
        # A table of history refuses to be emptied, and a foreign key asks for an order: neither binds a replica.
        self._connection.execute("SET session_replication_role = replica")
        self._tables = [Identifier(table) for (table,) in self._connection.execute(_TABLES)]
        self._times = 0
        self._refill = self._keep()

    def put_back(self) -> None:
        """Put every table and every count back as they were kept."""
        self._times += 1
        empty = [SQL("DELETE FROM {}").format(table) for table in self._tables]
        if self._times % _WORN_OUT == 0:
            empty = [SQL("TRUNCATE {}").format(SQL(",").join(self._tables))]
        self._connection.execute(SQL(";").join([*empty, *self._refill]))

    def throw_out(self) -> None:
        """Close the connections of everybody else."""
        self._connection.execute(_THROW_OUT)

    def close(self) -> None:
        """Let go of it, so that it can be dropped."""
        self._connection.close()

    def _keep(self) -> list[Composed]:
        self._connection.execute(_KEEPING)
        filled = [table for table in self._tables if self._has_rows(table)]
        for table in filled:
            self._connection.execute(SQL("CREATE TABLE kept.{0} AS TABLE {0}").format(table))
        refill = SQL("INSERT INTO {0} OVERRIDING SYSTEM VALUE SELECT * FROM kept.{0}")
        return [*(refill.format(table) for table in filled), *self._counts()]

    def _has_rows(self, table: Identifier) -> bool:
        return self._connection.execute(SQL("SELECT FROM {} LIMIT 1").format(table)).fetchone() is not None

    def _counts(self) -> list[Composed]:
        names = self._connection.execute("SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'").fetchall()
        ask, setting = SQL("SELECT last_value, is_called FROM {}"), SQL("SELECT setval({}, {}, {})")
        found = [(name, self._connection.execute(ask.format(Identifier(name))).fetchone()) for (name,) in names]
        return [setting.format(Literal(name), *map(Literal, stand or ())) for name, stand in found]
