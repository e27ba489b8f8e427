import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from mentormatch.domain.actors import SYSTEM
from mentormatch.domain.rounds import RoundState
from mentormatch.persistence.advancing import Cause, begin
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import MatchingRound
from mentormatch.persistence.triggers import APPEND_ONLY
from tests.builders.accounts import NOW
from tests.builders.rounds import add_round
from tests.builders.world import World
from tests.databases import ON_POSTGRESQL

FORBIDDEN = {
    "audit_entry": ["UPDATE audit_entry SET why = 'nothing happened'", "DELETE FROM audit_entry"],
    "snapshot": ["UPDATE snapshot SET created_at = created_at", "DELETE FROM snapshot"],
}


@pytest.fixture
def audited(transactions: Transactions, world: World) -> None:
    with transactions.writing() as session:
        row = add_round(session, world.north.programme_id, number=3, state=RoundState.CLOSED)
        begin(session, session.get_one(MatchingRound, row.id), Cause(SYSTEM, NOW))


def test_the_trail_and_the_snapshots_are_the_append_only_tables() -> None:
    assert set(APPEND_ONLY) == set(FORBIDDEN)


@pytest.mark.parametrize("statement", [s for statements in FORBIDDEN.values() for s in statements])
def test_the_database_refuses_to_rewrite_history(audited: None, direct: Connection, statement: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"):
        direct.execute(sa.text(statement))


@pytest.mark.parametrize("database_url", [ON_POSTGRESQL], indirect=True)
@pytest.mark.parametrize("table", FORBIDDEN)
def test_postgresql_refuses_to_empty_history(audited: None, direct: Connection, table: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"):
        direct.execute(sa.text(f"TRUNCATE {table} CASCADE"))
