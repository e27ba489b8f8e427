"""Handing people everything that is held about them, as JSON and as spreadsheets in one archive."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.clocks import Clock
from mentormatch.domain.notices import LINK_KINDS, NoticeState
from mentormatch.domain.rounds import RoundState
from mentormatch.persistence.database import Model, Transactions
from mentormatch.persistence.models import (
    Account,
    AuditEntry,
    MatchingRound,
    Notice,
    Pairing,
    Participant,
    Proposal,
    Unpaired,
)
from mentormatch.persistence.repositories.holdings import HOLDINGS, Holding
from mentormatch.persistence.repositories.participants import own_signup
from mentormatch.persistence.repositories.rounds import EARLIER
from mentormatch.spreadsheets.tables import write_table

Cell = str | int
Entry = dict[str, Any]
_PEOPLE: Final = frozenset({"mentor_id", "mentee_id"})
_CALLED: Final = {"mentor_id": "mentor", "mentee_id": "mentee"}
_PUBLISHED: Final = (RoundState.PUBLISHED, RoundState.CLOSED)


class ExportingMyData:
    """Reads what is held about the owner of an account in one programme, table by table."""

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    def held(self, programme_id: int, account_id: int) -> Mapping[str, Sequence[Entry]]:
        """Return every row that is held about this person, by table; raises NotFound."""
        with self._transactions.reading() as session:
            kept = own_signup(session, programme_id, account_id)
            account = session.get_one(Account, account_id)
            keys = {"participant": kept.id, "account": account_id, "mailbox": account.mailbox}
            shown = {table: rule for table, rule in HOLDINGS.items() if rule.shown}
            return {table: _rows(session, table, rule, keys) for table, rule in shown.items()}

    def archive(self, programme_id: int, account_id: int) -> bytes:
        """Return the same as an archive: one JSON file, and a spreadsheet for each table; raises NotFound."""
        held, out = self.held(programme_id, account_id), io.BytesIO()
        written = self._clock().timetuple()[:6]
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(zipfile.ZipInfo("data.json", written), json.dumps(held, indent=2, ensure_ascii=False))
            for table, rows in held.items():
                columns = _columns(HOLDINGS[table])
                lines = ([_cell(row[column]) for column in columns] for row in rows)
                archive.writestr(zipfile.ZipInfo(f"{table}.csv", written), write_table(columns, lines))
        return out.getvalue()


def _columns(rule: Holding) -> list[str]:
    return [_CALLED.get(column, column) for column in rule.shown]


def _rows(session: Session, table: str, rule: Holding, keys: Mapping[str, Any]) -> list[Entry]:
    kept = Model.metadata.tables[table]
    about = sa.or_(*(kept.c[column] == keys[_key_of(table, column)] for column in rule.by))
    wanted = sa.select(*(kept.c[column] for column in rule.shown)).where(about, *_told_only(table))
    found = [dict(row) for row in session.execute(wanted.order_by(*kept.primary_key)).mappings()]
    names = _names(session, {row[column] for row in found for column in _PEOPLE & row.keys()})
    return [{_CALLED.get(c, c): names[v] if c in _PEOPLE else _plain(v) for c, v in row.items()} for row in found]


def _key_of(table: str, column: str) -> str:
    if column in {"mailbox", "recipient"}:
        return "mailbox"
    return "account" if column == "account_id" or table == "account" else "participant"


def _told_only(table: str) -> Sequence[sa.ColumnElement[bool]]:
    """Leave out what nobody has been told yet: a proposal is a draft until it is published."""
    published = sa.select(Proposal.id).join(MatchingRound, MatchingRound.id == Proposal.round_id)
    published = published.where(MatchingRound.state.in_(_PUBLISHED))
    told: dict[str, Sequence[sa.ColumnElement[bool]]] = {
        "pairing": (Pairing.state.in_(EARLIER),),
        "unpaired": (Unpaired.proposal_id.in_(published),),
        "notice": (
            Notice.state.in_((NoticeState.SENT, NoticeState.BOUNCED, NoticeState.IN_DOUBT)),
            Notice.kind.not_in(LINK_KINDS),
        ),
        "audit_entry": (AuditEntry.object_table == Participant.__tablename__,),
    }
    return told.get(table, ())


def _names(session: Session, people: set[int]) -> Mapping[int, str]:
    named = sa.select(Participant.id, Participant.name).where(Participant.id.in_(people))
    return {row[0]: row[1] for row in session.execute(named)}


def _plain(value: object) -> object:
    match value:
        case date():
            return value.isoformat()
        case Enum():
            return value.value
        case bytes():
            return value.decode("utf-8", "replace")
        case _:
            return value


def _cell(value: object) -> Cell:
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: ""}[value]
    return value if isinstance(value, int | str) else json.dumps(value, ensure_ascii=False)
