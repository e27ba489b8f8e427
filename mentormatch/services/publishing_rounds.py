"""Publishing a round: one short transaction that announces the pairings and lets the held notices go."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.actors import Actor
from mentormatch.domain.adjustments import AdjustmentKind
from mentormatch.domain.clocks import Clock
from mentormatch.domain.errors import Conflict, PublishRefused
from mentormatch.domain.notices import NoticeState
from mentormatch.domain.pairings import PairingState
from mentormatch.domain.rounds import RoundState
from mentormatch.domain.sentences import said
from mentormatch.domain.signups import SignupState
from mentormatch.persistence.advancing import Cause, advance, advance_all
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import (
    AdjustmentRow,
    MatchingRound,
    Notice,
    Pairing,
    Participant,
    Programme,
    Proposal,
    Unpaired,
)
from mentormatch.persistence.repositories.mail_texts import outdated_kinds
from mentormatch.persistence.repositories.rounds import latest_proposal, round_of
from mentormatch.services.noticing_changes import changes_since


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the coordinator saw on pressing the button, and the one-time key of the form that was pressed."""

    publish_key: str
    version: int
    inputs_version: int


class PublishingRounds:
    """Lets a reviewed proposal out, once, and only while it still fits the people in it."""

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    def publish(self, programme_id: int, number: int, seen: Seen, actor: Actor) -> None:
        """Announce every pairing and release every held notice; the same key again finds it done.

        Raises Conflict when the round or the people are no longer as they were seen, and PublishRefused with a
        sentence for each reason why the proposal does not fit any more.
        """
        with self._transactions.writing() as session:
            # The programme's row first, as every change to its people takes it too: from here on they stand still.
            programme = session.get_one(Programme, programme_id, with_for_update={"key_share": True})
            row = round_of(session, programme_id, number, lock=True)
            if row.publish_key == seen.publish_key:
                return
            proposal = self._proposal(session, row, seen)
            self._revalidate(session, programme, proposal, seen)
            self._let_out(session, row, proposal, seen, Cause(actor, self._clock(), "published"))

    def _proposal(self, session: Session, row: MatchingRound, seen: Seen) -> Proposal:
        if row.state == RoundState.PUBLISHED:
            raise Conflict(said("Round %(number)s has been published already.", number=row.number))
        proposal = latest_proposal(session, row.id)
        is_as_seen = row.state == RoundState.PROPOSED and row.version == seen.version
        if proposal is None or not is_as_seen or not _is_fresh(session, seen.publish_key):
            raise Conflict(said("Round %(number)s has changed since you looked at it.", number=row.number))
        return proposal

    def _revalidate(self, session: Session, programme: Programme, proposal: Proposal, seen: Seen) -> None:
        if reasons := tuple(changes_since(session, programme, proposal).reasons()):
            raise PublishRefused(reasons)
        if programme.inputs_version != seen.inputs_version:
            raise Conflict(said("More people have changed something since you looked at this round."))
        if misfits := tuple(_misfits(session, proposal)):
            raise PublishRefused(misfits)
        if outdated := sum(outdated_kinds(session, programme.id, proposal.id).values()):
            raise PublishRefused(
                [said("A text was edited after %(num)s of the notices were written. Write them anew.", num=outdated)]
            )

    def _let_out(self, session: Session, row: MatchingRound, proposal: Proposal, seen: Seen, cause: Cause) -> None:
        advance(
            session,
            row,
            RoundState.PUBLISHED,
            cause,
            publication=row.publication + 1,
            publish_key=seen.publish_key,
            published_at=cause.at,
            published_by=cause.actor.account_id,
        )
        announced = Pairing.proposal_id == proposal.id
        advance_all(session, Pairing, announced, PairingState.PROPOSED, PairingState.ANNOUNCED, cause)
        held = sa.and_(Notice.proposal_id == proposal.id, Notice.publication == row.publication)
        advance_all(session, Notice, held, NoticeState.HELD, NoticeState.PENDING, cause, {"next_at": cause.at})


def _is_fresh(session: Session, publish_key: str) -> bool:
    """Tell whether no other round was published with this key."""
    used = sa.select(MatchingRound.id).where(MatchingRound.publish_key == publish_key)
    return bool(publish_key) and session.scalar(used) is None


def _misfits(session: Session, proposal: Proposal) -> Iterator[str]:
    """Look once more at the rows themselves: this holds even for a change that forgot to move the inputs version."""
    paired, left_over = Pairing.proposal_id == proposal.id, Unpaired.proposal_id == proposal.id
    told = sa.union(
        sa.select(Pairing.mentor_id).where(paired),
        sa.select(Pairing.mentee_id).where(paired),
        sa.select(Unpaired.participant_id).where(left_over),
    )
    gone = sa.select(Participant.name).where(Participant.id.in_(told), Participant.state != SignupState.ACTIVE)
    yield from (
        said("%(name)s does not take part any more.", name=name)
        for name in session.scalars(gone.order_by(Participant.name))
    )
    given = sa.select(Participant.name).join(Pairing, Pairing.mentor_id == Participant.id).distinct()
    extra = sa.exists().where(
        AdjustmentRow.round_id == proposal.round_id,
        AdjustmentRow.kind == AdjustmentKind.EXTRA_PLACE,
        AdjustmentRow.mentor_id == Participant.id,
        AdjustmentRow.lifted_at.is_(None),
    )
    places = Participant.capacity + sa.case((extra, 1), else_=0)
    overfull = given.where(paired, Pairing.slot > places).order_by(Participant.name)
    yield from (
        said("%(name)s would now take fewer mentees than this proposal gives them.", name=name)
        for name in session.scalars(overfull)
    )
