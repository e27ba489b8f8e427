"""Asking for a mailed sign-in link: the same work and the same answer for known and unknown mailboxes."""

from datetime import timedelta
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.clocks import Clock
from mentormatch.domain.mailboxes import mailbox
from mentormatch.domain.notices import NoticeKind
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import SignInRequest
from mentormatch.services.secrets_kept import hash_of

PER_MAILBOX: Final = 5
PER_CLIENT: Final = 20
PER_CLIENT_SIGNING_UP: Final = 200
"""Higher, because a workshop signs up from behind one address, and a sign-up without its mail is lost."""
IN_ALL: Final = 2000
WITHIN: Final = timedelta(hours=1)


class AskingLinks:
    """Writes a request for a link; the mail itself is the worker's job, so the answer takes the same time for all."""

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    def ask(self, email: str, *, browser: str, client: str, next_path: str, language: str | None = None) -> None:
        """Ask for a sign-in link to `email`; beyond the hourly limits nothing is sent and nothing is said."""
        with self._transactions.writing() as session:
            self.record(
                session,
                NoticeKind.SIGN_IN,
                email,
                browser=browser,
                client=client,
                next_path=next_path,
                language=language,
            )

    def record(
        self,
        session: Session,
        kind: NoticeKind,
        email: str,
        *,
        browser: str,
        client: str,
        next_path: str,
        programme_id: int | None = None,
        language: str | None = None,
    ) -> None:
        """Write the request inside the caller's transaction; one beyond the limits is marked as dealt with."""
        now = self._clock()
        request = SignInRequest(
            kind=kind,
            mailbox=mailbox(email),
            email=email,
            browser_hash=hash_of(browser),
            client=hash_of(client),
            next_path=next_path,
            programme_id=programme_id,
            language=language,
            requested_at=now,
            mailed_at=now if self._is_beyond_limits(session, kind, mailbox(email), hash_of(client)) else None,
        )
        session.add(request)

    def _is_beyond_limits(self, session: Session, kind: NoticeKind, key: str, client: str) -> bool:
        most_per_client = PER_CLIENT if kind == NoticeKind.SIGN_IN else PER_CLIENT_SIGNING_UP
        recent = SignInRequest.requested_at > self._clock() - WITHIN
        counted = sa.select(
            sa.func.count(),
            sa.func.count().filter(SignInRequest.mailbox == key),
            sa.func.count().filter(SignInRequest.client == client),
        ).where(recent)
        in_all, for_mailbox, for_client = session.execute(counted).one()
        return bool(in_all >= IN_ALL or for_mailbox >= PER_MAILBOX or for_client >= most_per_client)
