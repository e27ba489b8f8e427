"""Adjustments: what coordinators decided about a round beyond its policy; lifted, never deleted."""

from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mentormatch.domain.adjustments import LONGEST_REASON, AdjustmentKind
from mentormatch.persistence.column_types import Line
from mentormatch.persistence.database import Model, rules

_PEOPLE: Final = """CASE kind
WHEN 'left_out' THEN mentor_id IS NULL AND mentee_id IS NOT NULL
WHEN 'extra_place' THEN mentor_id IS NOT NULL AND mentee_id IS NULL
ELSE mentor_id IS NOT NULL AND mentee_id IS NOT NULL AND mentor_id <> mentee_id END"""


def _one(name: str, columns: tuple[str, ...], active: str) -> sa.Index:
    where = sa.text(active)
    return sa.Index(name, *columns, unique=True, sqlite_where=where, postgresql_where=where)


class AdjustmentRow(Model):
    """One decision of a coordinator, from its making to its lifting."""

    __tablename__ = "adjustment"
    __table_args__ = rules(
        sa.CheckConstraint(_PEOPLE, name="people"),
        sa.CheckConstraint("round_id IS NOT NULL OR (kind = 'bar' AND reason <> '')", name="for_good"),
        sa.CheckConstraint("(lifted_at IS NULL) = (lifted_in IS NULL)", name="lifted"),
        sa.CheckConstraint("made_in >= 1 AND lifted_in > made_in", name="acts"),
        sa.ForeignKeyConstraint(["programme_id", "round_id"], ["matching_round.programme_id", "matching_round.id"]),
        sa.ForeignKeyConstraint(["programme_id", "mentor_id"], ["participant.programme_id", "participant.id"]),
        sa.ForeignKeyConstraint(["programme_id", "mentee_id"], ["participant.programme_id", "participant.id"]),
        _one("uq_adjustment_mentee", ("round_id", "mentee_id"), "kind IN ('lock', 'left_out') AND lifted_at IS NULL"),
        _one("uq_adjustment_extra_place", ("round_id", "mentor_id"), "kind = 'extra_place' AND lifted_at IS NULL"),
        _one(
            "uq_adjustment_bar",
            ("round_id", "mentor_id", "mentee_id"),
            "kind = 'bar' AND round_id IS NOT NULL AND lifted_at IS NULL",
        ),
        _one(
            "uq_adjustment_bar_for_good",
            ("mentor_id", "mentee_id"),
            "kind = 'bar' AND round_id IS NULL AND lifted_at IS NULL",
        ),
        sa.Index("ix_adjustment_programme_id", "programme_id", "round_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("programme.id"))
    round_id: Mapped[int | None]
    """Empty: for good, in every round to come."""
    kind: Mapped[AdjustmentKind]
    mentor_id: Mapped[int | None] = mapped_column(index=True)
    mentee_id: Mapped[int | None] = mapped_column(index=True)
    reason: Mapped[str] = mapped_column(Line(LONGEST_REASON), default="")
    made_in: Mapped[int]
    """The act that made it; acts are counted within the programme, and one act may make and lift several."""
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    lifted_in: Mapped[int | None]
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
