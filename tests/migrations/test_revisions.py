"""Five tests for every revision, on both databases; a revision that comes later is found and tested like the first."""

from copy import deepcopy
from pathlib import Path
from typing import Final

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade

from mentormatch.persistence.database import Transactions, db
from mentormatch.persistence.triggers import guards
from tests.architecture.sources import ROOT
from tests.builders.world import add_world
from tests.migrations.schemas import Rows, broken_references, fill, in_common, leftovers, rows_of, schema_of

pytestmark = pytest.mark.slow

SCRIPTS = ScriptDirectory(str(ROOT / "migrations"))
STEPS = [(str(s.down_revision or "base"), s.revision) for s in reversed(list(SCRIPTS.walk_revisions()))]


_SAMPLES: Final = dict[str, Rows]()
"""The sample of each kind of database: to build it takes longer than a test that uses it."""


@pytest.fixture
def sample(bare: Flask) -> Rows:
    """Rows for every table, as the newest revision keeps them; the database is empty again afterwards."""
    kind = db.engine.dialect.name
    if kind not in _SAMPLES:
        upgrade()
        with Transactions().writing() as session:
            add_world(session)
        with db.engine.connect() as connection:
            _SAMPLES[kind] = rows_of(connection)
        downgrade(revision="base")
    return deepcopy(_SAMPLES[kind])


def test_the_sample_has_rows_for_every_table(sample: Rows) -> None:
    assert sorted(name for name in db.metadata.tables if not sample.get(name)) == []


def test_there_is_one_line_of_revisions() -> None:
    assert len(SCRIPTS.get_heads()) == len(SCRIPTS.get_bases()) == 1


def test_the_newest_revision_is_what_the_models_say(bare: Flask, tmp_path: Path) -> None:
    upgrade()
    with db.engine.connect() as connection:
        migrated, missing = schema_of(connection), compare_metadata(MigrationContext.configure(connection), db.metadata)
    downgrade(revision="base")
    db.create_all()
    with db.engine.begin() as connection:
        for statement in guards(connection.dialect.name):
            connection.execute(sa.text(statement))
        built = schema_of(connection)

    assert missing == []
    assert migrated == built


@pytest.mark.parametrize(("before", "after"), STEPS)
def test_a_revision_goes_up_and_down_and_up(bare: Flask, before: str, after: str) -> None:
    upgrade(revision=after)
    downgrade(revision=before)
    upgrade(revision=after)
    with db.engine.connect() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == after


@pytest.mark.parametrize(("before", "after"), STEPS)
def test_up_and_down_leaves_the_schema_as_it_was(bare: Flask, before: str, after: str) -> None:
    if before != "base":
        upgrade(revision=before)
    with db.engine.connect() as connection:
        was = schema_of(connection)
    upgrade(revision=after)
    downgrade(revision=before)
    with db.engine.connect() as connection:
        assert schema_of(connection) == was
        assert before != "base" or leftovers(connection) == []


@pytest.mark.parametrize(("before", "after"), STEPS)
def test_an_upgrade_keeps_every_row(bare: Flask, sample: Rows, before: str, after: str) -> None:
    if before != "base":
        upgrade(revision=before)
    with db.engine.begin() as connection:
        fill(connection, sample)
        was = rows_of(connection)
    upgrade(revision=after)
    with db.engine.begin() as connection:
        now, broken = rows_of(connection), broken_references(connection)
        fill(connection, {name: rows for name, rows in sample.items() if name not in was})

    assert in_common(now, was) == in_common(was, now)
    assert broken == []


@pytest.mark.parametrize(("before", "after"), STEPS)
def test_a_downgrade_keeps_every_row_that_the_older_revision_knows(
    bare: Flask, sample: Rows, before: str, after: str
) -> None:
    upgrade(revision=after)
    with db.engine.begin() as connection:
        fill(connection, sample)
        was = rows_of(connection)
    downgrade(revision=before)
    with db.engine.connect() as connection:
        now, broken = rows_of(connection), broken_references(connection)

    assert in_common(now, was) == in_common(was, now)
    assert broken == []
    assert set(now) <= set(was)
