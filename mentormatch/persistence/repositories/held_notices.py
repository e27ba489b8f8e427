"""The notices that a proposal holds, in the order of their readers' names."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.notices import ROUND_KINDS, HeldSearch, NoticeKind, NoticeState
from mentormatch.persistence.models import Notice, Participant


@dataclass(frozen=True, slots=True)
class HeldLine:
    """One held notice in the list."""

    id: int
    kind: NoticeKind
    name: str
    recipient: str
    subject: str


def find_held(
    session: Session, proposal_id: int, search: HeldSearch, *, skip: int = 0, most: int = 1, only: int | None = None
) -> tuple[HeldLine, ...]:
    """Return some of the held notices looked for, or the one that is named."""
    columns = sa.select(Notice.id, Notice.kind, Participant.name, Notice.recipient, Notice.subject)
    wanted = _joined(columns).where(_found(proposal_id, search))
    if only is not None:
        wanted = wanted.where(Notice.id == only)
    ordered = wanted.order_by(Participant.name, Notice.id).offset(skip).limit(most)
    return tuple(HeldLine(*row) for row in session.execute(ordered))


def count_held(session: Session, proposal_id: int, search: HeldSearch) -> int:
    """Count the held notices looked for."""
    return session.scalar(_joined(sa.select(sa.func.count())).where(_found(proposal_id, search))) or 0


def kinds_held(session: Session, proposal_id: int) -> Mapping[NoticeKind, int]:
    """Count all held notices of a proposal by kind, those that it has none of as well."""
    counted = _joined(sa.select(Notice.kind, sa.func.count())).where(_found(proposal_id, HeldSearch()))
    found = {row[0]: row[1] for row in session.execute(counted.group_by(Notice.kind))}
    return {kind: found.get(kind, 0) for kind in ROUND_KINDS}


def neighbours_of(
    session: Session, proposal_id: int, search: HeldSearch, line: HeldLine
) -> tuple[int | None, int | None]:
    """Return the ids of the notices before and after this one among those looked for."""
    place, here = sa.tuple_(Participant.name, Notice.id), sa.tuple_(line.name, line.id)
    wanted = _joined(sa.select(Notice.id)).where(_found(proposal_id, search)).limit(1)
    before = wanted.where(place < here).order_by(Participant.name.desc(), Notice.id.desc())
    after = wanted.where(place > here).order_by(Participant.name, Notice.id)
    return session.scalar(before), session.scalar(after)


def position_of(session: Session, proposal_id: int, search: HeldSearch, line: HeldLine) -> int:
    """Count the notices looked for up to this one."""
    place, here = sa.tuple_(Participant.name, Notice.id), sa.tuple_(line.name, line.id)
    return session.scalar(_joined(sa.select(sa.func.count())).where(_found(proposal_id, search), place <= here)) or 0


def _joined(rows: Any) -> Any:  # noqa: ANN401 -- a select of whatever columns
    return rows.select_from(Notice).join(Participant, Participant.id == Notice.participant_id)


def _found(proposal_id: int, search: HeldSearch) -> sa.ColumnElement[bool]:
    conditions = [Notice.proposal_id == proposal_id, Notice.state == NoticeState.HELD]
    if search.kind:
        conditions.append(Notice.kind == search.kind)
    if search.text:
        searched = (Participant.name, Notice.recipient, Notice.subject)
        conditions.append(sa.or_(*(column.icontains(search.text, autoescape=True) for column in searched)))
    return sa.and_(*conditions)
