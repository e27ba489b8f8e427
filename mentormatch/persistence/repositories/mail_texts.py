"""The texts that programmes word themselves as they are kept, and which held notices were written from older ones."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.mail_texts import MailText
from mentormatch.domain.notices import NoticeKind, NoticeState
from mentormatch.persistence.models import MailTextRow, Notice


@dataclass(frozen=True, slots=True)
class KeptText:
    """The text of one kind of mail as a programme has it: none for the default, and the version it is in."""

    text: MailText | None
    version: int


DEFAULT: KeptText = KeptText(None, 0)


def text_row(session: Session, programme_id: int, kind: NoticeKind) -> MailTextRow | None:
    """Return the row of a text, if it was ever edited."""
    wanted = sa.select(MailTextRow).where(MailTextRow.programme_id == programme_id, MailTextRow.kind == kind)
    return session.scalar(wanted)


def kept_text(row: MailTextRow | None) -> KeptText:
    """Return what a row keeps; without a row it is the default text."""
    if row is None:
        return DEFAULT
    text = MailText(row.subject, row.body) if row.subject is not None and row.body is not None else None
    return KeptText(text, row.version)


def texts_of(session: Session, programme_id: int) -> Mapping[NoticeKind, KeptText]:
    """Return the texts that a programme has ever edited; every other kind has the default text."""
    rows = session.scalars(sa.select(MailTextRow).where(MailTextRow.programme_id == programme_id))
    return {row.kind: kept_text(row) for row in rows}


def is_outdated(programme_id: int) -> sa.ColumnElement[bool]:
    """Tell of a notice whether its text was edited after it was written."""
    now = sa.select(MailTextRow.version).where(
        MailTextRow.programme_id == programme_id, MailTextRow.kind == Notice.kind
    )
    return Notice.text_version != sa.func.coalesce(now.scalar_subquery(), 0)


def outdated_kinds(session: Session, programme_id: int, proposal_id: int) -> Mapping[NoticeKind, int]:
    """Count the held notices of a proposal whose text was edited after they were written, by kind."""
    held = (Notice.proposal_id == proposal_id, Notice.state == NoticeState.HELD)
    counted = sa.select(Notice.kind, sa.func.count()).where(*held, is_outdated(programme_id)).group_by(Notice.kind)
    return {row[0]: row[1] for row in session.execute(counted)}


def outdated_notices(session: Session, programme_id: int, proposal_id: int) -> Iterable[tuple[int, int]]:
    """Return the participant and the revision of each of these notices."""
    held = (Notice.proposal_id == proposal_id, Notice.state == NoticeState.HELD)
    found = sa.select(Notice.participant_id, Notice.revision).where(*held, is_outdated(programme_id))
    return [(row[0], row[1]) for row in session.execute(found) if row[0] is not None]
