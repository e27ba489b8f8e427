"""Knowing who looks at a page and what they may do; asked afresh at every request."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.clocks import Clock
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Account, BrowserSession, Coordinatorship, Participant, Programme
from mentormatch.services.secrets_kept import hash_of

IDLE: Final = timedelta(hours=12)
LONGEST: Final = timedelta(days=7)
_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Whoever looks at a page; `account_id` is None for a visitor who is not signed in."""

    account_id: int | None = None
    email: str = ""
    may_create_programmes: bool = False
    coordinates: frozenset[int] = frozenset()
    """Ids of the programmes this person coordinates now."""
    language: str | None = None
    """The language they have chosen for pages and mails."""

    @property
    def is_signed_in(self) -> bool:
        """Whether anybody is signed in."""
        return self.account_id is not None

    @property
    def is_coordinator(self) -> bool:
        """Whether this person has the coordinators' pages at all."""
        return self.may_create_programmes or bool(self.coordinates)

    @property
    def name_or_email(self) -> str:
        """What the page calls this person."""
        return self.email


@dataclass(frozen=True, slots=True)
class ProgrammeHead:
    """What every page of a programme needs to know of it."""

    id: int
    slug: str
    name: str
    time_zone: str


class KnowingViewers:
    """Answers who is there, from the secret in the cookie, and which programme an address means."""

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    def viewer(self, token: str | None) -> Viewer:
        """Return who holds this session secret; a visitor when it is unknown, too old or its account disabled."""
        if not token:
            return Viewer()
        with self._transactions.reading() as session:
            viewer, is_stale = self._look_up(session, hash_of(token))
        if viewer is not None and is_stale:
            self._touch(hash_of(token))
        return viewer or Viewer()

    def programme(self, slug: str) -> ProgrammeHead | None:
        """Return the programme with this name in addresses, if there is one."""
        columns = (Programme.id, Programme.slug, Programme.name, Programme.time_zone)
        with self._transactions.reading() as session:
            row = session.execute(sa.select(*columns).where(Programme.slug == slug)).one_or_none()
        return ProgrammeHead(*row) if row else None

    def is_participant(self, viewer: Viewer, programme_id: int) -> bool:
        """Tell whether this person has a sign-up in the programme that is still theirs."""
        if not viewer.is_signed_in:
            return False
        signup = (
            sa.select(Participant.id)
            .join(Account, Account.mailbox == Participant.mailbox)
            .where(Account.id == viewer.account_id, Participant.programme_id == programme_id)
        )
        with self._transactions.reading() as session:
            return session.scalar(signup) is not None

    def _look_up(self, session: Session, token_hash: str) -> tuple[Viewer | None, bool]:
        now = self._clock()
        alive = (
            sa.select(Account, BrowserSession.seen_at)
            .join(BrowserSession)
            .where(
                BrowserSession.token_hash == token_hash,
                BrowserSession.created_at > now - LONGEST,
                BrowserSession.seen_at > now - IDLE,
                Account.disabled_at.is_(None),
            )
        )
        row = session.execute(alive).one_or_none()
        if row is None:
            return None, False
        account, seen_at = row
        ids = sa.select(Coordinatorship.programme_id).where(Coordinatorship.account_id == account.id)
        coordinates = frozenset(session.scalars(ids))
        viewer = Viewer(account.id, account.email, account.may_create_programmes, coordinates, account.language)
        return viewer, seen_at < now - _MINUTE

    def _touch(self, token_hash: str) -> None:
        with self._transactions.writing() as session:
            seen = sa.update(BrowserSession).where(BrowserSession.token_hash == token_hash)
            session.execute(seen.values(seen_at=self._clock()))
