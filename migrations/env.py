"""Runs migrations on the application's own engine, each in one transaction."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app
from sqlalchemy.engine import Connection

from mentormatch.persistence import models
from mentormatch.persistence.column_types import Line, UtcDateTime
from mentormatch.persistence.database import db

assert models.__all__  # importing it makes every table known  # noqa: S101 -- keeps the import that registers the tables


def _plain(kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    # A migration must stay what it was when the package's own column types change.
    if kind == "type" and isinstance(item, Line):
        return f"sa.String(length={item.length})"
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_as_batch=True,
        render_item=_plain,
        transactional_ddl=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def run_migrations() -> None:
    """Upgrade or downgrade the database of the running application."""
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            # A table that is rebuilt with foreign keys on takes its children with it, and inside a
            # transaction the switch does nothing.
            connection.connection.execute("PRAGMA foreign_keys=OFF")
        else:
            connection.exec_driver_sql("SET lock_timeout = '4s'")
            connection.commit()
        try:
            _run(connection)
        finally:
            if connection.dialect.name == "sqlite":
                connection.connection.execute("PRAGMA foreign_keys=ON")


run_migrations()
