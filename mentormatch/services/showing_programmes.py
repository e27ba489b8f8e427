"""Showing programmes to anybody: what they are, how their people are paired, and whether sign-up is open."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.clocks import Clock
from mentormatch.domain.errors import SignupClosed
from mentormatch.domain.programmes import ProgrammeSettings, WindowState
from mentormatch.domain.sentences import said
from mentormatch.domain.signups import SignupState
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Account, Participant, Programme
from mentormatch.persistence.repositories.programmes import programme_of, settings_of


@dataclass(frozen=True, slots=True)
class ProgrammePage:
    """The public face of a programme at one moment."""

    slug: str
    settings: ProgrammeSettings
    window_state: WindowState

    @property
    def is_before(self) -> bool:
        """Whether sign-up has not opened yet."""
        return self.window_state is WindowState.BEFORE

    @property
    def is_open(self) -> bool:
        """Whether people can sign up and change their answers now."""
        return self.window_state is WindowState.OPEN

    @property
    def is_closed(self) -> bool:
        """Whether sign-up is over."""
        return self.window_state is WindowState.CLOSED


class ShowingProgrammes:
    """Answers what a visitor may know of a programme; nobody in it is named."""

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    def page(self, programme_id: int) -> ProgrammePage:
        """Return the public face of a programme; raises NotFound."""
        with self._transactions.reading() as session:
            return page_of(programme_of(session, programme_id), self._clock())

    def taking_signups(self) -> tuple[ProgrammePage, ...]:
        """Return the programmes whose sign-up is open now, the one that closes first in front."""
        now = self._clock()
        is_open = sa.select(Programme).where(Programme.opens_at <= now, Programme.closes_at > now)
        return self._pages(is_open.order_by(Programme.closes_at, Programme.id), now)

    def signed_up_to(self, account_id: int | None) -> tuple[ProgrammePage, ...]:
        """Return the programmes in which the owner of this account has a sign-up, the newest first."""
        if account_id is None:
            return ()
        signed_up = (
            sa.select(Programme)
            .join(Participant, Participant.programme_id == Programme.id)
            .join(Account, Account.mailbox == Participant.mailbox)
            .where(Account.id == account_id, Participant.state != SignupState.ERASED)
        )
        return self._pages(signed_up.order_by(Programme.opens_at.desc(), Programme.id), self._clock())

    def _pages(self, programmes: sa.Select[Any], now: datetime) -> tuple[ProgrammePage, ...]:
        with self._transactions.reading() as session:
            return tuple(page_of(row, now) for row in session.scalars(programmes))


def page_of(row: Programme, now: datetime) -> ProgrammePage:
    """Read the public face of a programme off its row."""
    settings = settings_of(row)
    return ProgrammePage(row.slug, settings, settings.window.state_at(now))


def open_page(session: Session, programme_id: int, now: datetime) -> ProgrammePage:
    """Return the public face of a programme whose sign-up is open; raises NotFound and SignupClosed."""
    page = page_of(programme_of(session, programme_id), now)
    if not page.is_open:
        raise SignupClosed(said("Sign-up for %(name)s is not open now. Nothing was changed.", name=page.settings.name))
    return page
