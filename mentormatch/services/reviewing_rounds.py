"""Reviewing rounds: the list of them, and one round with everything a coordinator decides on."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.clocks import Clock
from mentormatch.domain.errors import Conflict
from mentormatch.domain.reviews import Look
from mentormatch.domain.rounds import OPEN_STATES, RoundState
from mentormatch.domain.sentences import said
from mentormatch.persistence.database import Transactions
from mentormatch.persistence.models import MatchingRound, Programme, Proposal
from mentormatch.persistence.repositories.adjustments import active_adjustments, latest_act
from mentormatch.persistence.repositories.mail_texts import outdated_kinds
from mentormatch.persistence.repositories.programmes import programme_of
from mentormatch.persistence.repositories.proposals import latest_summaries, mails_of
from mentormatch.persistence.repositories.rounds import (
    STANDING_FOR_A_PROPOSAL,
    latest_number,
    proposal_of,
    readiness_of,
    round_of,
    shown_proposal,
)
from mentormatch.services.comparing_proposals import Comparison, comparison_of, previous_proposal
from mentormatch.services.holding_mail import hold_in
from mentormatch.services.noticing_changes import changes_since
from mentormatch.services.proposal_pages import mails_by_kind, mails_by_state, proposal_view
from mentormatch.services.round_views import (
    Decided,
    ProposalPage,
    PublicationView,
    RoundHead,
    RoundLine,
    RoundsView,
    RoundView,
)
from mentormatch.services.secrets_kept import new_token
from mentormatch.services.storing_proposals import adjustments_from, totals_from


class ReviewingRounds:
    """Reads rounds for whoever coordinates the programme."""

    def __init__(self, transactions: Transactions, clock: Clock) -> None:
        self._transactions = transactions
        self._clock = clock

    def all_of(self, programme_id: int) -> RoundsView:
        """Return every round of a programme, newest first, and who would enter the next one."""
        with self._transactions.reading() as session:
            rounds = sa.select(MatchingRound).where(MatchingRound.programme_id == programme_id)
            rows = session.scalars(rounds.order_by(MatchingRound.number.desc())).all()
            summaries = latest_summaries(session, programme_id)
            lines = tuple(_line(row, summaries.get(row.id)) for row in rows)
            return RoundsView(lines, readiness_of(session, programme_id))

    def head(self, programme_id: int, number: int) -> RoundHead:
        """Return how far one round has come; raises NotFound."""
        with self._transactions.reading() as session:
            return _head(round_of(session, programme_id, number), self._clock())

    def one(self, programme_id: int, number: int, look: Look) -> RoundView:
        """Return one round with the part of its proposal that is looked at; raises NotFound."""
        with self._transactions.reading() as session:
            row = round_of(session, programme_id, number)
            head = _head(row, self._clock())
            ready = readiness_of(session, programme_id)
            proposal = shown_proposal(session, row)
            if proposal is None:
                return RoundView(head=head, ready=ready, decided=_decided(session, row))
            decided = _decided(session, row, proposal)
            return RoundView(
                head=head,
                ready=ready,
                proposal=proposal_view(session, proposal, look, [one.adjustment for one in decided.active]),
                mails=mails_by_state(mails_of(session, proposal.id)),
                changes=changes_since(session, _programme(session, row), proposal),
                decided=decided,
                comparison=_comparison(session, row, proposal),
            )

    def proposal(self, programme_id: int, number: int, which: int, look: Look) -> ProposalPage:
        """Return one proposal of a round, older or newest, beside the one before it; raises NotFound."""
        with self._transactions.reading() as session:
            row = round_of(session, programme_id, number)
            proposal = proposal_of(session, row.id, which)
            return ProposalPage(
                head=_head(row, self._clock()),
                proposal=proposal_view(session, proposal, look, adjustments_from(proposal.summary)),
                comparison=_comparison(session, row, proposal),
                latest=latest_number(session, row.id),
            )

    def publication(self, programme_id: int, number: int) -> PublicationView:
        """Return what publishing would send, with a fresh one-time key for its form.

        Raises NotFound, and Conflict for a round that has nothing to publish.
        """
        with self._transactions.reading() as session:
            row = round_of(session, programme_id, number)
            proposal = shown_proposal(session, row)
            if proposal is None or row.state != RoundState.PROPOSED:
                raise Conflict(said("Round %(number)s has no proposal to publish.", number=number))
            programme = _programme(session, row)
            return PublicationView(
                head=_head(row, self._clock()),
                mails=mails_by_kind(mails_of(session, proposal.id)),
                changes=changes_since(session, programme, proposal),
                totals=totals_from(proposal.summary),
                inputs_version=programme.inputs_version,
                publish_key=new_token(),
                outdated=sum(outdated_kinds(session, programme_id, proposal.id).values()),
                hold=hold_in(session),
            )


def _comparison(session: Session, row: MatchingRound, proposal: Proposal) -> Comparison | None:
    before = previous_proposal(session, proposal)
    return None if before is None else comparison_of(session, row.programme_id, before, proposal)


def _decided(session: Session, row: MatchingRound, proposal: Proposal | None = None) -> Decided:
    active = active_adjustments(session, row.programme_id, row.id)
    holding = {one.adjustment for one in active}
    waiting = len(holding ^ adjustments_from(proposal.summary)) if proposal else 0
    return Decided(active=active, act=latest_act(session, row.programme_id), waiting=waiting)


def _programme(session: Session, row: MatchingRound) -> Programme:
    return programme_of(session, row.programme_id)


def _line(row: MatchingRound, summary: dict[str, object] | None) -> RoundLine:
    totals = totals_from(summary) if summary and row.state in STANDING_FOR_A_PROPOSAL else None
    return RoundLine(row.number, row.state, row.created_at, row.published_at, totals, row.state in OPEN_STATES)


def _head(row: MatchingRound, now: datetime) -> RoundHead:
    is_at_work = row.state in {RoundState.QUEUED, RoundState.SOLVING} and row.queued_at is not None
    return RoundHead(
        id=row.id,
        number=row.number,
        state=row.state,
        version=row.version,
        stage=row.stage if row.state in {RoundState.SOLVING, RoundState.FAILED} else None,
        seconds=int((now - row.queued_at).total_seconds()) if is_at_work and row.queued_at else 0,
        attempts=row.attempts,
        failure=row.failure,
        seed=row.seed,
        created_at=row.created_at,
        published_at=row.published_at,
    )
