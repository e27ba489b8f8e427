"""Importing participants from a spreadsheet: looked through first, then taken in whole or not at all."""

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from mentormatch.domain.actors import Actor
from mentormatch.domain.clocks import Clock
from mentormatch.domain.errors import Conflict, Fault, InputRefused, NotFound
from mentormatch.domain.signups import Signup, SignupState
from mentormatch.persistence.advancing import Cause, advance
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import ImportedFile, Participant, Programme
from mentormatch.persistence.repositories.participants import add_signups, kept_signups, replace_answers
from mentormatch.persistence.repositories.programmes import inputs_moved
from mentormatch.services.comparing_signups import ChangedPerson, Comparison, compare
from mentormatch.spreadsheets.signups import read_numbered_signups, write_faults
from mentormatch.spreadsheets.tables import LARGEST_FILE

KEPT_FOR: Final = timedelta(days=1)
VOUCHED: Final = "imported from a spreadsheet; the coordinator vouches for the address"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPreview:
    """What importing a file would do, or everything that is wrong with it."""

    sha256: str
    new: int = 0
    unchanged: int = 0
    changed: tuple[ChangedPerson, ...] = ()
    faults: tuple[Fault, ...] = ()
    is_kept: bool = True
    """Whether the file can be asked for again; one that is too large is not kept."""

    @property
    def ready(self) -> int:
        """How many rows can be imported."""
        return self.new + self.unchanged + len(self.changed)

    @property
    def does_nothing(self) -> bool:
        """Whether everybody in the file is in the programme already, with the same answers."""
        return not self.new and not self.changed


@dataclass(frozen=True, slots=True)
class Imported:
    """How many people an import has added, and how many it has changed."""

    added: int
    changed: int


class ImportingParticipants:
    """Keeps a file between its preview and its confirmation, and takes it in once."""

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    def send_in(self, programme_id: int, data: bytes, *, account_id: int) -> ImportPreview:
        """Keep a file for a day and say what importing it would do; nobody is changed."""
        sha256 = hashlib.sha256(data).hexdigest()
        if len(data) > LARGEST_FILE:
            return ImportPreview(sha256=sha256, faults=_refusal(data), is_kept=False)
        with self._transactions.writing() as session:
            _lock(session, programme_id)
            _forget_old(session, self._clock() - KEPT_FOR)
            session.merge(
                ImportedFile(
                    programme_id=programme_id,
                    sha256=sha256,
                    content=zlib.compress(data),
                    sent_at=self._clock(),
                    sent_by=account_id,
                    applied_at=None,
                    added=None,
                    changed=None,
                )
            )
        return self.preview(programme_id, sha256)

    def preview(self, programme_id: int, sha256: str) -> ImportPreview:
        """Say what importing a file that was sent in would do; raises NotFound once it is imported or forgotten."""
        with self._transactions.reading() as session:
            data = _content(_file(session, programme_id, sha256))
            kept = kept_signups(session, programme_id)
        try:
            found = compare(read_numbered_signups(data), kept)
        except InputRefused as refused:
            return ImportPreview(sha256=sha256, faults=refused.faults)
        return ImportPreview(
            sha256=sha256, new=len(found.new), unchanged=found.unchanged, changed=tuple(c.person for c in found.changed)
        )

    def faults(self, programme_id: int, sha256: str) -> bytes:
        """Return what is wrong with a file as a spreadsheet; raises NotFound as `preview` does."""
        return write_faults(self.preview(programme_id, sha256).faults)

    def confirm(self, programme_id: int, sha256: str, *, actor: Actor) -> Imported:
        """Import a file that was sent in; a second confirmation does nothing and returns the first one's result.

        Raises NotFound for an unknown or forgotten file, InputRefused when it cannot be imported any more.
        """
        numbered = self._numbered(programme_id, sha256)
        cause = Cause(actor, self._clock(), VOUCHED)
        with self._transactions.writing() as session:
            _lock(session, programme_id)
            file = _file(session, programme_id, sha256)
            if file.applied_at is None:
                done = _take_in(session, programme_id, compare(numbered, kept_signups(session, programme_id)), cause)
                file.content, file.applied_at, file.added, file.changed = None, cause.at, done.added, done.changed
            return Imported(file.added or 0, file.changed or 0)

    def _numbered(self, programme_id: int, sha256: str) -> tuple[tuple[int, Signup], ...]:
        # Reading thousands of rows takes seconds: nobody has to wait for that with the programme locked.
        with self._transactions.reading() as session:
            file = _file(session, programme_id, sha256)
            data = None if file.applied_at else _content(file)
        return read_numbered_signups(data) if data is not None else ()


def _take_in(session: Session, programme_id: int, found: Comparison, cause: Cause) -> Imported:
    if found.new or found.changed:
        inputs_moved(session, programme_id)
    _add(session, programme_id, found.new, cause)
    for change in found.changed:
        replace_answers(session, change.kept, change.signup, cause.at)
    _confirm_unconfirmed(session, [change.kept.id for change in found.changed if change.is_unconfirmed], cause)
    return Imported(len(found.new), len(found.changed))


def _add(session: Session, programme_id: int, signups: Sequence[Signup], cause: Cause) -> None:
    try:
        add_signups(session, programme_id, signups, SignupState.ACTIVE, cause)
    except IntegrityError as signed_up:
        raise Conflict("Somebody in the file signed up at this very moment. Nothing was imported.") from signed_up


def _confirm_unconfirmed(session: Session, ids: Sequence[int], cause: Cause) -> None:
    for row in session.scalars(sa.select(Participant).where(Participant.id.in_(ids))):
        advance(session, row, SignupState.ACTIVE, cause)


def _lock(session: Session, programme_id: int) -> None:
    # Two imports at once take turns; on SQLite the transaction itself has waited for its turn already.
    session.execute(sa.select(Programme.id).where(Programme.id == programme_id).with_for_update(key_share=True))


def _file(session: Session, programme_id: int, sha256: str) -> ImportedFile:
    file = session.get(ImportedFile, (programme_id, sha256))
    if file is None:
        raise NotFound("There is no such file; it may have been forgotten after a day.")
    return file


def _content(file: ImportedFile) -> bytes:
    if file.content is None:
        raise NotFound("This file has been imported already.")
    return zlib.decompress(file.content)


def _forget_old(session: Session, before: datetime) -> None:
    session.execute(sa.delete(ImportedFile).where(ImportedFile.sent_at < before))


def _refusal(data: bytes) -> tuple[Fault, ...]:
    try:
        read_numbered_signups(data)
    except InputRefused as refused:
        return refused.faults
    return ()
