"""Confirming sign-ups: whoever has used a link sent to a mailbox has shown that the mailbox is theirs."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.actors import Actor
from mentormatch.domain.signups import SignupState
from mentormatch.persistence.advancing import Cause, advance
from mentormatch.persistence.models import Participant
from mentormatch.persistence.repositories.programmes import inputs_moved


def confirm_signups(session: Session, mailbox: str, account_id: int, now: datetime) -> None:
    """Make every unconfirmed sign-up of this mailbox active."""
    is_waiting = sa.and_(Participant.mailbox == mailbox, Participant.state == SignupState.UNCONFIRMED)
    # The programmes' locks first, and in one order: whoever changes people takes them so.
    programme_ids = sa.select(Participant.programme_id).where(is_waiting).order_by(Participant.programme_id)
    for programme_id in session.scalars(programme_ids).all():
        inputs_moved(session, programme_id)
    for participant in session.scalars(sa.select(Participant).where(is_waiting)).all():
        advance(session, participant, SignupState.ACTIVE, Cause(Actor.account(account_id), now, "mailbox confirmed"))
