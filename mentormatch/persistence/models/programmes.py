"""Programmes and their settings."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mentormatch.domain.policies import Objective
from mentormatch.persistence.column_types import Line
from mentormatch.persistence.database import Model, rules


class Programme(Model):
    """A mentoring programme; everything a coordinator owns belongs to exactly one."""

    __tablename__ = "programme"
    __table_args__ = rules(
        sa.CheckConstraint("opens_at < closes_at", name="window"),
        sa.CheckConstraint("teach_level BETWEEN 1 AND 4", name="teach_level"),
        sa.CheckConstraint("floor_percent BETWEEN 0 AND 100", name="floor_percent"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(Line(60), unique=True)
    """The programme's name in addresses; never changes, so that mailed links stay good."""
    name: Mapped[str] = mapped_column(Line(120))
    purpose: Mapped[str] = mapped_column(Line(4000))
    time_zone: Mapped[str] = mapped_column(Line(64))
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    hear_by: Mapped[date]
    """The day by which people are promised to hear."""
    teach_level: Mapped[int]
    floor_percent: Mapped[int]
    objective: Mapped[Objective]
    shared_language: Mapped[bool]
    allow_earlier_pairings: Mapped[bool]
    mentorships_required: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    emphasis: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    """Position -> competency -> whole number; scaled to weights when a round is posed."""
    targets: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    inputs_version: Mapped[int] = mapped_column(default=0)
    """Moves with every change that could change the pairs of a round."""
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
