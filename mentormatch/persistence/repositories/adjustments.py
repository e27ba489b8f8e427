"""Adjustments as they are kept: those that hold for a round, what was done since, and making and lifting them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from mentormatch.domain.adjustments import Adjustment, AdjustmentKind
from mentormatch.persistence.advancing import Cause, note_deed
from mentormatch.persistence.models import Account, AdjustmentRow
from mentormatch.persistence.repositories.pair_sides import Mentee, Mentor

_Maker: Final = aliased(Account)
_Lifter: Final = aliased(Account)


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeAdjustment:
    """An adjustment with the names of those it is about, and who made and lifted it, when and in which act."""

    id: int
    adjustment: Adjustment
    is_for_good: bool
    reason: str
    mentor: str
    mentee: str
    mentor_mailbox: str
    mentee_mailbox: str
    made_in: int
    made_at: datetime
    made_by: str
    lifted_in: int | None
    lifted_at: datetime | None
    lifted_by: str


def active_adjustments(session: Session, programme_id: int, round_id: int) -> tuple[MadeAdjustment, ...]:
    """Return what holds for a round: its own adjustments and the bars for good, in the order they were made."""
    return _read(session, _of(programme_id, round_id), AdjustmentRow.lifted_at.is_(None))


def adjustments_since(session: Session, programme_id: int, round_id: int, act: int) -> tuple[MadeAdjustment, ...]:
    """Return what was made or lifted after an act."""
    later = sa.or_(AdjustmentRow.made_in > act, AdjustmentRow.lifted_in > act)
    return _read(session, _of(programme_id, round_id), later)


def latest_act(session: Session, programme_id: int) -> int:
    """Return the number of the latest act in a programme; 0 before the first."""
    acts = sa.select(sa.func.max(AdjustmentRow.made_in), sa.func.max(AdjustmentRow.lifted_in))
    made, lifted = session.execute(acts.where(AdjustmentRow.programme_id == programme_id)).one()
    return max(made or 0, lifted or 0)


@dataclass(frozen=True, slots=True)
class Scene:
    """Where an act takes place: the programme, the round, its number in the programme, and who causes it."""

    programme_id: int
    round_id: int
    act: int
    cause: Cause


def make(session: Session, scene: Scene, adjustment: Adjustment, *, for_good: bool = False, reason: str = "") -> None:
    """Keep a decision, with its audit row."""
    row = AdjustmentRow(
        programme_id=scene.programme_id,
        round_id=None if for_good else scene.round_id,
        kind=adjustment.kind,
        mentor_id=adjustment.mentor_id,
        mentee_id=adjustment.mentee_id,
        reason=reason,
        made_in=scene.act,
        made_at=scene.cause.at,
        made_by=scene.cause.actor.account_id,
    )
    session.add(row)
    session.flush()
    note_deed(session, row, scene.cause, old="", new="made", version=scene.act)


def lift(session: Session, scene: Scene, ids: Collection[int]) -> None:
    """Lift decisions that hold, with their audit rows; of those that hold no more nothing changes."""
    holding = sa.select(AdjustmentRow).where(AdjustmentRow.id.in_(ids), AdjustmentRow.lifted_at.is_(None))
    for row in session.scalars(holding.order_by(AdjustmentRow.id)).all():
        row.lifted_in, row.lifted_at = scene.act, scene.cause.at
        row.lifted_by = scene.cause.actor.account_id
        note_deed(session, row, scene.cause, old="made", new="lifted", version=scene.act)
    session.flush()


def restore(session: Session, scene: Scene, *, given_way_to: int) -> None:
    """Let hold again what had given way to an act, with its audit rows."""
    given_way = sa.select(AdjustmentRow).where(_of(scene.programme_id, scene.round_id))
    for row in session.scalars(given_way.where(AdjustmentRow.lifted_in == given_way_to)).all():
        row.lifted_in = row.lifted_at = row.lifted_by = None
        note_deed(session, row, scene.cause, old="lifted", new="made", version=scene.act)
    session.flush()


def _of(programme_id: int, round_id: int) -> sa.ColumnElement[bool]:
    of_round = sa.or_(AdjustmentRow.round_id == round_id, AdjustmentRow.round_id.is_(None))
    return sa.and_(AdjustmentRow.programme_id == programme_id, of_round)


def _read(session: Session, *conditions: sa.ColumnElement[bool]) -> tuple[MadeAdjustment, ...]:
    rows: Iterable[Sequence[Any]] = session.execute(
        sa.select(
            AdjustmentRow,
            *(sa.func.coalesce(who.name, "") for who in (Mentor, Mentee)),
            *(sa.func.coalesce(who.mailbox, "") for who in (Mentor, Mentee)),
            *(sa.func.coalesce(who.email, "") for who in (_Maker, _Lifter)),
        )
        .outerjoin(Mentor, Mentor.id == AdjustmentRow.mentor_id)
        .outerjoin(Mentee, Mentee.id == AdjustmentRow.mentee_id)
        .outerjoin(_Maker, _Maker.id == AdjustmentRow.made_by)
        .outerjoin(_Lifter, _Lifter.id == AdjustmentRow.lifted_by)
        .where(*conditions)
        .order_by(AdjustmentRow.id)
    )
    return tuple(_made(*row) for row in rows)


def _made(
    row: AdjustmentRow, mentor: str, mentee: str, mentor_mailbox: str, mentee_mailbox: str, maker: str, lifter: str
) -> MadeAdjustment:
    return MadeAdjustment(
        id=row.id,
        adjustment=Adjustment(AdjustmentKind(row.kind), row.mentor_id, row.mentee_id),
        is_for_good=row.round_id is None,
        reason=row.reason,
        mentor=mentor,
        mentee=mentee,
        mentor_mailbox=mentor_mailbox,
        mentee_mailbox=mentee_mailbox,
        made_in=row.made_in,
        made_at=row.made_at,
        made_by=maker,
        lifted_in=row.lifted_in,
        lifted_at=row.lifted_at,
        lifted_by=lifter,
    )
