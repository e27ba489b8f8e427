"""Development plans: the activities a programme advises, what a participant did of them, and levels rated before."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mentormatch.domain.competencies import Competency
from mentormatch.domain.plans import LONGEST_ACTIVITY, LONGEST_NOTES, ActivityKind, Occasion
from mentormatch.persistence.column_types import Line
from mentormatch.persistence.database import Model, rules


class ActivityText(Model):
    """How one programme words an activity; without a row our own proposal stands."""

    __tablename__ = "activity_text"
    __table_args__ = rules(sa.CheckConstraint("text <> ''", name="text"))

    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("programme.id"), primary_key=True)
    competency: Mapped[Competency] = mapped_column(primary_key=True)
    kind: Mapped[ActivityKind] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Line(LONGEST_ACTIVITY))


class PlanStep(Model):
    """What a participant has done, or means to do, of one activity; for nobody's eyes but their own."""

    __tablename__ = "plan_step"
    __table_args__ = rules(sa.CheckConstraint("hours BETWEEN 0 AND 999", name="hours"))

    participant_id: Mapped[int] = mapped_column(sa.ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True)
    competency: Mapped[Competency] = mapped_column(primary_key=True)
    kind: Mapped[ActivityKind] = mapped_column(primary_key=True)
    is_done: Mapped[bool]
    day: Mapped[date | None]
    """The day it was done, or is meant to be done."""
    hours: Mapped[int]
    notes: Mapped[str] = mapped_column(Line(LONGEST_NOTES))
    changed_at: Mapped[datetime]


class RatedLevel(Model):
    """A level as it was rated on one occasion; the present one stands with the sign-up."""

    __tablename__ = "rating_history"
    __table_args__ = rules(sa.CheckConstraint("level BETWEEN 0 AND 4", name="level"))

    participant_id: Mapped[int] = mapped_column(sa.ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True)
    occasion: Mapped[Occasion] = mapped_column(primary_key=True)
    competency: Mapped[Competency] = mapped_column(primary_key=True)
    level: Mapped[int]
    rated_at: Mapped[datetime]
