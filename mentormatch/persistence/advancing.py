"""The only way a row changes state: by a legal step, on the version that was seen, with an audit row beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.actors import Actor
from mentormatch.domain.errors import Conflict
from mentormatch.domain.sentences import said
from mentormatch.domain.transitions import check_step
from mentormatch.persistence.models.adjustments import AdjustmentRow
from mentormatch.persistence.models.audit import AuditEntry
from mentormatch.persistence.models.notices import Notice
from mentormatch.persistence.models.participants import Participant
from mentormatch.persistence.models.rounds import MatchingRound, Pairing

Stateful = MatchingRound | Pairing | Notice | Participant

_ENTRY_COLUMNS: Final = (
    *("at", "actor_kind", "actor_id", "programme_id", "object_table", "object_id"),
    *("old_state", "new_state", "version", "why"),
)

LONGEST_WHY: Final = 500


@dataclass(frozen=True, slots=True)
class Cause:
    """Who makes a step, when, and why."""

    actor: Actor
    at: datetime
    why: str = ""


def begin(session: Session, row: Stateful, cause: Cause) -> None:
    """Add a new row in the state it was made with, and its first audit row."""
    session.add(row)
    session.flush()
    session.add(_entry(row, "", row.state, row.version or 1, cause))


def begin_all(session: Session, rows: Sequence[Stateful], cause: Cause) -> None:
    """Add many new rows in the states they were made with, and their first audit rows; their ids are known after it."""
    session.add_all(rows)
    session.flush()
    session.add_all([_entry(row, "", row.state, row.version, cause) for row in rows])


def advance(
    session: Session, row: Stateful, to: StrEnum, cause: Cause, *, version: int | None = None, **values: object
) -> None:
    """Take `row` to state `to`, setting `values` with it.

    Raises IllegalStep when the table does not name the step, and Conflict when the row is no longer
    in the version that was seen (`version`, or else the one loaded); then nothing has changed.
    """
    old, seen = row.state, row.version if version is None else version
    check_step(old, to)
    kind = type(row)
    step = sa.update(kind).where(kind.id == row.id, kind.state == old, kind.version == seen)
    changed = session.execute(
        step.values(state=to, version=seen + 1, **values), execution_options={"synchronize_session": False}
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE's result always counts its rows
        msg = said("Someone changed this in the meantime. Look at it as it is now and decide again.")
        raise Conflict(msg)
    session.add(_entry(row, old, to, seen + 1, cause))
    session.refresh(row)


def advance_all(
    session: Session,
    kind: type[Stateful],
    condition: sa.ColumnElement[bool],
    old: StrEnum,
    to: StrEnum,
    cause: Cause,
    values: Mapping[str, Any] | None = None,
) -> int:
    """Take every row that meets `condition` and is in state `old` to state `to`; return how many there were."""
    check_step(old, to)
    chosen = sa.and_(condition, kind.state == old)
    _note_all(session, kind, chosen, (str(old), str(to)), kind.version + 1, cause)
    step = sa.update(kind).where(chosen).values(state=to, version=kind.version + 1, **(values or {}))
    changed = session.execute(step, execution_options={"synchronize_session": False})
    return int(changed.rowcount)  # type: ignore[attr-defined]  # as above


def note_beginnings(
    session: Session, kind: type[Stateful], condition: sa.ColumnElement[bool], state: StrEnum, cause: Cause
) -> None:
    """Write the first audit row of every row that meets `condition`, put in just now in this state."""
    _note_all(session, kind, condition, ("", str(state)), sa.literal(1), cause)


def note_change(session: Session, row: Stateful, cause: Cause) -> None:
    """Write an audit row for a change that is no step: the state stays, the version has moved."""
    session.flush()
    session.add(_entry(row, row.state, row.state, row.version, cause))


def note_deed(session: Session, row: AdjustmentRow, cause: Cause, *, old: str, new: str, version: int) -> None:
    """Write an audit row for a thing without a table of steps: what became of it, and in which act."""
    session.add(_entry(row, old, new, version, cause))


def note_settings(session: Session, programme_id: int, cause: Cause, *, version: int) -> None:
    """Write an audit row for a change of what a coordinator sets for a programme, and the version it led to."""
    session.add(
        AuditEntry(
            at=cause.at,
            actor_kind=cause.actor.kind,
            actor_id=cause.actor.account_id,
            programme_id=programme_id,
            object_table="programme",
            object_id=programme_id,
            old_state="",
            new_state="changed",
            version=version,
            why=cause.why[:LONGEST_WHY],
        )
    )


def _note_all(
    session: Session,
    kind: type[Stateful],
    condition: sa.ColumnElement[bool],
    step: tuple[str, str],
    version: sa.ColumnElement[int],
    cause: Cause,
) -> None:
    columns = sa.select(
        sa.literal(cause.at, AuditEntry.at.type),
        sa.literal(cause.actor.kind, AuditEntry.actor_kind.type),
        sa.literal(cause.actor.account_id, sa.Integer),
        kind.programme_id,
        sa.literal(kind.__tablename__),
        kind.id,
        *map(sa.literal, step),
        version,
        sa.literal(cause.why),
    ).where(condition)
    session.execute(sa.insert(AuditEntry).from_select(_ENTRY_COLUMNS, columns))


def _entry(row: Stateful | AdjustmentRow, old: str, new: str, version: int, cause: Cause) -> AuditEntry:
    return AuditEntry(
        at=cause.at,
        actor_kind=cause.actor.kind,
        actor_id=cause.actor.account_id,
        programme_id=row.programme_id,
        object_table=row.__tablename__,
        object_id=row.id,
        old_state=str(old),
        new_state=str(new),
        version=version,
        why=cause.why,
    )
