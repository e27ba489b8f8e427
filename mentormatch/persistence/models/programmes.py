"""Programmes and their settings."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mentormatch.domain.policies import WAITING_POINTS, WISH_POINTS, Objective
from mentormatch.persistence.column_types import Line
from mentormatch.persistence.database import Model, rules


class Programme(Model):
    """A mentoring programme; everything a coordinator owns belongs to exactly one."""

    __tablename__ = "programme"
    __table_args__ = rules(
        sa.CheckConstraint("opens_at < closes_at", name="window"),
        sa.CheckConstraint("teach_level BETWEEN 1 AND 4", name="teach_level"),
        sa.CheckConstraint("floor_percent BETWEEN 0 AND 100", name="floor_percent"),
        sa.CheckConstraint("minimum_common_hours BETWEEN 0 AND 8", name="minimum_common_hours"),
        sa.CheckConstraint("wish_points BETWEEN 0 AND 1000", name="wish_points"),
        sa.CheckConstraint("common_hour_points BETWEEN 0 AND 100", name="common_hour_points"),
        sa.CheckConstraint("waiting_points BETWEEN 0 AND 1000", name="waiting_points"),
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
    minimum_common_hours: Mapped[int] = mapped_column(default=0, server_default="0")
    other_site_only: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    allow_earlier_pairings: Mapped[bool]
    wish_points: Mapped[int] = mapped_column(default=WISH_POINTS, server_default=str(WISH_POINTS))
    common_hour_points: Mapped[int] = mapped_column(default=0, server_default="0")
    waiting_points: Mapped[int] = mapped_column(default=WAITING_POINTS, server_default=str(WAITING_POINTS))
    mentorships_required: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    emphasis: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    """Position -> competency -> whole number; scaled to weights when a round is posed."""
    targets: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    earlier_policy: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
    """The policy that the present one took the place of, with the one before it inside, to be put back."""
    inputs_version: Mapped[int] = mapped_column(default=0)
    """Moves with every change that could change the pairs of a round."""
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
