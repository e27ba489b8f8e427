"""Every table that knows a person has a rule of what they are given of it and what erasing does to it."""

from typing import Final

import pytest

from mentormatch.persistence.database import db
from mentormatch.persistence.repositories.holdings import HOLDINGS, OnErasure

PEOPLE: Final = {"participant", "account"}
ADDRESSES: Final = {"mailbox", "email", "recipient", "manager_email"}


def about_people() -> set[str]:
    """Name every table that is about a person: by a foreign key, however many steps away, or by an address."""
    tables = db.metadata.sorted_tables
    known = PEOPLE | {table.name for table in tables if ADDRESSES & set(table.columns.keys())}
    return known | {t.name for t in tables for key in t.foreign_keys if key.column.table.name in PEOPLE}


def test_every_table_about_people_has_a_rule() -> None:
    assert sorted(about_people() ^ (HOLDINGS.keys() - {"audit_entry"})) == []


@pytest.mark.parametrize("table", sorted(HOLDINGS))
def test_every_column_is_handed_out_or_hidden_on_purpose(table: str) -> None:
    rule, columns = HOLDINGS[table], set(db.metadata.tables[table].columns.keys())

    if rule.why_hidden:
        assert (rule.shown, rule.hidden) == ((), frozenset())
    else:
        assert set(rule.shown) | rule.hidden == columns
        assert set(rule.shown) & rule.hidden == set()


@pytest.mark.parametrize("table", sorted(HOLDINGS))
def test_a_rule_names_the_columns_by_which_a_person_is_found(table: str) -> None:
    assert set(HOLDINGS[table].by) <= set(db.metadata.tables[table].columns.keys())


@pytest.mark.parametrize("table", [name for name, rule in HOLDINGS.items() if rule.on_erasure is OnErasure.KEPT])
def test_what_is_kept_holds_no_address(table: str) -> None:
    assert ADDRESSES & set(db.metadata.tables[table].columns.keys()) == set()


def test_no_secret_is_handed_out() -> None:
    shown = {column for rule in HOLDINGS.values() for column in rule.shown}

    assert {column for column in shown if "hash" in column or "token" in column} == set()
