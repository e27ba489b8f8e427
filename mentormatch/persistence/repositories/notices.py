"""Finding notices of a programme, and counting how far they have come."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased, defer

from mentormatch.domain.notices import NoticeKind, NoticeSearch, NoticeState
from mentormatch.persistence.models import MatchingRound, Notice, Participant

_URGENT: Final = (NoticeState.FAILED, NoticeState.BOUNCED, NoticeState.IN_DOUBT)
_SEARCHED: Final = (Notice.recipient, Notice.subject, Notice.reply, Notice.message_id, Participant.name)
MAYBE_TWICE: Final = sa.or_(Notice.doubts > 0, Notice.state == NoticeState.IN_DOUBT)

_Newer: Final = aliased(Notice)
IS_CURRENT: Final = ~sa.exists().where(
    _Newer.proposal_id == Notice.proposal_id,
    _Newer.publication == Notice.publication,
    _Newer.participant_id == Notice.participant_id,
    (_Newer.kind == NoticeKind.RECALL) == (Notice.kind == NoticeKind.RECALL),
    _Newer.revision > Notice.revision,
)
"""A notice that was sent again after a correction is stood for by its successor."""


@dataclass(frozen=True, slots=True)
class FoundNotice:
    """A notice with the number of its round and the name of its participant."""

    notice: Notice
    round_number: int | None
    name: str | None


def find_notices(
    session: Session, programme_id: int, search: NoticeSearch, *, skip: int, most: int
) -> tuple[FoundNotice, ...]:
    """Return at most `most` of the notices looked for: those that need somebody first, then the newest."""
    rows = _joined(sa.select(Notice, MatchingRound.number, Participant.name).options(defer(Notice.message)))
    urgent_first = sa.case((Notice.state.in_(_URGENT), 0), else_=1)
    found = rows.where(_found(programme_id, search)).order_by(urgent_first, Notice.id.desc())
    return tuple(FoundNotice(*row) for row in session.execute(found.offset(skip).limit(most)))


def find_notice(session: Session, programme_id: int, notice_id: int) -> FoundNotice | None:
    """Return one notice of this programme."""
    rows = _joined(sa.select(Notice, MatchingRound.number, Participant.name))
    row = session.execute(rows.where(Notice.programme_id == programme_id, Notice.id == notice_id)).one_or_none()
    return FoundNotice(*row) if row else None


def count_notices(session: Session, programme_id: int, search: NoticeSearch) -> int:
    """Count the notices looked for."""
    counted = _joined(sa.select(sa.func.count(Notice.id)))
    return session.scalar(counted.where(_found(programme_id, search))) or 0


def counts_by_state(session: Session, programme_id: int, search: NoticeSearch) -> Mapping[NoticeState, int]:
    """Count the notices in each state, whatever state is looked for."""
    found = _found(programme_id, replace(search, state=None, twice=False), cancelled=True)
    return _counts(session, found, Notice.state)


def counts_by_kind(session: Session, programme_id: int, search: NoticeSearch) -> Mapping[NoticeKind, int]:
    """Count the notices of each kind, whatever kind is looked for."""
    return _counts(session, _found(programme_id, replace(search, kind=None)), Notice.kind)


def _counts(
    session: Session,
    found: sa.ColumnElement[bool],
    column: Any,  # noqa: ANN401 -- one of two columns
) -> Mapping[Any, int]:
    counted = _joined(sa.select(column, sa.func.count(Notice.id))).where(found)
    return {row[0]: row[1] for row in session.execute(counted.group_by(column))}


def _joined(rows: Any) -> Any:  # noqa: ANN401 -- a select of whatever columns
    in_round = Notice.round_id == MatchingRound.id
    return (
        rows.select_from(Notice)
        .outerjoin(MatchingRound, in_round)
        .outerjoin(Participant, Notice.participant_id == Participant.id)
    )


def _found(programme_id: int, search: NoticeSearch, *, cancelled: bool = False) -> sa.ColumnElement[bool]:
    conditions: list[sa.ColumnElement[bool]] = [Notice.programme_id == programme_id, IS_CURRENT]
    if search.text:
        conditions.append(sa.or_(*(column.icontains(search.text, autoescape=True) for column in _SEARCHED)))
    if search.state:
        conditions.append(Notice.state == search.state)
    elif not cancelled:  # a proposal that was discarded leaves as many of them as there are people
        conditions.append(Notice.state != NoticeState.CANCELLED)
    if search.kind:
        conditions.append(Notice.kind == search.kind)
    if search.round_number:
        conditions.append(MatchingRound.number == search.round_number)
    if search.twice:
        conditions.append(MAYBE_TWICE)
    return sa.and_(*conditions)
