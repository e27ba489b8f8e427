"""Sending again at once what failed: the same texts to the same addresses, as new mails."""

from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import defer

from mentormatch.domain.actors import Actor
from mentormatch.domain.clocks import Clock
from mentormatch.domain.errors import Conflict
from mentormatch.domain.notices import NoticeKind, NoticeState
from mentormatch.domain.rounds import RoundState
from mentormatch.domain.sentences import said
from mentormatch.persistence.advancing import Cause, begin_all
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import MatchingRound, Notice, Participant
from mentormatch.persistence.repositories.notices import IS_CURRENT
from mentormatch.services.resending_notices import Anew, new_revision

MOST_AT_ONCE: Final = 10_000
FEW: Final = 20
_FAILED: Final = (NoticeState.FAILED, NoticeState.BOUNCED)


@dataclass(frozen=True, slots=True)
class FailedMail:
    """One mail that came to nothing."""

    id: int
    name: str
    recipient: str
    reply: str


@dataclass(frozen=True, slots=True)
class Failures:
    """What would be sent again: how many mails, the first few of them, and the newest, which the form carries back."""

    count: int
    few: tuple[FailedMail, ...]
    newest_id: int


class ResendingFailures:
    """Gives every failed notice of a programme another chance, once it was confirmed."""

    def __init__(self, transactions: Transactions, clock: Clock, anew: Anew) -> None:
        self._transactions = transactions
        self._clock = clock
        self._anew = anew

    def look(self, programme_id: int) -> Failures:
        """Return what failed and has not been sent again."""
        with self._transactions.reading() as session:
            wanted = _failed(programme_id)
            count = sa.select(sa.func.count(), sa.func.max(Notice.id)).select_from(Notice).where(wanted)
            columns = sa.select(Notice.id, Participant.name, Notice.recipient, Notice.reply).where(wanted)
            few = columns.outerjoin(Participant, Participant.id == Notice.participant_id).order_by(Notice.id).limit(FEW)
            found, newest = session.execute(count).one()
            rows = session.execute(few)
            return Failures(found, tuple(FailedMail(r[0], r[1] or "", r[2], r[3]) for r in rows), newest or 0)

    def resend(self, programme_id: int, *, up_to: int, actor: Actor) -> int:
        """Send again what had failed up to the notice `up_to`; return how many mails that are.

        A second press finds nothing left. What failed after the page was shown waits for the next one.
        """
        with self._transactions.reading() as session:
            seen = _failed(programme_id, up_to)
            rows = session.scalars(sa.select(Notice).where(seen).order_by(Notice.id).limit(MOST_AT_ONCE)).all()
        cause = Cause(actor, self._clock(), said("sent again with all that failed"))
        # Written before anything is held: a thousand of them take a second.
        news = {row.id: new_revision(row, self._anew(row, row.recipient, cause), cause) for row in rows}
        try:
            with self._transactions.writing() as session:
                still = sa.select(Notice).options(defer(Notice.message)).where(_failed(programme_id, up_to))
                due = [news[row.id] for row in session.scalars(still) if row.id in news]
                begin_all(session, due, cause)
                return len(due)
        except IntegrityError as taken:
            raise Conflict(said("Somebody else sent these mails again just now.")) from taken


def _failed(programme_id: int, up_to: int | None = None) -> sa.ColumnElement[bool]:
    stands = sa.exists().where(
        MatchingRound.id == Notice.round_id,
        MatchingRound.state.in_((RoundState.PUBLISHED, RoundState.CLOSED)),
        MatchingRound.publication == Notice.publication,
    )
    conditions = [
        Notice.programme_id == programme_id,
        Notice.state.in_(_FAILED),
        Notice.message.is_not(None),
        Notice.round_id.is_not(None),
        IS_CURRENT,
        sa.or_(stands, Notice.kind == NoticeKind.RECALL),
    ]
    if up_to is not None:
        conditions.append(Notice.id <= up_to)
    return sa.and_(*conditions)
