"""What participants ask of coming rounds about other people, and the ledger of those whose data was erased."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mentormatch.persistence.column_types import Line
from mentormatch.persistence.database import Model, rules


class Wish(Model):
    """A mentor whom a mentee would like; the places bound how many there can be."""

    __tablename__ = "wish"
    __table_args__ = rules(
        sa.UniqueConstraint("mentee_id", "mentor_id"),
        sa.CheckConstraint("place BETWEEN 1 AND 5", name="place"),
        sa.CheckConstraint("mentor_id <> mentee_id", name="two_people"),
        sa.ForeignKeyConstraint(["programme_id", "mentor_id"], ["participant.programme_id", "participant.id"]),
        sa.ForeignKeyConstraint(["programme_id", "mentee_id"], ["participant.programme_id", "participant.id"]),
    )

    mentee_id: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(index=True)
    mentor_id: Mapped[int] = mapped_column(index=True)
    made_at: Mapped[datetime]


class Avoidance(Model):
    """A mailbox whose owner a participant must not be paired with, whether or not it has signed up."""

    __tablename__ = "avoidance"
    __table_args__ = rules(
        sa.UniqueConstraint("participant_id", "mailbox"),
        sa.CheckConstraint("place BETWEEN 1 AND 10", name="place"),
        sa.ForeignKeyConstraint(["programme_id", "participant_id"], ["participant.programme_id", "participant.id"]),
        sa.Index("ix_avoidance_programme_id", "programme_id", "mailbox"),
    )

    participant_id: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int]
    mailbox: Mapped[str] = mapped_column(Line(254))
    email: Mapped[str] = mapped_column(Line(254))
    """The address as typed, to be shown to its writer again."""
    made_at: Mapped[datetime]


class Erasure(Model):
    """That a participant's data was erased, and when; no more than a number is kept."""

    __tablename__ = "erasure"
    __table_args__ = rules(
        sa.ForeignKeyConstraint(["programme_id", "participant_id"], ["participant.programme_id", "participant.id"]),
    )

    participant_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    programme_id: Mapped[int]
    erased_at: Mapped[datetime]
