"""The outbox: every mail as final bytes, with the state of its delivery."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mentormatch.domain.notices import NoticeKind, NoticeState
from mentormatch.persistence.column_types import Line
from mentormatch.persistence.database import Model, rules


class Notice(Model):
    """One mail to one mailbox."""

    __tablename__ = "notice"
    __table_args__ = rules(
        sa.UniqueConstraint("proposal_id", "publication", "participant_id", "revision"),
        sa.CheckConstraint("(state IN ('sending', 'in_doubt')) = (lease_until IS NOT NULL)", name="lease"),
        sa.CheckConstraint(
            "(kind IN ('mentor', 'mentee', 'mentor_and_mentee', 'unpaired')) = (round_id IS NOT NULL)", name="round"
        ),
        sa.ForeignKeyConstraint(["programme_id", "participant_id"], ["participant.programme_id", "participant.id"]),
        sa.ForeignKeyConstraint(["programme_id", "round_id"], ["matching_round.programme_id", "matching_round.id"]),
        sa.Index("ix_notice_due", "state", "next_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int | None]
    round_id: Mapped[int | None] = mapped_column(index=True)
    proposal_id: Mapped[int | None] = mapped_column(sa.ForeignKey("proposal.id"))
    publication: Mapped[int | None]
    """Which publication of the round this notice belongs to; another one never releases it."""
    participant_id: Mapped[int | None] = mapped_column(index=True)
    revision: Mapped[int] = mapped_column(default=1)
    """Counts up when a failed notice is made anew for a corrected address."""
    kind: Mapped[NoticeKind]
    state: Mapped[NoticeState]
    version: Mapped[int] = mapped_column(default=1)
    recipient: Mapped[str] = mapped_column(Line(254))
    subject: Mapped[str] = mapped_column(Line(300))
    message_id: Mapped[str] = mapped_column(Line(200), unique=True)
    """Fixed when the row is made: every copy of this mail carries it."""
    message: Mapped[bytes | None]
    """The final bytes; dropped after sending when they carry a secret link."""
    created_at: Mapped[datetime]
    next_at: Mapped[datetime]
    """When the next attempt is due."""
    first_tried_at: Mapped[datetime | None]
    """When it was claimed for the first time; from then on a refused notice is tried again for a few days."""
    attempts: Mapped[int] = mapped_column(default=0)
    doubts: Mapped[int] = mapped_column(default=0)
    """How many times it was sent again although an earlier copy may have been accepted."""
    fence: Mapped[int] = mapped_column(default=0)
    lease_owner: Mapped[str | None] = mapped_column(Line(64))
    lease_until: Mapped[datetime | None]
    reply: Mapped[str] = mapped_column(Line(500), default="")
    """The mail server's own words at the last attempt."""
    sent_at: Mapped[datetime | None]
