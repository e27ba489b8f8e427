"""The browsers in which somebody is signed in, ending their sessions, and the programmes that one person is in."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.clocks import Clock
from mentormatch.domain.signups import SignupState
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Account, BrowserSession, Participant, Programme
from mentormatch.persistence.repositories.programmes import inputs_moved
from mentormatch.services.knowing_viewers import IDLE, LONGEST
from mentormatch.services.secrets_kept import hash_of


@dataclass(frozen=True, slots=True)
class SignedInBrowser:
    """One browser in which somebody is signed in now."""

    called: str
    since: datetime
    seen_at: datetime
    is_this: bool


@dataclass(frozen=True, slots=True)
class MyProgramme:
    """One programme that a person has signed up to, and the time zone they gave there."""

    slug: str
    name: str
    time_zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPage:
    """What somebody can see and change of how they come in."""

    email: str
    browsers: tuple[SignedInBrowser, ...]
    programmes: tuple[MyProgramme, ...]

    @property
    def time_zone(self) -> str:
        """The time zone given to the newest programme; nothing for whoever has signed up to none."""
        return self.programmes[0].time_zone if self.programmes else ""

    @property
    def shown_in(self) -> str:
        """The time zone in which this page tells times."""
        return self.time_zone or "UTC"


class EndingSessions:
    """Shows people their browsers and signs them out; a session is over with the transaction that ends it."""

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    def page(self, account_id: int, token: str) -> AccountPage:
        """Return how this account comes in; `token` is the secret of the browser that asks."""
        with self._transactions.reading() as session:
            account = session.get_one(Account, account_id)
            return AccountPage(
                email=account.email,
                browsers=tuple(self._browsers(session, account_id, hash_of(token))),
                programmes=_programmes(session, account.mailbox),
            )

    def my_programmes(self, account_id: int) -> tuple[MyProgramme, ...]:
        """Return the programmes this person has signed up to, the newest first."""
        with self._transactions.reading() as session:
            return _programmes(session, session.get_one(Account, account_id).mailbox)

    def end_all(self, account_id: int, *, but: str = "") -> int:
        """Sign this account out of every browser, save the one whose secret is given; return how many there were."""
        ended = sa.delete(BrowserSession).where(BrowserSession.account_id == account_id)
        with self._transactions.writing() as session:
            done = session.execute(ended.where(BrowserSession.token_hash != hash_of(but)))
            return int(done.rowcount)  # type: ignore[attr-defined]  # a DELETE counts its rows

    def move_to(self, account_id: int, time_zone: str) -> None:
        """Put a new time zone into every sign-up of this person: common working hours are counted from it."""
        with self._transactions.writing() as session:
            mailbox = session.get_one(Account, account_id).mailbox
            mine = sa.select(Participant).where(_is_of(mailbox), Participant.time_zone != time_zone)
            for programme_id in sorted({row.programme_id for row in session.scalars(mine)}):
                inputs_moved(session, programme_id)
            for row in session.scalars(mine.with_for_update()):
                row.time_zone, row.version, row.updated_at = time_zone, row.version + 1, self._clock()

    def _browsers(self, session: Session, account_id: int, this: str) -> list[SignedInBrowser]:
        now = self._clock()
        alive = sa.select(BrowserSession).where(
            BrowserSession.account_id == account_id,
            BrowserSession.created_at > now - LONGEST,
            BrowserSession.seen_at > now - IDLE,
        )
        found = session.scalars(alive.order_by(BrowserSession.seen_at.desc(), BrowserSession.token_hash))
        return [SignedInBrowser(row.called, row.created_at, row.seen_at, row.token_hash == this) for row in found]


def _programmes(session: Session, mailbox: str) -> tuple[MyProgramme, ...]:
    signed_up = sa.select(Programme.slug, Programme.name, Participant.time_zone).join(
        Participant, Participant.programme_id == Programme.id
    )
    rows = session.execute(signed_up.where(_is_of(mailbox)).order_by(Programme.opens_at.desc(), Programme.id))
    return tuple(MyProgramme(*row) for row in rows)


def _is_of(mailbox: str) -> sa.ColumnElement[bool]:
    return sa.and_(Participant.mailbox == mailbox, Participant.state != SignupState.ERASED)
