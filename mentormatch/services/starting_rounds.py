"""Starting a matching round: a programme has one unfinished round at a time, however often the button is pressed."""

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from mentormatch.domain.actors import Actor
from mentormatch.domain.clocks import Clock
from mentormatch.domain.errors import Conflict, Fault, InputRefused, RoundAlreadyOpen
from mentormatch.domain.rounds import RoundState
from mentormatch.domain.sentences import said
from mentormatch.persistence.advancing import Cause, advance, begin
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import MatchingRound
from mentormatch.persistence.repositories.rounds import open_round, readiness_of, round_of, withdraw_proposals

_NOBODY = said("A round needs at least one place with a mentor and one person who wants a mentor.")


class StartingRounds:
    """Puts a round in the queue of those to be solved; the solving itself happens in the background."""

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    def start(self, programme_id: int, actor: Actor) -> int:
        """Queue a round and return its number: a new one, or the unfinished one that lies idle.

        Raises RoundAlreadyOpen when the unfinished round is being solved or under review, and InputRefused when
        there is nobody to pair.
        """
        try:
            with self._transactions.writing() as session:
                return self._start(session, programme_id, Cause(actor, self._clock(), said("started")))
        except (IntegrityError, Conflict) as beaten:
            # Somebody else pressed the button in the same instant: the database lets one open round through.
            raise RoundAlreadyOpen(self._open_number(programme_id)) from beaten

    def solve_again(self, programme_id: int, number: int, version: int, actor: Actor) -> None:
        """Queue a round once more, dropping its proposal if it has one; already queued, nothing changes.

        Raises Conflict when the round is no longer as it was seen, and IllegalStep for a published one.
        """
        with self._transactions.writing() as session:
            row = round_of(session, programme_id, number, lock=True)
            if row.state in {RoundState.QUEUED, RoundState.SOLVING}:
                return
            if row.version != version:
                raise Conflict(said("Round %(number)s has changed since you looked at it.", number=number))
            cause = Cause(actor, self._clock(), said("to be solved again"))
            if row.state in {RoundState.PROPOSED, RoundState.RECALLED}:
                withdraw_proposals(session, row.id, cause)
                advance(session, row, RoundState.DRAFT, cause)
            _queue(session, row, cause)

    def _start(self, session: Session, programme_id: int, cause: Cause) -> int:
        if not readiness_of(session, programme_id).is_enough:
            raise InputRefused([Fault(None, None, _NOBODY)])
        row = open_round(session, programme_id)
        if row is None:
            row = self._new(session, programme_id, cause)
        elif row.state not in {RoundState.DRAFT, RoundState.FAILED}:
            raise RoundAlreadyOpen(row.number)
        _queue(session, row, cause)
        return row.number

    def _new(self, session: Session, programme_id: int, cause: Cause) -> MatchingRound:
        numbers = sa.select(sa.func.max(MatchingRound.number)).where(MatchingRound.programme_id == programme_id)
        row = MatchingRound(
            programme_id=programme_id,
            number=(session.scalar(numbers) or 0) + 1,
            state=RoundState.DRAFT,
            started_by=cause.actor.account_id,
            created_at=cause.at,
        )
        begin(session, row, cause)
        return row

    def _open_number(self, programme_id: int) -> int:
        with self._transactions.reading() as session:
            row = open_round(session, programme_id)
            if row is None:
                raise Conflict(said("The round has changed in the meantime. Look at it as it is now and decide again."))
            return row.number


def _queue(session: Session, row: MatchingRound, cause: Cause) -> None:
    advance(session, row, RoundState.QUEUED, cause, queued_at=cause.at, attempts=0, stage=None, failure="")
