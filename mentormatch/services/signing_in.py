"""Signing in by a mailed single-use link, and knowing who is signed in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.clocks import Clock
from mentormatch.domain.errors import LinkRefused
from mentormatch.domain.notices import NoticeKind
from mentormatch.domain.sentences import said
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Account, BrowserSession, SignInRequest
from mentormatch.services.confirming_signups import confirm_signup
from mentormatch.services.secrets_kept import hash_of, is_same, new_token

CODE_TRIES: Final = 5

_REFUSED: Final = said("This link or code is not valid any more. Links work once, for ten minutes. Ask for a new one.")
_OTHER_BROWSER: Final = said(
    "This link was asked for in another browser. Open it there, or type the eight-digit code from the mail there."
)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A fresh browser session: the secret for the cookie, and where the person was going."""

    token: str
    next_path: str


class SigningIn:
    """Turns a mailed link, or the code beside it, into a signed-in browser."""

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    def by_link(self, token: str, *, browser: str) -> SignedIn:
        """Use up a link; raises LinkRefused when it is unknown, used, expired or was asked for elsewhere."""
        with self._transactions.writing() as session:
            request = session.scalar(sa.select(SignInRequest).where(SignInRequest.token_hash == hash_of(token)))
            if request is None:
                raise LinkRefused(_REFUSED)
            if request.browser_hash is not None and not is_same(browser, request.browser_hash):
                raise LinkRefused(_OTHER_BROWSER)
            return self._use(session, request)

    def by_code(self, code: str, *, browser: str) -> SignedIn:
        """Use up the link this browser asked for last, by its code; five wrong codes make it worthless."""
        with self._transactions.writing() as session:
            request = self._last_asked(session, browser)
            if request is not None and request.code_tries < CODE_TRIES:
                if is_same(code, request.code_hash):
                    return self._use(session, request)
                request.code_tries += 1
        raise LinkRefused(_REFUSED)

    def sign_out(self, token: str) -> None:
        """End one browser session; an unknown one is no error."""
        with self._transactions.writing() as session:
            session.execute(sa.delete(BrowserSession).where(BrowserSession.token_hash == hash_of(token)))

    def _last_asked(self, session: Session, browser: str) -> SignInRequest | None:
        asked = sa.select(SignInRequest).where(
            SignInRequest.browser_hash == hash_of(browser), SignInRequest.token_hash.is_not(None)
        )
        # Locked, or tries made at the same instant would all find the same number of them left.
        return session.scalar(asked.order_by(SignInRequest.id.desc()).limit(1).with_for_update())

    def _use(self, session: Session, request: SignInRequest) -> SignedIn:
        now = self._clock()
        used = sa.update(SignInRequest).where(
            SignInRequest.id == request.id, SignInRequest.used_at.is_(None), SignInRequest.expires_at > now
        )
        if session.execute(used.values(used_at=now)).rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE counts
            raise LinkRefused(_REFUSED)
        self._retire_older(session, request, now)
        account = self._account(session, request, now)
        if request.programme_id is not None:
            confirm_signup(session, request.programme_id, request.mailbox, account.id, now)
        token = new_token()
        session.add(BrowserSession(token_hash=hash_of(token), account_id=account.id, created_at=now, seen_at=now))
        return SignedIn(token, request.next_path)

    def _retire_older(self, session: Session, request: SignInRequest, now: datetime) -> None:
        older = sa.update(SignInRequest).where(
            SignInRequest.mailbox == request.mailbox, SignInRequest.used_at.is_(None)
        )
        session.execute(older.values(used_at=now))

    def _account(self, session: Session, request: SignInRequest, now: datetime) -> Account:
        account = session.scalar(sa.select(Account).where(Account.mailbox == request.mailbox))
        if account is None:
            account = Account(mailbox=request.mailbox, email=request.email, may_create_programmes=False, created_at=now)
            session.add(account)
            session.flush()
        if account.disabled_at is not None:
            raise LinkRefused(_REFUSED)
        account.language = account.language or request.language
        return account


def console_link(session: Session, account: Account, now: datetime, lifetime: timedelta) -> str:
    """Write a link that any browser may use, for whoever sits at the console; return its token."""
    token = new_token()
    request = SignInRequest(
        kind=NoticeKind.SIGN_IN,
        mailbox=account.mailbox,
        email=account.email,
        client="console",
        next_path="/programmes",
        requested_at=now,
        mailed_at=now,
        token_hash=hash_of(token),
        expires_at=now + lifetime,
    )
    session.add(request)
    return token
