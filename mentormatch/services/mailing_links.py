"""Mailing the links that were asked for: away from the request, so that its answer tells nothing by its time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

import sqlalchemy as sa
import structlog
from sqlalchemy.orm import Session

from mentormatch.domain.actors import SYSTEM
from mentormatch.domain.clocks import Clock
from mentormatch.domain.errors import InputRefused
from mentormatch.domain.notices import NoticeKind, NoticeState
from mentormatch.domain.sentences import said
from mentormatch.domain.signups import SignupState
from mentormatch.notices.composing import Composed, Composer, Stamp
from mentormatch.notices.facts import LinkFacts
from mentormatch.persistence.advancing import Cause, begin
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import Account, Notice, Participant, Programme, SignInRequest
from mentormatch.services.secrets_kept import hash_of, new_code, new_token

LINK_LIFETIME: Final = timedelta(minutes=10)

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Reader:
    """Who will read the mail: the address as it is kept, not as it was typed this time."""

    email: str
    participant_id: int | None = None


class MailingLinks:
    """Turns each request for a link into a mail, if its mailbox is one to write to."""

    def __init__(self, transactions: Transactions, clock: Clock, composer: Composer) -> None:
        self._transactions = transactions
        self._clock = clock
        self._composer = composer

    def mail_next(self) -> bool:
        """Deal with the oldest open request; return whether there was one."""
        with self._transactions.writing() as session:
            open_ones = sa.select(SignInRequest).where(SignInRequest.mailed_at.is_(None)).order_by(SignInRequest.id)
            request = session.scalar(open_ones.limit(1).with_for_update(skip_locked=True))
            if request is None:
                return False
            now = self._clock()
            request.mailed_at = now
            reader = _reader(session, request)
            if reader is not None and request.used_at is None:
                self._write(session, request, reader, now)
            return True

    def _write(self, session: Session, request: SignInRequest, reader: _Reader, now: datetime) -> None:
        token, code = new_token(), new_code()
        programme = session.get(Programme, request.programme_id) if request.programme_id else None
        facts = LinkFacts(
            kind=request.kind,
            link=f"{self._composer.public_url}/sign-in/{token}",
            code=code,
            minutes=LINK_LIFETIME // timedelta(minutes=1),
            programme=programme.name if programme else None,
        )
        try:
            stamp = Stamp(uuid4(), 1, now.replace(microsecond=0))
            composed = self._composer.compose(facts, to=reader.email, stamp=stamp, language=request.language)
        except InputRefused as refused:
            # One mailbox that no mail can be written to must not hold up everybody behind it.
            _log.warning("no link can be mailed", request=request.id, reason=str(refused))
            return
        request.token_hash, request.code_hash = hash_of(token), hash_of(code)
        request.expires_at = now + LINK_LIFETIME
        notice = _notice(request, reader, composed, now)
        begin(session, notice, Cause(SYSTEM, now, said("a link was asked for")))


def _reader(session: Session, request: SignInRequest) -> _Reader | None:
    kept = sa.select(Participant.email, Participant.id).where(
        Participant.mailbox == request.mailbox, Participant.state != SignupState.ERASED
    )
    if request.programme_id is not None:
        kept = kept.where(Participant.programme_id == request.programme_id)
    if (found := session.execute(kept.order_by(Participant.id).limit(1)).one_or_none()) is not None:
        return _Reader(found.email, found.id if request.programme_id is not None else None)
    account = sa.select(Account.email).where(Account.mailbox == request.mailbox, Account.disabled_at.is_(None))
    if (email := session.scalar(account)) is not None:
        return _Reader(email)
    return None if request.kind == NoticeKind.SIGN_IN else _Reader(request.email)


def _notice(request: SignInRequest, reader: _Reader, composed: Composed, now: datetime) -> Notice:
    return Notice(
        programme_id=request.programme_id,
        participant_id=reader.participant_id,
        kind=composed.kind,
        state=NoticeState.PENDING,
        version=1,
        recipient=composed.recipient,
        subject=composed.subject,
        message_id=composed.message_id,
        message=composed.message,
        created_at=now,
        next_at=now,
    )
