"""What one of the two databases would let slip is refused on both, and for the same reason."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Final

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError, StatementError

from mentormatch.persistence.column_types import Line, UtcDateTime
from mentormatch.persistence.database import Transactions, db
from mentormatch.persistence.models import Programme
from tests.builders.programmes import add_programme
from tests.builders.world import World

REFUSED_TEXTS: Final = {"NUL": "a\x00b", "a lone surrogate": "a\ud800b", "one letter too many": "x" * 121}


@pytest.mark.parametrize("what", REFUSED_TEXTS)
def test_text_that_cannot_be_kept_is_refused(transactions: Transactions, what: str) -> None:
    with pytest.raises(StatementError, match="text "), transactions.writing() as session:
        add_programme(session, name=REFUSED_TEXTS[what])


def test_text_comes_back_composed(transactions: Transactions) -> None:
    with transactions.writing() as session:
        add_programme(session, name="Zoe\u0301")
    with transactions.reading() as session:
        assert session.scalars(sa.select(Programme.name)).one() == "Zo\u00e9"


def test_the_length_counts_letters_of_every_alphabet_alike(transactions: Transactions) -> None:
    with transactions.writing() as session:
        add_programme(session, name="\U0001f984" * 120)
    with transactions.reading() as session:
        assert len(session.scalars(sa.select(Programme.name)).one()) == 120


def test_an_instant_without_a_zone_is_refused(transactions: Transactions) -> None:
    naive = datetime(2026, 3, 1, 8, 0)  # noqa: DTZ001 -- this is the mistake the column type is there for
    with pytest.raises(StatementError, match="no time zone"), transactions.writing() as session:
        add_programme(session, opens_at=naive)


def test_an_instant_comes_back_as_the_same_instant_in_utc(transactions: Transactions) -> None:
    tokyo = datetime(2026, 3, 1, 8, 0, 0, 123456, tzinfo=timezone(timedelta(hours=9)))
    with transactions.writing() as session:
        add_programme(session, opens_at=tokyo)
    with transactions.reading() as session:
        kept = session.scalars(sa.select(Programme.opens_at)).one()

    assert (kept, kept.tzinfo) == (tokyo, UTC)


def test_instants_are_compared_as_instants(transactions: Transactions) -> None:
    tokyo = datetime(2026, 3, 1, 8, 0, tzinfo=timezone(timedelta(hours=9)))
    with transactions.writing() as session:
        add_programme(session, opens_at=tokyo)
    with transactions.reading() as session:
        later = sa.select(Programme.id).where(Programme.opens_at > tokyo.astimezone(UTC) - timedelta(seconds=1))
        assert len(session.scalars(later).all()) == 1


def test_every_text_column_is_bounded_and_every_instant_is_aware() -> None:
    columns = [column for table in db.metadata.tables.values() for column in table.columns]
    loose = [c for c in columns if isinstance(c.type, sa.String) and not isinstance(c.type, sa.Enum)]
    naive = [c for c in columns if isinstance(c.type, sa.DateTime)]

    assert [str(c) for c in loose + naive if not isinstance(c.type, Line | UtcDateTime)] == []


WRONG: Final = {
    "a word as a capacity": "UPDATE participant SET capacity = 'many'",
    "a capacity above five": "UPDATE participant SET capacity = 6",
    "a negative capacity": "UPDATE participant SET capacity = -1",
    "no capacity": "UPDATE participant SET capacity = NULL",
    "a level of five": "UPDATE rating SET level = 5",
    "a negative target": "UPDATE rating SET target = -1",
    "a hundred mentorships": "UPDATE participant SET mentorships_completed = 100",
    "an unknown position": "UPDATE participant SET position = 'boss'",
    "an unknown state": "UPDATE pairing SET state = 'happy', version = version + 1",
    "a mentor of oneself": "UPDATE pairing SET mentee_id = mentor_id",
    "a slot beyond the capacity": "UPDATE pairing SET slot = capacity + 1",
    "a slot of none": "UPDATE pairing SET slot = 0",
    "coverage beyond the gap": "UPDATE pairing SET coverage_points = gap_points + 1",
    "a window that closes before it opens": "UPDATE programme SET closes_at = opens_at",
    "a teach level of none": "UPDATE programme SET teach_level = 0",
    "a floor above the whole gap": "UPDATE programme SET floor_percent = 101",
    "a lease of a round nobody solves": "UPDATE matching_round SET lease_until = created_at",
    "a lease of a notice nobody sends": "UPDATE notice SET lease_until = created_at",
    "a notice of a round without its round": "UPDATE notice SET round_id = NULL",
    "a fourth attempt": "UPDATE matching_round SET attempts = 4",
    "a participant of no programme": "UPDATE participant SET programme_id = 2147483647 WHERE id NOT IN "
    "(SELECT mentor_id FROM pairing UNION SELECT mentee_id FROM pairing)",
    "two participants with one mailbox": "UPDATE participant SET mailbox = 'one@firm.example'",
    "two mails with one Message-ID": "UPDATE notice SET message_id = '<one@firm.example>'",
}


@pytest.mark.parametrize("what", WRONG)
def test_the_database_refuses(world: World, direct: Connection, what: str) -> None:
    before = direct.execute(sa.text("SELECT count(*) FROM participant")).scalar_one()
    assert before > 0
    with pytest.raises(DBAPIError):
        direct.execute(sa.text(WRONG[what]))


def test_a_fraction_is_never_stored_as_one(world: World, direct: Connection) -> None:
    """SQLite refuses it since its tables are strict; PostgreSQL rounds what its column cannot hold."""
    try:
        direct.execute(sa.text("UPDATE participant SET capacity = 3.7"))
    except DBAPIError as refused:
        assert "cannot store REAL value in INTEGER column" in str(refused.orig)  # noqa: PT017 -- one database only
    else:
        assert {*direct.execute(sa.text("SELECT capacity FROM participant")).scalars()} == {4}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_every_table_is_strict_on_sqlite(world: World, direct: Connection) -> None:
    strict = direct.execute(sa.text("SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict")).scalars()

    assert set(db.metadata.tables) <= set(strict)
