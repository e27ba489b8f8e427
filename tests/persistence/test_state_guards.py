"""The databases themselves refuse every step that the design does not name, whoever asks."""

from collections.abc import Callable
from enum import StrEnum
from typing import Final

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from mentormatch.domain.notices import NoticeState
from mentormatch.domain.pairings import PairingState
from mentormatch.domain.rounds import RoundState
from mentormatch.domain.signups import SignupState
from mentormatch.persistence.database import Transactions, db
from mentormatch.persistence.models import Participant
from tests.builders import people
from tests.builders.accounts import NOW
from tests.builders.programmes import add_participant, add_programme
from tests.builders.rounds import add_notice, add_pairing, add_proposal, add_round
from tests.domain.legal_steps import LEGAL

TABLES: Final[dict[str, type[StrEnum]]] = {
    "matching_round": RoundState,
    "pairing": PairingState,
    "notice": NoticeState,
    "participant": SignupState,
}
LEASED: Final = {RoundState.SOLVING, NoticeState.SENDING, NoticeState.IN_DOUBT}


def round_in(session: Session, state: StrEnum) -> int:
    return add_round(session, add_programme(session).id, state=state).id


def pairing_in(session: Session, state: StrEnum) -> int:
    programme = add_programme(session).id
    pair = [add_participant(session, programme, signup) for signup in (people.mentor(), people.mentee())]
    return add_pairing(session, add_proposal(session, add_round(session, programme).id), *pair, state=state).id


def notice_in(session: Session, state: StrEnum) -> int:
    person = session.get_one(Participant, participant_in(session, SignupState.ACTIVE))
    return add_notice(
        session, add_proposal(session, add_round(session, person.programme_id).id), person, state=state
    ).id


def participant_in(session: Session, state: StrEnum) -> int:
    return add_participant(session, add_programme(session).id, people.mentee(), state=SignupState(state)).id


MAKE: Final[dict[str, Callable[[Session, StrEnum], int]]] = {
    "matching_round": round_in,
    "pairing": pairing_in,
    "notice": notice_in,
    "participant": participant_in,
}


def refusal(session: Session, name: str, old: StrEnum, new: StrEnum, *, step: int = 1) -> str:
    """Store a row in `old`, move it to `new` by plain SQL, undo both; return the database's refusal or nothing."""
    savepoint = session.begin_nested()
    try:
        row_id, table = MAKE[name](session, old), db.metadata.tables[name]
        values: dict[str, object] = {"state": new, "version": table.c.version + step}
        if "lease_until" in table.columns:
            values["lease_until"] = NOW if new in LEASED else None
        session.execute(sa.update(table).where(table.c.id == row_id).values(values))
    except DBAPIError as refused:
        return str(refused.orig)
    else:
        return ""
    finally:
        savepoint.rollback()


def test_every_table_with_a_state_has_a_machine() -> None:
    with_state = {name for name, table in db.metadata.tables.items() if "state" in table.columns}

    assert with_state == set(TABLES) == set(MAKE)
    assert set(TABLES.values()) == set(LEGAL)


@pytest.mark.parametrize("table", TABLES)
def test_the_database_takes_exactly_the_steps_of_the_design(transactions: Transactions, table: str) -> None:
    states = TABLES[table]
    with transactions.writing() as session:
        refusals = {f"{old}>{new}": refusal(session, table, old, new) for old in states for new in states if old != new}

    taken = {step for step, refused in refusals.items() if not refused}
    assert taken == {step for step in LEGAL[states] if step.split(">")[0] != step.split(">")[1]}
    assert {
        step for step, refused in refusals.items() if refused and f"illegal step of {table}" not in refused
    } == set()


@pytest.mark.parametrize("step", [-1, 0, 2])
@pytest.mark.parametrize("table", TABLES)
def test_a_legal_step_moves_the_version_by_one_and_no_other_number(
    transactions: Transactions, table: str, step: int
) -> None:
    states = TABLES[table]
    legal = [(states(old), states(new)) for old, new in (s.split(">") for s in LEGAL[states]) if old != new]
    with transactions.writing() as session:
        refusals = [refusal(session, table, old, new, step=step) for old, new in legal]

    assert all("moves its version by one" in refused for refused in refusals)


@pytest.mark.parametrize("table", TABLES)
def test_a_row_can_change_otherwise_without_a_step(transactions: Transactions, table: str) -> None:
    with transactions.writing() as session:
        refusals = [refusal(session, table, state, state, step=step) for state in TABLES[table] for step in (0, 1)]

    assert set(refusals) == {""}
