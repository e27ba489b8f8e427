"""A database with two programmes in it, and a connection for statements that no model would make."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.engine import Connection

from mentormatch.persistence.database import Transactions, db
from tests.builders.world import World, add_world
from tests.standing_databases import KeptBuildings, Standing


@pytest.fixture
def transactions(app: Flask) -> Iterator[Transactions]:
    with app.app_context():
        yield Transactions()


@pytest.fixture
def world(app: Flask, transactions: Transactions, standing: Standing, kept_buildings: KeptBuildings) -> World:
    def build() -> World:
        with transactions.writing() as session:
            return add_world(session)

    return kept_buildings.stand(standing, app, "world", build)


@pytest.fixture
def direct(transactions: Transactions) -> Iterator[Connection]:
    """A connection of its own, as an operator with a database shell has it; rolled back at the end."""
    with db.engine.connect() as connection:
        yield connection
