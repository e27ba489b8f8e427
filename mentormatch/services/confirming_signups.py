"""Confirming a sign-up: the owner of the mailbox says that these answers are theirs."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.actors import Actor
from mentormatch.domain.clocks import Clock
from mentormatch.domain.sentences import said
from mentormatch.domain.signups import SignupState
from mentormatch.persistence.advancing import Cause, advance
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Account, Participant
from mentormatch.persistence.repositories.programmes import inputs_moved


class ConfirmingSignups:
    """Confirms by a button what was not confirmed by the link in its own mail."""

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    def confirm(self, programme_id: int, account_id: int) -> None:
        """Make the account owner's sign-up to one programme active; one that is not waiting stays as it is."""
        with self._transactions.writing() as session:
            mailbox = session.get_one(Account, account_id).mailbox
            confirm_signup(session, programme_id, mailbox, account_id, self._clock())


def confirm_signup(session: Session, programme_id: int, mailbox: str, account_id: int, now: datetime) -> None:
    """Make this mailbox's unconfirmed sign-up to one programme active, and no other.

    Anybody can type a mailbox into a form: signing in for one programme says nothing of answers given to another.
    """
    waiting = sa.select(Participant).where(
        Participant.programme_id == programme_id,
        Participant.mailbox == mailbox,
        Participant.state == SignupState.UNCONFIRMED,
    )
    if session.scalar(waiting) is None:
        return
    # The programme's lock first: whoever changes people takes it so.
    inputs_moved(session, programme_id)
    for participant in session.scalars(waiting.with_for_update()).all():
        session.refresh(participant)
        advance(
            session, participant, SignupState.ACTIVE, Cause(Actor.account(account_id), now, said("mailbox confirmed"))
        )
