"""Files that coordinators have sent in to import participants from, between the preview and the confirmation."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mentormatch.persistence.column_types import Line
from mentormatch.persistence.database import Model, rules


class ImportedFile(Model):
    """One file by the hash of its content: the same file is one row, however often it is sent in."""

    __tablename__ = "imported_file"
    __table_args__ = rules(
        sa.CheckConstraint("(applied_at IS NULL) = (content IS NOT NULL)", name="content"),
        sa.CheckConstraint("(applied_at IS NULL) = (added IS NULL AND changed IS NULL)", name="result"),
    )

    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("programme.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(Line(64), primary_key=True)
    content: Mapped[bytes | None]
    """The file, zlib-compressed; dropped once it is imported, or a day later if it never is."""
    sent_at: Mapped[datetime] = mapped_column(index=True)
    sent_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    applied_at: Mapped[datetime | None]
    added: Mapped[int | None]
    changed: Mapped[int | None]
