from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from flask import Flask

from mentormatch.persistence.database import Transactions, db
from mentormatch.persistence.models import Programme
from tests.builders.programmes import add_programme
from tests.databases import ON_POSTGRESQL

WRITERS = 20
TURNS = 5


def names(transactions: Transactions) -> list[str]:
    with transactions.reading() as session:
        return list(session.scalars(sa.select(Programme.name)))


def test_writing_commits_at_its_end(transactions: Transactions) -> None:
    with transactions.writing() as session:
        add_programme(session, name="kept")

    assert names(transactions) == ["kept"]


def test_an_exception_leaves_nothing_behind(transactions: Transactions) -> None:
    def half_done() -> None:
        with transactions.writing() as session:
            add_programme(session)
            raise LookupError

    with pytest.raises(LookupError):
        half_done()

    assert names(transactions) == []


def test_a_refused_statement_does_not_repeat_what_it_was_told(transactions: Transactions) -> None:
    def twice() -> None:
        with transactions.writing() as session:
            add_programme(session, slug="north", purpose="a thing nobody else should read")
            add_programme(session, slug="north", purpose="a thing nobody else should read")

    with pytest.raises(sa.exc.IntegrityError) as refused:
        twice()

    assert "nobody else should read" not in str(refused.value)


def test_reading_keeps_nothing_of_what_it_was_told(transactions: Transactions) -> None:
    with transactions.writing() as session:
        add_programme(session, name="kept")
    with transactions.reading() as session:
        session.scalars(sa.select(Programme)).one().name = "changed"

    assert names(transactions) == ["kept"]


def test_what_was_read_can_be_looked_at_afterwards(transactions: Transactions) -> None:
    with transactions.writing() as session:
        add_programme(session, name="kept")
    with transactions.reading() as session:
        row = session.scalars(sa.select(Programme)).one()

    assert row.name == "kept"


def test_one_reading_sees_one_moment(transactions: Transactions, app: Flask) -> None:
    def rename() -> None:
        with app.app_context(), transactions.writing() as session:
            session.execute(sa.update(Programme).values(name="after"))

    with transactions.writing() as session:
        add_programme(session, name="before")
    with transactions.reading() as session:
        first = session.scalar(sa.select(Programme.name))
        with ThreadPoolExecutor(1) as elsewhere:
            elsewhere.submit(rename).result()

        assert session.scalar(sa.select(Programme.name)) == first


@pytest.mark.parametrize("inner", ["reading", "writing"])
@pytest.mark.parametrize("outer", ["reading", "writing"])
def test_one_use_case_opens_one_transaction(transactions: Transactions, outer: str, inner: str) -> None:
    with (
        pytest.raises(RuntimeError, match="already open"),
        getattr(transactions, outer)(),
        getattr(transactions, inner)(),
    ):
        pass


def test_a_refused_inner_transaction_leaves_nothing_of_the_outer_one(transactions: Transactions) -> None:
    def nested() -> None:
        with transactions.writing() as session:
            add_programme(session)
            with transactions.writing():
                pass

    with pytest.raises(RuntimeError):
        nested()

    assert names(transactions) == []


def test_twenty_writers_who_read_first_all_get_their_turn(app: Flask, transactions: Transactions) -> None:
    with transactions.writing() as session:
        add_programme(session)

    def count_up(_writer: int) -> None:
        with app.app_context():
            for _ in range(TURNS):
                with Transactions().writing() as session:
                    row = session.scalars(sa.select(Programme).with_for_update()).one()
                    row.inputs_version += 1

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(count_up, range(WRITERS)))

    with transactions.reading() as session:
        assert session.scalars(sa.select(Programme.inputs_version)).one() == WRITERS * TURNS


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_reader_does_not_wait_for_a_writer(transactions: Transactions) -> None:
    with transactions.writing() as session:
        add_programme(session, name="kept")
    with db.engine.connect() as writer:
        writer.execute(sa.text("UPDATE programme SET name = 'changed'"))

        assert names(transactions) == ["kept"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_connection_is_durable_and_keeps_its_foreign_keys(transactions: Transactions) -> None:
    with transactions.reading() as session:
        pragmas = [
            session.execute(sa.text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]

    assert pragmas == ["wal", 2, 1, 10000]


@pytest.mark.parametrize("database_url", [ON_POSTGRESQL], indirect=True)
def test_a_connection_waits_only_so_long(transactions: Transactions) -> None:
    with transactions.reading() as session:
        settings = [
            session.execute(sa.text(f"SHOW {name}")).scalar_one()
            for name in ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout")
        ]

    assert settings == ["4s", "15s", "1min"]
