"""What follows an announced pairing: each side's answer, the meetings, and the reminders that were written."""

from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mentormatch.domain.answers import Answer, Fit
from mentormatch.domain.mentorships import Reminder
from mentormatch.persistence.column_types import Line
from mentormatch.persistence.database import Model, rules

LONGEST_WORDS: Final = 500


class PairingAnswer(Model):
    """What one of the two people of a pairing has said to it; empty where nothing was said yet."""

    __tablename__ = "pairing_answer"
    __table_args__ = rules(
        sa.CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered"),
        sa.CheckConstraint("(fit IS NULL) = (fit_at IS NULL)", name="found"),
        sa.CheckConstraint("(change_asked = '') = (change_asked_at IS NULL)", name="asked"),
        sa.CheckConstraint("answer = 'declined' OR reason = ''", name="reason"),
    )

    pairing_id: Mapped[int] = mapped_column(sa.ForeignKey("pairing.id"), primary_key=True)
    participant_id: Mapped[int] = mapped_column(sa.ForeignKey("participant.id"), primary_key=True, index=True)
    answer: Mapped[Answer | None]
    reason: Mapped[str] = mapped_column(Line(LONGEST_WORDS), default="")
    """Why it was declined; for the coordinators alone."""
    answered_at: Mapped[datetime | None]
    fit: Mapped[Fit | None]
    fit_at: Mapped[datetime | None]
    change_asked: Mapped[str] = mapped_column(Line(LONGEST_WORDS), default="")
    """What is to change; for the coordinators alone."""
    change_asked_at: Mapped[datetime | None]


class Meeting(Model):
    """One session of a pair, arranged by one of the two."""

    __tablename__ = "meeting"
    __table_args__ = rules(
        sa.UniqueConstraint("pairing_id", "number"),
        sa.CheckConstraint("number >= 1 AND minutes BETWEEN 1 AND 480 AND sequence >= 0", name="bounds"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pairing_id: Mapped[int] = mapped_column(sa.ForeignKey("pairing.id"))
    number: Mapped[int]
    """Counts from 1 within the pairing; 1 is the first meeting."""
    organiser_id: Mapped[int] = mapped_column(sa.ForeignKey("participant.id"))
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    identity: Mapped[str] = mapped_column(Line(100), unique=True)
    """The name by which calendars know it, however often it is moved."""
    sequence: Mapped[int] = mapped_column(default=0)
    """Counts the times it was moved; calendars go by the highest."""
    invited_at: Mapped[datetime]


class ReminderRow(Model):
    """A reminder that was written for one of the two people of a pairing: none is ever written twice."""

    __tablename__ = "reminder"
    __table_args__ = rules()

    pairing_id: Mapped[int] = mapped_column(sa.ForeignKey("pairing.id"), primary_key=True)
    participant_id: Mapped[int] = mapped_column(sa.ForeignKey("participant.id"), primary_key=True)
    kind: Mapped[Reminder] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(Line(200), unique=True)
    """The mail that carries it, or would have, had its reader an address to write to."""
    written_at: Mapped[datetime]


class RemindersOff(Model):
    """Somebody who wants no reminders from a programme; every other mail still comes."""

    __tablename__ = "reminders_off"
    __table_args__ = rules()

    participant_id: Mapped[int] = mapped_column(sa.ForeignKey("participant.id"), primary_key=True)
    since: Mapped[datetime]
