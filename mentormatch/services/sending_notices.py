"""Sending what is due, one notice after the other: claimed, offered, marked, handed over, noted as sent.

Before the mark nothing can have been delivered, so trying again is free of doubt. After it a crash leaves
the notice in doubt: it is sent again, byte for byte and under the same Message-ID, and counted as a doubt.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.actors import SYSTEM
from mentormatch.domain.clocks import Clock
from mentormatch.domain.notices import LINK_KINDS, ROUND_KINDS, WORDED_KINDS, NoticeKind, NoticeState
from mentormatch.domain.rounds import RoundState
from mentormatch.domain.sentences import said
from mentormatch.notices.mailing import Envelope, Refused, Transport, Unanswered
from mentormatch.persistence.advancing import Cause, advance
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import MatchingRound, Notice
from mentormatch.persistence.repositories.reminders import still_wanted
from mentormatch.services.mail_gates import Gate, OpenGate
from mentormatch.services.mailing_links import LINK_LIFETIME

_IN_HAND: Final = (NoticeState.SENDING, NoticeState.IN_DOUBT)
_STANDS: Final = (RoundState.PUBLISHED, RoundState.CLOSED)
"""A round that was closed after publication still owes its notices; a recalled one does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a claim lasts, and how long a refused notice is tried again."""

    until_mark: timedelta = timedelta(minutes=2)
    until_answer: timedelta = timedelta(minutes=15)
    """More than the connection waits, in all, after the mark: the text's three minutes and the answer's ten."""
    first_pause: timedelta = timedelta(minutes=1)
    longest_pause: timedelta = timedelta(hours=4)
    gives_up_after: timedelta = timedelta(hours=72)

    def pause(self, attempts: int) -> timedelta:
        """Return how long to wait after this many attempts: twice as long each time."""
        doubled: int = 2 ** min(max(attempts - 1, 0), 20)
        return min(self.first_pause * doubled, self.longest_pause)


@dataclass(frozen=True, slots=True)
class _Claim:
    id: int
    fence: int
    round_id: int | None
    publication: int | None
    envelope: Envelope
    message: bytes


class SendingNotices:
    """The outbox.

    Leases are told by the injected clock, not by the database's: correctness hangs on the fence, which moves with
    every claim and guards every later step, so a clock that is wrong costs at most a copy that is named.
    """

    def __init__(
        self,
        transactions: Transactions,
        clock: Clock,
        transport: Transport,
        sender: str,
        patience: Patience | None = None,
        gate: Gate | None = None,
    ) -> None:
        self._transactions = transactions
        self._clock = clock
        self._transport = transport
        self._sender = sender
        self._patience = patience or Patience()
        self._gate = gate or OpenGate()
        self._owner = uuid4().hex

    def send_next(self) -> bool:
        """Send the notice that has been due longest; return whether there was one."""
        claim = self._claim()
        if claim is None:
            self._transport.rest()
            return False
        self._send(claim)
        return True

    def _send(self, claim: _Claim) -> None:
        try:
            self._transport.offer(claim.envelope)
        except Refused as refused:
            return self._note_refusal(claim, refused)
        version = self._mark(claim)
        if version is None:
            return self._transport.withdraw()
        self._gate.note_handed_over(claim.envelope.message_id, version)
        try:
            words = self._transport.deliver(claim.message)
        except Refused as refused:
            self._note_refusal(claim, refused)
        except Unanswered as lost:
            self._note_words(claim, str(lost))
        else:
            self._note_sent(claim, words)

    def _claim(self) -> _Claim | None:
        with self._transactions.writing() as session:
            now, links_only = self._clock(), self._gate.is_held(session)
            while row := _longest_due(session, now, links_only=links_only):
                moot = _moot(session, row, now)
                if not moot:
                    break
                _drop(session, row, Cause(SYSTEM, now, moot))
            else:
                return None
            advance(
                session,
                row,
                NoticeState.SENDING,
                Cause(SYSTEM, now, said("attempt %(number)s", number=row.attempts + 1)),
                fence=row.fence + 1,
                lease_owner=self._owner,
                lease_until=now + self._patience.until_mark,
                first_tried_at=row.first_tried_at or now,
                attempts=row.attempts + 1,
                doubts=row.doubts + (row.state == NoticeState.IN_DOUBT),
            )
            envelope = Envelope(self._sender, row.recipient, row.message_id)
            # A recall is told whatever becomes of its round.
            round_id = None if row.kind == NoticeKind.RECALL else row.round_id
            return _Claim(row.id, row.fence, round_id, row.publication, envelope, row.message or b"")

    def _mark(self, claim: _Claim) -> int | None:
        with self._transactions.writing() as session:
            now = self._clock()
            if not _still_stands(session, claim.round_id, claim.publication):
                return None
            row = _mine(session, claim, Notice.state == NoticeState.SENDING, Notice.lease_until > now)
            if row is None:
                return None
            cause = Cause(SYSTEM, now, said("about to hand over"))
            advance(session, row, NoticeState.IN_DOUBT, cause, lease_until=now + self._patience.until_answer)
            return row.version

    def _note_refusal(self, claim: _Claim, refused: Refused) -> None:
        with self._transactions.writing() as session:
            row, now = _mine(session, claim), self._clock()
            if row is None:
                return
            if refused.is_lasting or now - (row.first_tried_at or now) >= self._patience.gives_up_after:
                cause = Cause(
                    SYSTEM, now, said("refused for good") if refused.is_lasting else said("refused for too long")
                )
                _let_go(session, row, NoticeState.FAILED, cause, reply=refused.words, message=_kept(row))
            else:
                next_at = now + self._patience.pause(row.attempts)
                cause = Cause(SYSTEM, now, said("refused for now"))
                _let_go(session, row, NoticeState.PENDING, cause, reply=refused.words, next_at=next_at)

    def _note_words(self, claim: _Claim, words: str) -> None:
        with self._transactions.writing() as session:
            row = _mine(session, claim)
            if row is not None:
                row.reply = words

    def _note_sent(self, claim: _Claim, words: str) -> None:
        with self._transactions.writing() as session:
            row, now = _mine(session, claim), self._clock()
            if row is not None:
                cause = Cause(SYSTEM, now, "accepted")
                _let_go(session, row, NoticeState.SENT, cause, reply=words, sent_at=now, message=_kept(row))


def _longest_due(session: Session, now: datetime, *, links_only: bool) -> Notice | None:
    stands = sa.exists().where(
        MatchingRound.id == Notice.round_id,
        MatchingRound.state.in_(_STANDS),
        MatchingRound.publication == Notice.publication,
    )
    is_due = sa.or_(
        sa.and_(Notice.state == NoticeState.PENDING, Notice.next_at <= now),
        sa.and_(Notice.state.in_(_IN_HAND), Notice.lease_until <= now),
    )
    # Somebody waits in front of the screen for a link; a round's notices can let it pass.
    order = (Notice.round_id.is_not(None), Notice.next_at, Notice.id)
    is_told_anyway = sa.or_(Notice.round_id.is_(None), Notice.kind == NoticeKind.RECALL)
    # A mail in doubt of a round that was taken back is not sent again, but somebody has to say so.
    due = sa.select(Notice).where(is_due, sa.or_(is_told_anyway, stands, Notice.state == NoticeState.IN_DOUBT))
    if links_only:
        due = due.where(Notice.kind.in_(LINK_KINDS))
    return session.scalar(due.order_by(*order).limit(1).with_for_update(skip_locked=True, of=Notice))


def _moot(session: Session, row: Notice, now: datetime) -> str:
    """Say why a due notice is not to be sent after all; nothing when it is."""
    if row.kind in LINK_KINDS and row.created_at + LINK_LIFETIME <= now:
        return said("its link is no longer valid")
    if row.kind in ROUND_KINDS and not _still_stands(session, row.round_id, row.publication):
        return said("its round was taken back")
    if row.kind == NoticeKind.REMINDER and not still_wanted(session, row.message_id):
        return said("nobody is to be reminded any more")
    return ""


def _drop(session: Session, row: Notice, cause: Cause) -> None:
    state = NoticeState.FAILED if row.state == NoticeState.IN_DOUBT else NoticeState.CANCELLED
    _let_go(session, row, state, cause, message=_kept(row))


def _still_stands(session: Session, round_id: int | None, publication: int | None) -> bool:
    if round_id is None:
        return True
    # Holding the round until the mark is kept: a recall comes before it or after it, never in between.
    held = sa.select(MatchingRound.id).where(
        MatchingRound.id == round_id,
        MatchingRound.state.in_(_STANDS),
        MatchingRound.publication == publication,
    )
    return session.scalar(held.with_for_update(read=True)) is not None


def _mine(session: Session, claim: _Claim, *conditions: sa.ColumnElement[bool]) -> Notice | None:
    held = sa.select(Notice).where(
        Notice.id == claim.id, Notice.fence == claim.fence, Notice.state.in_(_IN_HAND), *conditions
    )
    return session.scalar(held.with_for_update())


def _let_go(session: Session, row: Notice, to: NoticeState, cause: Cause, **values: object) -> None:
    advance(session, row, to, cause, lease_owner=None, lease_until=None, version=None, **values)


def _kept(row: Notice) -> bytes | None:
    # A mail with a secret link is of no use to anybody once it is out, and a danger in a copy of the database; a test
    # mail lies in the mailbox of whoever asked for it.
    return row.message if row.kind in WORDED_KINDS else None
