"""Participants: one sign-up of one person to one programme, with its sixteen ratings."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mentormatch.domain.certification import Certification
from mentormatch.domain.competencies import Competency
from mentormatch.domain.positions import Position
from mentormatch.domain.signups import SignupState
from mentormatch.persistence.column_types import Line
from mentormatch.persistence.database import Model, choice_of, rules


class Participant(Model):
    """A person in a programme, with the answers of the sign-up form."""

    __tablename__ = "participant"
    __table_args__ = rules(
        sa.UniqueConstraint("programme_id", "mailbox"),
        sa.UniqueConstraint("programme_id", "id"),
        sa.CheckConstraint("capacity BETWEEN 0 AND 5", name="capacity"),
        sa.CheckConstraint("mentorships_completed BETWEEN 0 AND 99", name="mentorships_completed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("programme.id"))
    state: Mapped[SignupState]
    version: Mapped[int] = mapped_column(default=1)
    mailbox: Mapped[str] = mapped_column(Line(254), index=True)
    email: Mapped[str] = mapped_column(Line(254))
    name: Mapped[str] = mapped_column(Line(120))
    organisation: Mapped[str] = mapped_column(Line(120))
    site: Mapped[str] = mapped_column(Line(120))
    time_zone: Mapped[str] = mapped_column(Line(64))
    languages: Mapped[str] = mapped_column(Line(120))
    """Language codes separated by semicolons, as typed in spreadsheets."""
    manager_email: Mapped[str | None] = mapped_column(Line(254))
    """The line manager, used only to keep the two apart; never shown to participants."""
    position: Mapped[Position] = mapped_column(choice_of(Position, "position"))
    position_aimed_at: Mapped[Position] = mapped_column(choice_of(Position, "position_aimed_at"))
    offers_mentoring: Mapped[bool]
    capacity: Mapped[int]
    wants_mentor: Mapped[bool]
    certification_held: Mapped[Certification] = mapped_column(choice_of(Certification, "certification_held"))
    certification_pursued: Mapped[Certification] = mapped_column(choice_of(Certification, "certification_pursued"))
    mentorships_completed: Mapped[int]
    hopes: Mapped[str] = mapped_column(Line(2000))
    agreed_to_be_listed: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    """Whether others may find this mentor by name and wish for them; only the person says so, never a spreadsheet."""
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    ratings: Mapped[list["Rating"]] = relationship(cascade="all, delete-orphan", lazy="raise", passive_deletes=True)


class Rating(Model):
    """How a participant rates one competency: the level now and the level aimed at."""

    __tablename__ = "rating"
    __table_args__ = rules(
        sa.CheckConstraint("level BETWEEN 0 AND 4", name="level"),
        sa.CheckConstraint("target BETWEEN 0 AND 4", name="target"),
    )

    participant_id: Mapped[int] = mapped_column(sa.ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True)
    competency: Mapped[Competency] = mapped_column(primary_key=True)
    level: Mapped[int]
    target: Mapped[int | None]
    """Empty: the default of the position aimed at."""
    rated_at: Mapped[datetime]
