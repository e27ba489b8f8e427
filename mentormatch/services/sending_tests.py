"""Sending test mails: a held notice to the coordinator who wants to see it arrive, and to nobody else."""

from datetime import timedelta
from typing import Final
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.actors import Actor
from mentormatch.domain.clocks import Clock
from mentormatch.domain.errors import TooMany
from mentormatch.domain.notices import NoticeKind, NoticeState
from mentormatch.domain.sentences import said
from mentormatch.notices.composing import Composed, Composer, Stamp
from mentormatch.persistence.advancing import Cause, begin
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Account, Notice
from mentormatch.services.rehearsing_rounds import held_message

MARK: Final = "[Test] "
MOST_IN_AN_HOUR: Final = 10


class SendingTests:
    """Puts a copy of a held notice into the outbox; the notice itself stays held as it is."""

    def __init__(self, transactions: Transactions, clock: Clock, composer: Composer) -> None:
        self._transactions = transactions
        self._clock = clock
        self._composer = composer

    def send(self, programme_id: int, number: int, notice_id: int, *, account_id: int) -> str:
        """Send a held notice to the address of this account, marked as a test; return the address.

        Raises NotFound, Conflict for a round without a proposal, and TooMany after ten in an hour.
        """
        with self._transactions.writing() as session:
            # Held to the end, so that pressing many times at once counts as often as it is pressed.
            account = session.get_one(Account, account_id, with_for_update=True)
            notice, _ = held_message(session, programme_id, number, notice_id)
            cause = Cause(Actor.account(account_id), self._clock(), said("a test of notice %(id)s", id=notice_id))
            self._check_rate(session, account, cause)
            stamp = Stamp(uuid4(), 1, cause.at.replace(microsecond=0))
            composed = self._composer.readdress(
                notice.message or b"", kind=NoticeKind.TEST, to=account.email, stamp=stamp, mark=MARK
            )
            begin(session, _test(programme_id, composed, cause), cause)
            return account.email

    def _check_rate(self, session: Session, account: Account, cause: Cause) -> None:
        lately = sa.select(sa.func.count()).where(
            Notice.kind == NoticeKind.TEST,
            Notice.recipient == account.email,
            Notice.created_at > cause.at - timedelta(hours=1),
        )
        if (session.scalar(lately) or 0) >= MOST_IN_AN_HOUR:
            raise TooMany(
                said("You have sent yourself %(num)s test mails within an hour. Wait a while.", num=MOST_IN_AN_HOUR)
            )


def _test(programme_id: int, composed: Composed, cause: Cause) -> Notice:
    return Notice(
        programme_id=programme_id,
        kind=NoticeKind.TEST,
        state=NoticeState.PENDING,
        version=1,
        recipient=composed.recipient,
        subject=composed.subject,
        message_id=composed.message_id,
        message=composed.message,
        created_at=cause.at,
        next_at=cause.at,
    )
