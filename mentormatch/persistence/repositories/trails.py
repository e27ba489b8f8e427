"""The audit trail of a programme: finding rows a page at a time, and the people whom they are about."""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from mentormatch.domain.signups import SignupState
from mentormatch.domain.trails import Subject, TrailSearch
from mentormatch.persistence.models import (
    Account,
    AdjustmentRow,
    AuditEntry,
    MatchingRound,
    Notice,
    Pairing,
    Participant,
)

Condition = sa.ColumnElement[bool]
Select = sa.Select[Any]
Thing = tuple[str, int]
"""The table and the id of what a row is about."""

_PEOPLE: Final[Mapping[Subject, tuple[InstrumentedAttribute[int], tuple[InstrumentedAttribute[Any], ...]]]] = {
    Subject.PARTICIPANT: (Participant.id, (Participant.id,)),
    Subject.PAIRING: (Pairing.id, (Pairing.mentor_id, Pairing.mentee_id)),
    Subject.ADJUSTMENT: (AdjustmentRow.id, (AdjustmentRow.mentor_id, AdjustmentRow.mentee_id)),
    Subject.NOTICE: (Notice.id, (Notice.participant_id,)),
}
"""Where the people of a row stand."""


def entries_wanted(programme_id: int, search: TrailSearch, time_zone: str) -> Condition:
    """Return the condition that holds for the rows looked for; days are those of the programme's time zone."""
    conditions: list[Condition] = [AuditEntry.programme_id == programme_id]
    if search.subject:
        conditions.append(AuditEntry.object_table == search.subject)
    if search.since:
        conditions.append(AuditEntry.at >= _midnight(search.since.toordinal(), time_zone))
    if search.until:
        conditions.append(AuditEntry.at < _midnight(search.until.toordinal() + 1, time_zone))
    if search.by:
        accounts = sa.select(Account.id).where(Account.email.icontains(search.by, autoescape=True))
        conditions.append(AuditEntry.actor_id.in_(accounts))
    if search.text:
        conditions.append(_about_people(programme_id, search.text))
    return sa.and_(*conditions)


def count_entries(session: Session, wanted: Condition) -> int:
    """Count the rows for which the condition holds."""
    return session.scalar(sa.select(sa.func.count()).select_from(AuditEntry).where(wanted)) or 0


def find_entries(session: Session, wanted: Condition, *, skip: int, most: int) -> tuple[AuditEntry, ...]:
    """Return rows for which the condition holds, the newest first."""
    newest = sa.select(AuditEntry).where(wanted).order_by(AuditEntry.id.desc())
    return tuple(session.scalars(newest.offset(skip).limit(most)))


def people_of(session: Session, entries: Iterable[AuditEntry]) -> Mapping[Thing, tuple[int, ...]]:
    """Tell, by participant ids, whom the rows are about, the mentor before the mentee."""
    found: dict[Thing, tuple[int, ...]] = {}
    for table, ids in _by_table(entries).items():
        if table not in _PEOPLE:
            continue
        key, columns = _PEOPLE[Subject(table)]
        for row in session.execute(sa.select(key, *columns).where(key.in_(ids))):
            found[table, row[0]] = tuple(person for person in row[1:] if person is not None)
    return found


def names_of(session: Session, people: Collection[int]) -> Mapping[int, str]:
    """Give the names of participants; one that was erased has none."""
    named = sa.select(Participant.id, Participant.name).where(Participant.id.in_(people))
    return dict(session.execute(named.where(Participant.state != SignupState.ERASED)).all())


def addresses_of(session: Session, accounts: Collection[int]) -> Mapping[int, str]:
    """Give the addresses of accounts."""
    rows = session.execute(sa.select(Account.id, Account.email).where(Account.id.in_(accounts)))
    return dict(rows.all())


def round_numbers(session: Session, programme_id: int) -> Mapping[int, int]:
    """Give the numbers of a programme's rounds by their ids."""
    rows = sa.select(MatchingRound.id, MatchingRound.number).where(MatchingRound.programme_id == programme_id)
    return dict(session.execute(rows).all())


def rounds_of_things(session: Session, entries: Iterable[AuditEntry]) -> Mapping[Thing, int | None]:
    """Tell, by its id, the round that a row belongs to."""
    found: dict[Thing, int | None] = {}
    for table, ids in _by_table(entries).items():
        for kind in (Pairing, AdjustmentRow, Notice):
            if kind.__tablename__ == table:
                rows = session.execute(sa.select(kind.id, kind.round_id).where(kind.id.in_(ids)))
                found |= {(table, key): of for key, of in rows}
    return found


def _about_people(programme_id: int, text: str) -> Condition:
    people = sa.select(Participant.id).where(
        Participant.programme_id == programme_id, Participant.name.icontains(text, autoescape=True)
    )
    things = (
        sa.and_(AuditEntry.object_table == table, AuditEntry.object_id.in_(_naming(key, columns, people)))
        for table, (key, columns) in _PEOPLE.items()
    )
    return sa.or_(*things)


def _naming(key: InstrumentedAttribute[int], columns: tuple[InstrumentedAttribute[Any], ...], people: Select) -> Select:
    return sa.select(key).where(sa.or_(*(column.in_(people) for column in columns)))


def _by_table(entries: Iterable[AuditEntry]) -> Mapping[str, list[int]]:
    ids: dict[str, list[int]] = {}
    for entry in entries:
        ids.setdefault(entry.object_table, []).append(entry.object_id)
    return ids


def _midnight(day: int, time_zone: str) -> datetime:
    return datetime.combine(date.fromordinal(day), time(), ZoneInfo(time_zone)).astimezone(UTC)
