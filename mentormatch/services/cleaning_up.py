"""Deleting what is kept for a time only: links that were asked for, signed-in browsers, files that nobody imported."""

from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from mentormatch.domain.clocks import Clock
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import BrowserSession, ImportedFile, SignInRequest
from mentormatch.services.erasing_me import ErasingMe
from mentormatch.services.importing_participants import KEPT_FOR
from mentormatch.services.knowing_viewers import IDLE, LONGEST

EVERY: Final = timedelta(minutes=10)
REQUESTS_KEPT: Final = timedelta(days=1)
"""Links live for minutes and are counted for an hour; a day leaves time to look into a complaint."""


class CleaningUp:
    """Deletes in the background what has outlived its time, and replays the ledger of erased people."""

    def __init__(self, transactions: Transactions, clock: Clock, erasing: ErasingMe) -> None:
        self._transactions = transactions
        self._clock = clock
        self._erasing = erasing
        self._next_at: datetime | None = None

    def clean_next(self) -> bool:
        """Clean when it is time again; it is never more than one piece of work, so nothing is left to do at once."""
        now = self._clock()
        if self._next_at is None or now >= self._next_at:
            self._next_at = now + EVERY
            self.clean()
        return False

    def clean(self) -> int:
        """Delete everything that has outlived its time, erase again whom a restored database has back, and count."""
        now = self._clock()
        over = (
            sa.delete(SignInRequest).where(SignInRequest.requested_at < now - REQUESTS_KEPT),
            sa.delete(BrowserSession).where(
                sa.or_(BrowserSession.created_at <= now - LONGEST, BrowserSession.seen_at <= now - IDLE)
            ),
            sa.delete(ImportedFile).where(ImportedFile.applied_at.is_(None), ImportedFile.sent_at < now - KEPT_FOR),
        )
        with self._transactions.writing() as session:
            gone = sum(session.execute(one).rowcount for one in over)  # type: ignore[attr-defined]  # counts its rows
        return gone + self._erasing.replay()
