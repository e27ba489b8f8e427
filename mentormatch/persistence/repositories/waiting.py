"""Who waits: people whom the published rounds of a programme have left without a mentor."""

from collections.abc import Mapping
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from mentormatch.domain.pairings import Side
from mentormatch.domain.rounds import RoundState
from mentormatch.persistence.models import MatchingRound, Pairing, Proposal, Unpaired
from mentormatch.persistence.repositories.rounds import EARLIER

_PUBLISHED: Final = (RoundState.PUBLISHED, RoundState.CLOSED)
_Other: Final = aliased(Proposal)


def rounds_waited(session: Session, programme_id: int) -> Mapping[int, int]:
    """Count by participant the published rounds that left somebody without a mentor, since the last that did not."""
    is_here = (MatchingRound.programme_id == programme_id) & MatchingRound.state.in_(_PUBLISHED)
    last = (
        sa.select(Pairing.mentee_id, sa.func.max(MatchingRound.number).label("number"))
        .join(MatchingRound, MatchingRound.id == Pairing.round_id)
        .where(is_here, Pairing.state.in_(EARLIER))
        .group_by(Pairing.mentee_id)
        .subquery()
    )
    newest = sa.select(sa.func.max(_Other.number)).where(_Other.round_id == Proposal.round_id).scalar_subquery()
    waited = (
        sa.select(Unpaired.participant_id, sa.func.count())
        .join(Proposal, Proposal.id == Unpaired.proposal_id)
        .join(MatchingRound, MatchingRound.id == Proposal.round_id)
        .outerjoin(last, last.c.mentee_id == Unpaired.participant_id)
        .where(is_here, Unpaired.side == Side.MENTEE, Proposal.number == newest)
        .where(MatchingRound.number > sa.func.coalesce(last.c.number, 0))
        .group_by(Unpaired.participant_id)
    )
    return {row[0]: row[1] for row in session.execute(waited)}
