"""Appointing coordinators from the console, and letting them in without a mail."""

from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.clocks import Clock
from mentormatch.domain.errors import Fault, InputRefused, NotFound
from mentormatch.domain.mailboxes import mailbox
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Account, Coordinatorship, Programme
from mentormatch.schemas.signing_in import AskLinkSchema
from mentormatch.services.signing_in import console_link

CONSOLE_LINK_LIFETIME: Final = timedelta(hours=12)


class AppointingCoordinators:
    """Gives rights that nobody in a browser can give: whoever sits at the console vouches for them."""

    def __init__(self, transactions: Transactions, clock: Clock, public_url: str) -> None:
        self._transactions = transactions
        self._clock = clock
        self._public_url = public_url

    def appoint(self, email: str, *, slug: str | None = None) -> None:
        """Make `email` a coordinator of a programme, or without one somebody who may create programmes.

        Raises InputRefused for an address that is none, NotFound for an unknown programme.
        """
        if AskLinkSchema().validate({"email": email}):
            raise InputRefused([Fault(None, "EMAIL", f"{email!r} is not an email address")])
        with self._transactions.writing() as session:
            account = self._account(session, email)
            if slug is None:
                account.may_create_programmes = True
            else:
                grant(session, account.id, self._programme_id(session, slug), self._clock())

    def console_link(self, email: str) -> str:
        """Return the address of a sign-in link for a coordinator; raises NotFound for an unknown one."""
        with self._transactions.writing() as session:
            account = session.scalar(sa.select(Account).where(Account.mailbox == mailbox(email)))
            if account is None:
                raise NotFound(
                    f"Nobody signs in with {email}. Name a coordinator first: mentormatch coordinators add {email}"
                )
            token = console_link(session, account, self._clock(), CONSOLE_LINK_LIFETIME)
        return f"{self._public_url}/sign-in/{token}"

    def _account(self, session: Session, email: str) -> Account:
        account = session.scalar(sa.select(Account).where(Account.mailbox == mailbox(email)))
        if account is None:
            account = Account(
                mailbox=mailbox(email), email=email.strip(), may_create_programmes=False, created_at=self._clock()
            )
            session.add(account)
            session.flush()
        return account

    def _programme_id(self, session: Session, slug: str) -> int:
        found = session.scalar(sa.select(Programme.id).where(Programme.slug == slug))
        if found is None:
            raise NotFound(f"There is no programme {slug!r}.")
        return found


def grant(session: Session, account_id: int, programme_id: int, now: datetime) -> None:
    """Give the right to coordinate a programme; giving it twice changes nothing."""
    if session.get(Coordinatorship, (account_id, programme_id)) is None:
        session.add(Coordinatorship(account_id=account_id, programme_id=programme_id, granted_at=now))
