"""Holding mail back: a restored or copied database sends nothing of a round until somebody has looked at it.

Two things are compared at every claim of the outbox. The database says whose it is, and so does a file beside it: where
they differ, this is a copy. And the mail that was handed over last is noted in a file before its text leaves: where the
database does not know it, this is an older state of the database, and much of what looks unsent has been sent.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.actors import SYSTEM, Actor
from mentormatch.domain.clocks import Clock
from mentormatch.domain.errors import Conflict
from mentormatch.domain.notices import LINK_KINDS, NoticeState
from mentormatch.domain.sentences import said
from mentormatch.persistence.advancing import Cause, advance_all
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.installation_files import InstallationFiles
from mentormatch.persistence.models import AuditEntry, Installation, Notice

COPIED: Final = said("This database belongs to another installation: it was copied, or its folder was moved.")
RESTORED: Final = said(
    "This database is older than the last mail that was sent from it: it was restored from a backup."
)
_IS_MAIL: Final = Notice.kind.not_in(LINK_KINDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Whether mail is on hold, since when and why, and how many mails would leave without it."""

    since: datetime | None
    why: str
    waiting: int

    @property
    def is_on(self) -> bool:
        """Whether mail is on hold."""
        return self.since is not None


class HoldingMail:
    """Decides whether the mails of rounds may leave; links to sign in always may.

    Such a link was asked for a moment ago by somebody who waits for it, it goes to that mailbox alone, and an old one
    is dropped; without it nobody could get in and see that mail is on hold.
    """

    def __init__(self, transactions: Transactions, clock: Clock, files: InstallationFiles) -> None:
        self._transactions = transactions
        self._clock = clock
        self._files = files

    def is_held(self, session: Session) -> bool:
        """Tell whether mail is on hold, and put it on hold when this database is not the one that sent before."""
        row = session.get(Installation, 1)
        if row is None:
            row = Installation(id=1, name=self._files.name(), version=1, held_why="")
            session.add(row)
            session.flush()
        if row.held_since is None and (why := self._foreign(session, row)):
            self._step(session, row, why, SYSTEM)
        return row.held_since is not None

    def note_handed_over(self, message_id: str, version: int) -> None:
        """Note outside the database that this mail is about to leave."""
        self._files.note_mail(message_id, version)

    def look(self) -> Hold:
        """Return whether mail is on hold."""
        with self._transactions.reading() as session:
            return hold_in(session)

    def check(self) -> Hold:
        """Compare the database with its installation now, and return whether mail is on hold."""
        with self._transactions.writing() as session:
            self.is_held(session)
            return hold_in(session)

    def hold(self, why: str, actor: Actor) -> None:
        """Put mail on hold; on hold already, the older reason stays."""
        with self._transactions.writing() as session:
            if not self.is_held(session):
                self._step(session, session.get_one(Installation, 1), why, actor)

    def release(self, actor: Actor, *, drop_waiting: bool = False) -> int:
        """Let mail go again and take this database for ours from now on; return how many mails were dropped.

        With `drop_waiting` nothing that waits now is sent any more: it was sent before the database was restored.
        Raises Conflict when mail is not on hold.
        """
        with self._transactions.writing() as session:
            if not self.is_held(session):
                raise Conflict(said("Mail is not on hold."))
            dropped = self._drop(session, Cause(actor, self._clock(), said("mail was on hold"))) if drop_waiting else 0
            row = session.get_one(Installation, 1)
            row.name = self._files.name()
            self._step(session, row, "", actor)
        # After the commit: a crash in between leaves mail on hold, which costs one more command.
        self._files.forget_mail()
        return dropped

    def _foreign(self, session: Session, row: Installation) -> str:
        if row.name != self._files.name():
            return COPIED
        last = self._files.last_mail()
        return RESTORED if last is not None and not _knows(session, *last) else ""

    def _step(self, session: Session, row: Installation, why: str, actor: Actor) -> None:
        before, now = row.held_since, self._clock()
        row.held_since, row.held_why, row.version = now if why else None, why, row.version + 1
        session.add(
            AuditEntry(
                at=now,
                actor_kind=actor.kind,
                actor_id=actor.account_id,
                object_table=row.__tablename__,
                object_id=row.id,
                old_state="on_hold" if before else "sending",
                new_state="on_hold" if why else "sending",
                version=row.version,
                why=why or "released",
            )
        )
        session.flush()

    def _drop(self, session: Session, cause: Cause) -> int:
        dropped = advance_all(session, Notice, _IS_MAIL, NoticeState.PENDING, NoticeState.CANCELLED, cause)
        for state, to in (
            (NoticeState.SENDING, NoticeState.CANCELLED),
            (NoticeState.IN_DOUBT, NoticeState.FAILED),
        ):
            free = {"lease_owner": None, "lease_until": None}
            dropped += advance_all(session, Notice, _IS_MAIL, state, to, cause, free)
        return dropped


def hold_in(session: Session) -> Hold:
    """Read from a database whether its mail is on hold."""
    row = session.get(Installation, 1)
    unsent = (NoticeState.PENDING, NoticeState.SENDING, NoticeState.IN_DOUBT)
    waiting = sa.select(sa.func.count()).where(_IS_MAIL, Notice.state.in_(unsent))
    if row is None or row.held_since is None:
        return Hold(since=None, why="", waiting=0)
    return Hold(since=row.held_since, why=row.held_why, waiting=session.scalar(waiting) or 0)


def _knows(session: Session, message_id: str, version: int) -> bool:
    known = sa.select(Notice.id).where(Notice.message_id == message_id, Notice.version >= version)
    return session.scalar(known) is not None
