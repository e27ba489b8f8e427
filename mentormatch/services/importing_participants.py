"""Importing participants from a spreadsheet: looked through first, then taken in whole or not at all."""

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.actors import Actor
from mentormatch.domain.clocks import Clock
from mentormatch.domain.errors import Conflict, Fault, InputRefused, NotFound
from mentormatch.domain.sentences import said
from mentormatch.domain.signups import Signup
from mentormatch.persistence.advancing import Cause
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import ImportedFile
from mentormatch.persistence.repositories.participants import kept_signups, lock_people
from mentormatch.persistence.repositories.programmes import programme_of, settings_of
from mentormatch.services.comparing_signups import ChangedPerson, compare
from mentormatch.services.doubting_imports import doubts_about
from mentormatch.services.taking_signups_in import Imported, PreparedImport, prepared
from mentormatch.spreadsheets.signups import look_through, read_numbered_signups, write_faults
from mentormatch.spreadsheets.tables import LARGEST_FILE

ATTEMPTS: Final = 3
KEPT_FOR: Final = timedelta(days=1)
VOUCHED: Final = said("imported from a spreadsheet; the coordinator vouches for the address")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPreview:
    """What importing a file would do; with `faults` it cannot be imported, with `warnings` one should look twice."""

    sha256: str
    new: int = 0
    unchanged: int = 0
    changed: tuple[ChangedPerson, ...] = ()
    warnings: tuple[Fault, ...] = ()
    faults: tuple[Fault, ...] = ()
    is_kept: bool = True
    """Whether the file can be asked for again; one that is too large is not kept."""

    @property
    def ready(self) -> int:
        """How many rows are good."""
        return self.new + self.unchanged + len(self.changed)

    @property
    def does_nothing(self) -> bool:
        """Whether everybody in the file is in the programme already, with the same answers."""
        return not self.new and not self.changed


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
        file = ImportedFile(
            programme_id=programme_id,
            sha256=sha256,
            content=zlib.compress(data),
            sent_at=self._clock(),
            sent_by=account_id,
            applied_at=None,
            added=None,
            changed=None,
        )
        with self._transactions.writing() as session:
            lock_people(session, programme_id)
            _forget_old(session, file.sent_at - KEPT_FOR)
            session.merge(file)
        return self.preview(programme_id, sha256)

    def preview(self, programme_id: int, sha256: str) -> ImportPreview:
        """Say what importing a file that was sent in would do; raises NotFound once it is imported or forgotten."""
        with self._transactions.reading() as session:
            data = _content(_file(session, programme_id, sha256))
            kept = kept_signups(session, programme_id)
            settings = settings_of(programme_of(session, programme_id))
        try:
            reading = look_through(data)
        except InputRefused as refused:
            return ImportPreview(sha256=sha256, faults=refused.faults)
        found = compare(reading.numbered, kept)
        return ImportPreview(
            sha256=sha256,
            new=len(found.new),
            unchanged=found.unchanged,
            changed=tuple(change.person for change in found.changed),
            warnings=doubts_about(reading.numbered, kept, settings),
            faults=tuple(sorted([*reading.faults, *found.gone], key=lambda fault: fault.row or 0)),
        )

    def faults(self, programme_id: int, sha256: str) -> bytes:
        """Return what is wrong with a file as a spreadsheet; raises NotFound as `preview` does."""
        seen = self.preview(programme_id, sha256)
        return write_faults(seen.faults, seen.warnings)

    def confirm(self, programme_id: int, sha256: str, *, actor: Actor) -> Imported:
        """Import a file that was sent in; a second confirmation does nothing and returns the first one's result.

        Raises NotFound for an unknown or forgotten file, InputRefused when it cannot be imported any more, and
        Conflict when people of the programme change faster than it can be imported.
        """
        numbered = self._numbered(programme_id, sha256)
        cause = Cause(actor, self._clock(), VOUCHED)
        for _ in range(ATTEMPTS):
            # Reading and comparing thousands of people takes seconds: nobody waits for that with them locked.
            made_ready = self._made_ready(programme_id, numbered, cause)
            with self._transactions.writing() as session:
                lock_people(session, programme_id)
                file = _file(session, programme_id, sha256)
                if file.applied_at is None and made_ready.fits(session, programme_id):
                    done = made_ready.take_in(session, programme_id, cause)
                    file.content, file.applied_at, file.added, file.changed = None, cause.at, done.added, done.changed
                if file.applied_at is not None:
                    return Imported(file.added or 0, file.changed or 0)
        raise Conflict(
            said("Too many people are changing their answers at this moment. Nothing was imported; try again.")
        )

    def _numbered(self, programme_id: int, sha256: str) -> tuple[tuple[int, Signup], ...]:
        with self._transactions.reading() as session:
            file = _file(session, programme_id, sha256)
            data = None if file.applied_at else _content(file)
        return read_numbered_signups(data) if data is not None else ()

    def _made_ready(self, programme_id: int, numbered: Sequence[tuple[int, Signup]], cause: Cause) -> PreparedImport:
        with self._transactions.reading() as session:
            kept = kept_signups(session, programme_id)
        return prepared(programme_id, numbered, kept, cause)


def _file(session: Session, programme_id: int, sha256: str) -> ImportedFile:
    file = session.get(ImportedFile, (programme_id, sha256))
    if file is None:
        raise NotFound(said("There is no such file; it may have been forgotten after a day."))
    return file


def _content(file: ImportedFile) -> bytes:
    if file.content is None:
        raise NotFound(said("This file has been imported already."))
    return zlib.decompress(file.content)


def _forget_old(session: Session, before: datetime) -> None:
    session.execute(sa.delete(ImportedFile).where(ImportedFile.sent_at < before))


def _refusal(data: bytes) -> tuple[Fault, ...]:
    try:
        read_numbered_signups(data)
    except InputRefused as refused:
        return refused.faults
    return ()
