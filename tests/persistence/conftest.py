"""A database with two programmes in it, and a connection for statements that no model would make."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.engine import Connection

from mentormatch.persistence.database import Transactions, db


@pytest.fixture
def transactions(app: Flask) -> Iterator[Transactions]:
    with app.app_context():
        yield Transactions()


@pytest.fixture
def direct(transactions: Transactions) -> Iterator[Connection]:
    """A connection of its own, as an operator with a database shell has it; rolled back at the end."""
    with db.engine.connect() as connection:
        yield connection
