"""The database: the base class of the tables, the rules of a connection, and the two kinds of transaction."""

import enum
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import DeclarativeBase, Session, registry
from sqlalchemy.schema import SchemaItem

from mentormatch.persistence.column_types import UtcDateTime

WRITING: Final = "mentormatch_writing"

_naming: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def _values(kind: type[enum.Enum]) -> list[str]:
    return [str(member.value) for member in kind]


def choice_of(kind: type[enum.Enum], name: str | None = None) -> sa.Enum:
    """Return the column type for an enumeration: text with a named CHECK; name it where a table has two of a kind."""
    return sa.Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        values_callable=_values,
        length=32,
        name=name or kind.__name__.lower(),
    )


class Base(DeclarativeBase):
    """Base of all tables: constraint names and column types are decided here, once."""

    registry = registry(
        metadata=sa.MetaData(naming_convention=_naming),
        type_annotation_map={
            datetime: UtcDateTime(),
            enum.Enum: sa.Enum(
                enum.Enum, native_enum=False, create_constraint=True, values_callable=_values, length=32
            ),
        },
    )


db = SQLAlchemy(model_class=Base, disable_autonaming=True, session_options={"autoflush": False})

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


def rules(*constraints: SchemaItem) -> tuple[Any, ...]:
    """Return table arguments: the constraints, and strict column types on SQLite."""
    return (*constraints, {"sqlite_strict": True})


@contextmanager
def _transaction(*, writing: bool) -> Iterator[Session]:
    session = db.session()
    if session.in_transaction():
        msg = "a transaction is already open: one use case, one transaction"
        raise RuntimeError(msg)
    try:
        session.connection(execution_options={WRITING: writing})
        yield session
        if writing:
            session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        db.session.remove()


class Transactions:
    """The door to the database for use cases; each use case opens one transaction and closes it."""

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a transaction that changes nothing; what it loaded is detached at its end."""
        with _transaction(writing=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open a transaction that commits at its end, or leaves nothing behind when an exception passes."""
        with _transaction(writing=True) as session:
            yield session


def configure_engine(engine: Engine) -> None:
    """Set the rules of every connection: durable, foreign keys on, bounded waiting."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _sqlite_connect)
        event.listen(engine, "begin", _sqlite_begin)
    else:
        event.listen(engine, "connect", _postgresql_connect)
        event.listen(engine, "begin", _postgresql_begin)


def _sqlite_connect(connection: Any, _record: object) -> None:  # noqa: ANN401 -- the driver's own type
    connection.isolation_level = None  # the driver's implicit BEGIN would come too late and be of the wrong kind
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


def _sqlite_begin(connection: Connection) -> None:
    # A deferred transaction that turns from reading to writing fails at once when another one has
    # written meanwhile, whatever the timeout; a writer therefore takes the write lock at its start.
    writing = connection.get_execution_options().get(WRITING, True)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _postgresql_connect(connection: Any, _record: object) -> None:  # noqa: ANN401 -- the driver's own type
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '4s'")
        cursor.execute("SET statement_timeout = '15s'")
        cursor.execute("SET idle_in_transaction_session_timeout = '60s'")
    connection.commit()


def _postgresql_begin(connection: Connection) -> None:
    # Two questions of one reading must see one moment: a person's answers and ratings belong together.
    if not connection.get_execution_options().get(WRITING, True):
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
