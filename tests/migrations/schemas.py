"""What a database looks like: its tables to the last CHECK, its triggers, and the rows in it."""

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

BOOKKEEPING: Final = "alembic_version"

_TRIGGERS: Final = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT t.tgname, pg_get_triggerdef(t.oid) || pg_get_functiondef(t.tgfoid) FROM pg_trigger t "
    "WHERE NOT t.tgisinternal",
}
_LEFTOVERS: Final = {
    "sqlite": "SELECT type || ' ' || name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' AND tbl_name <> :table",
    "postgresql": "SELECT 'relation ' || relname FROM pg_class WHERE relnamespace = 'public'::regnamespace "
    "AND relname NOT LIKE :table || '%' UNION ALL "
    "SELECT 'function ' || proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
}

Rows = dict[str, list[dict[str, Any]]]


def schema_of(connection: Connection) -> dict[str, Any]:
    """Describe every table, index, constraint and trigger."""
    seen = sa.inspect(connection)
    tables = {name: _table(seen, name) for name in seen.get_table_names() if name != BOOKKEEPING}
    triggers = connection.execute(sa.text(_TRIGGERS[connection.dialect.name])).all()
    return {"tables": tables, "triggers": {str(name): str(sql) for name, sql in triggers}}


def _table(seen: sa.Inspector, name: str) -> dict[str, Any]:
    return {
        "columns": {c["name"]: (str(c["type"]), c["nullable"], c["default"]) for c in seen.get_columns(name)},
        "primary key": seen.get_pk_constraint(name),
        "foreign keys": _sorted(seen.get_foreign_keys(name)),
        "uniques": _sorted(seen.get_unique_constraints(name)),
        "checks": _sorted(seen.get_check_constraints(name)),
        "indexes": _sorted(seen.get_indexes(name)),
        "options": seen.get_table_options(name),
    }


def _sorted(things: Any) -> list[str]:  # noqa: ANN401 -- every kind of constraint has a shape of its own
    return sorted(str(_in_words(thing)) for thing in things)


def _in_words(thing: Any) -> Any:  # noqa: ANN401 -- as above
    # The condition of a partial index is an object that says where it lies in memory unless it is asked for its text.
    return {k: _in_words(v) for k, v in sorted(thing.items())} if isinstance(thing, dict) else str(thing)


def leftovers(connection: Connection) -> list[str]:
    """Name everything of ours that is still there."""
    found = connection.execute(sa.text(_LEFTOVERS[connection.dialect.name]), {"table": BOOKKEEPING})
    return sorted(found.scalars())


def tables_of(connection: Connection) -> sa.MetaData:
    """Reflect the tables as they are now, whatever the models say."""
    metadata = sa.MetaData()
    metadata.reflect(connection)
    return metadata


def rows_of(connection: Connection) -> Rows:
    """Read every row of every table, in the order of the keys."""
    tables = [table for table in tables_of(connection).sorted_tables if table.name != BOOKKEEPING]
    return {
        t.name: [dict(row) for row in connection.execute(sa.select(t).order_by(*t.primary_key)).mappings()]
        for t in tables
    }


def fill(connection: Connection, rows: Rows) -> None:
    """Store rows as far as the tables of this revision have room for them."""
    for table in tables_of(connection).sorted_tables:
        known = [{k: v for k, v in row.items() if k in table.columns} for row in rows.get(table.name, [])]
        if known:
            connection.execute(sa.insert(table), known)


def in_common(rows: Rows, others: Rows) -> Rows:
    """Cut rows down to the tables and columns that `others` has too."""
    return {
        name: [{k: v for k, v in row.items() if k in others[name][0]} for row in found]
        for name, found in rows.items()
        if others.get(name)
    }


def broken_references(connection: Connection) -> list[Any]:
    """Return rows that point to nothing; PostgreSQL never lets one come to be."""
    if connection.dialect.name == "postgresql":
        return []
    return list(connection.execute(sa.text("PRAGMA foreign_key_check")).all())
