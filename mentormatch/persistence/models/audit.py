"""The audit trail: one row for every step a thing takes; the databases refuse to change or delete one."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mentormatch.domain.actors import ActorKind
from mentormatch.persistence.column_types import Line
from mentormatch.persistence.database import Model, rules


class AuditEntry(Model):
    """Who took a thing from one state to another, when and why; ids only, no names."""

    __tablename__ = "audit_entry"
    __table_args__ = rules(sa.Index("ix_audit_entry_object", "object_table", "object_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_kind: Mapped[ActorKind]
    actor_id: Mapped[int | None]
    programme_id: Mapped[int | None] = mapped_column(index=True)
    object_table: Mapped[str] = mapped_column(Line(32))
    object_id: Mapped[int]
    old_state: Mapped[str] = mapped_column(Line(32))
    new_state: Mapped[str] = mapped_column(Line(32))
    version: Mapped[int]
    why: Mapped[str] = mapped_column(Line(500))
