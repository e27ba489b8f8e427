"""Accounts, rights and signed-in browsers; every function adds to the session it is given and flushes."""

from datetime import datetime
from typing import Final

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from mentormatch.domain.mailboxes import mailbox
from mentormatch.persistence.models import Account, BrowserSession, Coordinatorship
from mentormatch.services.secrets_kept import hash_of
from mentormatch.web.access import SESSION_KEY
from tests.builders.programmes import EARLIER
from tests.installations import StandingClock

NOW: Final = StandingClock().now


def add_account(
    session: Session, email: str, *, may_create_programmes: bool = False, disabled_at: datetime | None = None
) -> Account:
    """Add somebody who can sign in."""
    row = Account(
        mailbox=mailbox(email),
        email=email,
        may_create_programmes=may_create_programmes,
        created_at=EARLIER,
        disabled_at=disabled_at,
    )
    session.add(row)
    session.flush()
    return row


def add_coordinator(session: Session, email: str, *programme_ids: int) -> Account:
    """Add somebody who coordinates these programmes."""
    row = add_account(session, email)
    session.add_all(Coordinatorship(account_id=row.id, programme_id=p, granted_at=EARLIER) for p in programme_ids)
    session.flush()
    return row


def add_browser_session(session: Session, account_id: int, since: datetime = NOW, seen_at: datetime = NOW) -> str:
    """Sign a browser in without a mail; return the secret for its cookie."""
    secret = f"secret of account {account_id}"
    row = BrowserSession(token_hash=hash_of(secret), account_id=account_id, created_at=since, seen_at=seen_at)
    session.add(row)
    session.flush()
    return secret


def enter(client: FlaskClient, token: str) -> FlaskClient:
    """Put the secret of a signed-in browser into a test client's cookie; return the client."""
    with client.session_transaction() as cookie:
        cookie[SESSION_KEY] = token
    return client
