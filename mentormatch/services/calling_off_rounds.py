"""Calling rounds off: stopping one that is being solved, and discarding a proposal."""

from mentormatch.domain.actors import Actor
from mentormatch.domain.clocks import Clock
from mentormatch.domain.errors import Conflict
from mentormatch.domain.rounds import RoundState
from mentormatch.domain.sentences import said
from mentormatch.persistence.advancing import Cause, advance
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.repositories.rounds import round_of, withdraw_proposals


class CallingOffRounds:
    """Takes a round that is not published back to a draft; doing it twice changes nothing."""

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    def cancel(self, programme_id: int, number: int, actor: Actor) -> None:
        """Stop a round that waits or is being solved; raises Conflict when it has been solved meanwhile."""
        with self._transactions.writing() as session:
            row = round_of(session, programme_id, number, lock=True)
            if row.state == RoundState.DRAFT:
                return
            cause = Cause(actor, self._clock(), "cancelled")
            if row.state == RoundState.SOLVING:
                withdraw_proposals(session, row.id, cause)
                # A new fence: whatever the solver still finds belongs to nobody.
                advance(session, row, RoundState.QUEUED, cause, lease_until=None, fence=row.fence + 1)
            if row.state != RoundState.QUEUED:
                raise Conflict(said("Round %(number)s is not being solved any more.", number=number))
            advance(session, row, RoundState.DRAFT, cause)

    def discard(self, programme_id: int, number: int, version: int, actor: Actor) -> None:
        """Drop the proposal under review with its held notices; raises Conflict when it is not the one seen."""
        with self._transactions.writing() as session:
            row = round_of(session, programme_id, number, lock=True)
            if row.state == RoundState.DRAFT:
                return
            if row.state != RoundState.PROPOSED or row.version != version:
                raise Conflict(said("Round %(number)s has changed since you looked at it.", number=number))
            cause = Cause(actor, self._clock(), said("discarded"))
            withdraw_proposals(session, row.id, cause)
            advance(session, row, RoundState.DRAFT, cause)
