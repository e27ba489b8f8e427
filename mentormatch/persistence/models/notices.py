"""The outbox, every mail as final bytes with its delivery; and the texts that programmes word themselves."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mentormatch.domain.mail_texts import LONGEST_BODY_TEXT, LONGEST_SUBJECT_TEXT
from mentormatch.domain.notices import NoticeKind, NoticeState
from mentormatch.persistence.column_types import Line
from mentormatch.persistence.database import Model, rules


def _once_each(name: str, where: str) -> sa.Index:
    """Keep anybody from being told the same thing twice: told of a publication once, and of its recall once."""
    columns = ("proposal_id", "publication", "participant_id", "revision")
    return sa.Index(name, *columns, unique=True, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


class Notice(Model):
    """One mail to one mailbox."""

    __tablename__ = "notice"
    __table_args__ = rules(
        _once_each("uq_notice_of_publication", "kind <> 'recall'"),
        _once_each("uq_notice_of_recall", "kind = 'recall'"),
        sa.CheckConstraint("(state IN ('sending', 'in_doubt')) = (lease_until IS NOT NULL)", name="lease"),
        sa.CheckConstraint(
            "(kind IN ('mentor', 'mentee', 'mentor_and_mentee', 'unpaired', 'recall')) = (round_id IS NOT NULL)",
            name="round",
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
    """Counts up when a notice is made anew: for a corrected address, or after its text was edited."""
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
    text_version: Mapped[int] = mapped_column(default=0, server_default="0")
    """The version of the programme's own text it was written from; 0 for the text that every programme starts with."""
    reply: Mapped[str] = mapped_column(Line(500), default="")
    """The mail server's own words at the last attempt."""
    sent_at: Mapped[datetime | None]


class MailTextRow(Model):
    """How one programme words one kind of mail; a text put back to the default is empty and keeps its version."""

    __tablename__ = "mail_text"
    __table_args__ = rules(
        sa.UniqueConstraint("programme_id", "kind"),
        sa.CheckConstraint("kind IN ('mentor', 'mentee', 'mentor_and_mentee', 'unpaired', 'recall')", name="worded"),
        sa.CheckConstraint("(subject IS NULL) = (body IS NULL)", name="whole"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("programme.id"))
    kind: Mapped[NoticeKind]
    subject: Mapped[str | None] = mapped_column(Line(LONGEST_SUBJECT_TEXT))
    body: Mapped[str | None] = mapped_column(Line(LONGEST_BODY_TEXT))
    version: Mapped[int]
    changed_at: Mapped[datetime]
    changed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))


class Installation(Model):
    """The one row that says which installation this database belongs to, and whether its mail is on hold."""

    __tablename__ = "installation"
    __table_args__ = rules(sa.CheckConstraint("id = 1", name="only_one"))

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Line(64))
    """What the installation keeps beside its database as well; a copy of the database alone does not find it there."""
    version: Mapped[int] = mapped_column(default=1)
    held_since: Mapped[datetime | None]
    held_why: Mapped[str] = mapped_column(Line(300), default="")
