"""Programmes as they are kept, on both databases."""

import pytest

from mentormatch.domain.errors import NotFound
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Programme
from mentormatch.persistence.repositories.programmes import columns_of, inputs_moved, programme_of, settings_of
from tests.builders.programmes import EARLIER, add_programme
from tests.builders.settings import settings


def test_settings_are_kept_unchanged(transactions: Transactions) -> None:
    rules = {"minimum_common_hours": 4, "other_site_only": True, "allow_earlier_pairings": True}
    points = {"wish_points": 0, "common_hour_points": 7, "waiting_points": 1000}
    kept = settings(teach_level=2, floor_percent=0, **rules, **points)
    with transactions.writing() as session:
        session.add(Programme(slug="north", created_at=EARLIER, **columns_of(kept)))

    with transactions.reading() as session:
        assert settings_of(programme_of(session, 1)) == kept


def test_the_inputs_of_one_programme_move_alone(transactions: Transactions) -> None:
    with transactions.writing() as session:
        north, south = add_programme(session).id, add_programme(session, slug="south").id
        inputs_moved(session, north)
        inputs_moved(session, north)

    with transactions.reading() as session:
        assert [programme_of(session, one).inputs_version for one in (north, south)] == [2, 0]


def test_an_unknown_programme_is_not_found(transactions: Transactions) -> None:
    with transactions.reading() as session, pytest.raises(NotFound):
        programme_of(session, 1)
