"""Confirming sign-ups: whoever has used a link sent to a mailbox has shown that the mailbox is theirs."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.actors import Actor
from mentormatch.domain.signups import SignupState
from mentormatch.persistence.advancing import Cause, advance
from mentormatch.persistence.models import Participant, Programme


def confirm_signups(session: Session, mailbox: str, account_id: int, now: datetime) -> None:
    """Make every unconfirmed sign-up of this mailbox active."""
    waiting = sa.select(Participant).where(Participant.mailbox == mailbox, Participant.state == SignupState.UNCONFIRMED)
    for participant in session.scalars(waiting).all():
        advance(session, participant, SignupState.ACTIVE, Cause(Actor.account(account_id), now, "mailbox confirmed"))
        moved = sa.update(Programme).where(Programme.id == participant.programme_id)
        session.execute(moved.values(inputs_version=Programme.inputs_version + 1))
