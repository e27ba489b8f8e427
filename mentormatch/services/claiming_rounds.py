"""Claiming rounds for solving: one owner at a time, by a lease to be renewed and a fence that outdates the late."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.actors import SYSTEM
from mentormatch.domain.clocks import Clock
from mentormatch.domain.errors import Conflict, SolvingCancelled
from mentormatch.domain.rounds import RoundState, Stage
from mentormatch.domain.sentences import said
from mentormatch.persistence.advancing import Cause, advance
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.heartbeats import beating
from mentormatch.persistence.models import MatchingRound
from mentormatch.persistence.repositories.rounds import withdraw_proposals

LEASE: Final = timedelta(seconds=60)
HEARTBEAT: Final = 10.0
MOST_ATTEMPTS: Final = 3
LONGEST_FAILURE: Final = 500
LOOK_EVERY: Final = 0.3
"""Seconds between two looks at the row while one stage lasts: a page that asks each second sees every change."""

_GIVEN_UP: Final = said(
    "The solving was started three times and stopped each time before it was finished. "
    "Try again; if it stops once more, tell the person who runs this server."
)

Tell = Callable[[Stage, int, int], None]
"""Called with the stage, the steps done and the steps in all."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to solve a round; worth nothing once the round's fence has moved on."""

    round_id: int
    programme_id: int
    seed: int
    fence: int


class ClaimingRounds:
    """Hands out claims, keeps them alive, and takes the work of dead owners back."""

    def __init__(self, transactions: Transactions, clock: Clock, heartbeat: float = HEARTBEAT) -> None:
        self._transactions = transactions
        self._clock = clock
        self._heartbeat = heartbeat

    def next(self, round_id: int | None = None) -> Claim | None:
        """Claim the round that has waited longest, or the one named; None when there is none to be had."""
        if not self._is_any_due():
            return None
        try:
            with self._transactions.writing() as session:
                self._take_back(session)
                return self._claim(session, round_id)
        except Conflict:
            return None  # another worker was a moment faster

    def course(self, claim: Claim, tell: Tell | None = None) -> "Course":
        """Return the way to report how far the solving has come, to `tell` too, and to learn of being called off."""

        def report(stage: Stage, done: int, total: int) -> None:
            self._report(claim, stage, done, total)
            if tell is not None:
                tell(stage, done, total)

        return Course(report, lambda: self._is_lost(claim))

    @contextmanager
    def kept(self, claim: Claim) -> Iterator[None]:
        """Renew the lease from a side thread while the block runs."""

        def renew(session: Session) -> None:
            session.execute(_mine(claim).values(lease_until=self._clock() + LEASE))

        with beating(renew, every=self._heartbeat):
            yield

    def fail(self, claim: Claim, reason: str) -> None:
        """End the round as failed, for a reason a coordinator can read; a claim that was lost changes nothing."""
        with self._transactions.writing() as session:
            row = self._still_mine(session, claim)
            if row is not None:
                self._abandon(session, row, RoundState.FAILED, reason)

    def give_back(self, claim: Claim) -> None:
        """Queue the round again after a fault that may pass, or give it up after the third."""
        with self._transactions.writing() as session:
            row = self._still_mine(session, claim)
            if row is not None:
                self._retry_or_give_up(session, row)

    def _is_any_due(self) -> bool:
        is_due = sa.or_(MatchingRound.state == RoundState.QUEUED, self._is_dead())
        with self._transactions.reading() as session:
            return session.scalar(sa.select(MatchingRound.id).where(is_due).limit(1)) is not None

    def _is_dead(self) -> sa.ColumnElement[bool]:
        return sa.and_(MatchingRound.state == RoundState.SOLVING, MatchingRound.lease_until < self._clock())

    def _take_back(self, session: Session) -> None:
        dead = sa.select(MatchingRound).where(self._is_dead()).with_for_update(skip_locked=True)
        for row in session.scalars(dead).all():
            self._retry_or_give_up(session, row)

    def _retry_or_give_up(self, session: Session, row: MatchingRound) -> None:
        if row.attempts < MOST_ATTEMPTS:
            self._abandon(session, row, RoundState.QUEUED, "")
        else:
            self._abandon(session, row, RoundState.FAILED, _GIVEN_UP)

    def _abandon(self, session: Session, row: MatchingRound, to: RoundState, reason: str) -> None:
        failure = reason[:LONGEST_FAILURE]
        cause = Cause(SYSTEM, self._clock(), failure or said("the solver stopped before it was finished"))
        withdraw_proposals(session, row.id, cause)
        advance(session, row, to, cause, lease_until=None, fence=row.fence + 1, failure=failure)

    def _claim(self, session: Session, round_id: int | None) -> Claim | None:
        queued = sa.select(MatchingRound).where(MatchingRound.state == RoundState.QUEUED)
        if round_id is not None:
            queued = queued.where(MatchingRound.id == round_id)
        longest = queued.order_by(MatchingRound.queued_at, MatchingRound.id).limit(1)
        row = session.scalar(longest.with_for_update(skip_locked=True))
        if row is None:
            return None
        now = self._clock()
        advance(
            session,
            row,
            RoundState.SOLVING,
            Cause(SYSTEM, now),
            fence=row.fence + 1,
            attempts=row.attempts + 1,
            lease_until=now + LEASE,
            stage=Stage.READING,
            stage_done=0,
            stage_total=1,
            stage_since=now,
        )
        return Claim(row.id, row.programme_id, row.seed, row.fence)

    def _still_mine(self, session: Session, claim: Claim) -> MatchingRound | None:
        return session.scalar(sa.select(MatchingRound).where(_is_mine(claim)).with_for_update())

    def _report(self, claim: Claim, stage: Stage, done: int, total: int) -> None:
        now = self._clock()
        fresh = sa.literal(now, MatchingRound.stage_since.type)
        began = sa.case((MatchingRound.stage == stage, MatchingRound.stage_since), else_=fresh)
        with self._transactions.writing() as session:
            reached = {"stage": stage, "stage_done": done, "stage_total": total, "stage_since": began}
            own(session, claim, lease_until=now + LEASE, **reached)

    def _is_lost(self, claim: Claim) -> bool:
        with self._transactions.reading() as session:
            return session.scalar(sa.select(MatchingRound.id).where(_is_mine(claim))) is None


class Course:
    """What the solver is handed: reports go to the row a few times a second, and so do the looks for a cancellation."""

    def __init__(
        self,
        report: Tell,
        is_lost: Callable[[], bool],
        watch: Callable[[], float] = time.monotonic,
    ) -> None:
        self._report = report
        self._is_lost = is_lost
        self._watch = watch
        self._looked_at = float("-inf")
        self._stage: Stage | None = None

    def report(self, stage: Stage, done: int = 0, total: int = 1) -> None:
        """Write how far the solving has come; raises SolvingCancelled when the claim is lost."""
        if stage is not self._stage or self._is_time():
            self._report(stage, done, total)
            self._stage = stage

    def is_called_off(self) -> bool:
        """Tell whether the round was cancelled or taken over."""
        return self._is_time() and self._is_lost()

    def _is_time(self) -> bool:
        now = self._watch()
        if now - self._looked_at < LOOK_EVERY:
            return False
        self._looked_at = now
        return True


def own(session: Session, claim: Claim, **values: object) -> None:
    """Write to the row of a claimed round, holding it to the transaction's end; raises SolvingCancelled if lost."""
    changed = session.execute(_mine(claim).values(**values), execution_options={"synchronize_session": False})
    if changed.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE's result always counts its rows
        raise SolvingCancelled("The round was cancelled or taken over.")


def _is_mine(claim: Claim) -> sa.ColumnElement[bool]:
    return sa.and_(
        MatchingRound.id == claim.round_id,
        MatchingRound.state == RoundState.SOLVING,
        MatchingRound.fence == claim.fence,
    )


def _mine(claim: Claim) -> sa.Update:
    return sa.update(MatchingRound).where(_is_mine(claim))
