"""Rounds as they are kept: finding one inside its programme, its proposal under review, and who was paired before."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from mentormatch.domain.errors import NotFound
from mentormatch.domain.notices import NoticeState
from mentormatch.domain.pairings import PairingState
from mentormatch.domain.rounds import OPEN_STATES, RoundState
from mentormatch.domain.sentences import said
from mentormatch.domain.signups import SignupState
from mentormatch.persistence.advancing import Cause, advance_all
from mentormatch.persistence.models import MatchingRound, Notice, Pairing, Participant, Proposal
from mentormatch.persistence.repositories.pair_sides import Mentee, Mentor

EARLIER: Final = (
    PairingState.ANNOUNCED,
    PairingState.ACCEPTED,
    PairingState.COMPLETED,
    PairingState.DECLINED,
    PairingState.ENDED_EARLY,
)
"""The states of pairings whose two people have been told of each other."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """Who would enter a round that started now."""

    people: int
    mentors: int
    places: int
    mentees: int
    unconfirmed: int

    @property
    def is_enough(self) -> bool:
        """Whether there is anybody to pair: a place with a mentor, and somebody who wants one."""
        return self.places > 0 and self.mentees > 0


def round_of(session: Session, programme_id: int, number: int, *, lock: bool = False) -> MatchingRound:
    """Return a round of this programme by its number, holding its row if asked to; raises NotFound."""
    wanted = sa.select(MatchingRound).where(MatchingRound.programme_id == programme_id, MatchingRound.number == number)
    found = session.scalar(wanted.with_for_update(key_share=True) if lock else wanted)
    if found is None:
        raise NotFound(said("There is no round %(number)s in this programme.", number=number))
    return found


def open_round(session: Session, programme_id: int) -> MatchingRound | None:
    """Return the programme's unfinished round, of which there is at most one."""
    open_ones = MatchingRound.state.in_(OPEN_STATES)
    return session.scalar(sa.select(MatchingRound).where(MatchingRound.programme_id == programme_id, open_ones))


STANDING_FOR_A_PROPOSAL: Final = (RoundState.PROPOSED, RoundState.PUBLISHED, RoundState.RECALLED, RoundState.CLOSED)
"""The states in which a round stands for its newest proposal; before, it has none or only dropped ones."""


def shown_proposal(session: Session, row: MatchingRound) -> Proposal | None:
    """Return the proposal that a round stands for now, if it stands for one."""
    return latest_proposal(session, row.id) if row.state in STANDING_FOR_A_PROPOSAL else None


def latest_proposal(session: Session, round_id: int) -> Proposal | None:
    """Return the newest proposal of a round; earlier ones were discarded."""
    newest = sa.select(Proposal).where(Proposal.round_id == round_id).order_by(Proposal.number.desc()).limit(1)
    return session.scalar(newest)


def proposal_of(session: Session, round_id: int, number: int) -> Proposal:
    """Return a proposal of a round by its number; raises NotFound."""
    found = session.scalar(sa.select(Proposal).where(Proposal.round_id == round_id, Proposal.number == number))
    if found is None:
        raise NotFound(said("This round has no proposal %(number)s.", number=number))
    return found


def latest_number(session: Session, round_id: int) -> int:
    """Return the number of a round's newest proposal; 0 when it has none."""
    return session.scalar(sa.select(sa.func.max(Proposal.number)).where(Proposal.round_id == round_id)) or 0


def addresses_of_pairs(session: Session, condition: sa.ColumnElement[bool]) -> Sequence[tuple[str, str]]:
    """Return the (mentor's, mentee's) mailboxes of the pairings that meet a condition."""
    pairs = (
        sa.select(Mentor.mailbox, Mentee.mailbox)
        .select_from(Pairing)
        .join(Mentor, Mentor.id == Pairing.mentor_id)
        .join(Mentee, Mentee.id == Pairing.mentee_id)
        .where(condition)
    )
    return [(row[0], row[1]) for row in session.execute(pairs)]


def readiness_of(session: Session, programme_id: int) -> Readiness:
    """Count who would enter a round of this programme now."""
    is_active, offers = Participant.state == SignupState.ACTIVE, Participant.offers_mentoring
    counts = sa.select(
        sa.func.count().filter(is_active),
        sa.func.count().filter(is_active, offers, Participant.capacity > 0),
        sa.func.coalesce(sa.func.sum(Participant.capacity).filter(is_active, offers), 0),
        sa.func.count().filter(is_active, Participant.wants_mentor),
        sa.func.count().filter(Participant.state == SignupState.UNCONFIRMED),
    ).where(Participant.programme_id == programme_id)
    return Readiness(*session.execute(counts).one())


def withdraw_proposals(session: Session, round_id: int, cause: Cause) -> None:
    """Drop what was proposed in a round but never announced: its pairings, and the notices held for them."""
    pairings, notices = Pairing.round_id == round_id, Notice.round_id == round_id
    advance_all(session, Pairing, pairings, PairingState.PROPOSED, PairingState.DROPPED, cause)
    advance_all(session, Notice, notices, NoticeState.HELD, NoticeState.CANCELLED, cause)
