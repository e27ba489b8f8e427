"""No row can be stored that joins people or rounds of two programmes."""

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from mentormatch.persistence.database import db
from tests.builders.world import World

REFERENCES = [
    (table.name, column.name)
    for table in db.metadata.tables.values()
    if "programme_id" in table.columns and table.name != "sign_in_request"
    for constraint in table.foreign_key_constraints
    if "programme_id" in constraint.referred_table.columns
    for column in constraint.columns
    if column.name != "programme_id"
]


def test_there_are_references_to_people_and_rounds_of_a_programme() -> None:
    expected = {("pairing", "mentor_id"), ("pairing", "mentee_id"), ("pairing", "round_id"), ("notice", "round_id")}

    assert expected | {("notice", "participant_id"), ("unpaired", "participant_id")} <= set(REFERENCES)


@pytest.mark.parametrize(("table", "column"), REFERENCES)
def test_a_row_cannot_point_into_another_programme(world: World, direct: Connection, table: str, column: str) -> None:
    rows = db.metadata.tables[table]
    referred = next(iter(rows.columns[column].foreign_keys)).column.table
    stranger = direct.execute(
        sa.select(sa.func.max(referred.c.id)).where(referred.c.programme_id == world.south.programme_id)
    ).scalar_one()
    key = next(iter(rows.primary_key))
    mine = sa.select(sa.func.max(key)).where(rows.c.programme_id == world.north.programme_id).scalar_subquery()

    with pytest.raises(IntegrityError):
        direct.execute(sa.update(rows).where(key == mine).values({column: stranger}))
